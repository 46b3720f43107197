"""How customers are read."""

import sqlalchemy as sa

from quarterdeck.desk import search
from quarterdeck.desk.customers.records import Customer
from quarterdeck.desk.finding import Finder
from quarterdeck.desk.input import fold
from quarterdeck.desk.reading import Reading, Where, containing
from quarterdeck.desk.statement import Statement
from quarterdeck.desk.work import Work

READING = Reading(
    Customer,
    "customers:read",
    filters={
        "name": containing(Customer.name_key),
        "domain": Where(lambda value: Customer.domain_key == value, prepare=lambda text: domain_key(text)),
        "created_since": Where(lambda value: Customer.created_at >= value),
        "created_until": Where(lambda value: Customer.created_at <= value),
        "changed_since": Where(lambda value: Customer.updated_at >= value),
        "changed_until": Where(lambda value: Customer.updated_at <= value),
        "text": search.filter_for(Customer),
    },
    orders={"name": Customer.name_key, "created_at": Customer.created_at, "updated_at": Customer.updated_at},
    belongs=Customer.id,
)

BY_NAME = Statement(
    sa.select(Customer.id).where(Customer.name_key == sa.bindparam("name")).order_by(Customer.id).limit(1)
)
BY_DOMAIN = Statement(
    sa.select(Customer.id).where(Customer.domain_key == sa.bindparam("domain")).order_by(Customer.id).limit(1)
)


FINDER = Finder(Customer, "customers:read", lambda customer: customer.id)
seen, get = FINDER.seen, FINDER.get


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
