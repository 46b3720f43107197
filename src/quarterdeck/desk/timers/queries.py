"""How timers are read."""

import sqlalchemy as sa

from quarterdeck.desk import tickets
from quarterdeck.desk.errors import NotFound
from quarterdeck.desk.reading import Reading, Where
from quarterdeck.desk.statement import Statement
from quarterdeck.desk.tickets import Hanging, Ticket
from quarterdeck.desk.timers.records import Timer
from quarterdeck.desk.work import Work

OF_CUSTOMER = sa.select(Ticket.customer_id).where(Ticket.id == Timer.ticket_id).scalar_subquery()

READING = Reading(
    Timer,
    "hours:read",
    filters={
        "ticket_id": Where(lambda value: Timer.ticket_id == value),
        "technician_id": Where(lambda value: Timer.technician_id == value),
        "changed_since": Where(lambda value: Timer.updated_at >= value),
    },
    orders={"created_at": Timer.created_at, "updated_at": Timer.updated_at},
    belongs=OF_CUSTOMER,
)

FINDER = Hanging(Timer, "hours:read", lambda timer: timer.ticket_id)
seen, get = FINDER.seen, FINDER.get


def held(work: Work, id: int) -> tuple[Timer, Ticket]:
    """A timer and its ticket, which nobody else changes meanwhile: the ticket first, as everywhere."""
    ticket = tickets.get(work, get(work, id).ticket_id, hold=True)
    return get(work, id, hold=True), ticket


OF_TECHNICIAN = Statement(
    sa.select(Timer.id, Timer.ticket_id).where(Timer.technician_id == sa.bindparam("technician_id"))
)


def running(work: Work, technician_id: int | None, ticket_id: int) -> int:
    """The timer of a technician that runs on a ticket."""
    work.require("hours:read")
    row = OF_TECHNICIAN.first(work.link, {"technician_id": technician_id})
    if row is None or row[1] != ticket_id:
        raise NotFound("timer")
    return int(row[0])


def busy(work: Work, technician_id: int) -> bool:
    return OF_TECHNICIAN.first(work.link, {"technician_id": technician_id}) is not None
