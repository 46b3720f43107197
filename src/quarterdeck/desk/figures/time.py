"""Where the time went, and what of it is still to be billed."""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from quarterdeck.desk.access import Technician
from quarterdeck.desk.customers import Customer
from quarterdeck.desk.figures.promises import Narrowed, whose
from quarterdeck.desk.hours import TimeEntry
from quarterdeck.desk.tickets import Ticket
from quarterdeck.desk.work import Work


@dataclass(frozen=True)
class Spent:
    """Time of one technician or customer, in seconds; `owed` is to be billed and has not been."""

    id: int | None
    name: str
    entries: int
    seconds: int
    billable: int
    owed: int


OWED: Any = sa.and_(TimeEntry.billable, sa.not_(TimeEntry.billed))
SECONDS = sa.func.sum(TimeEntry.seconds)


def summed(condition: Any) -> Any:
    return sa.func.sum(sa.case((condition, TimeEntry.seconds), else_=sa.literal_column("0")))


def spent(work: Work, asked: Narrowed, by: str) -> list[Spent]:
    """Time that began in the period by `technician` or by `customer`, most first."""
    work.require("hours:read")
    owner, of, name = (
        (TimeEntry.technician_id, Technician, Technician.full_name)
        if by == "technician"
        else (Ticket.customer_id, Customer, Customer.name)
    )
    # Added up first and named afterwards: a year has many entries of a few.
    sums = (
        sa.select(
            owner.label("owner"),
            sa.func.count().label("entries"),
            SECONDS.label("seconds"),
            summed(TimeEntry.billable).label("billable"),
            summed(OWED).label("owed"),
        )
        .select_from(entries(asked, tickets=by == "customer"))
        .where(*those(asked))
        .group_by(owner)
    )
    if "customer_id" not in whose(asked):
        # Of itself SQLite looks at the whole row of each ticket, and most of them lie far apart.
        sums = sums.with_hint(Ticket, "INDEXED BY ix_tickets_to_skip", "sqlite")
    added = sums.subquery()
    wanted = (
        sa.select(added.c.owner, name, added.c.entries, added.c.seconds, added.c.billable, added.c.owed)
        .select_from(sa.outerjoin(added, of, of.id == added.c.owner))
        .order_by(added.c.seconds.desc(), added.c.owner)
    )
    return [
        Spent(id, name or "", n, int(all), int(billable), int(owed))
        for id, name, n, all, billable, owed in work.db.execute(wanted)
    ]


def owed(work: Work, asked: Narrowed) -> tuple[int, int]:
    """Time that is to be billed and has not been: how many entries, and how many seconds in all."""
    work.require("hours:read")
    wanted = sa.select(sa.func.count(), SECONDS).select_from(entries(asked)).where(OWED, *those(asked))
    n, seconds = work.db.execute(wanted).one()
    return int(n), int(seconds or 0)


def unbilled(work: Work, asked: Narrowed, most: int) -> list[Any]:
    """Time that is to be billed and has not been, the latest first: when, how long, on what, for whom and by whom."""
    work.require("hours:read")
    wanted = (
        sa.select(
            TimeEntry.id,
            TimeEntry.starts_at,
            TimeEntry.seconds,
            TimeEntry.notes,
            Ticket.id.label("ticket_id"),
            Ticket.title,
            Customer.id.label("customer_id"),
            Customer.name.label("customer"),
            Technician.full_name.label("technician"),
        )
        .select_from(entries(asked, tickets=True))
        .join(Customer, Customer.id == Ticket.customer_id)
        .outerjoin(Technician, Technician.id == TimeEntry.technician_id)
        .where(OWED, *those(asked))
        .order_by(TimeEntry.starts_at.desc(), TimeEntry.id.desc())
        .limit(most)
    )
    return list(work.db.execute(wanted))


def entries(asked: Narrowed, *, tickets: bool = False) -> Any:
    """Time entries, with their tickets where these are asked about."""
    if not tickets and "customer_id" not in whose(asked):
        return TimeEntry
    return sa.join(TimeEntry, Ticket, Ticket.id == TimeEntry.ticket_id)


def those(asked: Narrowed) -> list[Any]:
    columns: dict[str, Any] = {"technician_id": TimeEntry.technician_id, "customer_id": Ticket.customer_id}
    theirs = [columns[name] == id for name, id in whose(asked).items()]
    return [TimeEntry.starts_at >= asked.since, TimeEntry.starts_at < asked.until, *theirs]
