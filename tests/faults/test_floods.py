"""More than a server should take in, sent to the real process: it says no, and its memory stays as it was."""

import asyncio
from collections.abc import Iterator

import pytest
from servers import Cut, Gone, Line, Reply, Server, keys, line, serving

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

MIB = 2**20
CHUNK = b" " * 2**16
GROWTH_MAX = 50 * MIB


@pytest.fixture
def desk(database: str) -> Iterator[tuple[Server, str]]:
    key = keys(database)["dana"]
    with serving(database) as server:
        yield server, key


def flooded(desk: tuple[Server, str], head: str, chunks: int, chunk: bytes = CHUNK) -> tuple[Reply | None, int]:
    """Send a head and then chunk after chunk until the server has had enough; its answer, and how much went out."""
    server, key = desk

    async def flood() -> tuple[Reply | None, int]:
        async with line(server.port, key) as to:
            to.writer.write(head.format(key=key).encode())
            answer = asyncio.create_task(to.reply(head=False))
            sent = await pour(to, answer, chunk, chunks)
            try:
                return await asyncio.wait_for(answer, 40), sent
            except (Gone, Cut, OSError):
                return None, sent

    return asyncio.run(flood())


async def pour(to: Line, answer: "asyncio.Task[Reply]", chunk: bytes, chunks: int) -> int:
    """How many bytes the other side took before it answered or left."""
    sent = 0
    for _ in range(chunks):
        if answer.done():
            break
        try:
            to.writer.write(chunk)
            await asyncio.wait_for(to.writer.drain(), 5)
        except (OSError, TimeoutError):
            break
        sent += len(chunk)
        await asyncio.sleep(0)
    return sent


def is_well(desk: tuple[Server, str]) -> bool:
    server, key = desk

    async def ask() -> Reply:
        async with line(server.port, key) as to:
            return await to.ask("GET", "/customers")

    return asyncio.run(ask()).status == 200


TOP = "POST /api/v3/customers HTTP/1.1\r\nHost: x\r\nX-API-KEY: {key}\r\nContent-Type: application/json\r\n"
BODIES = {
    "a declared gigabyte": (TOP + f"Content-Length: {2**30}\r\n\r\n", CHUNK),
    "chunks without end": (TOP + "Transfer-Encoding: chunked\r\n\r\n", b"10000\r\n" + CHUNK + b"\r\n"),
    "chunks to a list": (TOP.replace("POST", "GET") + "Transfer-Encoding: chunked\r\n\r\n", b"10000\r\n" + CHUNK + b"\r\n"),
    "chunks of a stranger": (
        TOP.replace("{key}", "nobody") + "Transfer-Encoding: chunked\r\n\r\n",
        b"10000\r\n" + CHUNK + b"\r\n",
    ),
}  # fmt: skip


def test_a_gigabyte_is_not_taken_in(desk: tuple[Server, str]) -> None:
    assert is_well(desk)
    before = desk[0].memory

    for name, (head, chunk) in BODIES.items():
        reply, sent = flooded(desk, head, 2**30 // len(chunk), chunk)

        assert reply is None or reply.status in (200, 401, 413), name
        # Besides what was read, some lies in the buffers of the two ends of the connection.
        assert sent < 32 * MIB, name
        assert desk[0].memory - before < GROWTH_MAX, name
        assert is_well(desk), name


HEADS = {
    "one header of a megabyte": ("GET /api/v3/customers HTTP/1.1\r\nHost: x\r\nX-API-KEY: {key}\r\nX-Long: ", b"a" * 2**16),
    "headers without end": ("GET /api/v3/customers HTTP/1.1\r\nHost: x\r\nX-API-KEY: {key}\r\n", b"X-More: 1\r\n" * 6000),
    "a path without end": ("GET /api/v3/", b"a" * 2**16),
    "a query without end": ("GET /api/v3/customers?a=", b"a=1&" * 2**14),
    "a method without end": ("", b"A" * 2**16),
}  # fmt: skip


def test_a_head_without_end_is_cut_short(desk: tuple[Server, str]) -> None:
    assert is_well(desk)
    before = desk[0].memory

    for name, (head, chunk) in HEADS.items():
        reply, sent = flooded(desk, head, 64 * MIB // len(chunk), chunk)

        assert reply is None or 400 <= reply.status < 500, name
        assert sent < 32 * MIB, name
        assert desk[0].memory - before < GROWTH_MAX, name
        assert is_well(desk), name


REFUSED = {
    "a path that is no text": b"GET /api/v3/customers/\xff\xfe HTTP/1.1\r\nHost: x\r\nX-API-KEY: {key}\r\n\r\n",
    "two lengths": b"POST /api/v3/customers HTTP/1.1\r\nHost: x\r\nX-API-KEY: {key}\r\nContent-Length: 2\r\nContent-Length: 9\r\n\r\n{}",
    "a length and chunks": b"POST /api/v3/customers HTTP/1.1\r\nHost: x\r\nX-API-KEY: {key}\r\nContent-Length: 2\r\n"
    b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "a length that is no number": b"POST /api/v3/customers HTTP/1.1\r\nHost: x\r\nX-API-KEY: {key}\r\nContent-Length: -1\r\n\r\n{}",
    "a chunk of no size": b"POST /api/v3/customers HTTP/1.1\r\nHost: x\r\nX-API-KEY: {key}\r\n"
    b"Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
    "no HTTP at all": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    "a newline in a name": b"GET /api/v3/customers HTTP/1.1\r\nHost: x\r\nX-API\nKEY: {key}\r\n\r\n",
}


def test_what_is_no_request_is_refused(desk: tuple[Server, str]) -> None:
    server, key = desk

    async def ask(request: bytes) -> Reply:
        async with line(server.port, key) as to:
            return await to.send(request.replace(b"{key}", key.encode()))

    for name, request in REFUSED.items():
        assert 400 <= asyncio.run(ask(request)).status < 500, name
    assert not [said for said in server.said if "Traceback" in said or '"bug"' in said]
    assert is_well(desk)


def test_a_host_in_odd_letters_is_no_bug(desk: tuple[Server, str]) -> None:
    server, key = desk

    async def ask() -> Reply:
        async with line(server.port, key) as to:
            head = b"POST /api/v3/customers HTTP/1.1\r\nHost: b\xfccher.example\r\nX-API-KEY: " + key.encode()
            body = b'{"CustomerName": "Acme Dental"}'
            more = b"\r\nIdempotency-Key: \xfc\r\nContent-Length: %d\r\n\r\n" % len(body)
            return await to.send(head + more + body)

    assert {asyncio.run(ask()).status for _ in range(2)} <= {201, 400}
    assert not [said for said in server.said if "Traceback" in said or '"bug"' in said]
