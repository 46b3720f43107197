"""Work: an open transaction, who asks, and when. The first argument of everything the desk does."""

import random
import sqlite3
from collections import namedtuple
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, TypeVar, cast

import psycopg
import sqlalchemy as sa

from quarterdeck.desk.errors import Forbidden, Invalid, Problem, Stale
from quarterdeck.desk.record import Kept, Record
from quarterdeck.desk.statement import Link, Statement

R = TypeVar("R", bound=Record)

# Writers of one kind of record would queue for its one counter row; PostgreSQL gets several.
SLOTS = {"sqlite": 1, "postgresql": 16}


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks, and what they may do: rights such as `tickets:write`."""

    name: str
    rights: frozenset[str] = frozenset()
    technician_id: int | None = None
    key_id: int | None = None
    # When set, only what belongs to this customer exists for the actor.
    customer_id: int | None = None


@dataclass(slots=True)
class Work:
    link: Link
    actor: Actor
    now: datetime
    # Where the request came in ("atera", "command line"), and its id: both go into the journal.
    face: str = "desk"
    request_id: str | None = None
    # The address by which the caller reached that face, for links to what is shown.
    address: str = ""

    @property
    def db(self) -> sa.Connection:
        return self.link.db

    def require(self, right: str) -> None:
        if right not in self.actor.rights:
            raise Forbidden(f"needs the right {right}")

    def find(self, record: type[R], id: int, *, hold: bool = False) -> R | None:
        """A snapshot of one row; it has the record's columns. With `hold`, nobody else changes it until the end of
        the transaction: whoever decides on what a row says and then changes it has to hold it."""
        row = load(record, hold).first(self.link, {"id": id})
        return cast(R, shape(record)._make(row)) if row is not None else None

    def insert(self, record: type[Record], **values: Any) -> int:
        """Add a row and return its id. The moments of making and changing are `now` unless given."""
        if issubclass(record, Kept):
            values = {"created_at": self.now, "updated_at": self.now, **values}
        values = {**defaults(record), **values}
        (id,) = adding(record, tuple(values)).run(self.link, values).fetchone()
        if record.counted:
            self.count(record, 1)
        return int(id)

    def update(self, record: type[Record], id: int, **values: Any) -> None:
        """Set only these columns; a record's version goes up by one."""
        if issubclass(record, Kept):
            values = {"updated_at": self.now, **values}
        changing(record, tuple(values)).run(self.link, {**values, "_id": id})

    def update_all(self, record: type[Record], *conditions: sa.ColumnElement[bool], **values: Any) -> None:
        """Set these columns of every row that meets the conditions, as `update` does of one."""
        if issubclass(record, Kept):
            values = {"updated_at": self.now, "version": record.version + 1, **values}
        self.db.execute(sa.update(record).where(*conditions).values(values))

    def delete(self, record: type[Record], *conditions: sa.ColumnElement[bool]) -> int:
        """Remove the rows that meet every condition, and return how many there were."""
        gone = self.db.execute(sa.delete(record).where(*conditions)).rowcount
        if record.counted and gone:
            self.count(record, -gone)
        return gone

    def count(self, record: type[Record], by: int) -> None:
        slot = random.randrange(SLOTS[self.link.dialect])  # noqa: S311  # spreads load, hides nothing
        COUNT.run(self.link, {"by": by, "of": record.kind, "in_slot": slot})


class Counter(Record):
    """How many rows of a kind there are: the sum of its slots."""

    __tablename__ = "counters"
    counted_kind: sa.orm.Mapped[str] = sa.orm.mapped_column(sa.String(30), primary_key=True)
    slot: sa.orm.Mapped[int] = sa.orm.mapped_column(sa.Integer, primary_key=True, autoincrement=False)
    n: sa.orm.Mapped[int]


COUNT = Statement(
    sa.update(Counter)
    .where(Counter.counted_kind == sa.bindparam("of"), Counter.slot == sa.bindparam("in_slot"))
    .values(n=Counter.n + sa.bindparam("by", type_=sa.BigInteger()))
)


def unchanged(row: Any, version: int | None) -> None:
    """Refuse when the caller read another version than the one that is kept."""
    if version is not None and row.version != version:
        raise Stale("has changed since it was read")


def exists(
    work: "Work", values: dict[str, Any], field: str, seen: Callable[["Work", int], R | None], problem: Problem
) -> R | None:
    """The record a field names, where it names one; `Invalid` where there is none the actor may see. An old id, of a
    record that was merged, gives way to that of the record which answers in its place."""
    id = values.get(field)
    if id is None:
        return None
    record = seen(work, id)
    if record is None:
        raise Invalid({field: problem})
    values[field] = record.id
    return record


@contextmanager
def unique(field: str, problem: Problem) -> Iterator[None]:
    """Say in the desk's words what the database's unique index says when two callers race."""
    try:
        yield
    except (sqlite3.IntegrityError, psycopg.errors.UniqueViolation) as error:
        raise Invalid({field: problem}) from error


@cache
def columns(record: type[Record]) -> tuple[str, ...]:
    return tuple(column.key for column in record.__table__.columns)


@cache
def shape(record: type[Record]) -> Any:
    return namedtuple(record.__name__, columns(record))  # made from the table, at run time


@cache
def defaults(record: type[Record]) -> dict[str, Any]:
    return {
        column.key: column.default.arg
        for column in record.__table__.columns
        if column.default is not None and column.default.is_scalar
    }


@cache
def load(record: type[Record], hold: bool) -> Statement:
    one = sa.select(*record.__table__.columns).where(record.id == sa.bindparam("id"))
    # Weak enough to let others refer to the row meanwhile.
    return Statement(one.with_for_update(key_share=True) if hold else one)


@cache
def adding(record: type[Record], names: tuple[str, ...]) -> Statement:
    return Statement(sa.insert(record).values({name: sa.bindparam(name) for name in names}).returning(record.id))


@cache
def changing(record: type[Record], names: tuple[str, ...]) -> Statement:
    values: dict[str, Any] = {name: sa.bindparam(name) for name in names}
    if issubclass(record, Kept):
        values["version"] = record.version + 1
    return Statement(sa.update(record).where(record.id == sa.bindparam("_id")).values(values))
