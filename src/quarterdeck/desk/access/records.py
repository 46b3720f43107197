"""People who work here, where they are signed in, and the keys of programs."""

from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quarterdeck.desk.record import Kept, Record, Word, key, table


class Role(StrEnum):
    OWNER = "owner"
    TECHNICIAN = "technician"
    READ_ONLY = "read-only"


class Technician(Record, Kept):
    __tablename__ = "technicians"
    __table_args__ = table()
    kind = "technician"

    id: Mapped[int] = key()
    first_name: Mapped[str]
    last_name: Mapped[str]
    email: Mapped[str]
    email_key: Mapped[str] = mapped_column(unique=True)
    role: Mapped[Role] = mapped_column(Word(Role))
    password_hash: Mapped[str | None]
    active: Mapped[bool] = mapped_column(default=True)
    # Language, time zone, colours, whether single keys act: what the person chose for the pages.
    preferences: Mapped[dict[str, Any]] = mapped_column(default={})

    @hybrid_property
    def full_name(self) -> str:
        return (self.first_name + " " + self.last_name).strip()

    @full_name.inplace.expression
    @classmethod
    def full_name_column(cls) -> sa.ColumnElement[str]:
        # The space stands in the statement itself: as a parameter it would keep PostgreSQL from keeping the plan.
        return sa.func.trim(cls.first_name + sa.literal_column("' '") + cls.last_name)


class ApiKey(Record):
    """A program's key. Only its hash is kept."""

    __tablename__ = "api_keys"
    __table_args__ = table()
    kind = "API key"

    id: Mapped[int] = key()
    name: Mapped[str]
    hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    # The first characters, by which a person recognises the key.
    hint: Mapped[str] = mapped_column(sa.String(12))
    technician_id: Mapped[int] = mapped_column(sa.ForeignKey("technicians.id"), index=True)
    scopes: Mapped[list[str]]
    customer_id: Mapped[int | None]
    created_at: Mapped[datetime]
    ends_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    last_used_at: Mapped[datetime | None]

    technician: Mapped[Technician] = relationship(lazy="raise")


class Session(Record):
    """Somebody who has signed in at one browser. Only the hash of its token is kept."""

    __tablename__ = "sessions"
    __table_args__ = table(sa.Index("ix_sessions_by_end", "ends_at"))
    kind = "session"

    id: Mapped[int] = key()
    hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    technician_id: Mapped[int] = mapped_column(sa.ForeignKey("technicians.id"), index=True)
    # What a form of this session has to bring along.
    form_key: Mapped[str] = mapped_column(sa.String(64))
    # Whether the password was right and the second factor is still to come.
    halfway: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    address: Mapped[str | None]
    agent: Mapped[str | None]

    technician: Mapped[Technician] = relationship(lazy="raise")
