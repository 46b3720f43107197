"""What burns now, how old what is open has become, and whether more comes than goes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

import sqlalchemy as sa

from quarterdeck.desk.queues import Walked
from quarterdeck.desk.record import Instant
from quarterdeck.desk.statement import Statement
from quarterdeck.desk.tickets import Ticket
from quarterdeck.desk.work import Work

SOON = timedelta(hours=2)
# The age of an open ticket, up to so many days; what is older comes last.
AGES = (1, 3, 7, 14, 30)
# Tickets that wait for our answer are looked for among so many open ones, those due first.
LOOKED_AT_MAX = 2_000
# It stands in the statements as it stands in the indexes of such tickets.
GOING_ON: sa.ColumnElement[bool] = sa.literal_column("tickets.stage IN ('open', 'pending')")


def moment(name: str) -> sa.BindParameter[datetime]:
    return sa.bindparam(name, type_=Instant())


def counted(index: str, *conditions: sa.ColumnElement[bool]) -> Statement:
    """Counted along an index alone: without figures about the table, SQLite would take another."""
    return Walked(sa.select(sa.func.count()).select_from(Ticket).where(*conditions), f"INDEXED BY {index}")


DUE = counted("ix_tickets_queue", GOING_ON, Ticket.due_at >= moment("since"), Ticket.due_at < moment("until"))
NOBODYS = counted("ix_tickets_queue_of_technician", GOING_ON, Ticket.technician_id.is_(None))
OPENED = counted(
    "ix_tickets_queue_by_creation", GOING_ON, Ticket.created_at >= moment("since"), Ticket.created_at < moment("until")
)
CREATED = counted("ix_tickets_by_creation", Ticket.created_at >= moment("since"), Ticket.created_at < moment("until"))
RESOLVED = counted(
    "ix_tickets_by_resolution", Ticket.resolved_at >= moment("since"), Ticket.resolved_at < moment("until")
)
FIRST = (
    sa.select(Ticket.awaits_us.label("awaits"))
    .where(GOING_ON)
    .order_by(Ticket.due_at, Ticket.id)
    .limit(sa.literal_column(str(LOOKED_AT_MAX)))
    .subquery()
)
AWAITING = Walked(sa.select(sa.func.count()).select_from(FIRST).where(FIRST.c.awaits), "INDEXED BY ix_tickets_queue")
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


@dataclass(frozen=True)
class Week:
    """How many tickets came, and how many were resolved, from one moment to the next."""

    since: datetime
    created: int
    resolved: int


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


def weeks(work: Work, beginnings: Sequence[datetime]) -> list[Week]:
    """What came and went in each week, by when it begins. The last one is still going on."""
    work.require("tickets:read")
    ends = [*beginnings[1:], NEVER]
    return [
        Week(since, count(work, CREATED, since, until), count(work, RESOLVED, since, until))
        for since, until in zip(beginnings, ends, strict=True)
    ]
