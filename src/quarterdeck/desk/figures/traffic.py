"""How old open tickets are, and how many came and went: of everybody, or of one technician or customer."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import sqlalchemy as sa

from quarterdeck.desk.figures.board import AGES, EVER, GOING_ON, NEVER, Week
from quarterdeck.desk.figures.promises import Narrowed
from quarterdeck.desk.tickets import Ticket
from quarterdeck.desk.work import Work


def ages(work: Work, asked: Narrowed) -> list[int]:
    """Open tickets by their age, whenever they came: along `AGES`, and one more."""
    work.require("tickets:read")
    edges = [NEVER, *(work.now - timedelta(days=days) for days in AGES), EVER]
    within = [counted(Ticket.created_at >= since, Ticket.created_at < until) for until, since in pairwise(edges)]
    return [int(n) for n in work.db.execute(sa.select(*within).where(GOING_ON, *whose(asked))).one()]


def flow(work: Work, asked: Narrowed, beginnings: Sequence[datetime]) -> list[Week]:
    """What came and what was resolved in each part of the period, by when it begins."""
    work.require("tickets:read")
    ends = [*beginnings[1:], asked.until]
    found = []
    for since, until in zip(beginnings, ends, strict=True):
        begins = max(since, asked.since)
        came, went = (
            work.db.scalar(
                sa.select(sa.func.count()).select_from(Ticket).where(column >= begins, column < until, *whose(asked))
            )
            for column in (Ticket.created_at, Ticket.resolved_at)
        )
        found.append(Week(since, int(came or 0), int(went or 0)))
    return found


def counted(*conditions: Any) -> Any:
    return sa.func.coalesce(sa.func.sum(sa.case((sa.and_(*conditions), 1), else_=0)), 0)


def whose(asked: Narrowed) -> list[Any]:
    """One technician's, one customer's, or everybody's."""
    wanted = ((Ticket.technician_id, asked.technician_id), (Ticket.customer_id, asked.customer_id))
    return [column == id for column, id in wanted if id is not None]
