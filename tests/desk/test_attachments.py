"""Files on tickets: what they are called, where their bytes lie, and who sees them."""

from pathlib import Path

import pytest
import sqlalchemy as sa

import make
from quarterdeck.desk import attachments, tickets
from quarterdeck.desk.errors import Busy, Conflict, Forbidden, Invalid, NotFound
from quarterdeck.desk.journal import Entry
from quarterdeck.desk.work import Actor, Work
from quarterdeck.files import InDatabase, InFolder

LONGEST = 2**20
# SHA-256 of "hello".
HELLO = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"


def as_olga(work: Work, customer_id: int) -> Work:
    olga = Actor("Olga", work.actor.rights, customer_id=customer_id)
    return Work(work.link, olga, work.now)


def blobs(work: Work) -> int:
    return work.db.scalar(sa.select(sa.func.count()).select_from(attachments.Blob)) or 0


def test_a_file_on_a_ticket_is_known_by_its_content(work: Work) -> None:
    found = attachments.get(work, make.attachment(work, content=b"hello", name="hello.txt", type="text/plain"))

    assert (found.name, found.type, found.size, found.hash) == ("hello.txt", "text/plain", 5, HELLO)
    assert attachments.content(work, found.hash) == b"hello"
    assert found.technician_id == work.actor.technician_id


def test_a_file_is_an_event_of_its_ticket(work: Work) -> None:
    ticket = make.ticket(work)
    before = tickets.get(work, ticket).version
    id = make.attachment(work, ticket_id=ticket)

    assert tickets.get(work, ticket).version == before + 1
    entry = work.db.execute(sa.select(Entry.what, Entry.record_id, Entry.customer_id).order_by(Entry.id.desc())).first()
    assert entry == ("attachment.created", id, tickets.get(work, ticket).customer_id)


def test_equal_content_is_kept_once(work: Work) -> None:
    for name in ("one.txt", "two.txt", "three.txt"):
        make.attachment(work, name=name, content=b"the same")

    assert blobs(work) == 1


def test_content_stays_until_its_last_file_leaves(work: Work) -> None:
    first, second = (make.attachment(work, content=b"the same") for _ in range(2))

    attachments.remove(work, first)
    assert attachments.content(work, attachments.get(work, second).hash) == b"the same"
    attachments.remove(work, second)
    assert blobs(work) == 0


def test_a_file_that_was_removed_is_gone(work: Work) -> None:
    id = make.attachment(work)
    attachments.remove(work, id)

    with pytest.raises(NotFound, match="attachment not found"):
        attachments.remove(work, id)


def test_a_file_belongs_to_a_comment_of_its_own_ticket_only(work: Work) -> None:
    ticket = make.ticket(work)
    comment = make.comment(work, ticket)
    assert attachments.get(work, make.attachment(work, ticket_id=ticket, comment_id=comment)).comment_id == comment

    with pytest.raises(Invalid, match="comment_id names no comment of this ticket"):
        make.attachment(work, comment_id=comment)


def test_a_ticket_has_so_many_files_and_no_more(work: Work, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quarterdeck.desk.attachments.actions.MOST", 2)
    ticket = make.ticket(work)
    make.attachment(work, ticket_id=ticket)
    make.attachment(work, ticket_id=ticket)

    with pytest.raises(Conflict, match="at most 2 files"):
        make.attachment(work, ticket_id=ticket)


def test_olga_sees_no_file_of_another_customer(work: Work) -> None:
    own, other = make.ticket(work), make.ticket(work)
    mine, theirs = make.attachment(work, ticket_id=own), make.attachment(work, ticket_id=other)
    olga = as_olga(work, tickets.get(work, own).customer_id)

    assert attachments.get(olga, mine).id == mine
    guid = attachments.get(work, theirs).guid
    for forbidden in (
        lambda: attachments.get(olga, theirs),
        lambda: attachments.named(olga, guid),
        lambda: attachments.remove(olga, theirs),
        lambda: make.attachment(olga, ticket_id=other),
    ):
        with pytest.raises(NotFound):
            forbidden()


def test_a_file_is_put_there_by_those_who_may(work: Work) -> None:
    ticket = make.ticket(work)
    reader = Work(work.link, Actor("Vic", frozenset({"attachments:read", "tickets:read"})), work.now)

    with pytest.raises(Forbidden):
        make.attachment(reader, ticket_id=ticket)
    with pytest.raises(Forbidden):
        attachments.remove(reader, make.attachment(work, ticket_id=ticket))


NAMES = [
    pytest.param("../../etc/passwd", "passwd", id="climbs"),
    pytest.param("..\\..\\windows\\win.ini", "win.ini", id="climbs as Windows does"),
    pytest.param("C:\\fakepath\\log.txt", "log.txt", id="comes from a browser"),
    pytest.param("a/b/c.txt/", "file", id="is a folder"),
    pytest.param("..", "file", id="is the folder above"),
    pytest.param("", "file", id="is empty"),
    pytest.param(" . ", "file", id="is dots and blanks"),
    pytest.param("a\x00b.txt", "ab.txt", id="holds NUL"),
    pytest.param("a\r\nSet-Cookie: b.txt", "aSet-Cookie: b.txt", id="holds line ends"),
    pytest.param("\x1b[31mred\x07.txt", "[31mred.txt", id="holds escapes"),
    pytest.param("invoice\u202egnp.exe", "invoicegnp.exe", id="is turned around"),
    pytest.param("\u2067a\u2069.txt", "a.txt", id="is isolated"),
    pytest.param("CON", "CON", id="is a device elsewhere"),
    pytest.param("Übersicht – März.pdf", "Übersicht – März.pdf", id="is not English"),
    pytest.param('a"b;c.txt', 'a"b;c.txt', id="holds quotes"),
    pytest.param("x" * 10_000 + ".docx", "x" * 195 + ".docx", id="is long"),
    pytest.param("x" * 300, "x" * 200, id="is long without an ending"),
    pytest.param("." + "x" * 300, "x" * 200, id="is one long ending"),
    pytest.param("a." + "x" * 300, "a." + "x" * 198, id="has a long ending"),
]


@pytest.mark.parametrize(("given", "kept"), NAMES)
def test_a_name_that_tempts_is_tamed(given: str, kept: str) -> None:
    assert attachments.tamed(given) == kept


@pytest.mark.parametrize("given", [one.values[0] for one in NAMES])
def test_a_tamed_name_stays_as_it_is(given: str) -> None:
    assert attachments.tamed(attachments.tamed(given)) == attachments.tamed(given)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("text/plain; charset=utf-8", "text/plain"),
        ("IMAGE/PNG", "image/png"),
        ("", "application/octet-stream"),
        ("html", "application/octet-stream"),
        ("text/html\r\nX-Evil: 1", "application/octet-stream"),
        ("a" * 500 + "/b", "application/octet-stream"),
    ],
)
def test_a_type_is_one_or_none(given: str, kept: str) -> None:
    stored = InDatabase(LONGEST).keep(b"")

    assert attachments.New(name="a", type=given, stored=stored).type == kept


def test_a_file_longer_than_allowed_is_refused(tmp_path: Path) -> None:
    for files in (InDatabase(10), InFolder(tmp_path, 10)):
        assert files.keep(b"0123456789").size == 10
        with pytest.raises(Invalid, match="longer than 10 bytes"):
            files.keep(b"0123456789a")


def test_a_folder_holds_each_content_under_its_hash(tmp_path: Path) -> None:
    files = InFolder(tmp_path, LONGEST)
    kept = [files.keep(b"hello") for _ in range(3)]

    assert {one.hash for one in kept} == {HELLO}
    assert kept[0].content is None
    assert [one for one in tmp_path.rglob("*") if one.is_file()] == [tmp_path / "2c" / HELLO]
    assert files.read(HELLO) == b"hello"
    assert files.hashes() == {HELLO}


def test_a_file_in_a_folder_is_for_its_owner_alone(tmp_path: Path) -> None:
    InFolder(tmp_path, LONGEST).keep(b"hello")

    assert (tmp_path / "2c").stat().st_mode & 0o077 == 0
    assert (tmp_path / "2c" / HELLO).stat().st_mode & 0o077 == 0


def test_half_a_file_is_written_anew(tmp_path: Path) -> None:
    files = InFolder(tmp_path, LONGEST)
    files.keep(b"hello")
    (tmp_path / "2c" / HELLO).write_bytes(b"he")

    files.keep(b"hello")
    assert files.read(HELLO) == b"hello"


def test_what_is_not_in_the_folder_is_nothing(tmp_path: Path) -> None:
    assert InFolder(tmp_path, LONGEST).read(HELLO) is None
    assert InDatabase(LONGEST).read(HELLO) is None


def test_a_folder_that_takes_nothing_more_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "2c").write_text("in the way")

    with pytest.raises(Busy, match="cannot be kept"):
        InFolder(tmp_path, LONGEST).keep(b"hello")
    assert [one.name for one in tmp_path.rglob("*")] == ["2c"]
