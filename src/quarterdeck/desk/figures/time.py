"""Where the time went, and what of it is still to be billed."""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from quarterdeck.desk.access import Technician
from quarterdeck.desk.customers import Customer
from quarterdeck.desk.figures.promises import Narrowed
from quarterdeck.desk.hours import TimeEntry
from quarterdeck.desk.tickets import Ticket
from quarterdeck.desk.work import Work

# Rows that a report shows or saves at most, those with most time first.
ROWS_MAX = 5_000


@dataclass(frozen=True)
class Spent:
    """Time of one technician or customer, in seconds; `owed` is to be billed and has not been."""

    id: int | None
    name: str
    entries: int
    seconds: int
    billable: int
    owed: int


BILLABLE = sa.case((TimeEntry.billable, TimeEntry.seconds), else_=0)
OWED = sa.and_(TimeEntry.billable.is_(sa.true()), TimeEntry.billed.is_(sa.false()))
SECONDS = sa.func.sum(TimeEntry.seconds)


def spent(work: Work, asked: Narrowed, by: str) -> list[Spent]:
    """Time that began in the period by `technician` or by `customer`, most first."""
    work.require("hours:read")
    id, name = (Technician.id, Technician.full_name) if by == "technician" else (Customer.id, Customer.name)
    wanted = (
        sa.select(id, name, sa.func.count(), SECONDS, sa.func.sum(BILLABLE), sa.func.sum(owed_seconds()))
        .select_from(tables())
        .where(*those(asked))
        .group_by(id, name)
        .order_by(SECONDS.desc(), id)
        .limit(ROWS_MAX)
    )
    return [
        Spent(id, name or "", n, int(all or 0), int(billable or 0), int(owed or 0))
        for id, name, n, all, billable, owed in work.db.execute(wanted)
    ]


def owed_seconds() -> Any:
    return sa.case((OWED, TimeEntry.seconds), else_=0)


def unbilled(work: Work, asked: Narrowed, most: int = ROWS_MAX) -> list[Any]:
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
        .select_from(tables())
        .where(OWED, *those(asked))
        .order_by(TimeEntry.starts_at.desc(), TimeEntry.id.desc())
        .limit(most)
    )
    return list(work.db.execute(wanted))


def tables() -> Any:
    joined = sa.join(TimeEntry, Ticket, Ticket.id == TimeEntry.ticket_id)
    joined = joined.join(Customer, Customer.id == Ticket.customer_id)
    return joined.outerjoin(Technician, Technician.id == TimeEntry.technician_id)


def those(asked: Narrowed) -> list[Any]:
    conditions: list[Any] = [TimeEntry.starts_at >= asked.since, TimeEntry.starts_at < asked.until]
    if asked.technician_id is not None:
        conditions.append(TimeEntry.technician_id == asked.technician_id)
    if asked.customer_id is not None:
        conditions.append(Ticket.customer_id == asked.customer_id)
    return conditions
