"""Running the server."""

import re
import stat
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
from command import client, done, run, running


@pytest.fixture
def manned(database: str) -> tuple[str, str]:
    """A database with an owner, and the owner's key."""
    done("user", "create", "--first-name", "Dana", "--email", "dana@msp.example", database=database)
    key = done("key", "create", "--name", "script", "--technician", "dana@msp.example", database=database)
    return database, key.out.strip()


def test_a_server_answers_at_the_address_it_prints(manned: tuple[str, str], tmp_path: Path) -> None:
    database, key = manned
    with running(tmp_path, "serve", "--port", "0", database=database) as server:
        with client(server.url(), key) as http:
            assert http.get("/tickets").status_code == 200

        assert server.stop() == 0
    assert "Traceback" not in server.err.read_text()


def test_several_processes_count_calls_and_figures_together(manned: tuple[str, str], tmp_path: Path) -> None:
    database, key = manned
    with running(
        tmp_path, "serve", "--port", "0", "--workers", "2", database=database, atera_calls_per_minute=40
    ) as server:
        url = server.url()

        def call(_: int) -> int:
            return httpx.get(f"{url}/api/v3/tickets", headers={"X-API-KEY": key}, timeout=30).status_code

        with ThreadPoolExecutor(8) as pool:
            statuses = Counter(pool.map(call, range(50)))
        figures = httpx.get(f"{url}/metrics").text
        assert server.stop() == 0

    assert statuses == {200: 40, 429: 10}
    assert re.search(r'quarterdeck_requests_total\{face="atera",.*status="200"\} 40.0', figures)


def test_serving_needs_a_database(tmp_path: Path) -> None:
    said = run("serve", "--port", "0", database=f"sqlite:///{tmp_path}/none.db")

    assert said.code == 1
    assert "quarterdeck migrate" in said.err
    assert not (tmp_path / "none.db").exists()


def test_an_old_schema_is_refused(tmp_path: Path) -> None:
    (tmp_path / "old.db").touch()

    said = run("serve", "--port", "0", database=f"sqlite:///{tmp_path}/old.db")

    assert said.code == 1
    assert "Run: quarterdeck migrate" in said.err


def test_serve_brings_the_database_up_to_date_when_told_to(tmp_path: Path) -> None:
    with running(tmp_path, "serve", "--port", "0", "--migrate", database=f"sqlite:///{tmp_path}/new.db") as server:
        assert httpx.get(f"{server.url()}/health").status_code == 200

    assert stat.S_IMODE((tmp_path / "new.db").stat().st_mode) == 0o600


def test_plain_http_beyond_this_machine_needs_permission(tmp_path: Path) -> None:
    said = run("serve", "--host", "0.0.0.0", "--migrate", database=f"sqlite:///{tmp_path}/desk.db")

    assert said.code == 1
    assert "--allow-plain-http" in said.err
    assert not (tmp_path / "desk.db").exists()


def test_a_wrong_setting_is_named() -> None:
    said = run("serve", port="eighty")

    assert said.code == 1
    assert "QUARTERDECK_PORT" in said.err
    assert "Traceback" not in said.err


def test_a_database_that_is_away_is_said_to_be() -> None:
    said = run("serve", "--port", "0", database="postgresql://desk:s3same@127.0.0.1:1/desk")

    assert said.code == 1
    assert "The database cannot be used" in said.err
    assert "s3same" not in said.err


def test_settings_are_listed_without_passwords() -> None:
    said = done("settings", database="postgresql://desk:s3same@127.0.0.1:1/desk", port=9000)

    assert "QUARTERDECK_DATABASE_URL=postgresql://desk:***@127.0.0.1:1/desk" in said.out
    assert "QUARTERDECK_PORT=9000" in said.out
    assert "s3same" not in said.out
