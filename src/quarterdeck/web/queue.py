"""The queue: a list of tickets with the views around it."""

import json
from dataclasses import dataclass
from typing import Any

from quarterdeck.desk import bulk, queues, tickets
from quarterdeck.desk.errors import NotFound
from quarterdeck.desk.input import whole
from quarterdeck.desk.queues import OWN, Condition
from quarterdeck.desk.tickets import KNOWN, Priority, Stage
from quarterdeck.desk.work import Work
from quarterdeck.edge.http import Answer
from quarterdeck.web import due, people
from quarterdeck.web.kit import Visit, page
from quarterdeck.web.lists import SORTS, State, state_of
from quarterdeck.web.speech import Speech
from quarterdeck.web.wording import N_, word

NAMES = {
    "mine": N_("Mine"),
    "unassigned": N_("Unassigned"),
    "overdue": N_("Overdue"),
    "waiting": N_("Waiting"),
    "open": N_("All open"),
    "all": N_("All"),
}
EMPTY = {
    "mine": N_("No open ticket is assigned to you."),
    "unassigned": N_("Every open ticket has somebody who sees to it."),
    "overdue": N_("Nothing is overdue."),
    "waiting": N_("No ticket waits for anybody."),
}
# What a column is called, and what the list is ordered by where its head is followed.
COLUMNS = (
    ("title", N_("Ticket"), "number"),
    ("customer", N_("Customer"), "customer"),
    ("contact", N_("Contact"), "contact"),
    ("technician", N_("Technician"), "technician"),
    ("status", N_("Status"), "status"),
    ("priority", N_("Priority"), "priority"),
    ("due", N_("Time left"), "due"),
    ("activity", N_("Activity"), "activity"),
)
# Saved views beyond these are listed without being counted, as are those that would take a look at every ticket.
COUNTED_MAX = 20
CHANGED_MAX = 200


def queue(visit: Visit) -> Answer:
    state = state_of(visit)
    listed = state.page(visit.work)
    return visit.page(
        "queue/queue.html",
        state=state,
        listed=listed,
        rows=[shown(visit.speech, row) for row in listed.rows],
        tabs=tabs(visit, state),
        columns=COLUMNS,
        sorts=SORTS,
        people=people.technicians(visit.work),
        statuses=[*Stage, *KNOWN],
        empty=EMPTY.get(state.view),
        name=state.saved.name if state.saved else visit.speech._(NAMES[state.view]),
        outcome=told(visit),
        number=by_number(visit),
        Priority=Priority,
        Stage=Stage,
        word=word,
    )


def by_number(visit: Visit) -> int | None:
    """The ticket whose number was looked for: it may be in another view."""
    id = whole(visit.query.get("q", "").strip().removeprefix("#"))
    ticket = tickets.seen(visit.work, id) if id is not None else None
    return ticket.id if ticket else None


def tabs(visit: Visit, state: State) -> list[tuple[str, str, str, bool, bool]]:
    """The views: address, name, how many, whether this one is shown, whether it is of somebody else."""
    speech, work = visit.speech, visit.work
    made = []
    for key, (condition, _) in OWN.items():
        n = counted(speech, work, condition) if key != "all" else ""
        made.append((f"/queue?view={key}", speech._(NAMES[key]), n, state.view == key, False))
    for place, one in enumerate(state.views):
        n = counted(speech, work, one.condition) if place < COUNTED_MAX and queues.bounded(one.condition) else ""
        theirs = one.technician_id != visit.visitor.technician_id
        made.append((f"/queue?view={one.id}", one.name, n, state.view == str(one.id), theirs))
    return made


def counted(speech: Speech, work: Work, condition: Condition) -> str:
    n, more = queues.count(work, condition)
    return f"{speech.number(n)}{'+' if more else ''}"


@dataclass(frozen=True)
class Shown:
    """A ticket in the list."""

    ticket: Any
    # How much time is left, how bad that is, and why it is so.
    left: str
    urgency: str
    reason: str
    activity: str


def shown(speech: Speech, ticket: Any) -> Shown:
    return Shown(ticket, *time_left(speech, ticket), speech.brief(speech.now - ticket.last_activity_at))


def time_left(speech: Speech, ticket: Any) -> tuple[str, str, str]:
    """How much time is left for a ticket, what that is like, and why it is so much."""
    standing = due.standing(speech, ticket)
    match standing:
        case "done":
            at = ticket.resolved_at
            return word(speech, ticket.stage), "done", speech._("resolved %(at)s", at=speech.moment(at)) if at else ""
        case "":
            return "–", "", speech._("has no due time")
    left = ticket.due_at - speech.now
    reason = speech._("due %(at)s: %(why)s", at=due.weekday(speech, ticket.due_at), why=due.why(speech, ticket))
    if standing == "late":
        return speech._("%(span)s late", span=speech.brief(-left)), "late", reason
    return speech.brief(left), standing, reason


def told(visit: Visit) -> bulk.Outcome | None:
    """What became of the change that led here."""
    id = whole(visit.query.get("done", ""))
    try:
        return bulk.outcome(visit.work, id) if id is not None else None
    except NotFound:
        return None


def changed(visit: Visit) -> Answer:
    """Which of some tickets belong into this list: asked by pages that hear that they have changed."""
    given = ids_in(visit.query.get("ids", ""))[:CHANGED_MAX]
    found = queues.among_these(visit.work, state_of(visit).condition, given)
    return Answer(200, json.dumps(found).encode())


def ids_in(text: str) -> list[int]:
    """Ids with commas between them."""
    return [id for one in text.split(",") if (id := whole(one)) is not None]


ROUTES = (
    page("/queue", queue),
    page("/queue/changed", changed),
)
