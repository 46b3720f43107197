"""People who may become customers."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quarterdeck.desk.access import Technician
from quarterdeck.desk.contacts import Contact
from quarterdeck.desk.customers import Customer
from quarterdeck.desk.record import Kept, Person, Record, joined, key, table
from quarterdeck.desk.tickets import Ticket


class Lead(Record, Kept, Person):
    __tablename__ = "leads"
    __table_args__ = table(
        sa.Index("ix_leads_by_status", "status_key", "id"),
        sa.Index("ix_leads_by_change", "updated_at", "id"),
    )
    kind = "lead"

    id: Mapped[int] = key()
    business_name: Mapped[str | None]
    email: Mapped[str | None]
    email_key: Mapped[str | None] = mapped_column(index=True)
    phone: Mapped[str | None]
    mobile: Mapped[str | None]
    address: Mapped[str | None]
    city: Mapped[str | None]
    state: Mapped[str | None]
    zip: Mapped[str | None]
    # The provider's own words for how far it has come.
    status: Mapped[str]
    status_key: Mapped[str]
    source: Mapped[str | None]
    # What is wanted, from which a ticket is made.
    subject: Mapped[str | None]
    description: Mapped[str | None]
    problem: Mapped[str | None]
    notes: Mapped[str | None]
    read: Mapped[bool] = mapped_column(default=False)
    archived: Mapped[bool] = mapped_column(default=False)
    converted: Mapped[bool] = mapped_column(default=False)
    likelihood: Mapped[int | None]
    amount_cents: Mapped[int | None]
    starts_at: Mapped[datetime | None]
    technician_id: Mapped[int | None] = mapped_column(sa.ForeignKey("technicians.id"), index=True)
    # What became of it.
    customer_id: Mapped[int | None] = mapped_column(sa.ForeignKey("customers.id"), index=True)
    contact_id: Mapped[int | None] = mapped_column(sa.ForeignKey("contacts.id"), index=True)
    ticket_id: Mapped[int | None] = mapped_column(sa.ForeignKey("tickets.id"), index=True)

    @hybrid_property
    def name(self) -> str:
        """The business, else the person."""
        return self.business_name or self.full_name

    @name.inplace.expression
    @classmethod
    def name_column(cls) -> sa.ColumnElement[str]:
        business = sa.func.nullif(cls.business_name, sa.literal_column("''"))
        return sa.func.coalesce(business, joined(cls.first_name, cls.last_name))

    technician: Mapped[Technician | None] = relationship(lazy="raise")
    customer: Mapped[Customer | None] = relationship(lazy="raise")
    contact: Mapped[Contact | None] = relationship(lazy="raise")
    ticket: Mapped[Ticket | None] = relationship(lazy="raise")
