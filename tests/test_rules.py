"""Rules of the house: what has to be true of the source as a whole."""

import ast
import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

import quarterdeck
from quarterdeck import desk, migrations
from quarterdeck.desk.record import Kept, Record
from quarterdeck.desk.records import METADATA, ROOMS
from quarterdeck.desk.search import KINDS, table_of
from quarterdeck.desk.work import SLOTS, Counter

SOURCE = Path(quarterdeck.__file__).parent
MODULES = sorted(SOURCE.rglob("*.py"))
TESTS = sorted(Path(__file__).parent.rglob("*.py"))
FOLDERS = {one.name for one in pkgutil.iter_modules(desk.__path__) if one.ispkg}

# Rooms whose records a face may list, make and change, and what each of their doors has for that.
DOORS = {
    "access": {"READING", "New", "Changes", "Filter", "get", "create", "change"},
    "alerts": {"READING", "New", "Filter", "get", "seen", "create", "snooze", "resolve", "remove"},
    "appointments": {"READING", "New", "Changes", "Filter", "get", "seen", "create", "change", "remove"},
    "assets": {"READING", "New", "Changes", "Filter", "get", "seen", "create", "change"},
    "attachments": {"READING", "New", "Filter", "get", "seen", "create", "remove", "forget", "content"},
    "charges": {"READING", "New", "Changes", "Filter", "get", "seen", "create", "change"},
    "bulk": {"Several", "change_several", "undo_several", "remove_several", "outcome"},
    "schedules": {"LINES", "READING"},
    "importing": {"receive", "begin", "prepare", "step", "preview", "refused_rows"},
    "jobs": {"ask", "begin", "claim", "advance", "finish", "fail", "stop", "get", "recent", "content"},
    "contacts": {"READING", "New", "Changes", "Filter", "get", "seen", "create", "change"},
    "contracts": {"READING", "New", "Changes", "Filter", "get", "seen", "create", "change"},
    "customers": {"READING", "New", "Changes", "Filter", "get", "seen", "create", "change"},
    "departments": {"READING", "New", "Changes", "Filter", "get", "seen", "create", "change"},
    "fields": {
        "DEFINITIONS",
        "VALUES",
        "New",
        "Changes",
        "Filter",
        "NewValue",
        "get",
        "create",
        "change",
        "put",
        "clear",
    },
    "figures": {"about", "ages", "board", "flow", "owed", "promises", "spent", "unbilled"},
    "hours": {"READING", "New", "Changes", "Filter", "get", "seen", "create", "change", "remove", "charge"},
    "journal": {"Entry", "record"},
    "knowledge": {"READING", "New", "Changes", "Filter", "get", "seen", "create", "change", "remove"},
    "leads": {"READING", "New", "Changes", "Filter", "get", "seen", "create", "change", "remove", "convert"},
    "leaving": {"READING", "check", "remove_customer", "remove_contact", "remove_ticket", "remove_agent"},
    "portal": {"READING", "New", "Changes", "Filter", "get", "seen", "create", "change", "remove", "invite"},
    "products": {"READING", "New", "Changes", "Filter", "get", "seen", "create", "change", "archive"},
    "replies": {"READING", "New", "Changes", "Filter", "get", "seen", "create", "change", "remove"},
    "signin": {"Visitor", "Outcome", "visitor", "come_in", "admit", "leave", "invite", "reset", "set_up"},
    "shifts": {"READING", "Filter", "get", "seen", "punch"},
    "merging": {"READING", "New", "Filter", "get", "preview", "merge", "undo", "duplicates"},
    "queues": {"OWN", "Order", "NewView", "ViewChanges", "page", "count", "meets", "views", "save_view", "saw"},
    "sla": {"ALWAYS", "Hours", "due_at"},
    "tickets": {"READING", "New", "Changes", "Filter", "get", "seen", "create", "change", "comment"},
    "timers": {"READING", "New", "Changes", "Filter", "get", "seen", "start", "change", "stop", "discard"},
}


def records() -> list[type[Record]]:
    # In one order, so that several processes can share the tests.
    return sorted((mapper.class_ for mapper in Record.registry.mappers), key=lambda record: record.__tablename__)


def door(room: str) -> ModuleType:
    return importlib.import_module(f"quarterdeck.desk.{room}")


def test_migrations_together_equal_the_records(engine: sa.Engine) -> None:
    def ours(name: str | None, kind: str, parents: object) -> bool:
        # The full-text tables, and those the database keeps beside them, are no records.
        return not (kind == "table" and name is not None and any(name.startswith(f"{one}_search") for one in KINDS))

    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_name": ours, "compare_type": True})
        assert compare_metadata(context, METADATA) == []
        assert context.get_current_revision() == migrations.newest()


def test_every_kind_that_is_searched_has_its_table(engine: sa.Engine) -> None:
    with engine.connect() as connection:
        for kind in KINDS:
            assert connection.execute(sa.select(table_of(kind))).all() == []


def test_every_kind_that_is_counted_has_its_counter(engine: sa.Engine) -> None:
    with engine.connect() as connection:
        slots = connection.execute(
            sa.select(Counter.counted_kind, sa.func.count(), sa.func.sum(Counter.n)).group_by(Counter.counted_kind)
        ).all()

    wanted = {(record.kind, SLOTS[engine.dialect.name], 0) for record in records() if record.counted}
    assert {tuple(row) for row in slots} == wanted


def test_migrating_again_changes_nothing(engine: sa.Engine) -> None:
    with engine.connect() as connection:
        before = sorted(sa.inspect(connection).get_table_names())

    migrations.upgrade(engine)

    with engine.connect() as connection:
        assert sorted(sa.inspect(connection).get_table_names()) == before


def test_every_table_is_known_to_the_migrations() -> None:
    for module in pkgutil.walk_packages(desk.__path__, "quarterdeck.desk."):
        importlib.import_module(module.name)

    holders = {record.__module__.removeprefix("quarterdeck.desk.").split(".")[0] for record in records()}
    assert holders <= {room.__name__.removeprefix("quarterdeck.desk.") for room in ROOMS}


@pytest.mark.parametrize("record", records(), ids=lambda record: record.__name__)
def test_a_record_has_a_kind_of_its_own(record: type[Record]) -> None:
    others = [other.kind for other in records() if other is not record]

    if record.__table__.c.keys()[0] == "id":
        assert record.kind not in ("record", *others)


@pytest.mark.parametrize("record", records(), ids=lambda record: record.__name__)
def test_a_record_with_an_id_never_gives_it_again(record: type[Record]) -> None:
    if "id" in record.__table__.c:
        assert record.__table__.dialect_options["sqlite"]["autoincrement"] is True


@pytest.mark.parametrize("record", records(), ids=lambda record: record.__name__)
def test_a_record_that_has_a_version_says_when_it_changed(record: type[Record]) -> None:
    assert issubclass(record, Kept) is ("version" in record.__table__.c)
    assert ("version" in record.__table__.c) is ("updated_at" in record.__table__.c)


def test_every_room_has_a_door() -> None:
    assert DOORS.keys() == FOLDERS


@pytest.mark.parametrize("room", sorted(DOORS))
def test_a_door_has_what_is_promised(room: str) -> None:
    assert set(door(room).__all__) >= DOORS[room]


@pytest.mark.parametrize("room", sorted(DOORS))
def test_a_door_promises_what_it_has(room: str) -> None:
    names = door(room).__all__

    assert len(names) == len(set(names))
    assert [name for name in names if not hasattr(door(room), name)] == []


def imported(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{one.name}" for one in node.names)
        elif isinstance(node, ast.Import):
            yield from (one.name for one in node.names)


@pytest.mark.parametrize("file", MODULES, ids=lambda file: str(file.relative_to(SOURCE)))
def test_nobody_reaches_past_a_door(file: Path) -> None:
    files = {f"quarterdeck.desk.{room}.{one.stem}" for room in FOLDERS for one in (SOURCE / "desk" / room).glob("*.py")}
    own = ".".join(("quarterdeck", *file.relative_to(SOURCE).parent.parts))

    past = {name for name in imported(file) if name in files and not name.startswith(f"{own}.")}

    assert not past


@pytest.mark.parametrize("file", [*MODULES, *TESTS], ids=lambda file: f"{file.parent.name}/{file.name}")
def test_a_module_says_what_it_is_for(file: Path) -> None:
    assert ast.get_docstring(ast.parse(file.read_text("utf-8")))
