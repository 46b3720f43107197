"""A believable provider to try things on: the same every time, apart from its secrets, and all dates hang off now."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from quarterdeck.demo import entering, office, town, watch, year
from quarterdeck.demo.cast import Technician
from quarterdeck.demo.companies import COMPANIES
from quarterdeck.demo.ledger import Ledger
from quarterdeck.demo.team import MAIL_DOMAIN, OWNER
from quarterdeck.demo.year import Measure
from quarterdeck.desk import access
from quarterdeck.desk.statement import Link
from quarterdeck.desk.work import Actor, Work
from quarterdeck.storage import Storage

__all__ = ["MAIL_DOMAIN", "SIZES", "Size", "fill"]

# Without what is easily taken for something else.
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


@dataclass(frozen=True)
class Size:
    """How many companies, alerts and tickets."""

    companies: int
    alerts: int
    tickets: Measure


SIZES = {
    "empty": None,
    "small": Size(5, 15, Measure(tickets=60, fresh=3, open=10, pending=5)),
    "full": Size(len(COMPANIES), 200, Measure(tickets=1500, fresh=7, open=85, pending=35)),
}


def fill(storage: Storage, size: str, now: datetime, progress: Callable[[str], None]) -> dict[str, str | int]:
    """Fill a migrated, empty database. Returns the sign-in and keys, which are new each time."""
    chosen = SIZES[size]
    # What has happened is the same all day long; only the newest tickets follow the clock.
    now = now.replace(microsecond=0)
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    password = new_password()
    ledger = Ledger()
    if chosen is None:
        owner = Technician(OWNER, today)
        entering.opened(ledger, today)
        entering.hired(ledger, owner, entering.SETUP, password)
    else:
        owner = plan(ledger, chosen, today, now, password)
    ledger.enter(storage, progress)
    return credentials(storage, owner, password, now)


def plan(ledger: Ledger, size: Size, today: datetime, now: datetime, password: str) -> Technician:
    """Write into the ledger all that has happened until now."""
    staff = town.staff(today)
    customers = town.customers(COMPANIES[: size.companies], today)
    tickets = year.tickets(customers, staff, size.tickets, today, now)
    owner = staff[0]
    entering.opened(ledger, owner.since)
    entering.hired(ledger, owner, entering.SETUP, password)
    for technician in staff[1:]:
        entering.hired(ledger, technician, owner)
    entering.furnished(ledger, owner)
    shelves = office.furnished(ledger, owner)
    for customer in customers:
        entering.won(ledger, customer, staff, today)
        office.scheduled(ledger, shelves, customer, owner, today)
        for device in customer.devices:
            entering.installed(ledger, customer, device, owner, now)
    for ticket in tickets:
        entering.happened(ledger, ticket)
        office.billed(ledger, shelves, ticket)
    office.hoped(ledger, staff, today)
    office.visited(ledger, shelves, customers, staff, today)
    for alert in watch.alerts(customers, tickets, size.alerts, today):
        entering.reported(ledger, alert)
    return owner


def credentials(storage: Storage, owner: Technician, password: str, now: datetime) -> dict[str, str | int]:
    wanted = {
        "atera_api_key": ("Atera scripts", ["*"]),
        "syncro_api_key": ("Syncro scripts", ["*"]),
        "read_only_api_key": ("Reports, read only", ["*:read"]),
    }

    def give(db: sa.Connection) -> dict[str, str]:
        work = Work(Link(db), Actor(owner.full_name, access.ALL, technician_id=owner.id), now, face="demo")
        return {
            key: access.give_key(work, access.NewKey(name=name, technician_id=owner.id, scopes=scopes))[1]
            for key, (name, scopes) in wanted.items()
        }

    keys = storage.write_later(give).result()
    return {
        **keys,
        "owner_email": owner.member.email,
        "owner_password": password,
        "technician_id": owner.id,
    }


def new_password() -> str:
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(5)) for _ in range(4))
