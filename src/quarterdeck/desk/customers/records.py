"""Companies under care, and their sites."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from quarterdeck.desk.record import Kept, Record, key, table


class Customer(Record, Kept):
    __tablename__ = "customers"
    __table_args__ = table(
        sa.Index("ix_customers_by_name", "name_key", "id"),
        sa.Index("ix_customers_by_domain", "domain_key"),
        sa.Index("ix_customers_by_change", "updated_at", "id"),
    )
    kind = "customer"
    counted = True

    id: Mapped[int] = key()
    name: Mapped[str]
    name_key: Mapped[str]
    business_number: Mapped[str | None]
    domain: Mapped[str | None]
    domain_key: Mapped[str | None]
    address: Mapped[str | None]
    city: Mapped[str | None]
    state: Mapped[str | None]
    country: Mapped[str | None]
    zip: Mapped[str | None]
    phone: Mapped[str | None]
    fax: Mapped[str | None]
    website: Mapped[str | None]
    notes: Mapped[str | None]
    logo: Mapped[str | None]
    longitude: Mapped[float | None]
    latitude: Mapped[float | None]


class Site(Record, Kept):
    __tablename__ = "sites"
    __table_args__ = table()
    kind = "site"

    id: Mapped[int] = key()
    customer_id: Mapped[int] = mapped_column(sa.ForeignKey("customers.id"), index=True)
    name: Mapped[str]
    address: Mapped[str | None]
    city: Mapped[str | None]
    state: Mapped[str | None]
    country: Mapped[str | None]
    zip: Mapped[str | None]
    phone: Mapped[str | None]
