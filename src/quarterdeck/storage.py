"""Engines and transactions; the one module that knows which database is underneath."""

import queue
import sqlite3
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, Protocol, TypeVar

import psycopg
import sqlalchemy as sa

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
            connect_args={"check_same_thread": False, "isolation_level": None, "cached_statements": 512},
        )
        sa.event.listen(engine, "connect", prepare_sqlite)
        sa.event.listen(engine, "begin", begin_sqlite)
        return engine
    address = address.set(drivername="postgresql+psycopg")
    return sa.create_engine(
        address,
        pool_size=64,
        pool_pre_ping=True,
        connect_args={"options": "-c timezone=UTC -c lock_timeout=10000", "connect_timeout": 5},
    )


def prepare_sqlite(connection: sqlite3.Connection, _: object) -> None:
    connection.isolation_level = None  # the driver's own BEGIN comes too late
    for pragma in (
        f"busy_timeout={PATIENCE}",
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "cache_size=-32768",
        "temp_store=MEMORY",
    ):
        connection.execute(f"PRAGMA {pragma}")


def begin_sqlite(connection: sa.Connection) -> None:
    # With plain BEGIN, two requests that read and then write fail instead of waiting.
    reading = connection.get_execution_options().get("reading", False)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


class Unavailable(Exception):
    """The database is locked, full or away; nothing was written."""


@contextmanager
def translated() -> Iterator[None]:
    """Turn what the drivers say when the database cannot work just now into `Unavailable`."""
    try:
        yield
    except (sqlite3.OperationalError, psycopg.OperationalError, sa.exc.OperationalError, sa.exc.TimeoutError) as error:
        raise Unavailable(str(error).splitlines()[0]) from error


class Storage(Protocol):
    """How work reaches the database. Every call is safe from any thread."""

    engine: sa.Engine
    # Whether a short read is cheaper done in place than handed to a thread.
    quick: bool

    def read(self, job: Callable[[sa.Connection], T]) -> T: ...

    def read_later(self, job: Callable[[sa.Connection], T]) -> "Future[T]": ...

    def write_later(self, job: Callable[[sa.Connection], T]) -> "Future[T]": ...

    def close(self) -> None: ...


def open_storage(url: str, threads: int = 8) -> "Storage":
    engine = engine_for(url)
    return SqliteStorage(engine, threads) if engine.dialect.name == "sqlite" else PostgresStorage(engine, threads)


class Reader:
    """One connection per thread, kept open: opening one costs more than most reads."""

    def __init__(self, engine: sa.Engine) -> None:
        self.engine = engine
        self.local = threading.local()

    def read(self, job: Callable[[sa.Connection], T]) -> T:
        with translated():
            connection: sa.Connection | None = getattr(self.local, "connection", None)
            if connection is None or connection.closed or connection.invalidated:
                connection = self.local.connection = self.engine.connect().execution_options(reading=True)
            try:
                with connection.begin():
                    return job(connection)
            except (psycopg.OperationalError, sa.exc.OperationalError):
                connection.invalidate()
                connection.close()
                raise


class SqliteStorage:
    """Readers side by side, and one writer that takes what is waiting into one commit."""

    quick = True

    def __init__(self, engine: sa.Engine, threads: int) -> None:
        self.engine = engine
        self.reader = Reader(engine)
        self.pool = ThreadPoolExecutor(threads, "reader")
        self.waiting: queue.SimpleQueue[tuple[Callable[[sa.Connection], Any], Future[Any]] | None] = queue.SimpleQueue()
        self.writer = threading.Thread(target=self.write, name="writer", daemon=True)
        self.writer.start()

    def read(self, job: Callable[[sa.Connection], T]) -> T:
        return self.reader.read(job)

    def read_later(self, job: Callable[[sa.Connection], T]) -> "Future[T]":
        return self.pool.submit(self.reader.read, job)

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
            jobs = [one for one in group if one is not None]
            if jobs:
                self.commit(jobs)

    def commit(self, jobs: list[tuple[Callable[[sa.Connection], Any], "Future[Any]"]]) -> None:
        done: list[tuple[Future[Any], Any]] = []
        try:
            with translated(), self.engine.connect() as connection, connection.begin():
                driver: Any = connection.connection.driver_connection
                for job, future in jobs:
                    if not future.set_running_or_notify_cancel():
                        continue
                    driver.execute("SAVEPOINT one")
                    try:
                        with translated():
                            done.append((future, job(connection)))
                    except Exception as refusal:
                        driver.execute("ROLLBACK TO one")
                        future.set_exception(refusal)
                    driver.execute("RELEASE one")
        except Exception as error:
            for _, future in jobs:
                if not future.done():
                    future.set_exception(error)
        else:
            for future, result in done:
                future.set_result(result)

    def close(self) -> None:
        self.waiting.put(None)
        self.writer.join()
        self.pool.shutdown()
        self.engine.dispose()


class PostgresStorage:
    """A thread for each piece of work, a transaction for each thread."""

    quick = False

    def __init__(self, engine: sa.Engine, threads: int) -> None:
        self.engine = engine
        self.reader = Reader(engine)
        self.pool = ThreadPoolExecutor(threads, "worker")

    def read(self, job: Callable[[sa.Connection], T]) -> T:
        return self.reader.read(job)

    def read_later(self, job: Callable[[sa.Connection], T]) -> "Future[T]":
        return self.pool.submit(self.reader.read, job)

    def write_later(self, job: Callable[[sa.Connection], T]) -> "Future[T]":
        return self.pool.submit(self.write, job)

    def write(self, job: Callable[[sa.Connection], T]) -> T:
        with translated(), self.engine.begin() as connection:
            return job(connection)

    def close(self) -> None:
        self.pool.shutdown()
        self.engine.dispose()
