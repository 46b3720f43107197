"""What technicians leave behind as they work through tickets."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from quarterdeck.desk import tickets
from quarterdeck.desk.queues.records import Seen
from quarterdeck.desk.statement import Statement
from quarterdeck.desk.work import Work


def noting(insert: sqlite.Insert | postgresql.Insert) -> Statement:
    """A look at a ticket, which takes the place of the last one."""
    made = insert.values({name: sa.bindparam(name) for name in ("technician_id", "ticket_id", "at")})
    return Statement(
        made.on_conflict_do_update(index_elements=["technician_id", "ticket_id"], set_={"at": made.excluded["at"]})
    )


SAW = {"sqlite": noting(sqlite.insert(Seen)), "postgresql": noting(postgresql.insert(Seen))}


def saw(work: Work, *ticket_ids: int) -> None:
    """Whoever asks has looked at these tickets: what happened to them until now is no news."""
    if work.actor.technician_id is None:
        return
    for id in ticket_ids:
        ticket = tickets.seen(work, id)
        if ticket is not None:
            given = {"technician_id": work.actor.technician_id, "ticket_id": ticket.id, "at": work.now}
            SAW[work.link.dialect].run(work.link, given)
