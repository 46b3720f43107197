"""What is left of records that were merged into others: old ids that go on answering, and what it takes to undo it."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from quarterdeck.desk.record import Record, key, table
from quarterdeck.desk.statement import Link, Statement


class Alias(Record):
    """A former record's id, and the record that answers in its place."""

    __tablename__ = "aliases"
    __table_args__ = table(sa.UniqueConstraint("of_kind", "old_id"), sa.Index("ix_aliases_to", "of_kind", "new_id"))
    kind = "alias"

    id: Mapped[int] = key()
    of_kind: Mapped[str] = mapped_column(sa.String(30))
    old_id: Mapped[int]
    new_id: Mapped[int]


class Merge(Record):
    """One merge: what it took from the duplicate, so that it can be taken back."""

    __tablename__ = "merges"
    __table_args__ = table(sa.Index("ix_merges_into", "of_kind", "primary_id"))
    kind = "merge"

    id: Mapped[int] = key()
    of_kind: Mapped[str] = mapped_column(sa.String(30))
    primary_id: Mapped[int]
    duplicate_id: Mapped[int]
    at: Mapped[datetime]
    technician_id: Mapped[int | None]
    undone_at: Mapped[datetime | None]
    # The rows that are gone, by table: the duplicate itself, and those of its values the primary had already.
    removed: Mapped[dict[str, Any]]
    # The ids of the rows that name the primary now, by `table.column`.
    moved: Mapped[dict[str, Any]]
    # What the primary had where it now has what was the duplicate's.
    filled: Mapped[dict[str, Any]]


LEADS_TO = Statement(
    sa.select(Alias.new_id).where(Alias.of_kind == sa.bindparam("kind"), Alias.old_id == sa.bindparam("old"))
)


def leads_to(link: Link, kind: str, id: int) -> int | None:
    """The record that answers for an id that is gone, where there is one."""
    rows = LEADS_TO.raw(link, {"kind": kind, "old": id})
    return int(rows[0][0]) if rows else None
