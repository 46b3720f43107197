"""What the doctor finds."""

import json
import os
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from command import done, run

import make
from databases import Databases
from quarterdeck.desk import access
from quarterdeck.desk.statement import Link
from quarterdeck.desk.work import Actor, Work
from quarterdeck.doctor import letters
from quarterdeck.edge.gate import now
from quarterdeck.files import InFolder
from quarterdeck.storage import engine_for, open_storage


def findings(database: str, **settings: Any) -> dict[str, dict[str, str]]:
    said = run("doctor", "--json", database=database, **settings)
    found: list[dict[str, str]] = json.loads(said.out)
    assert said.code == (1 if any(each["level"] == "problem" for each in found) else 0)
    return {each["about"]: each for each in found}


def problems(database: str, **settings: Any) -> list[str]:
    return [about for about, found in findings(database, **settings).items() if found["level"] == "problem"]


@pytest.fixture
def owned(database: str) -> str:
    done("user", "create", "--first-name", "Dana", "--email", "dana@msp.example", database=database)
    return database


def test_a_sound_sqlite_database_has_no_problem(owned: str) -> None:
    if owned.startswith("sqlite"):
        assert problems(owned) == []


def test_durability_that_is_switched_off_is_a_problem(owned: str) -> None:
    """The tests' own PostgreSQL runs with it off."""
    if owned.startswith("postgresql"):
        assert problems(owned) == ["fsync", "synchronous_commit", "full_page_writes"]
        assert "ALTER SYSTEM SET fsync = on" in findings(owned)["fsync"]["remedy"]


def test_a_postgresql_database_that_knows_english_letters_only_is_warned_of(databases: Databases) -> None:
    levels = {}
    for locale in ("C", "C.UTF-8"):
        databases.execute(f"CREATE DATABASE letters TEMPLATE template0 ENCODING 'UTF8' LOCALE '{locale}'")
        engine = engine_for(databases.url("letters"))
        with engine.connect() as db:
            levels[locale] = [one.level for one in letters(db)]
        engine.dispose()
        databases.execute("DROP DATABASE letters")

    assert levels == {"C": ["warning"], "C.UTF-8": ["ok"]}


def test_each_finding_is_one_line_with_its_remedy(database: str) -> None:
    said = run("doctor", database=database)

    (line,) = (line for line in said.out.splitlines() if " owner: " in line)
    assert line.startswith("problem ")
    assert line.endswith("make one with: quarterdeck user create")


def test_a_missing_database_is_not_made(tmp_path: Path) -> None:
    assert problems(f"sqlite:///{tmp_path}/none.db") == ["database"]
    assert list(tmp_path.iterdir()) == []


def test_a_database_that_is_away_is_a_problem() -> None:
    assert problems("postgresql://desk@127.0.0.1:1/desk") == ["database"]


def test_a_file_that_is_no_database_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "desk.db").write_bytes(b"not a database " * 100)

    assert "database" in problems(f"sqlite:///{tmp_path}/desk.db")


def test_an_old_schema_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "desk.db").touch()

    found = findings(f"sqlite:///{tmp_path}/desk.db")

    assert found["schema"]["remedy"] == "run: quarterdeck migrate"


def test_a_counter_that_is_wrong_is_found(owned: str, engine: sa.Engine) -> None:
    with engine.begin() as db:
        db.exec_driver_sql("UPDATE counters SET n = 3 WHERE counted_kind = 'ticket' AND slot = 0")

    assert findings(owned)["counters"]["says"] == "3 for 0 of kind ticket"


def test_a_record_that_search_does_not_know_is_found(owned: str, engine: sa.Engine) -> None:
    with engine.begin() as db:
        db.exec_driver_sql("INSERT INTO customer_search (rowid, words) VALUES (7, 'acme')")

    assert "search for customers" in problems(owned)


def test_a_reference_to_nothing_is_found(tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path}/desk.db"
    done("migrate", database=database)
    engine = sa.create_engine(database)
    with engine.begin() as db:
        db.exec_driver_sql("INSERT INTO archives VALUES (1, 1, 'Acme', '2026-01-01T00:00:00.000000Z', 0, '')")
        db.exec_driver_sql(
            "INSERT INTO api_keys (name, hash, hint, technician_id, scopes, created_at) "
            "VALUES ('x', 'x', 'x', 99, '[]', '2026-01-01T00:00:00.000000Z')"
        )
    engine.dispose()

    assert "references" in problems(database)


def test_a_file_others_can_read_is_warned_of(owned: str) -> None:
    file = sa.make_url(owned).database or ""
    if owned.startswith("sqlite"):
        os.chmod(file, 0o644)

        assert findings(owned)["files"]["remedy"] == f"run: chmod 600 {file}*"


def test_listening_beyond_this_machine_is_warned_of(owned: str) -> None:
    assert findings(owned, host="0.0.0.0", allow_plain_http=True)["network"]["level"] == "warning"


def test_a_proxy_that_hides_who_calls_is_warned_of(owned: str) -> None:
    behind = {"public_url": "https://desk.msp.example"}
    assert findings(owned, **behind)["callers"]["level"] == "warning"
    assert "callers" not in findings(owned, **behind, trusted_proxies="127.0.0.1")


def test_more_threads_than_connections_is_a_problem(owned: str) -> None:
    if owned.startswith("postgresql"):
        assert "connections" in problems(owned, workers=4, threads=64)


def test_files_that_are_missing_are_a_problem(owned: str, tmp_path: Path) -> None:
    folder = tmp_path / "files"
    files = InFolder(folder, 2**20)
    storage = open_storage(owned, threads=1)
    for content in (b"one", b"two"):
        folder.mkdir(mode=0o700, exist_ok=True)
        stored = files.keep(content)
        storage.write_later(
            lambda db, stored=stored: make.attachment(setup(db), stored=stored)  # type: ignore[misc]
        ).result()
    storage.close()
    files.keep(b"nobody's")

    found = findings(owned, attachments_in=folder)["attachments"]
    assert (found["level"], found["says"]) == ("ok", "2 in use, 1 that no ticket names")
    files.place(stored.hash).unlink()
    found = findings(owned, attachments_in=folder)["attachments"]
    assert (found["level"], found["says"]) == ("problem", "1 of 2 files are missing")
    assert findings(owned)["attachments"]["level"] == "problem"


def test_files_in_the_database_are_found_there(owned: str) -> None:
    storage = open_storage(owned, threads=1)
    storage.write_later(lambda db: make.attachment(setup(db))).result()
    storage.close()

    assert findings(owned)["attachments"]["says"] == "1 in use, in the database"


def setup(db: sa.Connection) -> Work:
    return Work(Link(db), Actor("setup", access.ALL, technician_id=1), now(), "tests")
