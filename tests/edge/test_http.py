"""Requests as they come in."""

import asyncio
from contextlib import suppress
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quarterdeck.edge.http import PARAMETERS_MAX, Malformed, Request, TooLarge, Unsupported

JSON = "application/json"
FORM = "application/x-www-form-urlencoded"


def request(body: bytes = b"", type: str | None = None, query: bytes = b"", **headers: str) -> Request:
    given = [(name.replace("_", "-").encode(), value.encode("latin-1")) for name, value in headers.items()]
    if type is not None:
        given.append((b"content-type", type.encode()))
    made = Request({"method": "POST", "scheme": "http", "path": "/", "headers": given, "query_string": query})
    made.body = body
    return made


def read(made: Request, limit: int, *parts: bytes) -> bytes:
    """Take in a body that arrives in these parts."""
    messages = [{"type": "http.request", "body": part, "more_body": True} for part in parts]
    messages.append({"type": "http.request"})
    waiting = iter(messages)

    async def receive() -> dict[str, Any]:
        return next(waiting)

    asyncio.run(made.read(receive, limit))
    return made.body


@pytest.mark.parametrize(
    "type",
    [
        JSON,
        "application/json; charset=utf-8",
        "APPLICATION/JSON",
        "text/json",
        "text/plain",
        "application/vnd.x+json",
        None,
        FORM,
    ],
)
def test_json_is_read_under_every_name_clients_give_it(type: str | None) -> None:
    assert request(b' {"A": 1}', type).data == {"A": 1}


@pytest.mark.parametrize(
    ("body", "data"),
    [
        (b"", None),
        (b"  \r\n", None),
        (b"null", None),
        (b"\xef\xbb\xbf{}", {}),
        (b"[1]", [1]),
        (b'"x"', "x"),
        (b'{"a":1,"a":2}', {"a": 2}),
        ('{"é":"🙂"}'.encode(), {"é": "🙂"}),
    ],
)
def test_json_says_what_it_says(body: bytes, data: Any) -> None:
    assert request(body, JSON).data == data


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"{'a':1}",
        b"{a:1}",
        b'{"a":}',
        b"\xff",
        b'"\xff"',
        b'"\\ud800"',
        b"NaN",
        b"[" * 100_000,
        b'{"a":1}x',
        b"\x00",
    ],
)
def test_what_is_no_json_is_refused(body: bytes) -> None:
    with pytest.raises(Malformed, match="not valid JSON"):
        _ = request(body, JSON).data


@pytest.mark.parametrize(
    ("body", "data"),
    [
        (b"A=1&B=two+words", {"A": "1", "B": "two words"}),
        (b"A=%C3%A9%26", {"A": "é&"}),
        (b"A=&B", {"A": "", "B": ""}),
        (b"A=1&A=2", {"A": "2"}),
        (b"A=%00", {"A": "\x00"}),
    ],
)
def test_forms_are_read(body: bytes, data: dict[str, str]) -> None:
    assert request(body, FORM).data == data


@pytest.mark.parametrize("body", [b"A=%FF", "A=é".encode(), b"&".join(b"a=1" for _ in range(PARAMETERS_MAX + 1))])
def test_a_form_that_cannot_be_read_is_refused(body: bytes) -> None:
    with pytest.raises(Malformed):
        _ = request(body, FORM).data


@pytest.mark.parametrize("type", ["application/xml", "multipart/form-data; boundary=x", "image/png", "x", "text/html"])
def test_other_kinds_of_body_are_refused(type: str) -> None:
    with pytest.raises(Unsupported):
        _ = request(b"<a/>", type).data


def test_a_body_of_nothing_is_of_any_kind() -> None:
    assert request(b"", "application/xml").data is None


def test_a_query_counts_without_case_and_the_last_wins() -> None:
    assert request(query=b"Page=1&itemsInPage=&page=2&").query == {"page": "2", "itemsinpage": ""}


@pytest.mark.parametrize("query", [b"a=%FF", b"a=\xe9", b"&".join(b"a=1" for _ in range(PARAMETERS_MAX + 1))])
def test_a_query_that_cannot_be_read_is_refused(query: bytes) -> None:
    with pytest.raises(Malformed):
        _ = request(query=query).query


@given(body=st.binary(max_size=60), type=st.sampled_from([JSON, FORM, None]), query=st.binary(max_size=60))
def test_whatever_comes_is_read_or_refused(body: bytes, type: str | None, query: bytes) -> None:
    made = request(body, type, query)
    for look in ("data", "query"):
        with suppress(Malformed):
            getattr(made, look)


@given(
    data=st.dictionaries(
        st.text(max_size=5), st.text(max_size=20) | st.integers(-(2**63), 2**63 - 1) | st.booleans() | st.none()
    )
)
def test_json_comes_in_as_it_went_out(data: dict[str, Any]) -> None:
    assert request(msgspec.json.encode(data), JSON).data == data


def test_a_body_is_put_together() -> None:
    assert read(request(transfer_encoding="chunked"), 100, b'{"a"', b":1", b"}") == b'{"a":1}'


def test_a_body_may_be_as_long_as_allowed() -> None:
    assert len(read(request(content_length="100"), 100, b"x" * 100)) == 100


@pytest.mark.parametrize("length", ["101", "9" * 40, "-1", "abc", "1.0", "+5", ""])
def test_a_body_that_says_it_is_too_long_is_not_taken_in(length: str) -> None:
    with pytest.raises(TooLarge):
        read(request(content_length=length), 100, b"x")


def test_a_body_that_grows_too_long_is_not_taken_in() -> None:
    with pytest.raises(TooLarge):
        read(request(transfer_encoding="chunked"), 100, b"x" * 60, b"x" * 60)


def test_a_body_that_lies_about_its_length_is_not_taken_in() -> None:
    with pytest.raises(TooLarge):
        read(request(content_length="5"), 100, b"x" * 101)


def test_without_a_length_there_is_no_body() -> None:
    assert read(request(), 100) == b""
    assert read(request(content_length="0"), 100) == b""


def test_a_compressed_body_is_refused() -> None:
    with pytest.raises(Unsupported):
        read(request(content_length="5", content_encoding="gzip"), 100, b"x" * 5)


def test_a_client_that_leaves_is_no_longer_read() -> None:
    async def receive() -> dict[str, Any]:
        return {"type": "http.disconnect"}

    with pytest.raises(ConnectionResetError):
        asyncio.run(request(content_length="5").read(receive, 100))


@pytest.mark.parametrize("id", ["abc-123", "A.b_c:9", "x" * 100])
def test_a_clients_request_id_is_kept(id: str) -> None:
    assert request(x_request_id=id).id == id


@pytest.mark.parametrize("id", ["", " ", "a b", "x" * 101, "a\nb", "<script>", 'a"b', "é", "a\n", "a;b", "${x}"])
def test_a_request_id_that_could_do_harm_is_replaced(id: str) -> None:
    made = request(x_request_id=id).id

    assert made != id
    assert made.replace("-", "").isalnum()


def test_every_request_has_an_id_of_its_own() -> None:
    assert len({request().id for _ in range(100)}) == 100
