"""What is billed again and again: the terms of a contract, kept until billing acts on them."""

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quarterdeck.desk.customers import Customer
from quarterdeck.desk.products import Product
from quarterdeck.desk.record import Kept, Record, Word, key, table


class Frequency(StrEnum):
    DAILY = "daily"
    WEEKLY = "weekly"
    BIWEEKLY = "biweekly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    SEMI_ANNUALLY = "semi-annually"
    ANNUALLY = "annually"
    BIENNIALLY = "biennially"
    TRIENNIALLY = "triennially"


class Schedule(Record, Kept):
    __tablename__ = "schedules"
    __table_args__ = table(
        sa.Index("ix_schedules_of_customer", "customer_id", "id"),
        sa.Index("ix_schedules_by_run", "next_run", "id"),
    )
    kind = "schedule"

    id: Mapped[int] = key()
    customer_id: Mapped[int] = mapped_column(sa.ForeignKey("customers.id"))
    name: Mapped[str]
    frequency: Mapped[Frequency] = mapped_column(Word(Frequency))
    next_run: Mapped[datetime]
    paused: Mapped[bool] = mapped_column(default=False)
    # How the invoice reaches the customer, whether it is charged at once, and whether open charges of tickets join it.
    by_email: Mapped[bool] = mapped_column(default=False)
    by_post: Mapped[bool] = mapped_column(default=False)
    charges_card: Mapped[bool] = mapped_column(default=False)
    with_tickets: Mapped[bool] = mapped_column(default=False)

    customer: Mapped[Customer] = relationship(lazy="raise")


class Line(Record, Kept):
    """One line of each invoice. Prices are in cents for one unit."""

    __tablename__ = "schedule_lines"
    __table_args__ = table(sa.Index("ix_schedule_lines_of_schedule", "schedule_id", "id"))
    kind = "schedule line"

    id: Mapped[int] = key()
    schedule_id: Mapped[int] = mapped_column(sa.ForeignKey("schedules.id"))
    product_id: Mapped[int | None] = mapped_column(sa.ForeignKey("products.id"), index=True)
    technician_id: Mapped[int | None] = mapped_column(sa.ForeignKey("technicians.id"), index=True)
    name: Mapped[str]
    description: Mapped[str | None]
    # A decimal is kept as text: it is to come back as it went in, on either database.
    quantity: Mapped[str] = mapped_column(default="1")
    cost_cents: Mapped[int] = mapped_column(default=0)
    price_cents: Mapped[int] = mapped_column(default=0)
    position: Mapped[int] = mapped_column(default=0)
    taxable: Mapped[bool] = mapped_column(default=True)
    # Billed on the next run alone.
    once: Mapped[bool] = mapped_column(default=False)
    # The number by which a vendor names what is counted for the quantity; kept, not yet acted upon.
    counts: Mapped[int | None]

    schedule: Mapped[Schedule] = relationship(lazy="raise")
    product: Mapped[Product | None] = relationship(lazy="raise")
