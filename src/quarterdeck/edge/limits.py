"""Calls per minute: a rolling window, counted exactly.

A ring holds the moments of the last calls, one place for each call allowed. The same arithmetic runs on a ring in this
process's memory, in a file that the server processes of one machine share, and in a row that several machines share.
"""

import fcntl
import hashlib
import mmap
import os
import time
from array import array
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol

from quarterdeck.desk import calls
from quarterdeck.desk.statement import Link

WINDOW = 60.0
# A ring begins with the place of the next call, how many calls are in the window, and whose ring it is.
HEAD, LIVE, WHOSE, START = 0, 1, 2, 3
# A shared file has room for so many callers at once.
CALLERS_MAX = 512


class Ring(Protocol):
    """Numbers in a row, wherever they are kept."""

    def __getitem__(self, place: int, /) -> float: ...

    def __setitem__(self, place: int, value: float, /) -> None: ...

    def __len__(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Admission:
    """Whether one more call is allowed, how many are left, and in how many seconds the next one is given back."""

    allowed: bool
    left: int
    wait: float


def admit(ring: Ring, limit: int, now: float) -> Admission:
    """Count a call at `now`, if the window has room for it."""
    head, live = int(ring[HEAD]), int(ring[LIVE])
    while live and ring[START + (head - live) % limit] <= now - WINDOW:
        live -= 1
    allowed = live < limit
    if allowed:
        ring[START + head] = now
        head = (head + 1) % limit
        live += 1
        ring[HEAD] = head
    ring[LIVE] = live
    oldest = ring[START + (head - live) % limit]
    return Admission(allowed, limit - live, max(0.0, oldest + WINDOW - now))


class Limiter(Protocol):
    async def admit(self, who: str, limit: int) -> Admission: ...


class InMemory:
    """For one server process."""

    def __init__(self) -> None:
        self.rings: dict[str, Ring] = {}

    async def admit(self, who: str, limit: int) -> Admission:
        now = time.monotonic()
        ring = self.rings.get(who)
        if ring is None or len(ring) != START + limit:
            if len(self.rings) > 10_000:
                self.rings = {one: kept for one, kept in self.rings.items() if newest(kept) > now - WINDOW}
            ring = self.rings[who] = array("d", empty(limit))
        return admit(ring, limit, now)


def empty(limit: int) -> bytes:
    return bytes(8 * (START + limit))


def newest(ring: Ring) -> float:
    size = len(ring) - START
    return ring[START + (int(ring[HEAD]) - 1) % size]


class InFile:
    """For several server processes of one machine: rings in a file that all of them map."""

    def __init__(self, path: str, limit_max: int) -> None:
        self.size = START + limit_max
        self.file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        os.ftruncate(self.file, CALLERS_MAX * self.size * 8)
        self.places = memoryview(mmap.mmap(self.file, CALLERS_MAX * self.size * 8)).cast("d")

    async def admit(self, who: str, limit: int) -> Admission:
        mark = float(int.from_bytes(hashlib.blake2b(who.encode(), digest_size=6).digest()) + 1)
        fcntl.lockf(self.file, fcntl.LOCK_EX)
        try:
            now = time.monotonic()
            ring = self.find(mark, now)
            return admit(ring, limit, now)
        finally:
            fcntl.lockf(self.file, fcntl.LOCK_UN)

    def find(self, mark: float, now: float) -> Ring:
        """The caller's ring; a new caller gets one that is free or has not been used for a whole window."""
        spare: memoryview[float] | None = None
        for step in range(CALLERS_MAX):
            place = (int(mark) + step) % CALLERS_MAX * self.size
            ring = self.places[place : place + self.size]
            if ring[WHOSE] == mark:
                return ring
            if ring[WHOSE] == 0 or max(ring[START:]) <= now - WINDOW:
                spare = ring if spare is None else spare
                if ring[WHOSE] == 0:
                    break
        # With every place in use, callers share one: strict, never lax.
        chosen = spare if spare is not None else self.places[: self.size]
        if spare is not None:
            chosen[HEAD] = chosen[LIVE] = 0.0
            chosen[WHOSE] = mark
        return chosen


class InDatabase:
    """For several machines: a ring in a row that all of them lock in turn, by the database's clock."""

    def __init__(self, do: Callable[[Callable[[Link], Admission]], Awaitable[Admission]]) -> None:
        self.do = do

    async def admit(self, who: str, limit: int) -> Admission:
        def count(link: Link) -> Admission:
            kept, now = calls.take(link, who, empty(limit))
            ring = array("d", kept)
            admission = admit(ring, limit, now)
            calls.put(link, who, ring.tobytes())
            return admission

        return await self.do(count)
