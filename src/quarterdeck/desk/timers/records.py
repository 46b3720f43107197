"""Running timers."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quarterdeck.desk.access import Technician
from quarterdeck.desk.record import Kept, Record, key, table
from quarterdeck.desk.tickets import Ticket


class Timer(Record, Kept):
    """Time that is running. A technician has one at most; stopped, it becomes a time entry and is gone."""

    __tablename__ = "timers"
    __table_args__ = table(sa.Index("ix_timers_of_ticket", "ticket_id", "id"))
    kind = "timer"

    id: Mapped[int] = key()
    technician_id: Mapped[int] = mapped_column(sa.ForeignKey("technicians.id"), unique=True)
    ticket_id: Mapped[int] = mapped_column(sa.ForeignKey("tickets.id"))
    started_at: Mapped[datetime]
    notes: Mapped[str | None]
    billable: Mapped[bool] = mapped_column(default=True)
    product_id: Mapped[int | None] = mapped_column(sa.ForeignKey("products.id"), index=True)

    technician: Mapped[Technician] = relationship(lazy="raise")
    ticket: Mapped[Ticket] = relationship(lazy="raise")
