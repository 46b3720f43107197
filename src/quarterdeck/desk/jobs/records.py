"""Long work: what was asked, how far it is, how it ended."""

from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quarterdeck.desk.access import Technician
from quarterdeck.desk.record import Record, Word, key, table


class State(StrEnum):
    # Not yet asked to begin.
    DRAFT = "draft"
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Job(Record):
    """Work that takes longer than somebody should wait for."""

    __tablename__ = "jobs"
    __table_args__ = table(sa.Index("ix_jobs_by_state", "state", "id"))
    kind = "job"

    id: Mapped[int] = key()
    what: Mapped[str] = mapped_column(sa.String(40))
    technician_id: Mapped[int] = mapped_column(sa.ForeignKey("technicians.id"), index=True)
    state: Mapped[State] = mapped_column(Word(State))
    asked: Mapped[dict[str, Any]]
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    result: Mapped[dict[str, Any] | None]
    created_at: Mapped[datetime]
    # Out of others' reach until then; a crash gives it back.
    leased_until: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]

    technician: Mapped[Technician] = relationship(lazy="raise")


class Piece(Record):
    """A piece of a file: of the one that came with a job, or of the one it makes, in the order of their ids. They lie
    apart from the job, whose row is written again with every step."""

    __tablename__ = "job_pieces"
    __table_args__ = table(sa.Index("ix_job_pieces_of_job", "job_id", "id"))
    kind = "job piece"

    id: Mapped[int] = key()
    job_id: Mapped[int] = mapped_column(sa.ForeignKey("jobs.id"))
    made: Mapped[bool]
    content: Mapped[bytes] = mapped_column(sa.LargeBinary)
