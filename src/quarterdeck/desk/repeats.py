"""Answers already given, so that a request sent twice is done once.

The first answer under an `Idempotency-Key` is kept in the transaction of the change itself and given again to whoever
repeats the request. Nothing is kept of a request that was refused.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from quarterdeck.desk.record import Record, key, table
from quarterdeck.desk.statement import Statement
from quarterdeck.desk.work import Work

KEPT_FOR = timedelta(hours=24)


class Repeat(Record):
    __tablename__ = "repeats"
    __table_args__ = table(sa.Index("ix_repeats_by_age", "at"))
    kind = "repeat"

    id: Mapped[int] = key()
    # Whose key, method, path and idempotency key, hashed together.
    scope: Mapped[str] = mapped_column(sa.String(64), unique=True)
    # Of the request's body: another body under the same key is an error.
    fingerprint: Mapped[str] = mapped_column(sa.String(64))
    at: Mapped[datetime]
    status: Mapped[int]
    body: Mapped[bytes] = mapped_column(sa.LargeBinary)
    headers: Mapped[dict[str, Any]]


@dataclass(frozen=True)
class Answered:
    """What was answered the first time, and to which body."""

    fingerprint: str
    status: int
    body: bytes
    headers: dict[str, str]


FOUND = Statement(
    sa.select(Repeat.fingerprint, Repeat.status, Repeat.body, Repeat.headers).where(
        Repeat.scope == sa.bindparam("scope")
    )
)
FORGET = Statement(sa.delete(Repeat).where(Repeat.at < sa.bindparam("until")))
QUEUE = Statement(
    sa.select(sa.func.pg_advisory_xact_lock(sa.func.hashtextextended(sa.bindparam("scope", type_=sa.Text()), 0)))
)


def recall(work: Work, scope: str) -> Answered | None:
    """What was answered under this scope. Twins wait here for each other: SQLite has one writer, PostgreSQL a lock."""
    if work.link.dialect == "postgresql":
        QUEUE.run(work.link, {"scope": scope})
    FORGET.run(work.link, {"until": work.now - KEPT_FOR})
    row = FOUND.first(work.link, {"scope": scope})
    return Answered(row[0], row[1], bytes(row[2]), row[3]) if row else None


def keep(work: Work, scope: str, answered: Answered) -> None:
    work.insert(
        Repeat,
        scope=scope,
        fingerprint=answered.fingerprint,
        at=work.now,
        status=answered.status,
        body=answered.body,
        headers=answered.headers,
    )
