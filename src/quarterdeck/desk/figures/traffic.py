"""How old open tickets are, and how many came and went: of everybody, or of one technician or customer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from itertools import pairwise
from typing import Any

import sqlalchemy as sa

from quarterdeck.desk.figures.board import AGES, EVER, GOING_ON, NEVER, counted, moment
from quarterdeck.desk.figures.promises import PRIORITIES, Narrowed, parted, whose
from quarterdeck.desk.statement import Statement
from quarterdeck.desk.tickets import Ticket
from quarterdeck.desk.work import Work


@dataclass(frozen=True)
class Week:
    """How many tickets came, and how many were resolved, from one moment to the next."""

    since: datetime
    created: int
    resolved: int


@cache
def statements(narrowed: tuple[str, ...]) -> dict[str, Statement]:
    """What counts open tickets by when they came, all by when they came, and all by when they were resolved."""
    theirs = [getattr(Ticket, name) == sa.bindparam(name) for name in narrowed]

    def within(column: Any) -> list[Any]:
        return [column >= moment("since"), column < moment("until"), *theirs]

    return {
        "open": counted("ix_tickets_queue_by_creation", GOING_ON, *within(Ticket.created_at)),
        "created": counted("ix_tickets_by_promise", PRIORITIES, *within(Ticket.created_at)),
        "resolved": counted("ix_tickets_by_resolution", *within(Ticket.resolved_at)),
    }


def ages(work: Work, asked: Narrowed) -> list[int]:
    """Open tickets by their age, whenever they came: along `AGES`, and one more."""
    work.require("tickets:read")
    edges = [NEVER, *(work.now - timedelta(days=days) for days in AGES), EVER]
    return [count(work, "open", asked, since, until) for until, since in pairwise(edges)]


def flow(work: Work, asked: Narrowed, beginnings: Sequence[datetime]) -> list[Week]:
    """What came and what was resolved in each part of the period, by when it begins."""
    work.require("tickets:read")
    return [
        Week(since, *(count(work, what, asked, since, until) for what in ("created", "resolved")))
        for since, until in parted(asked, beginnings)
    ]


def count(work: Work, what: str, asked: Narrowed, since: datetime, until: datetime) -> int:
    given = whose(asked)
    return int(statements(tuple(given))[what].raw(work.link, {"since": since, "until": until, **given})[0][0])
