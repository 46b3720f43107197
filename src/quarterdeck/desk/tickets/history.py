"""What happened to a ticket, for everybody who sees it."""

from typing import Any

import sqlalchemy as sa

from quarterdeck.desk.journal import Entry
from quarterdeck.desk.statement import Statement
from quarterdeck.desk.tickets.queries import get
from quarterdeck.desk.tickets.records import Ticket
from quarterdeck.desk.work import Work

HISTORY_MAX = 300

ABOUT = Statement(
    sa.select(Entry.id, Entry.at, Entry.what, Entry.who, Entry.face, Entry.before, Entry.after)
    .where(Entry.kind_of == sa.bindparam("kind"), Entry.record_id == sa.bindparam("id"))
    .order_by(Entry.id.desc())
    .limit(sa.literal_column(str(HISTORY_MAX)))
)


def history(work: Work, id: int) -> list[Any]:
    """The journal's entries on a ticket, the latest first: id, moment, what, who, by which face, before and after."""
    work.require("tickets:read")
    return ABOUT.rows(work.link, {"kind": Ticket.kind, "id": get(work, id).id})
