"""What was worked for a customer and has not been billed."""

from dataclasses import dataclass

import sqlalchemy as sa

from quarterdeck.desk.hours.records import TimeEntry
from quarterdeck.desk.statement import Row, Statement
from quarterdeck.desk.tickets import Ticket
from quarterdeck.desk.work import Work

OF_CUSTOMER = Ticket.customer_id == sa.bindparam("customer")
TOTALS = Statement(
    sa.select(TimeEntry.billable, TimeEntry.billed, sa.func.count(), sa.func.sum(TimeEntry.seconds))
    .join(Ticket, Ticket.id == TimeEntry.ticket_id)
    .where(OF_CUSTOMER)
    .group_by(TimeEntry.billable, TimeEntry.billed)
)
LATEST = Statement(
    sa.select(
        TimeEntry.id,
        TimeEntry.ticket_id,
        Ticket.title,
        TimeEntry.technician_id,
        TimeEntry.starts_at,
        TimeEntry.seconds,
        TimeEntry.notes,
    )
    .join(Ticket, Ticket.id == TimeEntry.ticket_id)
    .where(OF_CUSTOMER, TimeEntry.billable.is_(sa.true()), TimeEntry.billed.is_(sa.false()))
    .order_by(TimeEntry.starts_at.desc(), TimeEntry.id.desc())
    .limit(sa.bindparam("most", type_=sa.Integer()))
)


@dataclass(frozen=True)
class Worked:
    """Seconds worked for a customer: all, those to be billed, and those of them that have been. `entries` still owe."""

    seconds: int
    billable: int
    billed: int
    entries: int

    @property
    def unbilled(self) -> int:
        return self.billable - self.billed


def worked_for(work: Work, customer_id: int) -> Worked:
    work.require("hours:read")
    rows = [
        (bool(billable), bool(billed), int(n), int(seconds or 0))
        for billable, billed, n, seconds in TOTALS.raw(work.link, {"customer": customer_id})
    ]
    return Worked(
        seconds=sum(seconds for *_, seconds in rows),
        billable=sum(seconds for billable, _, _, seconds in rows if billable),
        billed=sum(seconds for billable, billed, _, seconds in rows if billable and billed),
        entries=sum(n for billable, billed, n, _ in rows if billable and not billed),
    )


def unbilled(work: Work, customer_id: int, most: int = 50) -> list[Row]:
    """The latest time that is to be billed and has not been: id, ticket and its title, technician, when, seconds, what
    was done."""
    work.require("hours:read")
    return LATEST.rows(work.link, {"customer": customer_id, "most": most})
