"""The limit of calls per minute: exact, whoever serves and however the caller spells the call."""

import asyncio
import time
from collections import Counter, deque
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from servers import PATIENCE, Line, Reply, Server, keys, line, serving

from furnish import keyed
from quarterdeck.dialects.atera import ATERA
from quarterdeck.dialects.syncro import SYNCRO
from quarterdeck.edge.limits import START, WINDOW, admit
from quarterdeck.edge.rest import Dialect

CLIENTS = 200
CALLS = 4


@dataclass(frozen=True)
class Face:
    """One face, the short call it is asked, and from where somebody who is counted apart calls."""

    dialect: Dialect
    path: str
    elsewhere: str

    @property
    def limit(self) -> int:
        return self.dialect.calls_per_minute

    def setting(self, limit: int) -> dict[str, int]:
        return {f"{self.dialect.name}_calls_per_minute": limit}

    async def ask(self, to: Line, method: str = "GET", path: str = "", headers: dict[str, str] | None = None) -> Reply:
        return await to.ask(method, path or self.path, None, {**keyed(self.dialect, to.key), **(headers or {})})


# Calls are counted by key, or by address whichever key they carry.
BY_KEY = Face(ATERA, "/api/v3/tickets/statuses", elsewhere="127.0.0.1")
BY_ADDRESS = Face(SYNCRO, "/api/v1/settings/tabs", elsewhere="127.0.0.2")
EACH = pytest.mark.parametrize("face", [BY_KEY, BY_ADDRESS], ids=["by key", "by address"])


def test_the_limits_are_those_the_vendors_have() -> None:
    assert (BY_KEY.limit, BY_ADDRESS.limit) == (700, 180)


async def burst(face: Face, servers: list[Server], made: dict[str, str]) -> list[Reply]:
    """Many clients at once, spread over the servers, who together send more than is allowed."""
    ready = asyncio.Barrier(CLIENTS)
    # Where keys do not count, every client may as well have one of two.
    mine = [made["dana"], made["vic"] if face is BY_ADDRESS else made["dana"]]

    async def client(number: int) -> list[Reply]:
        async with line(servers[number % len(servers)].port, mine[number % 2]) as to:
            await ready.wait()
            return [await face.ask(to) for _ in range(CALLS)]

    return [reply for replies in await asyncio.gather(*map(client, range(CLIENTS))) for reply in replies]


def exactly_the_limit_passes(face: Face, servers: list[Server], made: dict[str, str]) -> None:
    limit = face.limit
    began = time.time()
    replies = asyncio.run(burst(face, servers, made))
    ended = time.time()
    assert ended - began < WINDOW

    assert Counter(reply.status for reply in replies) == {200: limit, 429: CLIENTS * CALLS - limit}
    passed = [reply.headers for reply in replies if reply.status == 200]
    refused = [reply.headers for reply in replies if reply.status == 429]
    assert sorted(int(one["x-ratelimit-remaining"]) for one in passed) == list(range(limit))
    assert {one["x-ratelimit-remaining"] for one in refused} == {"0"}
    for one in passed + refused:
        assert one["x-ratelimit-limit"] == str(limit)
        assert one["ratelimit-policy"] == f'"default";q={limit};w=60'
        assert one["ratelimit"].startswith(f'"default";r={one["x-ratelimit-remaining"]};t=')
        # The first call, after `began`, is given back a window later.
        assert began + WINDOW - 1 <= int(one["x-ratelimit-reset"]) <= ended + WINDOW + 1
    for one in refused:
        assert one["retry-after"] == one["ratelimit"].rpartition("t=")[2]
        assert WINDOW - (ended - began) - 1 <= int(one["retry-after"]) <= WINDOW
    assert asyncio.run(once(face, servers[0], made["other"], face.elsewhere)).status == 200


async def once(face: Face, server: Server, key: str, address: str = "127.0.0.1") -> Reply:
    async with line(server.port, key, address) as to:
        return await face.ask(to)


@EACH
def test_exactly_the_limit_passes_one_process(database: str, face: Face) -> None:
    made = keys(database, "other")
    with serving(database, **face.setting(face.limit)) as server:
        exactly_the_limit_passes(face, [server], made)


@EACH
def test_exactly_the_limit_passes_two_processes_of_one_machine(database: str, face: Face) -> None:
    made = keys(database, "other")
    with serving(database, workers=2, **face.setting(face.limit)) as server:
        exactly_the_limit_passes(face, [server], made)


@EACH
@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_exactly_the_limit_passes_two_machines(database: str, face: Face) -> None:
    made = keys(database, "other")
    with ExitStack() as both:
        settings: dict[str, Any] = {**face.setting(face.limit), "limits_in": "database"}
        servers = [both.enter_context(serving(database, **settings)) for _ in range(2)]
        exactly_the_limit_passes(face, servers, made)


# Each said of the face's own path, if no other is named.
SPELLINGS: dict[str, tuple[str, str, dict[str, str]]] = {
    "another program": ("GET", "", {"User-Agent": "someone else"}),
    "another address": ("GET", "", {"X-Forwarded-For": "198.51.100.7"}),
    "an address as others say it": ("GET", "", {"Forwarded": "for=198.51.100.7", "X-Real-IP": "198.51.100.7"}),
    "another host": ("GET", "", {"X-Forwarded-Host": "other.example", "Host": "other.example"}),
    "capitals": ("GET", "/api/{V}/TICKETS", {}),
    "a slash more": ("GET", "/api/{v}/tickets/", {}),
    "slashes doubled": ("GET", "/api//{v}//tickets", {}),
    "escapes": ("GET", "/api/{v}/%74ickets", {}),
    "HEAD": ("HEAD", "", {}),
    "another method": ("OPTIONS", "", {}),
    "a query": ("GET", "/api/{v}/tickets?X-API-KEY=other&api_key=other&x=1", {}),
    "another operation": ("GET", "/api/{v}/customers", {}),
    "no such path": ("GET", "/api/{v}/nowhere", {}),
    "not there yet": ("GET", "/api/{v}/knowledgebases", {}),
}
# What makes no difference either where it is the address that counts.
ADDRESSED: dict[str, tuple[str, str, dict[str, str]]] = {
    "a wrong key": ("GET", "", {"Authorization": "Bearer qd_nobody"}),
    "no key": ("GET", "", {"Authorization": ""}),
    "a key in another form": ("GET", "", {"Authorization": "qd_nobody"}),
    "a suffix": ("GET", "/api/v1/tickets.json", {}),
    "a form it ignores": ("GET", "/api/v1/tickets?format=json", {}),
}


@EACH
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_the_limit_is_not_dodged_by_another_spelling(database: str, face: Face) -> None:
    made = keys(database, "other")
    version = face.dialect.prefix.rpartition("/")[2]
    spellings = SPELLINGS | (ADDRESSED if face is BY_ADDRESS else {})

    async def spelt() -> dict[str, int]:
        async with line(server.port, made["dana"]) as to:
            assert [(await face.ask(to)).status for _ in range(3)] == [200, 200, 429]
            statuses = {}
            for name, (method, path, headers) in spellings.items():
                written = path.replace("{v}", version).replace("{V}", version.upper())
                statuses[name] = (await face.ask(to, method, written, headers)).status
            for name, value in keys_spelt(made["dana"]).items():
                statuses[name] = (await bare(to, face, value)).status
        if face is BY_ADDRESS:
            statuses["another key"] = (await once(face, server, made["other"])).status
        return statuses

    with serving(database, **face.setting(2)) as server:
        statuses = asyncio.run(spelt())
    assert statuses == dict.fromkeys(statuses, 429)


def keys_spelt(key: str) -> dict[str, str]:
    return {
        "x-api-key in small": f"x-api-key: {key}",
        "spaces around it": f"X-Api-Key:  {key} ",
        "as a bearer": f"Authorization: bearer {key}",
    }


async def bare(to: Line, face: Face, header: str) -> Reply:
    """A request with this one header beside the host."""
    request = f"GET {face.path} HTTP/1.1\r\nHost: desk.example\r\n{header}\r\n\r\n"
    return await asyncio.wait_for(to.send(request.encode()), PATIENCE)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_trusted_proxy_says_whose_calls_are_counted(database: str) -> None:
    made = keys(database)

    async def asked() -> list[int]:
        async with line(server.port, made["dana"]) as to:
            return [
                (await BY_ADDRESS.ask(to, headers={"X-Forwarded-For": told})).status
                for told in ("198.51.100.7", "198.51.100.8", "198.51.100.7", "203.0.113.1, 198.51.100.7")
            ]

    with serving(database, trusted_proxies="127.0.0.1", **BY_ADDRESS.setting(1)) as server:
        assert asyncio.run(asked()) == [200, 200, 429, 429]


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
@EACH
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_caller_who_waits_as_told_gets_through(database: str, face: Face) -> None:
    key = keys(database)["dana"]

    async def wait() -> tuple[Reply, Reply]:
        async with line(server.port, key) as to:
            assert (await face.ask(to)).status == 200
            refused = await face.ask(to)
            await asyncio.sleep(int(refused.headers["retry-after"]))
        return refused, await once(face, server, key)

    with serving(database, **face.setting(1)) as server:
        refused, after = asyncio.run(wait())
    assert (refused.status, after.status) == (429, 200)
