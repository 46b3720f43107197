"""How work reaches the database: together, each for itself, and never told before it is kept."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

import make
from conftest import NOW, Databases
from quarterdeck.desk import access, customers
from quarterdeck.desk.errors import Invalid
from quarterdeck.desk.statement import Link
from quarterdeck.desk.work import Actor, Work
from quarterdeck.storage import Clashed, Storage, Unavailable, open_storage

PATIENCE = 30


@pytest.fixture
def storage(database: str) -> Iterator[Storage]:
    storage = open_storage(database, threads=4)
    yield storage
    storage.close()


def doing(act: Callable[[Work], Any]) -> Callable[[sa.Connection], Any]:
    return lambda db: act(Work(Link(db), Actor("setup", access.ALL), NOW))


def names(storage: Storage) -> list[str]:
    return storage.read(lambda db: list(db.scalars(sa.select(customers.Customer.name).order_by(customers.Customer.id))))


def held(storage: Storage) -> tuple[threading.Event, Future[Any]]:
    """A write that does not end before it is let go, so that others gather behind it."""
    begun, go = threading.Event(), threading.Event()

    def wait(db: sa.Connection) -> None:
        begun.set()
        assert go.wait(PATIENCE)

    future = storage.write_later(wait)
    assert begun.wait(PATIENCE)
    return go, future


def test_what_was_written_is_read(storage: Storage) -> None:
    id = storage.write_later(doing(make.customer)).result(PATIENCE)

    assert storage.read(doing(lambda work: customers.get(work, id).name)) == "Acme Dental"
    assert storage.read_later(doing(lambda work: customers.get(work, id).name)).result(PATIENCE) == "Acme Dental"


def test_one_that_fails_does_not_hurt_its_neighbours(storage: Storage) -> None:
    go, first = held(storage)
    futures = [
        storage.write_later(doing(lambda work, n=n: make.customer(work, name=f"{n}" if n != 2 else " ")))
        for n in range(5)
    ]
    go.set()

    first.result(PATIENCE)
    outcomes = [future.exception(PATIENCE) for future in futures]
    assert [type(outcome) for outcome in outcomes] == [type(None), type(None), Invalid, type(None), type(None)]
    assert sorted(names(storage)) == ["0", "1", "3", "4"]


def test_nothing_of_one_that_fails_halfway_is_kept(storage: Storage) -> None:
    def halfway(work: Work) -> None:
        make.customer(work, name="Half")
        raise LookupError("on the way")

    with pytest.raises(LookupError, match="on the way"):
        storage.write_later(doing(halfway)).result(PATIENCE)

    assert names(storage) == []


def test_nobody_is_told_before_others_can_read_it(storage: Storage) -> None:
    seen: list[bool] = []
    looked = threading.Event()

    def look(future: "Future[int]") -> None:
        # Runs in the thread that ends the future, at that very moment; another thread reads meanwhile.
        id = future.result()
        reader = threading.Thread(
            target=lambda: seen.append(storage.read(doing(lambda work: customers.get(work, id))).id == id)
        )
        reader.start()
        reader.join(PATIENCE)
        looked.set()

    for n in range(20):
        looked.clear()
        storage.write_later(doing(lambda work, n=n: make.customer(work, name=f"{n}"))).add_done_callback(look)
        assert looked.wait(PATIENCE)

    assert seen == [True] * 20


def test_nobody_sees_what_is_not_committed(storage: Storage) -> None:
    begun, go = threading.Event(), threading.Event()

    def slowly(work: Work) -> None:
        make.customer(work)
        begun.set()
        assert go.wait(PATIENCE)

    future = storage.write_later(doing(slowly))
    assert begun.wait(PATIENCE)

    assert names(storage) == []
    assert not future.done()
    go.set()
    future.result(PATIENCE)
    assert names(storage) == ["Acme Dental"]


def test_a_write_that_nobody_waits_for_any_more_is_left_out(storage: Storage) -> None:
    threads = 1 if storage.quick else 4
    gates = [held(storage) for _ in range(threads)]
    given_up = storage.write_later(doing(make.customer))

    assert given_up.cancel()
    for go, _ in gates:
        go.set()
    storage.write_later(doing(lambda work: make.customer(work, name="Next"))).result(PATIENCE)

    assert names(storage) == ["Next"]


@pytest.mark.parametrize("error", [ValueError, SystemExit, KeyboardInterrupt])
def test_the_writer_outlives_whatever_a_job_raises(storage: Storage, error: type[BaseException]) -> None:
    def fail(db: sa.Connection) -> None:
        raise error

    with pytest.raises(error):
        storage.write_later(fail).result(PATIENCE)

    storage.write_later(doing(make.customer)).result(PATIENCE)
    assert names(storage) == ["Acme Dental"]


def test_two_that_want_the_same_place_clash(storage: Storage) -> None:
    def twice(db: sa.Connection) -> None:
        for _ in range(2):
            db.exec_driver_sql("INSERT INTO calls (who, ring) VALUES ('dana', '')")

    with pytest.raises(Clashed):
        storage.write_later(twice).result(PATIENCE)

    storage.write_later(doing(make.customer)).result(PATIENCE)


def test_many_writers_at_once_all_get_through(storage: Storage) -> None:
    futures = [storage.write_later(doing(lambda work, n=n: make.customer(work, name=f"{n}"))) for n in range(200)]

    ids = [future.result(PATIENCE) for future in futures]

    assert len(set(ids)) == 200
    assert sorted(names(storage), key=int) == [f"{n}" for n in range(200)]


def test_what_was_asked_before_closing_is_done(database: str) -> None:
    storage = open_storage(database, threads=4)
    futures = [storage.write_later(doing(make.customer)) for _ in range(20)]

    storage.close()

    assert all(future.done() and future.exception() is None for future in futures)


def killed(storage: Storage) -> int:
    """End every other connection to the database, as a restart of the server would."""
    kill = sa.text(
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    engine = sa.create_engine(storage.engine.url)
    with engine.connect() as connection:
        count = int(connection.scalar(kill) or 0)
    engine.dispose()
    return count


@pytest.fixture
def postgresql(databases: Databases) -> Iterator[Storage]:
    url = databases.fresh("postgresql")
    storage = open_storage(url, threads=4)
    yield storage
    storage.close()
    databases.drop(url)


def test_a_write_survives_that_its_connection_was_ended(postgresql: Storage) -> None:
    for n in range(8):
        postgresql.write_later(doing(lambda work, n=n: make.customer(work, name=f"{n}"))).result(PATIENCE)
    assert killed(postgresql)

    for n in range(8, 16):
        postgresql.write_later(doing(lambda work, n=n: make.customer(work, name=f"{n}"))).result(PATIENCE)

    assert names(postgresql) == [f"{n}" for n in range(16)]


def test_a_read_survives_that_its_connection_was_ended(postgresql: Storage) -> None:
    assert names(postgresql) == []
    assert killed(postgresql)

    assert names(postgresql) == []


def test_a_write_whose_connection_ends_halfway_is_not_kept(postgresql: Storage) -> None:
    def cut(work: Work) -> None:
        make.customer(work)
        killed(postgresql)
        make.customer(work)

    with pytest.raises(Unavailable):
        postgresql.write_later(doing(cut)).result(PATIENCE)

    assert names(postgresql) == []


def test_a_database_that_is_not_there_is_unavailable(tmp_path: Path) -> None:
    storage = open_storage(f"sqlite:///{tmp_path}/nowhere/desk.db")

    with pytest.raises(Unavailable):
        storage.read(lambda db: db.scalar(sa.text("SELECT 1")))
    with pytest.raises(Unavailable):
        storage.write_later(lambda db: None).result(PATIENCE)

    storage.close()


def test_a_lock_that_is_held_too_long_is_unavailable(databases: Databases, tmp_path: Path) -> None:
    url = databases.copied(tmp_path / "desk.db")
    holder, storage = open_storage(url), open_storage(url)
    storage.write_later(lambda db: db.exec_driver_sql("PRAGMA busy_timeout=50")).result(PATIENCE)
    go, first = held(holder)

    with pytest.raises(Unavailable, match="locked"):
        storage.write_later(doing(make.customer)).result(PATIENCE)
    go.set()
    first.result(PATIENCE)
    storage.write_later(doing(make.customer)).result(PATIENCE)

    holder.close()
    storage.close()


def test_sqlite_syncs_what_it_acknowledges(databases: Databases, tmp_path: Path) -> None:
    storage = open_storage(databases.copied(tmp_path / "desk.db"))

    def settings(db: sa.Connection) -> list[Any]:
        asked = ("journal_mode", "synchronous", "foreign_keys")
        return [db.exec_driver_sql(f"PRAGMA {name}").scalar() for name in asked]

    assert storage.write_later(settings).result(PATIENCE) == ["wal", 2, 1]
    assert storage.read(settings) == ["wal", 2, 1]
    storage.close()
