"""Companies under care, and their sites."""

from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quarterdeck.desk.record import Kept, Person, Record, Word, joined, key, table


class Category(StrEnum):
    BUSINESS = "business"
    RESIDENTIAL = "residential"
    GOVERNMENT = "government"
    NON_PROFIT = "non-profit"


class Customer(Record, Kept, Person):
    __tablename__ = "customers"
    __table_args__ = table(
        sa.Index("ix_customers_by_name", "name_key", "id"),
        sa.Index("ix_customers_by_domain", "domain_key"),
        sa.Index("ix_customers_by_change", "updated_at", "id"),
        sa.Index("ix_customers_by_email", "email_key", "id", "archived"),
        sa.Index("ix_customers_by_phone", "phone_key", "id", "archived"),
        sa.Index("ix_customers_by_likeness", "alike_key", "id", "archived"),
        sa.Index("ix_customers_by_alike_domain", "alike_domain", "id", "archived"),
    )
    kind = "customer"
    counted = True

    id: Mapped[int] = key()
    name: Mapped[str]
    name_key: Mapped[str]
    # The name without legal forms and punctuation: what duplicates have in common.
    alike_key: Mapped[str | None]
    # The domain of the company or its mail, unless many companies share it.
    alike_domain: Mapped[str | None]
    category: Mapped[Category | None] = mapped_column(Word(Category))
    # Whom to ask for, and where invoices and notices go.
    first_key: Mapped[str | None]
    last_key: Mapped[str | None]
    email: Mapped[str | None]
    email_key: Mapped[str | None]
    mobile: Mapped[str | None]
    phone_key: Mapped[str | None]
    address_2: Mapped[str | None]
    referred_by: Mapped[str | None]
    # Per cent, kept as text: a decimal is to come back as it went in, on either database.
    tax_rate: Mapped[str | None]
    archived: Mapped[bool] = mapped_column(default=False)
    no_email: Mapped[bool] = mapped_column(default=False)
    opt_out: Mapped[bool] = mapped_column(default=False)
    get_sms: Mapped[bool] = mapped_column(default=False)
    get_billing: Mapped[bool] = mapped_column(default=True)
    get_marketing: Mapped[bool] = mapped_column(default=True)
    get_reports: Mapped[bool] = mapped_column(default=True)
    notification_email: Mapped[str | None]
    invoice_cc_emails: Mapped[str | None]
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

    @hybrid_property
    def name_and_person(self) -> str:
        """`Acme Corporation - John Smith`, or the name alone where nobody is named."""
        return f"{self.name} - {self.full_name}" if self.full_name else self.name

    @name_and_person.inplace.expression
    @classmethod
    def name_and_person_column(cls) -> sa.ColumnElement[str]:
        person = joined(cls.first_name, cls.last_name)
        return sa.case(
            (person == sa.literal_column("''"), cls.name), else_=cls.name + sa.literal_column("' - '") + person
        )


class Phone(Record, Kept):
    """A further number of a customer."""

    __tablename__ = "customer_phones"
    __table_args__ = table()
    kind = "phone"

    id: Mapped[int] = key()
    customer_id: Mapped[int] = mapped_column(sa.ForeignKey("customers.id"), index=True)
    label: Mapped[str | None]
    number: Mapped[str]
    extension: Mapped[str | None]


class Site(Record, Kept):
    __tablename__ = "sites"
    __table_args__ = table()
    kind = "site"

    id: Mapped[int] = key()
    customer_id: Mapped[int] = mapped_column(sa.ForeignKey("customers.id"), index=True)
    name: Mapped[str]
    address: Mapped[str | None]
    address_2: Mapped[str | None]
    city: Mapped[str | None]
    state: Mapped[str | None]
    country: Mapped[str | None]
    zip: Mapped[str | None]
    phone: Mapped[str | None]

    customer: Mapped[Customer] = relationship(lazy="raise")
