"""The reference: the statements the desk itself runs, on the bare driver, in one thread, rows straight to msgspec."""

import itertools
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import msgspec

from quarterdeck.desk import access
from quarterdeck.desk.statement import Link
from quarterdeck.desk.work import Actor, Work
from quarterdeck.storage import engine_for

ACTOR = Actor("bench", access.ALL, technician_id=1, key_id=1)
# As many requests are recorded, and run again and again.
RECORDED_MAX = 100

Said = tuple[str, dict[str, Any]]


class Recorder:
    """A driver that remembers what it was asked."""

    def __init__(self, driver: Any) -> None:
        self.driver = driver
        self.said: list[Said] = []

    def execute(self, sql: str, parameters: dict[str, Any] | None = None) -> Any:
        self.said.append((sql, dict(parameters or {})))
        return self.driver.execute(sql, parameters or {})


def recorded(url: str, jobs: list[Callable[[Work], Any]]) -> list[tuple[Any, list[Said]]]:
    """What each job returned, and the statements it ran. Nothing of it is kept."""
    engine = engine_for(url)
    found = []
    with engine.connect() as connection, connection.begin() as transaction:
        for job in jobs[:RECORDED_MAX]:
            link = Link(connection)
            link.driver = recorder = Recorder(link.driver)
            found.append((job(Work(link, ACTOR, datetime.now(UTC), "bench")), recorder.said))
        transaction.rollback()
    engine.dispose()
    return found


def connect(url: str) -> Any:
    """A connection of the bare driver, with the settings of the desk's own: they make a commit durable."""
    pooled = engine_for(url).raw_connection()
    driver: Any = pooled.driver_connection
    pooled.detach()
    if not url.startswith("sqlite"):
        driver.autocommit = True
    return driver


class Reads:
    """The reads of one case, one after the other."""

    def __init__(self, url: str, jobs: list[Callable[[Work], Any]]) -> None:
        self.db = connect(url)
        # Endless, so that every round goes on where the last one ended: some questions cost more than others.
        self.next = itertools.cycle([said for _, said in recorded(url, jobs)]).__next__

    def run(self, seconds: float) -> float:
        """How many were answered in a second."""
        execute, encode, done = self.db.execute, msgspec.json.encode, 0
        began_at = time.perf_counter()
        end_at = began_at + seconds
        while time.perf_counter() < end_at:
            for sql, parameters in self.next():
                encode(execute(sql, parameters).fetchall())
            done += 1
        return done / (time.perf_counter() - began_at)

    def close(self) -> None:
        self.db.close()


# The parameters that hold the new record's id, in the rows that come with it.
ITS_OWN = ("ticket_id", "record_id", "of")


class Writes:
    """The rows of one create, inserted again and again, each time with a commit of its own."""

    def __init__(self, url: str, jobs: list[Callable[[Work], Any]]) -> None:
        self.db = connect(url)
        self.next = itertools.cycle([rows_of(id, said) for id, said in recorded(url, jobs)]).__next__
        self.begin = "BEGIN IMMEDIATE" if url.startswith("sqlite") else "BEGIN"

    def run(self, seconds: float) -> float:
        execute, done = self.db.execute, 0
        began_at = time.perf_counter()
        end_at = began_at + seconds
        while time.perf_counter() < end_at:
            execute(self.begin)
            id = None
            for sql, parameters, names in self.next():
                cursor = execute(sql, {**parameters, **dict.fromkeys(names, id)})
                if cursor.description:
                    made = cursor.fetchall()
                    id = id or made[0][0]
            execute("COMMIT")
            done += 1
        return done / (time.perf_counter() - began_at)

    def close(self) -> None:
        self.db.close()


def rows_of(id: int, said: list[Said]) -> list[tuple[str, dict[str, Any], list[str]]]:
    """Only what adds rows and counts them, and the names of the parameters that hold the new record's id."""
    return [
        (sql, parameters, [name for name in ITS_OWN if parameters.get(name) == id])
        for sql, parameters in said
        if sql.startswith(("INSERT", "UPDATE"))
    ]
