"""Engines and transactions; the one module that knows which database is underneath."""

import queue
import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any, Protocol, TypeVar

import psycopg
import sqlalchemy as sa
from psycopg.adapt import Loader
from sqlalchemy.dialects.sqlite.base import SQLiteCompiler

T = TypeVar("T")

# Waiting is not a queue: a lock that outlasts this is refused, in milliseconds.
PATIENCE = 10_000
# At most so many waiting writes share one commit.
GROUP_MAX = 64


def engine_for(url: str) -> sa.Engine:
    """An engine with the settings that make an acknowledged write durable."""
    address = sa.make_url(url)
    if address.get_backend_name() == "sqlite":
        engine = sa.create_engine(
            address,
            poolclass=sa.pool.QueuePool,
            pool_size=0,  # as many as there are threads
            connect_args={"check_same_thread": False, "isolation_level": None, "cached_statements": 512},
        )
        engine.dialect.statement_compiler = HintedCompiler
        sa.event.listen(engine, "connect", prepare_sqlite)
        sa.event.listen(engine, "begin", begin_sqlite)
        return engine
    address = address.set(drivername="postgresql+psycopg")
    engine = sa.create_engine(
        address,
        pool_size=0,
        connect_args={"options": "-c timezone=UTC -c lock_timeout=10000", "connect_timeout": 5},
    )
    sa.event.listen(engine, "connect", prepare_postgresql)
    return engine


class HintedCompiler(SQLiteCompiler):
    """Writes the hints of `with_hint`, which the library does for other databases alone."""

    def format_from_hint_text(self, sqltext: str, table: Any, hint: str, iscrud: bool) -> str:
        return f"{sqltext} {hint}"


class InstantLoader(Loader):
    """A moment as the text SQLite keeps, not as a `datetime`: lists are written from it as it is."""

    def load(self, data: Any) -> str:
        text = str(data, "ascii")
        return f"{text[:10]}T{text[11:-3]}Z"


def prepare_postgresql(connection: psycopg.Connection[Any], _: object) -> None:
    connection.adapters.register_loader("timestamptz", InstantLoader)


def prepare_sqlite(connection: sqlite3.Connection, _: object) -> None:
    connection.isolation_level = None  # the driver's own BEGIN comes too late
    # SQLite's own knows the letters of English only.
    connection.create_function("lower", 1, lower, deterministic=True)
    for pragma in (
        f"busy_timeout={PATIENCE}",
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "cache_size=-4096",  # in KiB, for each thread's connection
        "temp_store=MEMORY",
    ):
        connection.execute(f"PRAGMA {pragma}")


def lower(text: str | None) -> str | None:
    return None if text is None else text.lower()


def begin_sqlite(connection: sa.Connection) -> None:
    # With plain BEGIN, two requests that read and then write fail instead of waiting.
    if not connection.get_execution_options().get("by_hand", False):
        connection.exec_driver_sql("BEGIN IMMEDIATE")


class Unavailable(Exception):
    """The database is locked, full or away; nothing was written."""


class Clashed(Exception):
    """Two changes met: the database's own rules allow one of them."""


CLASH = (sqlite3.IntegrityError, psycopg.IntegrityError, sa.exc.IntegrityError)
AWAY = (sqlite3.OperationalError, psycopg.OperationalError, sa.exc.OperationalError, sa.exc.TimeoutError)


def unavailable(error: BaseException) -> Unavailable:
    return Unavailable(str(error).splitlines()[0] if str(error) else type(error).__name__)


class Storage(Protocol):
    """How work reaches the database. Every call is safe from any thread."""

    engine: sa.Engine
    # Whether a short read is cheaper done in place than handed to a thread.
    quick: bool

    @property
    def there(self) -> bool:
        """Whether what was opened is still where it was."""
        ...

    def read(self, job: Callable[[sa.Connection], T]) -> T: ...

    def read_later(self, job: Callable[[sa.Connection], T]) -> "Future[T]": ...

    def write_later(self, job: Callable[[sa.Connection], T]) -> "Future[T]": ...

    def close(self) -> None: ...


def open_storage(url: str, threads: int = 8) -> "Storage":
    engine = engine_for(url)
    return SqliteStorage(engine, threads) if engine.dialect.name == "sqlite" else PostgresStorage(engine, threads)


class Lane:
    """One thread's connection, kept open, whose transactions are begun and ended by hand: the library's own way of
    doing that costs more than most of the work in between."""

    def __init__(self, engine: sa.Engine) -> None:
        self.engine = engine
        self.sqlite = engine.dialect.name == "sqlite"
        self.open()

    def open(self) -> None:
        options: Any = {"by_hand": True} if self.sqlite else {"isolation_level": "AUTOCOMMIT"}
        self.connection = self.engine.connect().execution_options(**options)
        self.driver: Any = self.connection.connection.driver_connection

    def run(self, job: Callable[[sa.Connection], T], begin: str | None) -> T:
        """Do a job in one transaction, or with `begin=None` each statement in its own."""
        try:
            if begin is None:
                return self.read(job)
            self.begin(begin)
            result = job(self.connection)
            self.driver.execute("COMMIT")
        except AWAY as error:
            self.abandon()
            raise unavailable(error) from error
        except CLASH as error:
            self.rollback()
            raise Clashed from error
        except BaseException:
            self.rollback()
            raise
        else:
            return result
        finally:
            self.forget()

    def read(self, job: Callable[[sa.Connection], T]) -> T:
        """Read; over a connection that has died meanwhile, once more over a new one."""
        try:
            return job(self.connection)
        except AWAY:
            if not self.driver.closed:
                raise
            self.abandon()
            self.open()
            return job(self.connection)

    def begin(self, begin: str) -> None:
        """Begin; over a connection that has died meanwhile, once more over a new one."""
        try:
            self.driver.execute(begin)
        except psycopg.OperationalError:
            self.abandon()
            self.open()
            self.driver.execute(begin)

    def rollback(self) -> None:
        try:
            if not self.sqlite or self.driver.in_transaction:
                self.driver.execute("ROLLBACK")
        except AWAY:
            self.abandon()

    def forget(self) -> None:
        """What the library believes to be a transaction of its own is over with ours."""
        if not self.connection.closed and self.connection.in_transaction():
            self.connection.rollback()

    def abandon(self) -> None:
        """Leave a connection that failed; SQLite's is still good once rolled back."""
        if self.sqlite:
            self.rollback()
        elif self.usable:
            self.connection.invalidate()
            self.connection.close()

    @property
    def usable(self) -> bool:
        return not self.connection.closed


class Lanes:
    """A lane for every thread that asks."""

    def __init__(self, engine: sa.Engine) -> None:
        self.engine = engine
        self.local = threading.local()
        self.made: list[Lane] = []

    def run(self, job: Callable[[sa.Connection], T], begin: str | None) -> T:
        lane: Lane | None = getattr(self.local, "lane", None)
        if lane is None or not lane.usable:
            try:
                lane = self.local.lane = Lane(self.engine)
            except AWAY as error:
                raise unavailable(error) from error
            self.made.append(lane)
        return lane.run(job, begin)

    def close(self) -> None:
        """Close every connection, also those of threads that have ended. The last one tidies SQLite's log away."""
        for lane in self.made:
            lane.connection.close()
        self.engine.dispose()


class SqliteStorage:
    """Readers side by side, and one writer that takes what is waiting into one commit."""

    quick = True

    def __init__(self, engine: sa.Engine, threads: int) -> None:
        self.engine = engine
        self.lanes = Lanes(engine)
        self.pool = ThreadPoolExecutor(threads, "reader")
        self.waiting: queue.SimpleQueue[tuple[Callable[[sa.Connection], Any], Future[Any]] | None] = queue.SimpleQueue()
        self.writer = threading.Thread(target=self.write, name="writer", daemon=True)
        self.writer.start()

    @property
    def there(self) -> bool:
        # Open connections would go on writing to a file that has been taken away.
        return Path(self.engine.url.database or "").exists()

    def read(self, job: Callable[[sa.Connection], T]) -> T:
        return self.lanes.run(job, "BEGIN")

    def read_later(self, job: Callable[[sa.Connection], T]) -> "Future[T]":
        return self.pool.submit(self.read, job)

    def write_later(self, job: Callable[[sa.Connection], T]) -> "Future[T]":
        """The future is done once the commit is on disk."""
        future: Future[T] = Future()
        self.waiting.put((job, future))
        return future

    def write(self) -> None:
        last = False
        while not last:
            group = [self.waiting.get()]
            while len(group) < GROUP_MAX and not self.waiting.empty():
                group.append(self.waiting.get())
            last = None in group
            self.commit([one for one in group if one is not None])

    def commit(self, jobs: list[tuple[Callable[[sa.Connection], Any], "Future[Any]"]]) -> None:
        """Do the jobs in one transaction, each able to fail alone, and tell nobody before it is on disk."""
        jobs = [(job, future) for job, future in jobs if future.set_running_or_notify_cancel()]
        outcomes: list[Any] = []

        def all_of_them(connection: sa.Connection) -> None:
            driver: Any = connection.connection.driver_connection
            for job, _ in jobs:
                driver.execute("SAVEPOINT one")
                try:
                    outcomes.append(job(connection))
                except BaseException as refusal:
                    # Where the whole transaction is gone, this fails too, and with it the group.
                    driver.execute("ROLLBACK TO one")
                    outcomes.append(Failed(refusal))
                driver.execute("RELEASE one")

        try:
            if jobs:
                self.lanes.run(all_of_them, "BEGIN IMMEDIATE")
        except BaseException as error:
            # Whatever it is, it is for those who wait: without its thread nothing would ever be written again.
            outcomes = [Failed(error)] * len(jobs)
        for (_, future), outcome in zip(jobs, outcomes, strict=True):
            if isinstance(outcome, Failed):
                future.set_exception(outcome.reason)
            else:
                future.set_result(outcome)

    def close(self) -> None:
        self.waiting.put(None)
        self.writer.join()
        self.pool.shutdown()
        self.lanes.close()


class Failed:
    """What a job raised instead of returning."""

    def __init__(self, error: BaseException) -> None:
        self.reason = error
        if isinstance(error, AWAY):
            self.reason = unavailable(error)
        elif isinstance(error, CLASH):
            self.reason = Clashed()


class PostgresStorage:
    """A thread for each piece of work, a transaction for each thread."""

    quick = False
    there = True

    def __init__(self, engine: sa.Engine, threads: int) -> None:
        self.engine = engine
        self.lanes = Lanes(engine)
        self.pool = ThreadPoolExecutor(threads, "worker")

    def read(self, job: Callable[[sa.Connection], T]) -> T:
        # One statement sees one moment by itself; beginning and ending would be two more ways to the server and back.
        return self.lanes.run(job, None)

    def read_later(self, job: Callable[[sa.Connection], T]) -> "Future[T]":
        return self.pool.submit(self.read, job)

    def write_later(self, job: Callable[[sa.Connection], T]) -> "Future[T]":
        return self.pool.submit(self.lanes.run, job, "BEGIN")

    def close(self) -> None:
        self.pool.shutdown()
        self.lanes.close()
