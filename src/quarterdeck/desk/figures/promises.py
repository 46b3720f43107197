"""How soon tickets were answered and resolved, against what had been promised."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from quarterdeck.desk.input import UNSENT, Id, Input, Moment
from quarterdeck.desk.tickets import Priority, Ticket
from quarterdeck.desk.work import Work


class Narrowed(Input):
    """Which tickets, or which time: of a period, and where asked of one technician or customer."""

    since: Moment
    until: Moment
    technician_id: Id = UNSENT
    customer_id: Id = UNSENT


class seconds_between(FunctionElement[float]):
    """How many seconds lie between two moments."""

    type = sa.Float()
    inherit_cache = True


@compiles(seconds_between, "sqlite")
def in_sqlite(element: seconds_between, compiler: Any, **kw: Any) -> str:
    begin, end = (compiler.process(clause, **kw) for clause in element.clauses)
    return f"((julianday({end}) - julianday({begin})) * 86400.0)"


@compiles(seconds_between, "postgresql")
def in_postgresql(element: seconds_between, compiler: Any, **kw: Any) -> str:
    begin, end = (compiler.process(clause, **kw) for clause in element.clauses)
    return f"CAST(extract(epoch FROM {end} - {begin}) AS double precision)"


@dataclass(frozen=True)
class Kept:
    """Of tickets that came: how many, how many were answered and resolved, how many of those in time, and how long
    that took on average, in seconds."""

    tickets: int
    answered: int
    answered_in_time: int
    answer_seconds: float | None
    resolved: int
    resolved_in_time: int
    resolution_seconds: float | None


def counted(condition: Any) -> Any:
    return sa.func.coalesce(sa.func.sum(sa.case((condition, 1), else_=0)), 0)


MEASURES = (
    sa.func.count(),
    counted(Ticket.first_responded_at.is_not(None)),
    counted(Ticket.first_responded_at <= Ticket.respond_by),
    sa.func.avg(seconds_between(Ticket.created_at, Ticket.first_responded_at)),
    counted(Ticket.resolved_at.is_not(None)),
    counted(Ticket.resolved_at <= Ticket.due_at),
    sa.func.avg(seconds_between(Ticket.created_at, Ticket.resolved_at)),
)


def by_priority(work: Work, asked: Narrowed) -> dict[Priority, Kept]:
    """By priority, of the tickets that came in the period."""
    work.require("tickets:read")
    rows = work.db.execute(sa.select(Ticket.priority, *MEASURES).where(*those(asked)).group_by(Ticket.priority))
    return {Priority(priority): kept(figures) for priority, *figures in rows}


def by_week(work: Work, asked: Narrowed, beginnings: Sequence[datetime]) -> list[tuple[datetime, Kept]]:
    """Of the tickets that came in each part of the period, by when it begins."""
    work.require("tickets:read")
    ends = [*beginnings[1:], asked.until]
    found = []
    for since, until in zip(beginnings, ends, strict=True):
        part = asked.model_copy(update={"since": max(since, asked.since), "until": until})
        found.append((since, kept(list(work.db.execute(sa.select(*MEASURES).where(*those(part))).one()))))
    return found


def those(asked: Narrowed) -> list[Any]:
    conditions: list[Any] = [Ticket.created_at >= asked.since, Ticket.created_at < asked.until]
    if asked.technician_id is not None:
        conditions.append(Ticket.technician_id == asked.technician_id)
    if asked.customer_id is not None:
        conditions.append(Ticket.customer_id == asked.customer_id)
    return conditions


def kept(figures: Sequence[Any]) -> Kept:
    n, answered, in_time, taken, resolved, resolved_in_time, resolution = figures
    return Kept(int(n), int(answered), int(in_time), taken, int(resolved), int(resolved_in_time), resolution)
