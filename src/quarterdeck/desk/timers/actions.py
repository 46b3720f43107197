"""What can happen to timers."""

from typing import Any

from quarterdeck.desk import hours, journal, products, tickets
from quarterdeck.desk.errors import MISSING, Invalid, Problem, Why
from quarterdeck.desk.tickets import Ticket
from quarterdeck.desk.timers.inputs import Changes, New
from quarterdeck.desk.timers.queries import busy, held
from quarterdeck.desk.timers.records import Timer
from quarterdeck.desk.work import Work, exists, unchanged, unique

RUNNING = Problem("has a timer running already: stop it first", Why.TAKEN)
NO_PRODUCT = Problem("names no product", Why.UNKNOWN)


def start(work: Work, new: New) -> int:
    """Let time run on a ticket. Nobody works on two at once."""
    work.require("hours:write")
    ticket = tickets.get(work, new.ticket_id)
    technician_id = tickets.assignee(work, new.sent) or work.actor.technician_id
    if technician_id is None:
        raise Invalid({"technician_id": MISSING})
    values = new.model_dump(exclude={"ticket_id", "technician_id", "started_at"})
    values |= {
        "ticket_id": ticket.id,
        "technician_id": technician_id,
        "started_at": new.sent.get("started_at", work.now),
    }
    check(work, values)
    if busy(work, technician_id):
        raise Invalid({"technician_id": RUNNING})

    with unique("technician_id", RUNNING):
        id = work.insert(Timer, **values)
    journal.record(work, "timer.started", id, customer_id=ticket.customer_id, after=values)
    return id


def change(work: Work, id: int, changes: Changes, version: int | None = None) -> None:
    work.require("hours:write")
    timer, ticket = held(work, id)
    unchanged(timer, version)
    check(work, changes.sent)

    work.update(Timer, timer.id, **changes.sent)
    before = {name: getattr(timer, name) for name in changes.sent}
    journal.record(work, "timer.changed", timer.id, customer_id=ticket.customer_id, before=before, after=changes.sent)


def stop(work: Work, id: int, changes: Changes, version: int | None = None) -> int:
    """Make a time entry of what has run, with last changes to it. Returns the entry's id."""
    work.require("hours:write")
    timer, ticket = held(work, id)
    unchanged(timer, version)
    check(work, changes.sent)
    ran = {name: getattr(timer, name) for name in ("started_at", "notes", "billable", "product_id")} | changes.sent
    starts_at = ran.pop("started_at")
    # A clock that was set back in between must not keep it from being stopped.
    ends_at = max(work.now, starts_at)
    spent = hours.New(starts_at=starts_at, ends_at=ends_at, technician_id=timer.technician_id, **ran)

    entry_id = hours.create(work, ticket.id, spent)
    drop(work, timer, ticket, "stopped")
    return entry_id


def discard(work: Work, id: int, version: int | None = None) -> None:
    """Let a timer end without a time entry."""
    work.require("hours:write")
    timer, ticket = held(work, id)
    unchanged(timer, version)

    drop(work, timer, ticket, "discarded")


def drop(work: Work, timer: Timer, ticket: Ticket, how: str) -> None:
    work.delete(Timer, Timer.id == timer.id)
    before = {"ticket_id": timer.ticket_id, "technician_id": timer.technician_id, "started_at": timer.started_at}
    journal.record(work, f"timer.{how}", timer.id, customer_id=ticket.customer_id, before=before)


def check(work: Work, values: dict[str, Any]) -> None:
    exists(work, values, "product_id", products.seen, NO_PRODUCT)
    if values.get("started_at", work.now) > work.now:
        raise Invalid({"started_at": "is in the future"})
