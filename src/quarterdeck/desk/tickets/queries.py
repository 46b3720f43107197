"""How tickets are read."""

import sqlalchemy as sa

from quarterdeck.desk import search
from quarterdeck.desk.finding import Finder
from quarterdeck.desk.input import fold
from quarterdeck.desk.reading import Reading, Where
from quarterdeck.desk.tickets.records import Comment, Stage, Ticket

SETTLED = (Stage.RESOLVED, Stage.CLOSED)

READING = Reading(
    Ticket,
    "tickets:read",
    filters={
        "customer_id": Where(lambda value: Ticket.customer_id == value),
        "contact_id": Where(lambda value: Ticket.contact_id == value),
        "technician_id": Where(lambda value: Ticket.technician_id == value),
        "status": Where(lambda value: Ticket.status_key == value, prepare=fold),
        "priority": Where(lambda value: Ticket.priority == value),
        "type": Where(lambda value: Ticket.type == value),
        "settled": Where(lambda value: sa.or_(*(Ticket.stage == stage for stage in SETTLED))),
        "created_since": Where(lambda value: Ticket.created_at >= value),
        "created_until": Where(lambda value: Ticket.created_at <= value),
        "changed_since": Where(lambda value: Ticket.updated_at >= value),
        "changed_until": Where(lambda value: Ticket.updated_at <= value),
        "active_since": Where(lambda value: Ticket.last_activity_at >= value),
        "status_changed_after": Where(lambda value: Ticket.status_changed_at > value),
        "due_since": Where(lambda value: Ticket.due_at >= value),
        "due_until": Where(lambda value: Ticket.due_at <= value),
        "text": search.filter_for(Ticket),
    },
    orders={
        "title": Ticket.title,
        "created_at": Ticket.created_at,
        "updated_at": Ticket.updated_at,
        "status_changed_at": Ticket.status_changed_at,
        "last_activity_at": Ticket.last_activity_at,
        "due_at": Ticket.due_at,
        "resolved_at": Ticket.resolved_at,
    },
    belongs=Ticket.customer_id,
)


FINDER = Finder(Ticket, "tickets:read", lambda ticket: ticket.customer_id)
seen, get = FINDER.seen, FINDER.get


# Only ever read with a ticket that has been found, so it needs no owner of its own.
COMMENTS = Reading(
    Comment,
    "tickets:read",
    filters={
        "ticket_id": Where(lambda value: Comment.ticket_id == value),
        "internal": Where(lambda value: Comment.internal == value),
    },
    orders={"at": Comment.at},
)
