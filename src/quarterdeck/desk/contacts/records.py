"""The people who call."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quarterdeck.desk.customers import Customer
from quarterdeck.desk.departments import Department
from quarterdeck.desk.record import Kept, Record, key, table


class Contact(Record, Kept):
    __tablename__ = "contacts"
    __table_args__ = table(
        sa.Index("ix_contacts_of_customer", "customer_id", "id"),
        sa.Index("ix_contacts_by_change", "updated_at", "id"),
    )
    kind = "contact"
    counted = True

    id: Mapped[int] = key()
    customer_id: Mapped[int] = mapped_column(sa.ForeignKey("customers.id"))
    first_name: Mapped[str | None]
    last_name: Mapped[str | None]
    name_key: Mapped[str]
    email: Mapped[str]
    email_key: Mapped[str] = mapped_column(unique=True)
    phone: Mapped[str | None]
    mobile: Mapped[str | None]
    job_title: Mapped[str | None]
    primary: Mapped[bool] = mapped_column(default=False)
    # Mail from this contact is not made into tickets.
    ignored: Mapped[bool] = mapped_column(default=False)
    archived: Mapped[bool] = mapped_column(default=False)
    department_id: Mapped[int | None] = mapped_column(sa.ForeignKey("departments.id"), index=True)
    default_asset_id: Mapped[int | None]

    customer: Mapped[Customer] = relationship(lazy="raise")
    department: Mapped[Department | None] = relationship(lazy="raise")
