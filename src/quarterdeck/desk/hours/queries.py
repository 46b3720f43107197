"""How time is read."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from quarterdeck.desk import tickets
from quarterdeck.desk.hours.records import TimeEntry
from quarterdeck.desk.reading import Reading, Where, one_of
from quarterdeck.desk.tickets import Hanging, Ticket
from quarterdeck.desk.work import Work

OF_CUSTOMER = sa.select(Ticket.customer_id).where(Ticket.id == TimeEntry.ticket_id).scalar_subquery()

READING = Reading(
    TimeEntry,
    "hours:read",
    filters={
        "ids": one_of(TimeEntry.id),
        "ticket_id": Where(lambda value: TimeEntry.ticket_id == value),
        "customer_id": Where(lambda value: value == OF_CUSTOMER),
        "technician_id": Where(lambda value: TimeEntry.technician_id == value),
        "billable": Where(lambda value: TimeEntry.billable == value),
        "billed": Where(lambda value: TimeEntry.billed == value),
        "starts_since": Where(lambda value: TimeEntry.starts_at >= value),
        "starts_before": Where(lambda value: TimeEntry.starts_at < value),
        "created_after": Where(lambda value: TimeEntry.created_at > value),
        "created_before": Where(lambda value: TimeEntry.created_at < value),
        "changed_since": Where(lambda value: TimeEntry.updated_at >= value),
    },
    orders={
        "starts_at": TimeEntry.starts_at,
        "created_at": TimeEntry.created_at,
        "updated_at": TimeEntry.updated_at,
    },
    belongs=OF_CUSTOMER,
)

FINDER = Hanging(TimeEntry, "hours:read", lambda entry: entry.ticket_id)
seen, get = FINDER.seen, FINDER.get


@dataclass(frozen=True)
class Sum:
    """Seconds worked on one ticket, by place."""

    ticket_id: int
    on_site: int
    off_site: int

    @property
    def total(self) -> int:
        return self.on_site + self.off_site


def sums(work: Work, ticket_ids: Sequence[int], *, billable: bool) -> list[Sum]:
    """What was worked on each of the tickets, in the order asked, in one statement."""
    work.require("hours:read")
    for id in ticket_ids:
        tickets.get(work, id)
    on_site = sa.func.sum(sa.case((TimeEntry.on_site, TimeEntry.seconds), else_=0))
    found = work.db.execute(
        sa.select(TimeEntry.ticket_id, on_site, sa.func.sum(TimeEntry.seconds))
        .where(TimeEntry.ticket_id.in_(ticket_ids), TimeEntry.billable == billable)
        .group_by(TimeEntry.ticket_id)
    )
    worked = {id: Sum(id, int(on), int(total) - int(on)) for id, on, total in found}
    return [worked.get(id, Sum(id, 0, 0)) for id in ticket_ids]
