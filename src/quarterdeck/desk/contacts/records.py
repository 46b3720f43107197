"""The people who call."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quarterdeck.desk.customers import Customer
from quarterdeck.desk.departments import Department
from quarterdeck.desk.record import Kept, Person, Record, key, table


class Contact(Record, Kept, Person):
    __tablename__ = "contacts"
    __table_args__ = table(
        sa.Index("ix_contacts_of_customer", "customer_id", "id"),
        sa.Index("ix_contacts_by_name", "name_key", "id"),
        sa.Index("ix_contacts_by_change", "updated_at", "id"),
        sa.Index("ix_contacts_by_phone", "customer_id", "phone_key", "id", "archived"),
        sa.Index("ix_contacts_by_likeness", "customer_id", "alike_key", "id", "archived"),
    )
    kind = "contact"
    counted = True

    id: Mapped[int] = key()
    customer_id: Mapped[int] = mapped_column(sa.ForeignKey("customers.id"))
    name_key: Mapped[str]
    # The words of the name in one order: what duplicates have in common.
    alike_key: Mapped[str | None]
    email: Mapped[str | None]
    email_key: Mapped[str | None] = mapped_column(unique=True)
    phone: Mapped[str | None]
    phone_key: Mapped[str | None]
    extension: Mapped[str | None]
    mobile: Mapped[str | None]
    job_title: Mapped[str | None]
    address: Mapped[str | None]
    address_2: Mapped[str | None]
    city: Mapped[str | None]
    state: Mapped[str | None]
    zip: Mapped[str | None]
    notes: Mapped[str | None]
    opt_out: Mapped[bool] = mapped_column(default=False)
    get_billing: Mapped[bool] = mapped_column(default=False)
    get_marketing: Mapped[bool] = mapped_column(default=False)
    site_id: Mapped[int | None] = mapped_column(sa.ForeignKey("sites.id"), index=True)
    primary: Mapped[bool] = mapped_column(default=False)
    # Mail from this contact is not made into tickets.
    ignored: Mapped[bool] = mapped_column(default=False)
    archived: Mapped[bool] = mapped_column(default=False)
    department_id: Mapped[int | None] = mapped_column(sa.ForeignKey("departments.id"), index=True)
    default_asset_id: Mapped[int | None]

    customer: Mapped[Customer] = relationship(lazy="raise")
    department: Mapped[Department | None] = relationship(lazy="raise")
