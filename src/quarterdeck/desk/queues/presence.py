"""Who else is at a ticket."""

from datetime import timedelta
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from quarterdeck.desk import tickets
from quarterdeck.desk.access import Technician
from quarterdeck.desk.queues.records import Presence
from quarterdeck.desk.statement import Statement
from quarterdeck.desk.work import Work

# Who was not heard of for so long has gone.
HEARD_WITHIN = timedelta(minutes=1)


class Present(NamedTuple):
    technician_id: int
    name: str
    writing: bool


def noting(insert: sqlite.Insert | postgresql.Insert) -> Statement:
    made = insert.values({name: sa.bindparam(name) for name in ("technician_id", "ticket_id", "at", "writing")})
    new = {"at": made.excluded["at"], "writing": made.excluded["writing"]}
    return Statement(made.on_conflict_do_update(index_elements=["technician_id", "ticket_id"], set_=new))


NOTE = {"sqlite": noting(sqlite.insert(Presence)), "postgresql": noting(postgresql.insert(Presence))}
OTHERS = Statement(
    sa.select(Technician.id, Technician.full_name, Presence.writing)
    .join(Technician, Technician.id == Presence.technician_id)
    .where(
        Presence.ticket_id == sa.bindparam("ticket_id"),
        Presence.at > sa.bindparam("since", type_=Presence.at.type),
        Presence.technician_id != sa.bindparam("technician_id"),
    )
    .order_by(Technician.id)
)


def be_here(work: Work, ticket_id: int, *, writing: bool) -> None:
    """Whoever asks is at the ticket. Where they were before they are no more."""
    ticket = tickets.get(work, ticket_id)
    technician_id = work.actor.technician_id
    if technician_id is None:
        return
    work.delete(Presence, Presence.technician_id == technician_id, Presence.at <= work.now - HEARD_WITHIN)
    given = {"technician_id": technician_id, "ticket_id": ticket.id, "at": work.now, "writing": writing}
    NOTE[work.link.dialect].run(work.link, given)


def go_away(work: Work, ticket_id: int) -> None:
    work.delete(Presence, Presence.technician_id == work.actor.technician_id, Presence.ticket_id == ticket_id)


def others_here(work: Work, ticket_id: int) -> list[Present]:
    work.require("tickets:read")
    given = {"ticket_id": ticket_id, "since": work.now - HEARD_WITHIN, "technician_id": work.actor.technician_id or 0}
    return [Present(*row) for row in OTHERS.rows(work.link, given)]
