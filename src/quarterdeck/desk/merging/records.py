"""Duplicates that became one."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from quarterdeck.desk.record import Record, key, table


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
    # The duplicate as it was, and the ids of what moved, by table.
    duplicate: Mapped[dict[str, Any]]
    moved: Mapped[dict[str, Any]]
