"""How customers are read."""

import sqlalchemy as sa

from quarterdeck.desk import search
from quarterdeck.desk.customers.records import Customer, Phone, Site
from quarterdeck.desk.finding import Finder
from quarterdeck.desk.input import digits, fold
from quarterdeck.desk.reading import Reading, Where, containing, dialled, having, none_of, one_of
from quarterdeck.desk.record import joined
from quarterdeck.desk.statement import Statement
from quarterdeck.desk.work import Work

READING = Reading(
    Customer,
    "customers:read",
    filters={
        "name": containing(Customer.name_key),
        "first_name": containing(Customer.first_key),
        "last_name": containing(Customer.last_key),
        "email": Where(lambda value: Customer.email_key == value, prepare=fold),
        "phone": dialled(Customer.phone, Customer.mobile),
        "archived": Where(lambda value: Customer.archived == value),
        "category": Where(lambda value: Customer.category == value),
        "ids": one_of(Customer.id),
        "not_ids": none_of(Customer.id),
        "like": having(
            texts=(Customer.name_key, joined(Customer.first_key, Customer.last_key), Customer.email_key),
            numbers=(Customer.phone, Customer.mobile),
        ),
        "domain": Where(lambda value: Customer.domain_key == value, prepare=lambda text: domain_key(text)),
        "created_since": Where(lambda value: Customer.created_at >= value),
        "created_until": Where(lambda value: Customer.created_at <= value),
        "changed_since": Where(lambda value: Customer.updated_at >= value),
        "changed_until": Where(lambda value: Customer.updated_at <= value),
        "text": search.filter_for(Customer),
    },
    orders={
        "name": Customer.name_key,
        "first_name": Customer.first_key,
        "last_name": Customer.last_key,
        "email": Customer.email_key,
        "city": Customer.city,
        "created_at": Customer.created_at,
        "updated_at": Customer.updated_at,
    },
    belongs=Customer.id,
)

SITES = Reading(
    Site,
    "customers:read",
    filters={"customer_id": Where(lambda value: Site.customer_id == value)},
    orders={"updated_at": Site.updated_at},
    belongs=Site.customer_id,
)

PHONES = Reading(
    Phone,
    "customers:read",
    filters={"customer_id": Where(lambda value: Phone.customer_id == value)},
    belongs=Phone.customer_id,
)


BY_NAME = Statement(
    sa.select(Customer.id).where(Customer.name_key == sa.bindparam("name")).order_by(Customer.id).limit(1)
)
BY_DOMAIN = Statement(
    sa.select(Customer.id).where(Customer.domain_key == sa.bindparam("domain")).order_by(Customer.id).limit(1)
)


BY_EMAIL = Statement(
    sa.select(Customer.id).where(Customer.email_key == sa.bindparam("email")).order_by(Customer.id).limit(1)
)
BY_PHONE = Statement(
    sa.select(Customer.id).where(Customer.phone_key == sa.bindparam("phone")).order_by(Customer.id).limit(1)
)

FINDER = Finder(Customer, "customers:read", lambda customer: customer.id)
seen, get = FINDER.seen, FINDER.get
SITE = Finder(Site, "customers:read", lambda site: site.customer_id)
PHONE = Finder(Phone, "customers:read", lambda phone: phone.customer_id)


def by_name(work: Work, name: str) -> int | None:
    """The oldest customer of exactly this name, whatever its case."""
    row = BY_NAME.first(work.link, {"name": fold(name)})
    return row[0] if row else None


def by_mail(work: Work, email: str) -> int | None:
    """The customer whose mail domain the address is in."""
    row = BY_DOMAIN.first(work.link, {"domain": fold(email.rpartition("@")[2])})
    return row[0] if row else None


def domain_key(text: str) -> str:
    """`https://www.acme.example/` and `ACME.example` are one domain."""
    host = fold(text).split("://")[-1].split("/")[0].rpartition("@")[2]
    return host.removeprefix("www.")


def by_email(work: Work, email: str) -> int | None:
    """The oldest customer with exactly this address, whatever its case."""
    row = BY_EMAIL.first(work.link, {"email": fold(email)})
    return row[0] if row else None


def by_phone(work: Work, phone: str) -> int | None:
    """The oldest customer with this number, however it is written."""
    number = digits(phone)
    row = BY_PHONE.first(work.link, {"phone": number}) if number else None
    return row[0] if row else None
