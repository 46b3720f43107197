"""How time is read."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from quarterdeck.desk import tickets
from quarterdeck.desk.errors import NotFound
from quarterdeck.desk.hours.records import TimeEntry
from quarterdeck.desk.reading import Reading, Where
from quarterdeck.desk.tickets import Ticket
from quarterdeck.desk.work import Work

OF_CUSTOMER = sa.select(Ticket.customer_id).where(Ticket.id == TimeEntry.ticket_id).scalar_subquery()

READING = Reading(
    TimeEntry,
    "hours:read",
    filters={
        "ticket_id": Where(lambda value: TimeEntry.ticket_id == value),
        "customer_id": Where(lambda value: value == OF_CUSTOMER),
        "technician_id": Where(lambda value: TimeEntry.technician_id == value),
        "billable": Where(lambda value: TimeEntry.billable == value),
        "starts_since": Where(lambda value: TimeEntry.starts_at >= value),
        "starts_before": Where(lambda value: TimeEntry.starts_at < value),
    },
    orders={"starts_at": TimeEntry.starts_at},
    belongs=OF_CUSTOMER,
)


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


def get(work: Work, id: int) -> TimeEntry:
    work.require("hours:read")
    entry = work.find(TimeEntry, id)
    if entry is None:
        raise NotFound("time entry", id)
    tickets.get(work, entry.ticket_id)
    return entry
