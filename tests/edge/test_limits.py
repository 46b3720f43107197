"""Calls per minute, counted exactly."""

import asyncio
import subprocess
import sys
from array import array
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quarterdeck.app import limiter_for
from quarterdeck.edge.limits import START, WINDOW, InFile, InMemory, Limiter, admit, empty
from quarterdeck.settings import Settings
from quarterdeck.storage import Storage, open_storage

LIMITS = st.integers(1, 9)
# Halves are exact in binary, so that the end of a window can be hit on the spot.
STEPS = st.lists(st.integers(0, 90).map(lambda halves: halves / 2) | st.just(WINDOW), max_size=60)


def ring(limit: int) -> "array[float]":
    return array("d", empty(limit))


def moments(steps: list[float]) -> Iterator[float]:
    now = 1000.0
    for step in steps:
        now += step
        yield now


@given(limit=LIMITS, steps=STEPS)
def test_a_ring_says_what_a_list_of_moments_says(limit: int, steps: list[float]) -> None:
    kept: list[float] = []
    places = ring(limit)

    for now in moments(steps):
        kept = [one for one in kept if one > now - WINDOW]
        allowed = len(kept) < limit
        kept += [now] if allowed else []

        admission = admit(places, limit, now)

        assert (admission.allowed, admission.left) == (allowed, limit - len(kept))
        assert admission.wait == kept[0] + WINDOW - now


@given(limit=LIMITS, steps=STEPS)
def test_no_window_ever_holds_more_than_allowed(limit: int, steps: list[float]) -> None:
    places = ring(limit)
    passed = [now for now in moments(steps) if admit(places, limit, now).allowed]

    for end in passed:
        assert len([one for one in passed if end - WINDOW < one <= end]) <= limit


@given(limit=LIMITS, steps=STEPS)
def test_whoever_waits_as_told_is_let_in(limit: int, steps: list[float]) -> None:
    places = ring(limit)
    now = 1000.0

    for step in steps:
        admission = admit(places, limit, now)
        if not admission.allowed:
            now += admission.wait
            assert admit(places, limit, now).allowed
        now += step / 8


@pytest.fixture(params=["memory", "file", "sqlite", "postgresql"])
def limiter(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Limiter]:
    if request.param == "memory":
        yield InMemory()
    elif request.param == "file":
        yield InFile(str(tmp_path / "limits"), 700)
    else:
        databases = request.getfixturevalue("databases")
        url = databases.fresh(request.param)
        storage = open_storage(url, threads=4)
        yield in_database(url, storage)
        storage.close()
        databases.drop(url)


def in_database(url: str, storage: Storage) -> Limiter:
    return limiter_for(Settings(database_url=url, limits_in="database"), storage)


def ask(limiter: Limiter, who: str, limit: int, times: int, *, together: bool = True) -> list[bool]:
    """Whether each of so many calls at once was let in."""

    async def calls() -> list[bool]:
        if together:
            return [one.allowed for one in await asyncio.gather(*(limiter.admit(who, limit) for _ in range(times)))]
        return [(await limiter.admit(who, limit)).allowed for _ in range(times)]

    return asyncio.run(calls())


def test_exactly_so_many_pass(limiter: Limiter) -> None:
    assert sum(ask(limiter, "dana", 50, 80)) == 50
    assert ask(limiter, "dana", 50, 1) == [False]


def test_the_first_pass_and_the_rest_do_not(limiter: Limiter) -> None:
    assert ask(limiter, "dana", 3, 5, together=False) == [True, True, True, False, False]


def test_others_are_not_held_back(limiter: Limiter) -> None:
    ask(limiter, "dana", 3, 5)

    assert sum(ask(limiter, "vic", 3, 5)) == 3


def test_what_is_left_is_told(limiter: Limiter) -> None:
    async def calls() -> list[int]:
        return [(await limiter.admit("dana", 3)).left for _ in range(4)]

    assert asyncio.run(calls()) == [2, 1, 0, 0]


def test_the_wait_is_within_the_window(limiter: Limiter) -> None:
    async def last() -> float:
        await limiter.admit("dana", 1)
        return (await limiter.admit("dana", 1)).wait

    assert WINDOW - 30 < asyncio.run(last()) <= WINDOW


OTHER = """
import asyncio, sys
from quarterdeck.edge.limits import InFile
limiter = InFile(sys.argv[1], 700)
async def calls():
    return [sum([(await limiter.admit(f"caller {n}", 700)).allowed for _ in range(600)]) for n in range(20)]
print("ready", flush=True)
sys.stdin.readline()
print(*asyncio.run(calls()))
"""


def test_two_processes_count_together(tmp_path: Path) -> None:
    path = str(tmp_path / "limits")
    others = [
        subprocess.Popen([sys.executable, "-c", OTHER, path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]

    for one in others:
        assert one.stdout is not None
        assert one.stdout.readline() == "ready\n"
    for one in others:
        assert one.stdin is not None
        one.stdin.write("\n")
        one.stdin.flush()
    passed = [[int(n) for n in one.communicate(timeout=60)[0].split()] for one in others]

    assert [sum(both) for both in zip(*passed, strict=True)] == [700] * 20


def test_two_machines_count_together(database: str) -> None:
    storages = [open_storage(database, threads=2) for _ in range(2)]
    machines = [in_database(database, storage) for storage in storages]

    async def calls() -> int:
        asked = [machine.admit("dana", 30) for _ in range(20) for machine in machines]
        return sum(one.allowed for one in await asyncio.gather(*asked))

    assert asyncio.run(calls()) == 30
    for storage in storages:
        storage.close()


def test_a_file_full_of_callers_is_strict_not_lax(tmp_path: Path) -> None:
    limiter = InFile(str(tmp_path / "limits"), 2)

    passed = sum(sum(ask(limiter, f"caller {n}", 2, 3)) for n in range(600))

    assert passed <= 600 * 2
    assert sum(ask(limiter, "one more", 2, 9)) <= 2


def test_another_limit_begins_a_new_count(tmp_path: Path) -> None:
    limiter = InMemory()
    ask(limiter, "dana", 2, 3)

    assert ask(limiter, "dana", 5, 6).count(True) == 5
    assert len(ring(5)) == START + 5
