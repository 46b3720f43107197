"""Bodies that are too long, too deep, too many, packed, lying or no text, on every operation that reads one."""

import asyncio
import gzip
import tracemalloc
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import msgspec
import pytest
import sqlalchemy as sa

from conftest import Stage
from furnish import keyed
from operations import WITH_BODY, Ground, Operation, is_told_properly, lay_on
from quarterdeck.app import DIALECTS
from quarterdeck.desk.customers import Customer
from quarterdeck.desk.work import Work
from quarterdeck.edge.rest import Dialect

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

JSON = "application/json"
MIB = 2**20
CHUNK = 2**16


def nested(opening: bytes, closing: bytes, depth: int = 100_000) -> bytes:
    return opening * depth + b"1" + closing * depth


def multipart(parts: int = 10_000) -> bytes:
    part = b'--x\r\nContent-Disposition: form-data; name="CustomerName"\r\n\r\na\r\n'
    return part * parts + b"--x--\r\n"


BODIES: dict[str, tuple[str, bytes]] = {
    "arrays 100,000 deep": (JSON, nested(b"[", b"]")),
    "objects 100,000 deep": (JSON, nested(b'{"a":', b"}")),
    "deep in a field": (JSON, b'{"CustomerName":' + nested(b"[", b"]") + b"}"),
    "deep and never closed": (JSON, b"[" * 100_000),
    "250,000 keys": (JSON, b"{" + b",".join(b'"k%d":1' % n for n in range(250_000)) + b"}"),
    "a long array": (JSON, b"[" + b"1," * 500_000 + b"1]"),
    "a key of a megabyte": (JSON, b'{"' + b"k" * MIB + b'":1}'),
    "a number of a million digits": (JSON, b'{"CustomerID":' + b"9" * 1_000_000 + b"}"),
    "a number of 4,000 digits": (JSON, b'{"CustomerID":' + b"9" * 4_000 + b',"Longitude":' + b"9" * 4_000 + b"}"),
    "a large exponent": (JSON, b'{"CustomerID":1e400,"Longitude":1e999999999}'),
    "a fraction of a million digits": (JSON, b'{"CustomerID":0.' + b"1" * 1_000_000 + b"}"),
    "NaN": (JSON, b'{"CustomerID":NaN}'),
    "Infinity": (JSON, b'{"Longitude":-Infinity}'),
    "keys twice": (JSON, b'{"CustomerID":true,"CustomerID":[],"CustomerID":{}}'),
    "no JSON": (JSON, b"CustomerName=Acme"),
    "half of it": (JSON, b'{"CustomerName":"Acme'),
    "more after it": (JSON, b"{}{}"),
    "a comment": (JSON, b"/* */ {}"),
    "a string": (JSON, b'"text"'),
    "a number": (JSON, b"1"),
    "true": (JSON, b"true"),
    "an array instead of an object": (JSON, b'[{"CustomerName":"Acme"}]'),
    "an object instead of an array": (JSON, b'{"0":1}'),
    "bytes that are no text": (JSON, b'{"CustomerName":"\xff\xfe\xfd"}'),
    "overlong bytes": (JSON, b'{"CustomerName":"\xc0\xaf"}'),
    "a surrogate in bytes": (JSON, b'{"CustomerName":"\xed\xa0\x80"}'),
    "UTF-16": (JSON, '{"CustomerName":"Acme"}'.encode("utf-16")),
    "a mark alone": (JSON, b"\xef\xbb\xbf"),
    "NUL bytes": (JSON, b"\x00" * 1000),
    "white space": (JSON, b" \n\t" * 100_000),
    "wrong kinds": (
        JSON,
        msgspec.json.encode({"CustomerName": [], "CustomerID": {}, "Email": 1, "TicketTitle": True, "Value": [1],
                             "CommentText": {"a": 1}, "StartWorkHour": 5, "EndWorkHour": [], "Name": {}, "FieldName": [],
                             "business_name": [], "customer_id": {}, "subject": True, "body": {"a": 1}, "start_at": 5,
                             "properties": [1], "comments_attributes": 1, "category_ids": {}, "user_ids": [[]]}),
    ),
    "a form of 10,000 fields": ("application/x-www-form-urlencoded", b"&".join(b"a%d=1" % n for n in range(10_000))),
    "a form that is no text": ("application/x-www-form-urlencoded", b"CustomerName=%ff%fe&\xff=1"),
    "10,000 parts": ("multipart/form-data; boundary=x", multipart()),
    "10,000 parts that say JSON": (JSON, multipart()),
    "XML": ("application/xml", b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'),
    "a pickle": ("application/octet-stream", b"\x80\x04\x95cos\nsystem\n"),
    "a type that is none": ("\x7f;;;=", b"{"),
    "a charset that is none": ("application/json; charset=utf-77", b'{"CustomerName":"\xff"}'),
}  # fmt: skip
PACKED = {
    "gzip": gzip.compress(b"0" * 10 * MIB),
    "deflate": zlib.compress(b"0" * 10 * MIB),
    "br": b"\x1b" * 100,
    "zstd": b"\x28\xb5\x2f\xfd" * 100,
    "gzip, gzip": gzip.compress(gzip.compress(b"0" * 10 * MIB)),
    "nonsense": b"{}",
}


@dataclass
class Taken:
    """The status of an answer, its body, and how much of the request was read for it."""

    status: int
    body: bytes
    read: int


async def raw(stage: Stage, operation: Operation, path: str, headers: dict[str, str], chunks: Iterator[bytes]) -> Taken:
    """Send a body chunk by chunk, and count the chunks that were asked for."""
    taken = Taken(0, b"", 0)
    names = {"host": "desk.example", **keyed(operation.dialect, stage.keys["dana"]), **headers}
    scope = {
        "type": "http",
        "method": operation.verb.method,
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "scheme": "http",
        "headers": [(name.lower().encode(), value.encode("latin-1")) for name, value in names.items()],
        "client": ("127.0.0.1", 1),
    }

    async def receive() -> dict[str, Any]:
        chunk = next(chunks, b"")
        taken.read += len(chunk)
        return {"type": "http.request", "body": chunk, "more_body": bool(chunk)}

    async def send(message: Any) -> None:
        taken.status = message.get("status", taken.status)
        taken.body += message.get("body", b"")

    await stage.app(scope, receive, send)  # type: ignore[arg-type]
    return taken


def is_refused(operation: Operation, taken: Taken) -> bool:
    """Whether a refusal is one, and in the face's shape."""
    return 400 <= taken.status < 500 and is_told_properly(operation, msgspec.json.decode(taken.body))


@pytest.fixture
def ground(stage: Stage) -> Ground:
    return lay_on(stage)


@pytest.mark.parametrize("name", BODIES)
def test_a_strange_body_is_refused_in_the_shape_of_the_face(stage: Stage, ground: Ground, name: str) -> None:
    kind, body = BODIES[name]
    wrong = []
    for operation in WITH_BODY:
        headers = {"content-type": kind, "content-length": str(len(body))}
        taken = asyncio.run(raw(stage, operation, ground.path(operation), headers, iter([body])))
        # Where nothing of the body is needed, an unknown field is no fault; a DELETE does not look at it.
        if taken.status not in (200, 201, 204) and not is_refused(operation, taken):
            wrong.append(f"{operation}: {taken.status} {taken.body[:200]!r}")
    assert not wrong, "\n".join(wrong)


MUST_FAIL = [name for name, (_, body) in BODIES.items() if name not in {
    "a key of a megabyte", "keys twice", "a mark alone", "white space", "an object instead of an array",
    "wrong kinds", "a number of 4,000 digits", "a large exponent", "NaN", "Infinity", "a number of a million digits",
    "a fraction of a million digits", "bytes that are no text", "overlong bytes", "a surrogate in bytes",
}]  # fmt: skip


@pytest.mark.parametrize("name", MUST_FAIL)
def test_a_body_that_is_no_object_makes_nothing(stage: Stage, ground: Ground, name: str) -> None:
    kind, body = BODIES[name]
    headers = {"content-type": kind, "content-length": str(len(body))}
    for operation in WITH_BODY:
        if operation.makes and operation.verb.required:
            taken = asyncio.run(raw(stage, operation, ground.path(operation), headers, iter([body])))
            assert is_refused(operation, taken), operation


def test_no_more_of_a_long_body_is_read_than_is_allowed(stage: Stage, ground: Ground) -> None:
    for operation in WITH_BODY:
        limit = stage.app.settings.files_max if operation.verb.files else stage.app.settings.body_max
        path = ground.path(operation)

        declared = asyncio.run(raw(stage, operation, path, {"content-length": str(2**40)}, endless()))
        assert (declared.status, declared.read) == (413, 0), operation
        assert is_refused(operation, declared), operation

        for lie in ("9" * 30, "-1", "0x10", "1e3", "12, 13"):
            lying = asyncio.run(raw(stage, operation, path, {"content-length": lie}, endless()))
            assert 400 <= lying.status < 500, operation
            assert lying.read <= limit + CHUNK, operation


@pytest.mark.parametrize("files", [False, True])
def test_a_body_without_end_is_given_up_in_time(stage: Stage, ground: Ground, files: bool) -> None:
    limit = stage.app.settings.files_max if files else stage.app.settings.body_max
    tracemalloc.start()
    for operation in (one for one in WITH_BODY if one.verb.files == files):
        chunked = asyncio.run(
            raw(stage, operation, ground.path(operation), {"transfer-encoding": "chunked"}, endless())
        )
        assert chunked.status == 413, operation
        assert chunked.read <= limit + CHUNK, operation
        assert is_refused(operation, chunked), operation
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < limit + 4 * MIB


def endless() -> Iterator[bytes]:
    """A gigabyte, unless the reader stops."""
    for _ in range(2**30 // CHUNK):
        yield b" " * CHUNK


@pytest.mark.parametrize("coding", PACKED)
def test_a_packed_body_is_refused_unread(stage: Stage, ground: Ground, coding: str) -> None:
    body = PACKED[coding]
    for operation in WITH_BODY:
        headers = {"content-type": JSON, "content-encoding": coding, "content-length": str(len(body))}
        taken = asyncio.run(raw(stage, operation, ground.path(operation), headers, iter([body])))
        assert (taken.status, taken.read) == (415, 0), operation
        assert is_refused(operation, taken)


@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda one: one.name)
def test_a_client_that_goes_away_in_the_middle_changes_nothing(stage: Stage, ground: Ground, dialect: Dialect) -> None:
    before = stage.do(customers_there)

    async def leave() -> None:
        messages = iter([{"type": "http.request", "body": b'{"CustomerName":"Half', "more_body": True}])

        async def receive() -> dict[str, Any]:
            return next(messages, {"type": "http.disconnect"})

        async def send(message: Any) -> None:
            raise AssertionError("nobody is there to be answered")

        names = {**keyed(dialect, stage.keys["dana"]), "transfer-encoding": "chunked"}
        headers = [(name.lower().encode(), value.encode()) for name, value in names.items()]
        scope = {"type": "http", "method": "POST", "path": f"{dialect.prefix}/customers", "query_string": b"",
                 "scheme": "http", "headers": headers, "client": ("127.0.0.1", 1)}  # fmt: skip
        await stage.app(scope, receive, send)  # type: ignore[arg-type]

    asyncio.run(leave())
    assert stage.do(customers_there) == before


def customers_there(work: Work) -> int:
    return int(work.db.scalar(sa.select(sa.func.count()).select_from(Customer)) or 0)
