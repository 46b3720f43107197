"""The rules of a ticket's status and promise. Pure: values in, values out."""

from datetime import datetime

from quarterdeck.desk import sla
from quarterdeck.desk.errors import Invalid, Problem, Why
from quarterdeck.desk.tickets.records import TARGETS, Priority, Stage

NEXT = {
    Stage.OPEN: {Stage.PENDING, Stage.RESOLVED},
    Stage.PENDING: {Stage.OPEN, Stage.RESOLVED, Stage.CLOSED},
    Stage.RESOLVED: {Stage.OPEN, Stage.CLOSED},
    Stage.CLOSED: set[Stage](),
}


# Statuses that most providers have beside the four words of the stages.
KNOWN = {
    "new": Stage.OPEN,
    "in progress": Stage.OPEN,
    "customer reply": Stage.OPEN,
    "scheduled": Stage.PENDING,
    "on hold": Stage.PENDING,
    "waiting on customer": Stage.PENDING,
    "waiting for parts": Stage.PENDING,
    "waiting on parts": Stage.PENDING,
    "invoiced": Stage.CLOSED,
}


def stage_of(status: str, now: Stage) -> Stage:
    """The stage a status stands for. A word of the provider's own leaves an unfinished ticket where it is and
    reopens a resolved one."""
    if status in set(Stage):
        return Stage(status)
    if status.casefold() in KNOWN:
        return KNOWN[status.casefold()]
    return Stage.OPEN if now is Stage.RESOLVED else now


# What to do first, where a step is not allowed.
INSTEAD = {
    Stage.OPEN: "resolve the ticket first",
    Stage.RESOLVED: "reopen the ticket first",
    Stage.CLOSED: "closed is final",
}


def may_go(now: Stage, to: Stage) -> None:
    """Refuse a step the rules do not allow."""
    if now is not to and to not in NEXT[now]:
        raise Invalid({"status": Problem(f"cannot go from {now} to {to}: {INSTEAD[now]}", Why.REFUSED)})


def within_reach(status: str, now: Stage) -> bool:
    """Whether a ticket at this stage may be given a status."""
    to = stage_of(status, now)
    return now is not Stage.CLOSED and (to is now or to in NEXT[now])


def moments(to: Stage, now: datetime, resolved_at: datetime | None) -> dict[str, datetime | None]:
    """The moments that a ticket arriving at a stage carries."""
    match to:
        case Stage.RESOLVED:
            return {"resolved_at": now, "closed_at": None}
        case Stage.CLOSED:
            return {"resolved_at": resolved_at or now, "closed_at": now}
        case _:
            return {"resolved_at": None, "closed_at": None}


def promised(start: datetime, priority: Priority) -> datetime:
    """When a ticket of this priority is to be answered, and solved."""
    return sla.due_at(start, TARGETS[priority])
