"""Changing many tickets at once: each through the desk's own actions, what was refused beside what was done."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from quarterdeck.desk import leaving, queues, tickets
from quarterdeck.desk.bulk.inputs import TICKETS_MAX, Several
from quarterdeck.desk.errors import Conflict, Forbidden, Invalid, NotFound, Refusal
from quarterdeck.desk.jobs import Job, State
from quarterdeck.desk.tickets import Changes, Stage, Ticket
from quarterdeck.desk.work import Work

CHANGE, REMOVE, UNDO = "change tickets", "delete tickets", "undo"


@dataclass(frozen=True)
class Outcome:
    """What became of many tickets: those that were changed, with what they were and became, and those refused."""

    id: int
    what: str
    done: dict[int, dict[str, Any]]
    refused: dict[int, str]
    undone: bool = False
    asked: dict[str, Any] = field(default_factory=dict)


def change_several(work: Work, asked: Several) -> Outcome:
    """Change many tickets in one transaction. One that is refused keeps none of the others from it."""
    work.require("tickets:write")
    done: dict[int, dict[str, Any]] = {}

    def one(id: int) -> None:
        ticket = tickets.get(work, id, hold=True)
        values = different(ticket, asked)
        if values:
            was_seen(work, ticket, lambda: tickets.change(work, ticket.id, Changes.check(values)))
        done[ticket.id] = {"before": {name: getattr(ticket, name) for name in values}, "after": values}

    refused = each(work, asked.ids, one)
    said = asked.model_dump(mode="json", exclude_unset=True)
    return written(work, CHANGE, said, done, refused)


def different(ticket: Ticket, asked: Several) -> dict[str, Any]:
    """What is to change of one ticket."""
    sent = asked.sent
    values: dict[str, Any] = {name: sent[name] for name in ("technician_id", "status", "priority") if name in sent}
    dropped = {tag.casefold() for tag in sent.get("remove_tags", ())}
    kept = [tag for tag in ticket.tags if tag.casefold() not in dropped]
    has = {tag.casefold() for tag in kept}
    values["tags"] = [*kept, *(tag for tag in sent.get("add_tags", ()) if tag.casefold() not in has)]
    return {name: value for name, value in values.items() if value != getattr(ticket, name)}


def was_seen(work: Work, ticket: Ticket, act: Callable[[], None]) -> None:
    """Act, without making news of it for whoever acts."""
    act()
    queues.saw(work, ticket.id)


def undo_several(work: Work, id: int) -> Outcome:
    """Put the tickets of a change back to what they were; those that have changed since stay as they are."""
    work.require("tickets:write")
    before = outcome(work, id, hold=True)
    if before.what != CHANGE or before.undone:
        raise Conflict("cannot be undone again")
    done: dict[int, dict[str, Any]] = {}

    def one(id: int) -> None:
        ticket, change = tickets.get(work, id, hold=True), before.done[id]
        if any(getattr(ticket, name) != value for name, value in change["after"].items()):
            raise Conflict("has been changed since")
        if "status" in change["before"] and ticket.stage is Stage.RESOLVED:
            # From there every way leads over the first stage.
            tickets.change(work, ticket.id, Changes.check({"status": Stage.OPEN}))
        if change["before"]:
            was_seen(work, ticket, lambda: tickets.change(work, ticket.id, Changes.check(change["before"])))
        done[ticket.id] = {"before": change["after"], "after": change["before"]}

    refused = each(work, list(before.done), one)
    job = work.find(Job, id)
    assert job is not None
    work.update(Job, id, result={**(job.result or {}), "undone": True})
    return written(work, UNDO, {"of": id}, done, refused)


def remove_several(work: Work, ids: Sequence[int]) -> Outcome:
    """Delete many tickets, with what hangs on them."""
    work.require("tickets:write")
    done: dict[int, dict[str, Any]] = {}

    def one(id: int) -> None:
        leaving.remove_ticket(work, id)
        done[id] = {}

    return written(work, REMOVE, {"ids": list(ids)}, done, each(work, bounded(ids), one))


def bounded(ids: Sequence[int]) -> list[int]:
    if not 0 < len(ids) <= TICKETS_MAX:
        raise Invalid({"ids": f"names none, or more than {TICKETS_MAX}"})
    return list(dict.fromkeys(ids))


def each(work: Work, ids: Sequence[int], do: Callable[[int], None]) -> dict[int, str]:
    """Do something with each ticket; those refused are left as they were, and it is told why."""
    refused = {}
    for id in dict.fromkeys(ids):
        work.link.driver.execute("SAVEPOINT ticket")
        try:
            do(id)
        except (Invalid, NotFound, Conflict, Forbidden) as refusal:
            work.link.driver.execute("ROLLBACK TO SAVEPOINT ticket")
            refused[id] = said(refusal)
        work.link.driver.execute("RELEASE SAVEPOINT ticket")
    return refused


def said(refusal: Refusal) -> str:
    return str(refusal)


def written(
    work: Work, what: str, asked: dict[str, Any], done: dict[int, dict[str, Any]], refused: dict[int, str]
) -> Outcome:
    """Keep what became of it: the page after it tells, and it can be undone."""
    if work.actor.technician_id is None:
        raise Forbidden("is for technicians")
    id = work.insert(
        Job,
        what=what,
        technician_id=work.actor.technician_id,
        state=State.DONE,
        asked=asked,
        done=len(done),
        total=len(done) + len(refused),
        result={
            "done": {str(id): change for id, change in done.items()},
            "refused": {str(id): why for id, why in refused.items()},
        },
        created_at=work.now,
        leased_until=None,
        finished_at=work.now,
    )
    return Outcome(id, what, done, refused, asked=asked)


def outcome(work: Work, id: int, *, hold: bool = False) -> Outcome:
    """What became of a change of many tickets, for whoever asked for it."""
    work.require("tickets:read")
    job = work.find(Job, id, hold=hold)
    if job is None or job.technician_id != work.actor.technician_id or job.what not in (CHANGE, REMOVE, UNDO):
        raise NotFound("change", id)
    result = job.result or {}
    done, refused = ({int(id): value for id, value in result[name].items()} for name in ("done", "refused"))
    return Outcome(job.id, job.what, done, refused, result.get("undone", False), job.asked)
