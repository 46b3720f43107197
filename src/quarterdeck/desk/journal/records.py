"""What happened."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from quarterdeck.desk.record import Record, key, table


class Entry(Record):
    """One change. Written in the transaction of the change itself, never altered, without foreign keys: it outlives
    what it tells of."""

    __tablename__ = "journal"
    __table_args__ = table(sa.Index("ix_journal_about", "kind_of", "record_id"), sa.Index("ix_journal_by_time", "at"))
    kind = "journal entry"

    id: Mapped[int] = key()
    at: Mapped[datetime]
    what: Mapped[str] = mapped_column(sa.String(60))
    kind_of: Mapped[str] = mapped_column(sa.String(30))
    record_id: Mapped[int]
    customer_id: Mapped[int | None]
    who: Mapped[str]
    technician_id: Mapped[int | None]
    key_id: Mapped[int | None]
    face: Mapped[str] = mapped_column(sa.String(30))
    request_id: Mapped[str | None]
    before: Mapped[dict[str, Any] | None]
    after: Mapped[dict[str, Any] | None]
