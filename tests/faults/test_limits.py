"""The limit of calls per minute: exact, whoever serves and however the caller spells the call."""

import asyncio
import time
from collections import Counter, deque
from contextlib import ExitStack
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from servers import PATIENCE, Line, Reply, Server, keys, line, serving

from quarterdeck.edge.limits import START, WINDOW, admit

LIMIT = 700
CLIENTS = 200
CALLS = 4


async def burst(servers: list[Server], key: str) -> list[Reply]:
    """Many clients at once, spread over the servers, who together send more than is allowed."""
    ready = asyncio.Barrier(CLIENTS)

    async def client(number: int) -> list[Reply]:
        async with line(servers[number % len(servers)].port, key) as to:
            await ready.wait()
            return [await to.ask("GET", "/tickets/statuses") for _ in range(CALLS)]

    return [reply for replies in await asyncio.gather(*map(client, range(CLIENTS))) for reply in replies]


def exactly_the_limit_passes(servers: list[Server], keys: dict[str, str]) -> None:
    began = time.time()
    replies = asyncio.run(burst(servers, keys["dana"]))
    ended = time.time()
    assert ended - began < WINDOW

    assert Counter(reply.status for reply in replies) == {200: LIMIT, 429: CLIENTS * CALLS - LIMIT}
    passed = [reply.headers for reply in replies if reply.status == 200]
    refused = [reply.headers for reply in replies if reply.status == 429]
    assert sorted(int(one["x-ratelimit-remaining"]) for one in passed) == list(range(LIMIT))
    assert {one["x-ratelimit-remaining"] for one in refused} == {"0"}
    for one in passed + refused:
        assert one["x-ratelimit-limit"] == str(LIMIT)
        assert one["ratelimit-policy"] == f'"default";q={LIMIT};w=60'
        assert one["ratelimit"].startswith(f'"default";r={one["x-ratelimit-remaining"]};t=')
        # The first call, after `began`, is given back a window later.
        assert began + WINDOW - 1 <= int(one["x-ratelimit-reset"]) <= ended + WINDOW + 1
    for one in refused:
        assert one["retry-after"] == one["ratelimit"].rpartition("t=")[2]
        assert WINDOW - (ended - began) - 1 <= int(one["retry-after"]) <= WINDOW
    assert asyncio.run(ask(servers[0], keys["other"])).status == 200


async def ask(server: Server, key: str) -> Reply:
    async with line(server.port, key) as to:
        return await to.ask("GET", "/tickets/statuses")


def test_exactly_the_limit_passes_one_process(database: str) -> None:
    made = keys(database, "other")
    with serving(database, atera_calls_per_minute=LIMIT) as server:
        exactly_the_limit_passes([server], made)


def test_exactly_the_limit_passes_two_processes_of_one_machine(database: str) -> None:
    made = keys(database, "other")
    with serving(database, workers=2, atera_calls_per_minute=LIMIT) as server:
        exactly_the_limit_passes([server], made)


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_exactly_the_limit_passes_two_machines(database: str) -> None:
    made = keys(database, "other")
    with ExitStack() as both:
        servers = [
            both.enter_context(serving(database, atera_calls_per_minute=LIMIT, limits_in="database")) for _ in range(2)
        ]
        exactly_the_limit_passes(servers, made)


SPELLINGS = {
    "another program": ("GET", "/tickets/statuses", {"User-Agent": "someone else"}),
    "another address": ("GET", "/tickets/statuses", {"X-Forwarded-For": "198.51.100.7"}),
    "another host": ("GET", "/tickets/statuses", {"X-Forwarded-Host": "other.example"}),
    "capitals": ("GET", "/api/V3/Tickets/STATUSES", {}),
    "a slash more": ("GET", "/tickets/statuses/", {}),
    "slashes doubled": ("GET", "/api//v3//tickets", {}),
    "escapes": ("GET", "/api/v3/%74ickets", {}),
    "HEAD": ("HEAD", "/tickets/statuses", {}),
    "another method": ("OPTIONS", "/tickets/statuses", {}),
    "a query": ("GET", "/tickets/statuses?X-API-KEY=other&x=1", {}),
    "another operation": ("GET", "/customers", {}),
    "no such path": ("GET", "/nowhere", {}),
    "not there yet": ("GET", "/billing/invoices", {}),
}


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_the_limit_is_not_dodged_by_another_spelling(database: str) -> None:
    key = keys(database)["dana"]

    async def spelt() -> dict[str, int]:
        async with line(server.port, key) as to:
            assert [(await to.ask("GET", "/tickets/statuses")).status for _ in range(3)] == [200, 200, 429]
            statuses = {name: (await to.ask(*call[:2], None, call[2])).status for name, call in SPELLINGS.items()}
            for name, value in (("x-api-key", key), ("X-Api-Key", f" {key} "), ("Authorization", f"bearer {key}")):
                statuses[f"{name}: {value[:6]}"] = (await bare(to, name, value)).status
            return statuses

    with serving(database, atera_calls_per_minute=2) as server:
        statuses = asyncio.run(spelt())
    assert statuses == dict.fromkeys(statuses, 429)


async def bare(to: Line, header: str, value: str) -> Reply:
    """A request whose key is in this header."""
    request = f"GET /api/v3/tickets/statuses HTTP/1.1\r\nHost: desk.example\r\n{header}: {value}\r\n\r\n"
    return await asyncio.wait_for(to.send(request.encode()), PATIENCE)


@given(st.integers(1, 6), st.lists(st.floats(0, 40, allow_nan=False), max_size=40))
def test_the_ring_counts_like_a_list_of_all_calls(limit: int, steps: list[float]) -> None:
    ring, calls, now = [0.0] * (START + limit), deque[float](), 1000.0
    for step in steps:
        now += step
        while calls and calls[0] <= now - WINDOW:
            calls.popleft()
        allowed = len(calls) < limit
        if allowed:
            calls.append(now)

        admission = admit(ring, limit, now)

        assert (admission.allowed, admission.left) == (allowed, limit - len(calls))
        assert admission.wait == pytest.approx(max(0.0, calls[0] + WINDOW - now))


@pytest.mark.long
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_caller_who_waits_as_told_gets_through(database: str, tmp_path: Path) -> None:
    key = keys(database)["dana"]

    async def wait() -> tuple[Reply, Reply]:
        async with line(server.port, key) as to:
            assert (await to.ask("GET", "/tickets/statuses")).status == 200
            refused = await to.ask("GET", "/tickets/statuses")
            await asyncio.sleep(int(refused.headers["retry-after"]))
        return refused, await ask(server, key)

    with serving(database, atera_calls_per_minute=1) as server:
        refused, after = asyncio.run(wait())
    assert (refused.status, after.status) == (429, 200)
