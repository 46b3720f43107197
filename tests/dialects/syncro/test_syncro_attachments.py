"""Files on tickets, put there and fetched over both faces."""

import base64
import hashlib
import io
import json
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

import make
from conftest import NOW, Client, Stage, Syncro, stage_on
from quarterdeck.desk import access, attachments
from quarterdeck.desk.statement import Link
from quarterdeck.desk.work import Actor, Work
from quarterdeck.edge.observe import Log

PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20


@pytest.fixture
def ticket(stage: Stage) -> int:
    made: int = stage.do(make.ticket)
    return made


@pytest.fixture(params=["database", "folder"])
def kept(request: pytest.FixtureRequest, database: str, tmp_path: Path) -> Iterator[tuple[Stage, Path]]:
    """A desk that keeps its files at either place."""
    folder = tmp_path / "files"
    made = stage_on(database, attachments_in=str(folder) if request.param == "folder" else "database")
    yield made, folder
    made.storage.close()


@pytest.fixture
def either(kept: tuple[Stage, Path]) -> Iterator[tuple[Syncro, Stage, Path]]:
    stage, folder = kept
    client = Client(stage)
    yield Syncro(client, stage), stage, folder
    client.close()


def encoded(content: bytes) -> str:
    return base64.b64encode(content).decode()


def put(syncro: Syncro, ticket: int, name: str = "log.txt", content: bytes = b"hello", type: str = "text/plain") -> Any:
    answer = syncro.post(f"/tickets/{ticket}/attachments", files={"file": (name, content, type)})
    assert answer.status_code == 200, answer.text
    (made,) = answer.json()["attachments"]
    return made


def path_of(made: Any) -> str:
    return str(made["file"]["url"]).removeprefix("http://desk.example/api/v1")


def test_a_file_comes_back_byte_for_byte(either: tuple[Syncro, Stage, Path]) -> None:
    syncro, stage, folder = either
    ticket = stage.do(make.ticket)
    made = put(syncro, ticket, "photo.png", PICTURE, "image/png")

    assert made["file_name"] == "photo.png"
    assert (made["content_type"], made["file_size"]) == ("image/png", len(PICTURE))
    assert made["file"]["url"] == made["file"]["main"]["url"] == made["file"]["thumb"]["url"]
    found = syncro.get(path_of(made))
    assert (found.status_code, found.content) == (200, PICTURE)
    on_disk = [one.name for one in folder.rglob("*") if one.is_file()]
    assert on_disk == ([hashlib.sha256(PICTURE).hexdigest()] if folder.exists() else [])


def test_a_desk_that_moved_to_a_folder_still_gives_what_it_had(either: tuple[Syncro, Stage, Path]) -> None:
    syncro, stage, _ = either
    ticket = stage.do(make.ticket)
    stage.do(lambda work: make.attachment(work, ticket_id=ticket, content=b"kept in the database"))

    (made,) = syncro.get(f"/tickets/{ticket}/attachments").json()["attachments"]
    assert syncro.get(path_of(made)).content == b"kept in the database"


def test_several_files_come_in_one_form(syncro: Syncro, ticket: int) -> None:
    files = [("files[]", (f"{n}.txt", io.BytesIO(b"%d" % n), "text/plain")) for n in range(3)]
    answer = syncro.post(f"/tickets/{ticket}/attachments", files=files, data={"comment": "no file"})

    assert [one["file_name"] for one in answer.json()["attachments"]] == ["0.txt", "1.txt", "2.txt"]
    assert [syncro.get(path_of(one)).content for one in answer.json()["attachments"]] == [b"0", b"1", b"2"]


def test_files_come_in_json_too(syncro: Syncro, ticket: int) -> None:
    file = {"filename": "log.txt", "content": encoded(b"hello"), "content_type": "text/plain"}
    answer = syncro.post(f"/tickets/{ticket}/attachments", {"files": [file]})

    (made,) = answer.json()["attachments"]
    assert syncro.get(path_of(made)).content == b"hello"


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({}, "files required"),
        ({"files": []}, "files required"),
        ({"files": "log.txt"}, "files is not a list of files"),
        ({"files": [{"filename": "a", "content": "%%%"}]}, "files has one whose content is not text in base64"),
        ({"files": [{"filename": "a"}]}, "files required"),
        ({"files": [{"content": "aGk="}] * 21}, "files is out of range"),
    ],
)
def test_what_is_no_file_is_refused(syncro: Syncro, ticket: int, body: Any, said: str) -> None:
    answer = syncro.post(f"/tickets/{ticket}/attachments", body)

    assert (answer.status_code, answer.json()["error"]) == (422, said)
    assert "params" not in answer.json() or "files" not in answer.json()["params"]


def test_a_list_of_a_ticket_s_files_has_a_meta(syncro: Syncro, stage: Stage, ticket: int) -> None:
    put(syncro, ticket)
    stage.do(make.attachment)

    found = syncro.get(f"/tickets/{ticket}/attachments").json()
    assert [one["file_name"] for one in found["attachments"]] == ["log.txt"]
    assert found["meta"]["total_entries"] == 1


def test_atera_lists_the_same_files_as_addresses_it_serves(client: Client, syncro: Syncro, ticket: int) -> None:
    put(syncro, ticket, "a b ü.txt", b"hello")

    (url,) = client.get(f"/tickets/{ticket}/attachments").json()
    assert url.startswith("http://desk.example/api/v3/attachments/")
    assert url.endswith("/a%20b%20%C3%BC.txt")
    assert client.get(url).content == b"hello"


def test_a_file_is_removed_by_its_own_ticket_only(syncro: Syncro, stage: Stage, ticket: int) -> None:
    made, other = put(syncro, ticket), stage.do(make.ticket)

    assert syncro.post(f"/tickets/{other}/delete_attachment", {"attachment_id": made["id"]}).status_code == 404
    assert syncro.post(f"/tickets/{ticket}/delete_attachment", {}).json()["error"] == "attachment_id required"
    answer = syncro.post(f"/tickets/{ticket}/delete_attachment", {"attachment_id": str(made["id"])})
    assert (answer.status_code, answer.json()) == (200, {"success": True})
    assert syncro.get(path_of(made)).status_code == 404
    assert syncro.get(f"/tickets/{ticket}/attachments").json()["attachments"] == []


@pytest.mark.parametrize(
    ("told", "served"),
    [
        ("image/png", "image/png"),
        ("text/plain", "text/plain"),
        ("text/html", "application/octet-stream"),
        ("image/svg+xml", "application/octet-stream"),
        ("application/javascript", "application/octet-stream"),
        ("text/html;image/png", "application/octet-stream"),
    ],
)
def test_no_file_is_given_out_to_be_shown_or_run(syncro: Syncro, ticket: int, told: str, served: str) -> None:
    made = put(syncro, ticket, "page.html", b"<script>alert(1)</script>" * 100, told)

    found = syncro.get(path_of(made), headers={"Accept-Encoding": "gzip"})
    assert found.headers["content-type"] == served
    assert found.headers["content-disposition"] == "attachment; filename=\"page.html\"; filename*=UTF-8''page.html"
    assert found.headers["x-content-type-options"] == "nosniff"
    assert found.headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert found.headers["cache-control"] == "no-store"
    assert "content-encoding" not in found.headers
    assert "set-cookie" not in found.headers


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("Übersicht.pdf", "attachment; filename=\"Ubersicht.pdf\"; filename*=UTF-8''%C3%9Cbersicht.pdf"),
        ("日本", "attachment; filename=\"file\"; filename*=UTF-8''%E6%97%A5%E6%9C%AC"),
        ("a;b%.txt", "attachment; filename=\"a_b_.txt\"; filename*=UTF-8''a%3Bb%25.txt"),
    ],
)
def test_a_name_travels_in_a_header_and_breaks_none(syncro: Syncro, ticket: int, name: str, header: str) -> None:
    file = {"filename": name, "content": encoded(b"x")}
    (made,) = syncro.post(f"/tickets/{ticket}/attachments", {"files": [file]}).json()["attachments"]

    assert made["file_name"] == name
    assert syncro.get(path_of(made)).headers["content-disposition"] == header


def test_a_file_s_address_does_not_open_without_a_key(syncro: Syncro, ticket: int) -> None:
    made = put(syncro, ticket)

    assert syncro.get(path_of(made), key=None).status_code == 401
    assert syncro.get(path_of(made), key="vic").content == b"hello"
    assert syncro.get("/attachments/00000000-0000-4000-8000-000000000000").json()["error"] == "Attachment not found"


def test_vic_puts_nothing_on_a_ticket(syncro: Syncro, ticket: int) -> None:
    for path in ("attachments", "attach_file_url", "delete_attachment"):
        assert syncro.post(f"/tickets/{ticket}/{path}", {}, key="vic").status_code == 401


def test_olga_has_no_part_in_another_customer_s_files(syncro: Syncro, stage: Stage, ticket: int) -> None:
    made, own = put(syncro, ticket), stage.do(make.customer)
    asked = access.NewKey(name="Olga's", technician_id=1, customer_id=own)
    stage.keys["olga"] = stage.do(lambda work: access.give_key(work, asked)[1])
    mine = stage.do(lambda work: make.ticket(work, customer_id=own))

    assert syncro.get(path_of(made), key="olga").status_code == 404
    assert syncro.get(f"/tickets/{ticket}/attachments", key="olga").status_code == 404
    body = {"attachment_id": made["id"], "files": [{"content": "aGk=", "url": "http://x.example/"}]}
    for path in ("attachments", "attach_file_url", "delete_attachment"):
        assert syncro.post(f"/tickets/{ticket}/{path}", body, key="olga").status_code == 404
    assert syncro.post(f"/tickets/{mine}/delete_attachment", body, key="olga").status_code == 404
    assert syncro.get(path_of(made)).content == b"hello"


def test_content_that_is_not_what_was_taken_in_is_not_given_out(database: str, tmp_path: Path) -> None:
    stage = stage_on(database, attachments_in=str(tmp_path / "files"))
    said = io.StringIO()
    for door in stage.app.doors.values():
        door.log = Log(said, on=False)
    client = Client(stage)
    syncro = Syncro(client, stage)
    try:
        made = put(syncro, stage.do(make.ticket))
        (place,) = (tmp_path / "files").glob("??/*")
        place.write_bytes(b"jello")
        wrong = syncro.get(path_of(made))
        place.unlink()
        missing = syncro.get(path_of(made))
    finally:
        client.close()
        stage.storage.close()

    for answer in (wrong, missing):
        assert answer.status_code == 500
        assert answer.json()["error"] == "The file is damaged or missing on this server"
    told = [json.loads(line) for line in said.getvalue().splitlines()]
    assert [one["event"] for one in told] == ["damaged file", "damaged file"]
    assert "is not" in told[0]["file"]
    assert "is missing" in told[1]["file"]


def test_a_repeated_upload_makes_one_file(syncro: Syncro, ticket: int) -> None:
    file = {"files": [{"filename": "log.txt", "content": encoded(b"hello")}]}
    answers = [
        syncro.post(f"/tickets/{ticket}/attachments", file, headers={"Idempotency-Key": "once"}) for _ in range(3)
    ]

    assert len({answer.text for answer in answers}) == 1
    assert answers[1].headers["idempotency-replayed"] == "true"
    assert syncro.get(f"/tickets/{ticket}/attachments").json()["meta"]["total_entries"] == 1


def test_content_that_many_put_and_remove_at_once_is_there_for_each(syncro: Syncro, stage: Stage) -> None:
    def come_and_go(ticket: int) -> set[tuple[int, bytes]]:
        found = set()
        for _ in range(8):
            made = put(syncro, ticket, content=b"the same for all")
            answer = syncro.get(path_of(made))
            found.add((answer.status_code, answer.content))
            syncro.post(f"/tickets/{ticket}/delete_attachment", {"attachment_id": made["id"]})
        return found

    tickets = [stage.do(make.ticket) for _ in range(6)]
    with ThreadPoolExecutor(len(tickets)) as pool:
        assert set().union(*pool.map(come_and_go, tickets)) == {(200, b"the same for all")}


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_content_is_not_let_go_of_while_somebody_puts_it_elsewhere(stage: Stage) -> None:
    """The last file with it is removed while another that has it is not yet committed."""
    first, ticket = stage.do(make.attachment), stage.do(make.ticket)
    removed: list[Any] = []

    def put_elsewhere(work: Work) -> int:
        id = make.attachment(work, ticket_id=ticket)
        removed.append(stage.storage.write_later(lambda db: attachments.remove(as_setup(db), first)))
        until = time.monotonic() + 10
        while not removed[0].done() and not waiting(work) and time.monotonic() < until:
            pass
        return id

    second = stage.do(put_elsewhere)
    removed[0].result(10)
    kept = stage.do(lambda work: attachments.content(work, attachments.get(work, second).hash))
    assert kept == b"It is on fire"


def as_setup(db: sa.Connection) -> Work:
    return Work(Link(db), Actor("setup", access.ALL, technician_id=1), NOW)


def waiting(work: Work) -> bool:
    """Whether somebody waits for a lock in this database."""
    asked = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    return bool(work.db.exec_driver_sql(asked).scalar())


def multipart(*parts: bytes, end: bytes = b"--x--\r\n") -> dict[str, Any]:
    body = b"".join(b"--x\r\n" + part + b"\r\n" for part in parts) + end
    return {"content": body, "headers": {"Content-Type": "multipart/form-data; boundary=x"}}


def part(more: bytes = b"", content: bytes = b"hello") -> bytes:
    return b'Content-Disposition: form-data; name="file"; filename="a.txt"\r\n' + more + b"\r\n" + content


FORMS = {
    "10,000 parts": multipart(*[part()] * 10_000),
    "10,000 headers in a part": multipart(part(b"X-A: 1\r\n" * 10_000)),
    "a header of a megabyte": multipart(part(b"X-A: " + b"a" * 2**20 + b"\r\n")),
    "a name of a megabyte": multipart(b'Content-Disposition: form-data; filename="' + b"a" * 2**20 + b'"\r\n\r\nx'),
    "a part that never ends": multipart(part(), end=b""),
    "no part": multipart(),
    "fields alone": multipart(b'Content-Disposition: form-data; name="a"\r\n\r\nhello'),
    "a part without a disposition": multipart(b"X-A: 1\r\n\r\nhello"),
    "no line that parts": {"content": b"hello", "headers": {"Content-Type": "multipart/form-data; boundary=x"}},
    "no boundary": {"content": b"--x\r\n", "headers": {"Content-Type": "multipart/form-data"}},
    "a boundary without end": {"content": b"x", "headers": {"Content-Type": "multipart/form-data; boundary=" + "x" * 5000}},
    "a boundary of another's": {"content": b"--y\r\n\r\n--y--", "headers": {"Content-Type": "multipart/form-data; boundary=x"}},
    "another multipart": {"content": b"--x--", "headers": {"Content-Type": "multipart/mixed; boundary=x"}},
}  # fmt: skip


@pytest.mark.parametrize("name", FORMS)
def test_a_form_that_is_none_is_refused_and_leaves_nothing(syncro: Syncro, ticket: int, name: str) -> None:
    answer = syncro.post(f"/tickets/{ticket}/attachments", **FORMS[name])

    assert 400 <= answer.status_code < 500, answer.text
    assert answer.elapsed.total_seconds() < 3
    assert syncro.get(f"/tickets/{ticket}/attachments").json()["meta"]["total_entries"] == 0


def test_a_form_is_read_for_files_only(syncro: Syncro) -> None:
    assert syncro.post("/customers", files={"file": ("a", b"b", "text/plain")}).status_code == 415


def test_a_file_may_be_longer_than_other_bodies(database: str) -> None:
    stage = stage_on(database, body_max=2000, attachment_max=100_000)
    client = Client(stage)
    syncro = Syncro(client, stage)
    try:
        ticket = stage.do(make.ticket)
        put(syncro, ticket, content=b"a" * 100_000)
        over = syncro.post(f"/tickets/{ticket}/attachments", files={"file": ("a", b"a" * 100_001)})
        far_over = syncro.post(f"/tickets/{ticket}/attachments", files={"file": ("a", b"a" * 200_000)})
        elsewhere = syncro.post(f"/tickets/{ticket}/attach_file_url", {"url": "a" * 3000})
    finally:
        client.close()
        stage.storage.close()

    assert (over.status_code, over.json()["error"]) == (422, "content is longer than 100000 bytes")
    assert far_over.status_code == 413
    assert elsewhere.status_code == 413
