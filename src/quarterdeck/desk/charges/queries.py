"""How lines are read."""

import sqlalchemy as sa

from quarterdeck.desk import tickets
from quarterdeck.desk.charges.records import Charge
from quarterdeck.desk.reading import Reading, Where, one_of
from quarterdeck.desk.statement import Statement
from quarterdeck.desk.tickets import Hanging, Ticket
from quarterdeck.desk.work import Work

OF_CUSTOMER = sa.select(Ticket.customer_id).where(Ticket.id == Charge.ticket_id).scalar_subquery()

READING = Reading(
    Charge,
    "charges:read",
    filters={
        "ids": one_of(Charge.id),
        "ticket_id": Where(lambda value: Charge.ticket_id == value),
        "product_id": Where(lambda value: Charge.product_id == value),
        "customer_id": Where(lambda value: value == OF_CUSTOMER),
        "changed_since": Where(lambda value: Charge.updated_at >= value),
    },
    orders={"position": Charge.position, "created_at": Charge.created_at, "updated_at": Charge.updated_at},
    belongs=OF_CUSTOMER,
)

FINDER = Hanging(Charge, "charges:read", lambda charge: charge.ticket_id)
seen, get = FINDER.seen, FINDER.get

LAST = Statement(sa.select(sa.func.max(Charge.position)).where(Charge.ticket_id == sa.bindparam("ticket_id")))


def held(work: Work, id: int) -> tuple[Charge, Ticket | None]:
    """A line and its ticket, which nobody else changes meanwhile: the ticket first, as everywhere."""
    ticket_id = get(work, id).ticket_id
    ticket = tickets.seen(work, ticket_id, hold=True) if ticket_id is not None else None
    return get(work, id, hold=True), ticket


def next_position(work: Work, ticket_id: int) -> int:
    row = LAST.first(work.link, {"ticket_id": ticket_id})
    return (row[0] if row and row[0] is not None else 0) + 1
