"""The provider whose desk this is: one row."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from quarterdeck.desk import journal
from quarterdeck.desk.input import UNSENT, Input, Name, Text
from quarterdeck.desk.record import Kept, Record, key, table
from quarterdeck.desk.work import Work

BACKED_UP = "provider.backed up"


class Provider(Record, Kept):
    __tablename__ = "provider"
    __table_args__ = table(sa.CheckConstraint("id = 1", name="one_row"))
    kind = "provider"

    id: Mapped[int] = key()
    name: Mapped[str]
    address: Mapped[str | None]
    city: Mapped[str | None]
    state: Mapped[str | None]
    zip: Mapped[str | None]
    country: Mapped[str | None]
    phone: Mapped[str | None]
    time_zone: Mapped[str]


class Changes(Input):
    name: Name = UNSENT
    address: Text | None = UNSENT
    city: Text | None = UNSENT
    state: Text | None = UNSENT
    zip: Text | None = UNSENT
    country: Text | None = UNSENT
    phone: Text | None = UNSENT
    time_zone: Name = UNSENT


def get(work: Work) -> Provider:
    work.require("tickets:read")
    provider = work.find(Provider, 1)
    assert provider is not None, "the first migration writes the row"
    return provider


def backed_up(work: Work, file: str, bytes: int) -> None:
    """Write down that a copy of the database was made."""
    work.require("access:write")
    journal.record(work, BACKED_UP, 1, after={"file": file, "bytes": bytes})


def backups(work: Work, most: int = 5) -> list[dict[str, Any]]:
    """The copies made last, the latest first: when, by whom, and which file."""
    work.require("access:read")
    return [entry for entry in journal.about(work, "provider", 1, most=200) if entry["what"] == BACKED_UP][:most]


def change(work: Work, changes: Changes) -> None:
    work.require("access:write")
    before: dict[str, Any] = {name: getattr(get(work), name) for name in changes.sent}
    work.update(Provider, 1, **changes.sent)
    journal.record(work, "provider.changed", 1, before=before, after=changes.sent)
