"""How the tests look at what the desk has done, and how they act as somebody else."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from quarterdeck.desk.input import Input
from quarterdeck.desk.journal import Entry
from quarterdeck.desk.paging import Found, Page
from quarterdeck.desk.reading import Reading
from quarterdeck.desk.record import Record
from quarterdeck.desk.work import Counter, Work

EVERYTHING = Page(size=1000)


def last_entry(work: Work) -> Any:
    """The newest row of the journal, its columns as attributes."""
    id = work.db.scalar(sa.select(sa.func.max(Entry.id)))
    return None if id is None else work.find(Entry, id)


def later(work: Work, **span: float) -> Work:
    """The same transaction, some time afterwards."""
    return replace(work, now=work.now + timedelta(**(span or {"hours": 1})))


def acting(work: Work, **actor: Any) -> Work:
    """The same transaction, asked for by somebody with other rights, customer or key."""
    return replace(work, actor=replace(work.actor, **actor))


def counted(work: Work, kind: str) -> int:
    """What the counter of a kind says."""
    return int(work.db.scalar(sa.select(sa.func.sum(Counter.n)).where(Counter.counted_kind == kind)) or 0)


def how_many(work: Work, record: type[Record], *conditions: sa.ColumnElement[bool]) -> int:
    return work.db.scalar(sa.select(sa.func.count()).select_from(record).where(*conditions)) or 0


def found(work: Work, reading: Reading, where: Input, page: Page = EVERYTHING) -> Found[Any]:
    return reading.view(("id",)).page(work, where, page)


def ids(work: Work, reading: Reading, where: Input) -> list[int]:
    """The ids of the records that meet a filter."""
    return [row[0] for row in found(work, reading, where).items]


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def only(items: Sequence[Any]) -> Any:
    (item,) = items
    return item
