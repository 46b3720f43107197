"""No room left: writes are refused and nothing of them stays, reads go on, and it heals when there is room again."""

import base64
import os
import resource
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import sqlalchemy as sa
from servers import Server, keys, serving

import make
from conftest import Client, Stage, Syncro

ROOM = 8 * 2**20
CHUNK = 2**18


def upload(to: Any, ticket: int, number: int) -> httpx.Response:
    """Put a file of its own content on a ticket."""
    content = base64.b64encode(number.to_bytes(4, "big") * (CHUNK // 4)).decode()
    answer: httpx.Response = to.post(
        f"/tickets/{ticket}/attachments", json={"files": [{"filename": f"{number}.bin", "content": content}]}
    )
    return answer


def fill(to: Any, ticket: int) -> list[dict[str, Any]]:
    """Upload until there is no room; what was acknowledged."""
    kept: list[dict[str, Any]] = []
    for number in range(200):
        answer = upload(to, ticket, number)
        if answer.status_code != 200:
            assert answer.status_code == 503, answer.text
            assert answer.headers["retry-after"]
            assert answer.json()["error"]
            return kept
        kept += answer.json()["attachments"]
    raise AssertionError("it was never full")


def all_there(to: Any, ticket: int, kept: list[dict[str, Any]]) -> None:
    """Every file that was acknowledged is whole, and no other is there."""
    found = to.get(f"/tickets/{ticket}/attachments?per_page=100").json()
    assert [one["id"] for one in found["attachments"]] == [one["id"] for one in kept]
    for one in kept:
        number = int(one["file_name"].removesuffix(".bin"))
        path = one["file"]["url"].partition("/api/v1")[2]
        assert to.get(path).content == number.to_bytes(4, "big") * (CHUNK // 4)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_full_database_refuses_writes_and_nothing_else(stage: Stage, client: Client) -> None:
    syncro, ticket = Syncro(client, stage), stage.do(make.ticket)
    limit(stage, grown=ROOM)

    kept = fill(syncro, ticket)
    assert kept
    for number in range(200):
        made = client.post("/customers", {"CustomerName": f"Acme {number}" * 20, "Notes": "n" * 100_000})
        if made.status_code != 201:
            break
    assert made.status_code == 503
    assert client.get("/customers").status_code == 200
    all_there(syncro, ticket, kept)

    limit(stage, grown=100 * ROOM)
    kept += upload(syncro, ticket, 999).json()["attachments"]
    all_there(syncro, ticket, kept)
    assert checked(stage.app.settings.database_url) == "ok"


def limit(stage: Stage, *, grown: int) -> None:
    """Let the database grow by so many bytes and no more, as a full disk would."""

    def job(db: sa.Connection) -> None:
        pages = int(db.exec_driver_sql("PRAGMA page_count").scalar() or 0)
        size = int(db.exec_driver_sql("PRAGMA page_size").scalar() or 0)
        db.exec_driver_sql(f"PRAGMA max_page_count={pages + grown // size}")

    stage.storage.write_later(job).result()


def checked(url: str) -> str:
    engine = sa.create_engine(url)
    with engine.connect() as connection:
        found = connection.exec_driver_sql("PRAGMA integrity_check").scalar()
    engine.dispose()
    return str(found)


class Caller:
    """Calls below `/api/v1` of a running server."""

    def __init__(self, server: Server, key: str) -> None:
        self.http = httpx.Client(
            base_url=f"http://127.0.0.1:{server.port}/api/v1", headers={"Authorization": f"Bearer {key}"}, timeout=30
        )

    def get(self, path: str, **more: Any) -> httpx.Response:
        return self.http.get(path, **more)

    def post(self, path: str, **more: Any) -> httpx.Response:
        return self.http.post(path, **more)


def ticket_by(to: Caller) -> int:
    customer = to.post("/customers", json={"business_name": "Acme Dental"}).json()["customer"]["id"]
    return int(to.post("/tickets", json={"subject": "Disk", "customer_id": customer}).json()["ticket"]["id"])


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own with little room, which only root may make."""
    folder = tmp_path / "small"
    folder.mkdir()
    mount = shutil.which("mount")
    made = mount and subprocess.run([mount, "-t", "tmpfs", "-o", f"size={ROOM}", "quarterdeck", folder], check=False)
    if not made or made.returncode != 0:
        pytest.skip("a small disk cannot be mounted here: that takes root")
    yield folder
    subprocess.run(["umount", folder], check=True)


def test_a_full_disk_of_files_refuses_files_and_nothing_else(database: str, small: Path) -> None:
    with serving(database, attachments_in=small / "files", syncro_calls_per_minute=0) as server:
        to = Caller(server, keys(database)["dana"])
        ticket = ticket_by(to)

        kept = fill(to, ticket)
        assert kept
        assert not list(small.rglob("*.part"))
        assert to.post("/customers", json={"business_name": "Another"}).status_code == 200
        all_there(to, ticket, kept)

        subprocess.run(["mount", "-o", f"remount,size={4 * ROOM}", small], check=True)
        kept += upload(to, ticket, 999).json()["attachments"]
        all_there(to, ticket, kept)
        to.http.close()


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_disk_full_of_the_database_refuses_writes_and_nothing_else(database: str, small: Path) -> None:
    file = Path(sa.make_url(database).database or "")
    moved = small / "desk.db"
    shutil.move(file, moved)
    url = f"sqlite:///{moved}"
    dana = keys(url)["dana"]
    with serving(url, syncro_calls_per_minute=0) as server:
        to = Caller(server, dana)
        ticket = ticket_by(to)

        kept = fill(to, ticket)
        assert to.get("/customers").status_code == 200
        all_there(to, ticket, kept)

        subprocess.run(["mount", "-o", f"remount,size={8 * ROOM}", small], check=True)
        kept += upload(to, ticket, 999).json()["attachments"]
        all_there(to, ticket, kept)
        to.http.close()
    assert checked(url) == "ok"


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_limit_on_the_size_of_files_refuses_writes_and_nothing_else(database: str, tmp_path: Path) -> None:
    """Needs no root: what a process may write into one file is bounded, of the database and of every attachment."""
    dana = keys(database)["dana"]
    with serving(database, attachments_in=tmp_path / "files", syncro_calls_per_minute=0) as server:
        to = Caller(server, dana)
        ticket = ticket_by(to)
        assert server.process is not None
        before = resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE)
        size = os.stat(sa.make_url(database).database or "").st_size + 2 * CHUNK
        kept = upload(to, ticket, 1).json()["attachments"]

        resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, (CHUNK // 2, before[1]))
        refused = upload(to, ticket, 2)
        assert refused.status_code == 503, refused.text
        assert refused.json()["error"]
        all_there(to, ticket, kept)

        resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, (size, before[1]))
        for number in range(300):
            made = to.post("/customers", json={"business_name": f"Acme {number}", "notes": "n" * 50_000})
            if made.status_code != 200:
                break
        assert made.status_code == 503, made.text
        assert to.get("/customers").status_code == 200
        all_there(to, ticket, kept)

        resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, before)
        kept += upload(to, ticket, 999).json()["attachments"]
        all_there(to, ticket, kept)
        to.http.close()
    assert checked(database) == "ok"
