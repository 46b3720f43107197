"""What burns now, and how old what is open has become."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import sqlalchemy as sa

from quarterdeck.desk.queues import Walked
from quarterdeck.desk.record import Instant
from quarterdeck.desk.statement import Statement
from quarterdeck.desk.tickets import Ticket
from quarterdeck.desk.work import Work

SOON = timedelta(hours=2)
# The age of an open ticket, up to so many days; what is older comes last.
AGES = (1, 3, 7, 14, 30)
# It stands in the statements as it stands in the indexes of such tickets.
GOING_ON: sa.ColumnElement[bool] = sa.literal_column("tickets.stage IN ('open', 'pending')")


def moment(name: str) -> sa.BindParameter[datetime]:
    return sa.bindparam(name, type_=Instant())


def counted(index: str, *conditions: Any) -> Statement:
    """Counted along an index alone: without figures about the table, SQLite would take another."""
    return Walked(sa.select(sa.func.count()).select_from(Ticket).where(*conditions), f"INDEXED BY {index}")


DUE = counted("ix_tickets_queue", GOING_ON, Ticket.due_at >= moment("since"), Ticket.due_at < moment("until"))
NOBODYS = counted("ix_tickets_queue_of_technician", GOING_ON, Ticket.technician_id.is_(None))
OPENED = counted(
    "ix_tickets_queue_by_creation", GOING_ON, Ticket.created_at >= moment("since"), Ticket.created_at < moment("until")
)
AWAITING = counted("ix_tickets_queue_awaiting", GOING_ON, Ticket.awaits_us)
EVER = datetime.fromisoformat("0001-01-02T00:00:00+00:00")
NEVER = datetime.fromisoformat("9999-12-30T00:00:00+00:00")


@dataclass(frozen=True)
class Board:
    """How many open tickets there are of each kind. `ages` runs along `AGES`, and has one more."""

    overdue: int
    soon: int
    unassigned: int
    awaiting: int
    ages: tuple[int, ...]

    @property
    def open(self) -> int:
        return sum(self.ages)


def count(work: Work, statement: Statement, since: datetime, until: datetime) -> int:
    return int(statement.raw(work.link, {"since": since, "until": until})[0][0])


def board(work: Work) -> Board:
    work.require("tickets:read")
    now = work.now
    edges = [NEVER, *(now - timedelta(days=days) for days in AGES), EVER]
    return Board(
        count(work, DUE, EVER, now),
        count(work, DUE, now, now + SOON),
        int(NOBODYS.raw(work.link, {})[0][0]),
        int(AWAITING.raw(work.link, {})[0][0]),
        tuple(count(work, OPENED, since, until) for until, since in pairwise(edges)),
    )
