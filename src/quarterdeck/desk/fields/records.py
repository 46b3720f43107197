"""Fields that a provider adds to the kinds of record, and their values."""

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quarterdeck.desk.record import Kept, Record, Word, key, table


class Target(StrEnum):
    """The kinds of record that may have fields."""

    CUSTOMER = "customer"
    CONTACT = "contact"
    TICKET = "ticket"
    AGENT = "agent"
    CONTRACT = "contract"


class Type(StrEnum):
    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    YES_NO = "yes/no"
    CHOICE = "choice"


class Field(Record, Kept):
    __tablename__ = "fields"
    __table_args__ = table(sa.UniqueConstraint("target", "name_key"))
    kind = "custom field"

    id: Mapped[int] = key()
    target: Mapped[Target] = mapped_column(Word(Target))
    name: Mapped[str]
    name_key: Mapped[str]
    type: Mapped[Type] = mapped_column(Word(Type))
    description: Mapped[str | None]
    # The options of a choice.
    options: Mapped[list[str]] = mapped_column(default=[])


class Value(Record, Kept):
    """What one record holds in one field. `text` is always there; the others where the type has them."""

    __tablename__ = "field_values"
    __table_args__ = table(
        sa.UniqueConstraint("target", "record_id", "field_id"),
        sa.Index("ix_field_values_of_field", "field_id"),
    )
    kind = "custom value"

    id: Mapped[int] = key()
    guid: Mapped[str] = mapped_column(sa.String(36), unique=True)
    field_id: Mapped[int] = mapped_column(sa.ForeignKey("fields.id"))
    target: Mapped[Target] = mapped_column(Word(Target))
    record_id: Mapped[int]
    text: Mapped[str]
    # Kept as text: a decimal is to come back as it went in, on either database.
    number: Mapped[str | None]
    date: Mapped[datetime | None]
    yes: Mapped[bool | None]

    field: Mapped[Field] = relationship(lazy="raise")
