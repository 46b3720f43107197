"""What a merge would do, and the merges there were."""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from quarterdeck.desk.aliases import Merge
from quarterdeck.desk.errors import Forbidden, Invalid, NotFound, Problem, Why
from quarterdeck.desk.fields import Field, Target, Value
from quarterdeck.desk.input import fold
from quarterdeck.desk.leaving import called, counts, require_all
from quarterdeck.desk.merging.kinds import WAYS, Kind, Way
from quarterdeck.desk.reading import Reading, Where
from quarterdeck.desk.record import Record
from quarterdeck.desk.work import Work

READING = Reading(
    Merge,
    "customers:read",
    filters={
        "kind": Where(lambda value: Merge.of_kind == value),
        "primary_id": Where(lambda value: Merge.primary_id == value),
    },
    orders={"at": Merge.at},
    # Of no customer: a key of one sees none.
    belongs=sa.literal_column("NULL", sa.BigInteger()),
)


@dataclass(frozen=True)
class Preview:
    """What a merge would do: how many of each kind move, which empty fields of the primary are filled and with what,
    and the custom values of both, of which the primary's stay: name, its value, the other's."""

    primary_id: int
    moves: dict[str, int]
    fills: dict[str, Any]
    conflicts: list[tuple[str, str, str]]


def preview(work: Work, kind: Kind, primary_id: int, duplicate_id: int) -> Preview:
    way = WAYS[kind]
    primary, duplicate = both(work, kind, primary_id, duplicate_id, "read")
    direct: dict[str, int] = {}
    for column in way.columns:
        there = sa.select(sa.func.count()).select_from(column.class_).where(column == duplicate.id)
        name = called(column.class_)
        direct[name] = direct.get(name, 0) + (work.db.scalar(there) or 0)
    moves = {**counts(work, way.record, duplicate.id), **direct}
    return Preview(
        primary.id,
        {name: n for name, n in moves.items() if n and name not in (called(way.record), called(Merge))},
        fillings(way, primary, duplicate),
        conflicts(work, kind, primary.id, duplicate.id),
    )


def both(work: Work, kind: Kind, primary_id: int, duplicate_id: int, verb: str) -> tuple[Any, Any]:
    """Primary and duplicate, where they can be merged."""
    allowed(work, verb)
    way = WAYS[kind]
    primary, duplicate = way.seen(work, primary_id), way.seen(work, duplicate_id)
    if primary is None:
        raise NotFound(kind, primary_id)
    if duplicate is not None and duplicate.id == primary.id:
        raise Invalid({"duplicate_id": Problem(f"is the same {kind}", Why.REFUSED)})
    if duplicate is None or duplicate.id != duplicate_id:
        raise Invalid({"duplicate_id": Problem(f"names no {kind}", Why.UNKNOWN)})
    # What they asked for stays with the customer they asked for.
    if kind is Kind.CONTACT and primary.customer_id != duplicate.customer_id:
        raise Invalid({"duplicate_id": Problem("is a contact of another customer: move it here first", Why.REFUSED)})
    return primary, duplicate


def allowed(work: Work, verb: str) -> None:
    """Who merges looks at all that hangs on two records, and no key of one customer does."""
    require_all(work, verb)
    if work.actor.customer_id is not None:
        raise Forbidden("sees one customer only")


def fillings(way: Way, primary: Any, duplicate: Any) -> dict[str, Any]:
    """The values the duplicate has and the primary lacks."""
    fills = {
        name: getattr(duplicate, name)
        for name in way.fillable
        if empty(getattr(primary, name)) and not empty(getattr(duplicate, name))
    }
    for names in way.together:
        if any(differ(getattr(primary, name), getattr(duplicate, name)) for name in names):
            fills = {name: value for name, value in fills.items() if name not in names}
    return fills | {name: True for name in way.either if getattr(duplicate, name) and not getattr(primary, name)}


def empty(value: Any) -> bool:
    return value is None or value == ""


def differ(one: Any, other: Any) -> bool:
    return not empty(one) and not empty(other) and fold(str(one)) != fold(str(other))


def conflicts(work: Work, kind: Kind, primary_id: int, duplicate_id: int) -> list[tuple[str, str, str]]:
    mine, theirs = sa.orm.aliased(Value), sa.orm.aliased(Value)
    same = sa.and_(theirs.field_id == mine.field_id, theirs.target == mine.target)
    found = (
        sa.select(Field.name, mine.text, theirs.text)
        .join_from(mine, theirs, same)
        .join(Field, Field.id == mine.field_id)
        .where(mine.target == Target(kind), mine.record_id == primary_id, theirs.record_id == duplicate_id)
        .where(mine.text != theirs.text)
    )
    return [(name, kept, left) for name, kept, left in work.db.execute(found.order_by(Field.name))]


def get(work: Work, id: int, *, hold: bool = False) -> Merge:
    allowed(work, "read")
    merge = work.find(Merge, id, hold=hold)
    if merge is None:
        raise NotFound(Merge.kind, id)
    return merge


def gone(work: Work, record: type[Record], id: int | None) -> bool:
    return id is not None and work.find(record, id) is None
