"""How soon tickets were answered and resolved, against what had been promised."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import pairwise
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from quarterdeck.desk.figures.board import moment
from quarterdeck.desk.input import UNSENT, Id, Input, Moment
from quarterdeck.desk.queues import Walked
from quarterdeck.desk.statement import Statement
from quarterdeck.desk.tickets import Priority, Ticket
from quarterdeck.desk.work import Work


class Narrowed(Input):
    """Which tickets, or which time: of a period, and where asked of one technician or customer."""

    since: Moment
    until: Moment
    technician_id: Id = UNSENT
    customer_id: Id = UNSENT


def whose(asked: Narrowed) -> dict[str, int]:
    """Whose tickets or time is asked about, as parameters: nothing where it is everybody's."""
    return {name: asked.sent[name] for name in ("technician_id", "customer_id") if name in asked.sent}


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
    """Of tickets that came: how many; how many have been answered, of how many it is settled whether they were answered
    in time, how many were, and how long an answer took on average, in seconds; and the same of resolutions."""

    tickets: int
    answered: int
    answers_due: int
    answered_in_time: int
    answer_seconds: float | None
    resolved: int
    resolutions_due: int
    resolved_in_time: int
    resolution_seconds: float | None


def measures(at: Any, by: Any) -> tuple[Any, ...]:
    """How often something happened, how often it did or should have by now, how often it did in time, and how long it
    took in all. Where nothing was promised, nothing is late."""
    happened, overdue = at.is_not(None), by < moment("now")
    return (
        counted(happened),
        counted(sa.and_(by.is_not(None), sa.or_(happened, overdue))),
        counted(at <= by),
        sa.func.sum(seconds_between(Ticket.created_at, at)),
    )


def counted(condition: Any) -> Any:
    return sa.func.sum(sa.case((condition, sa.literal_column("1")), else_=sa.literal_column("0")))


# They stand in the statement, so that SQLite walks the index by priority, and within it by moment.
WORDS = ", ".join(f"'{one}'" for one in Priority)
PRIORITIES: Any = sa.literal_column(f"tickets.priority IN ({WORDS})")


@cache
def reckoning(narrowed: tuple[str, ...]) -> Statement:
    """By priority, of the tickets that came from one moment to another."""
    wanted = (
        sa.select(
            Ticket.priority,
            sa.func.count(),
            *measures(Ticket.first_responded_at, Ticket.respond_by),
            *measures(Ticket.resolved_at, Ticket.due_at),
        )
        .where(PRIORITIES, Ticket.created_at >= moment("since"), Ticket.created_at < moment("until"))
        .where(*(getattr(Ticket, name) == sa.bindparam(name) for name in narrowed))
        .group_by(Ticket.priority)
    )
    return Walked(wanted, "INDEXED BY ix_tickets_by_promise")


def promises(work: Work, asked: Narrowed, beginnings: Sequence[datetime]) -> tuple[dict[Priority, Kept], list[Kept]]:
    """Of the tickets that came in the period: by priority, and for each part of it, by when that begins."""
    work.require("tickets:read")
    given = whose(asked) | {"now": work.now}
    statement = reckoning(tuple(whose(asked)))
    by_priority: dict[Priority, list[Any]] = {}
    parts = []
    for since, until in parted(asked, beginnings):
        part: list[Any] = []
        for word, *figures in statement.raw(work.link, {"since": since, "until": until, **given}):
            part = added(part, figures)
            by_priority[Priority(word)] = added(by_priority.get(Priority(word), []), figures)
        parts.append(kept(part))
    return {priority: kept(figures) for priority, figures in by_priority.items()}, parts


def parted(asked: Narrowed, beginnings: Sequence[datetime]) -> list[tuple[datetime, datetime]]:
    """From when to when each part of a period goes: the first from where the period begins, the last to its end."""
    edges = [asked.since, *beginnings[1:], asked.until]
    return list(pairwise(edges))


def added(one: Sequence[Any], other: Sequence[Any]) -> list[Any]:
    return [(first or 0) + (second or 0) for first, second in zip(one or [0] * len(other), other, strict=True)]


def kept(figures: Sequence[Any]) -> Kept:
    n, answered, answers_due, in_time, taken, resolved, resolutions_due, resolved_in_time, resolution = (
        figures or [0] * 9
    )
    return Kept(
        int(n),
        int(answered),
        int(answers_due),
        int(in_time),
        float(taken) / int(answered) if answered else None,
        int(resolved),
        int(resolutions_due),
        int(resolved_in_time),
        float(resolution) / int(resolved) if resolved else None,
    )
