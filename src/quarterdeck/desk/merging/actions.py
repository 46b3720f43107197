"""How two records become one, and one two again."""

from datetime import datetime, timedelta
from functools import cache
from typing import Any

import sqlalchemy as sa

from quarterdeck.desk import journal, search, tickets
from quarterdeck.desk.aliases import Alias, Merge, leads_to
from quarterdeck.desk.errors import Conflict, Invalid, Problem, Why
from quarterdeck.desk.fields import Field, Target, Value
from quarterdeck.desk.leaving import called, naming
from quarterdeck.desk.merging.kinds import WAYS, Kind, Way
from quarterdeck.desk.merging.queries import allowed, both, fillings, get, gone
from quarterdeck.desk.record import Instant, Record
from quarterdeck.desk.statement import Several, among
from quarterdeck.desk.tickets import Ticket
from quarterdeck.desk.work import Work, unique

TAKEN = Problem("belongs to another contact by now", Why.TAKEN)
UNDONE_WITHIN = timedelta(days=30)


def merge(work: Work, kind: Kind, primary_id: int, duplicate_id: int) -> int:
    """Make a duplicate part of another record: all that named it names the primary, and so does its id."""
    way = WAYS[kind]
    held(work, way, *(one.id for one in both(work, kind, primary_id, duplicate_id, "write")))
    # Once more: whoever held them before may have merged or changed them.
    primary, duplicate = both(work, kind, primary_id, duplicate_id, "write")
    fills = fillings(way, primary, duplicate)

    search.renamed(work, kind, duplicate.id, *(getattr(primary, name) for name in way.names))
    moved = {label(column): repoint(work, column, duplicate.id, primary.id) for column in way.columns}
    left = values_left(work, kind, primary.id, duplicate.id)
    of_this = (Value.target == Target(kind), Alias.of_kind == str(kind))
    moved |= {
        label(column): repoint(work, column, duplicate.id, primary.id, condition)
        for column, condition in zip((Value.record_id, Alias.new_id), of_this, strict=True)
    }
    search.drop(work, kind, sa.select(sa.literal(duplicate.id)))
    work.delete(way.record, way.record.id == duplicate.id)
    work.insert(Alias, of_kind=kind, old_id=duplicate.id, new_id=primary.id)
    way.take_over(work, primary.id, fills)
    moved = {name: ids for name, ids in moved.items() if ids}
    id = work.insert(
        Merge,
        of_kind=kind,
        primary_id=primary.id,
        duplicate_id=duplicate.id,
        at=work.now,
        technician_id=work.actor.technician_id,
        undone_at=None,
        removed={way.record.__tablename__: [duplicate._asdict()], Value.__tablename__: left},
        moved=moved,
        filled={name: getattr(primary, name) for name in fills},
    )
    written(work, kind, "merged", id, primary, duplicate.id, {name: len(ids) for name, ids in moved.items()})
    return id


def undo(work: Work, id: int) -> None:
    """Take a merge back: the duplicate, and what was its and is still the primary's."""
    allowed(work, "write")
    merge = get(work, id, hold=True)
    kind = Kind(merge.of_kind)
    way = WAYS[kind]
    primary = undoable(work, merge, way)
    (row,), values = (merge.removed[one.__tablename__] for one in (way.record, Value))

    taken = {name: before for name, before in merge.filled.items() if getattr(primary, name) == row[name]}
    way.take_over(work, primary.id, taken)
    back = revived(work, way.record, row)
    try:
        with unique("email", TAKEN):
            work.insert(way.record, **{**back, "updated_at": work.now})
    except Invalid as invalid:
        raise Conflict(f"cannot be undone: its {invalid}") from None
    way.take_over(work, back["id"], {})
    work.delete(Alias, Alias.of_kind == str(kind), Alias.old_id == back["id"])
    for column in (*way.columns, Value.record_id, Alias.new_id):
        ids = among(column.class_.id, sa.literal(merge.moved.get(label(column), []), Several()))
        work.update_all(column.class_, ids, column == primary.id, **{column.key: back["id"]})
    for value in values:
        if not gone(work, Field, value["field_id"]):
            work.insert(Value, **revived(work, Value, value))
    found_anew(work, kind, back["id"])
    work.update(Merge, merge.id, undone_at=work.now)
    written(work, kind, "unmerged", merge.id, primary, back["id"], {})


def held(work: Work, way: Way, *ids: int) -> None:
    """Nothing new may be hung on either meanwhile. Held in one order, two merges do not wait for each other."""
    record = way.record
    work.db.execute(sa.select(record.id).where(record.id.in_(ids)).order_by(record.id).with_for_update())


def repoint(work: Work, column: Any, old: int, new: int, *conditions: sa.ColumnElement[bool]) -> list[int]:
    """Let all that names one record name another; returns their ids."""
    theirs = (column == old, *conditions)
    ids = list(work.db.scalars(sa.select(column.class_.id).where(*theirs).order_by(column.class_.id)))
    if ids:
        work.update_all(column.class_, *theirs, **{column.key: new})
    return ids


def values_left(work: Work, kind: Kind, primary_id: int, duplicate_id: int) -> list[dict[str, Any]]:
    """Remove the duplicate's values in fields in which the primary has its own; returns what they were."""
    taken = sa.select(Value.field_id).where(Value.target == Target(kind), Value.record_id == primary_id)
    theirs = (Value.target == Target(kind), Value.record_id == duplicate_id, Value.field_id.in_(taken))
    left = [dict(row) for row in work.db.execute(sa.select(*Value.__table__.columns).where(*theirs)).mappings()]
    work.delete(Value, *theirs)
    return left


def label(column: Any) -> str:
    return f"{column.class_.__tablename__}.{column.key}"


def undoable(work: Work, merge: Merge, way: Way) -> Any:
    """The primary of a merge that can still be undone."""
    if merge.undone_at is not None:
        raise Conflict("has been undone")
    if work.now - merge.at > UNDONE_WITHIN:
        raise Conflict(f"can be undone for {UNDONE_WITHIN.days} days only")
    held(work, way, merge.primary_id)
    primary = work.find(way.record, merge.primary_id, hold=True)
    if primary is None and leads_to(work.link, way.record.kind, merge.primary_id) is not None:
        raise Conflict(f"cannot be undone: {called(way.record)} {merge.primary_id} was merged since; undo that first")
    if primary is None:
        raise Conflict("cannot be undone: the record it was merged into is gone")
    return primary


def revived(work: Work, record: type[Record], row: dict[str, Any]) -> dict[str, Any]:
    """A row as it was, without names of records that are gone meanwhile; merged ones give way to those they became."""
    columns = record.__table__.columns
    back: dict[str, Any] = {
        name: datetime.fromisoformat(value) if value and isinstance(columns[name].type, Instant) else value
        for name, value in row.items()
        if name in columns
    }
    for column, other in naming_others(record):
        if gone(work, other, back[column.key]):
            back[column.key] = leads_to(work.link, other.kind, back[column.key])
            if back[column.key] is None and not column.nullable:
                raise Conflict(f"cannot be undone: the duplicate's {other.kind} is gone")
    return back


@cache
def naming_others(record: type[Record]) -> list[tuple[Any, type[Record]]]:
    """The columns of a record that name others, and what they name."""
    others: list[type[Record]] = [one.class_ for one in Record.registry.mappers if "id" in one.class_.__table__.columns]
    return [(column, other) for other in others for column in naming(other) if column.class_ is record]


def found_anew(work: Work, kind: Kind, id: int) -> None:
    """Let tickets be found by the names of the record that has come back, and no longer by the other's."""
    column = Ticket.customer_id if kind is Kind.CUSTOMER else Ticket.contact_id
    for ticket_id in work.db.scalars(sa.select(Ticket.id).where(column == id)).all():
        tickets.index(work, ticket_id)


def written(work: Work, kind: Kind, what: str, id: int, primary: Any, duplicate_id: int, moved: dict[str, int]) -> None:
    customer_id = getattr(primary, "customer_id", primary.id)
    after = {"merge_id": id, "primary_id": primary.id, "duplicate_id": duplicate_id, **moved}
    for one in (primary.id, duplicate_id):
        journal.record(work, f"{kind}.{what}", one, customer_id=customer_id, after=after)
