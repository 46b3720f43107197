"""When somebody goes where."""

from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quarterdeck.desk.access import Technician
from quarterdeck.desk.customers import Customer
from quarterdeck.desk.record import Kept, Record, Word, key, table
from quarterdeck.desk.tickets import Ticket


class Place(StrEnum):
    """Where an appointment of a type takes place, unless something else is said."""

    CUSTOMER = "customer"
    MANUAL = "manual"
    FIXED = "fixed"


class Type(Record, Kept):
    __tablename__ = "appointment_types"
    __table_args__ = table()
    kind = "appointment type"

    id: Mapped[int] = key()
    name: Mapped[str]
    name_key: Mapped[str] = mapped_column(unique=True)
    place: Mapped[Place] = mapped_column(Word(Place))
    # The place of a type that has a fixed one.
    location: Mapped[str | None]
    instructions: Mapped[str | None]


class Appointment(Record, Kept):
    __tablename__ = "appointments"
    __table_args__ = table(
        sa.Index("ix_appointments_by_start", "starts_at", "id"),
        sa.Index("ix_appointments_of_customer", "customer_id", "id"),
        sa.Index("ix_appointments_of_ticket", "ticket_id", "id"),
        sa.Index("ix_appointments_by_change", "updated_at", "id"),
    )
    kind = "appointment"

    id: Mapped[int] = key()
    summary: Mapped[str]
    description: Mapped[str | None]
    customer_id: Mapped[int | None] = mapped_column(sa.ForeignKey("customers.id"))
    ticket_id: Mapped[int | None] = mapped_column(sa.ForeignKey("tickets.id"))
    type_id: Mapped[int | None] = mapped_column(sa.ForeignKey("appointment_types.id"), index=True)
    # Who goes; the ids of those who come along.
    technician_id: Mapped[int | None] = mapped_column(sa.ForeignKey("technicians.id"), index=True)
    companions: Mapped[list[Any]] = mapped_column(default=[])
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    all_day: Mapped[bool] = mapped_column(default=False)
    location: Mapped[str | None]
    # Whether the customer is not to be told by mail.
    quiet: Mapped[bool] = mapped_column(default=True)

    customer: Mapped[Customer | None] = relationship(lazy="raise")
    ticket: Mapped[Ticket | None] = relationship(lazy="raise")
    technician: Mapped[Technician | None] = relationship(lazy="raise")
    type: Mapped[Type | None] = relationship(lazy="raise")
