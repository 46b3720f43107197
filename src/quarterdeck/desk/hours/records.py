"""Time spent on tickets."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quarterdeck.desk.access import Technician
from quarterdeck.desk.record import Kept, Record, key, table
from quarterdeck.desk.tickets import Ticket

ADDED = ("ticket_id", "technician_id", "seconds", "billable", "billed")


class TimeEntry(Record, Kept):
    __tablename__ = "time_entries"
    __table_args__ = table(
        sa.Index("ix_time_entries_of_ticket", "ticket_id", "id"),
        # With what reports add up, so that a year takes no look at every entry.
        sa.Index("ix_time_entries_by_start", "starts_at", "id", *ADDED),
        sa.Index("ix_time_entries_by_creation", "created_at"),
        sa.Index("ix_time_entries_by_change", "updated_at"),
    )
    kind = "time entry"
    counted = True

    id: Mapped[int] = key()
    ticket_id: Mapped[int] = mapped_column(sa.ForeignKey("tickets.id"))
    technician_id: Mapped[int | None] = mapped_column(sa.ForeignKey("technicians.id"), index=True)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    seconds: Mapped[int]
    billable: Mapped[bool]
    on_site: Mapped[bool]
    notes: Mapped[str | None]
    rate_id: Mapped[int | None]
    product_id: Mapped[int | None] = mapped_column(sa.ForeignKey("products.id"), index=True)
    # Whether it has been billed: by a line of the ticket, or elsewhere.
    billed: Mapped[bool] = mapped_column(default=False)
    charge_id: Mapped[int | None] = mapped_column(sa.ForeignKey("charges.id"), index=True)

    @hybrid_property
    def billable_seconds(self) -> int:
        return self.seconds if self.billable else 0

    @billable_seconds.inplace.expression
    @classmethod
    def billable_seconds_column(cls) -> sa.ColumnElement[int]:
        return sa.case((cls.billable, cls.seconds), else_=sa.literal_column("0"))

    ticket: Mapped[Ticket] = relationship(lazy="raise")
    technician: Mapped[Technician | None] = relationship(lazy="raise")
