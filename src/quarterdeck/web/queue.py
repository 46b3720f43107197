"""The queue: lists of tickets, what is done with many of them at once, and new tickets."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qsl, urlencode

from babel import dates

from quarterdeck.desk import access, assets, bulk, contacts, customers, leaving, merging, queues, search, tickets
from quarterdeck.desk.errors import Conflict, NotFound
from quarterdeck.desk.paging import Page
from quarterdeck.desk.queues import OWN, Condition, Listed, Order
from quarterdeck.desk.tickets import KNOWN, SETTLED, TARGETS, Priority, Source, Stage, Type
from quarterdeck.desk.work import Work
from quarterdeck.edge.http import Answer
from quarterdeck.web import conditions
from quarterdeck.web.kit import Visit, act, page
from quarterdeck.web.speech import Speech
from quarterdeck.web.wording import N_, word

# A page of a list, and the first ticket of the next: among them is the one to go on with.
NEXT_AMONG = 51
PEOPLE = access.READING.view(("id", "full_name"))
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
SORTS = {
    "due": N_("Time left"),
    "priority": N_("Priority"),
    "-activity": N_("Latest activity"),
    "-number": N_("Newest"),
    "number": N_("Oldest"),
    "title": N_("Title"),
    "customer": N_("Customer"),
    "contact": N_("Contact"),
    "technician": N_("Technician"),
    "status": N_("Status"),
}
# What other pages ask of a list by its address: when its tickets are due, and when they came.
MOMENTS = {"due": ("due", "within"), "older": ("created", "before"), "newer": ("created", "after")}
NARROWING = ("q", "status", "priority", "technician", "customer", "turn", *MOMENTS)
ASKS = ("view", *NARROWING, "sort", "after", "before")
TICK = re.compile(r"t(\d{1,18})")
# Saved views beyond these are listed without being counted, as are those that would take a look at every ticket.
COUNTED_MAX = 20
QUARTER = 0.25


@dataclass
class State:
    """A list as its address says it: the view, and what else is asked of it."""

    asked: dict[str, str]
    view: str
    saved: queues.Saved | None
    condition: Condition
    order: Order
    views: list[queues.Saved] = field(default_factory=list)

    def link(self, **changes: str | None) -> str:
        """This list, asked otherwise, from its beginning."""
        kept = {name: value for name, value in self.asked.items() if name not in ("after", "before")}
        asked = {name: value for name, value in {**kept, **changes}.items() if value}
        return "/queue" + (f"?{urlencode(asked)}" if asked else "")

    @property
    def address(self) -> str:
        return f"/queue?{urlencode(self.asked)}" if self.asked else "/queue"

    @property
    def onward(self) -> str:
        """What a ticket's address carries along, so that the next one is of this list too."""
        return "?" + urlencode({"list": urlencode({"view": self.view, **self.asked})})

    @property
    def narrowed(self) -> bool:
        return any(name in self.asked for name in NARROWING)


def state_of(visit: Visit, asked: Mapping[str, str] | None = None) -> State:
    """What the address asks for; a view that is gone gives way to the first."""
    asked = {name: value for name, value in (asked or visit.query).items() if name in ASKS}
    saved = queues.views(visit.work)
    wanted = asked.get("view", "mine")
    mine = next((one for one in saved if str(one.id) == wanted), None)
    if mine is None and wanted not in OWN:
        raise NotFound("view")
    condition, usual = (mine.condition, mine.order) if mine else OWN[wanted]
    order = Order.read(asked.get("sort", usual))
    return State(asked, wanted, mine, {"all": [condition, *filters(asked)]}, order, saved)


def filters(asked: Mapping[str, str]) -> list[Condition]:
    """The tests behind the filters of an address."""
    tests: list[Condition] = []
    for name in ("status", "priority", "technician", "customer", "turn"):
        if value := asked.get(name):
            known = "stage" if name == "status" and value in set(Stage) else name
            tests.append({"field": known, "is": "one of", "value": value})
    for name, (known, way) in MOMENTS.items():
        if value := asked.get(name):
            tests.append({"field": known, "is": way, "value": value})
    if search.words(asked.get("q")):
        tests.append({"field": "text", "is": "contains", "value": asked["q"]})
    return tests


def queue(visit: Visit) -> Answer:
    state = state_of(visit)
    listed, number = found(visit, state), by_number(visit)
    return visit.page(
        "queue/queue.html",
        state=state,
        listed=listed,
        rows=[shown(visit.speech, row) for row in listed.rows],
        tabs=tabs(visit, state),
        columns=COLUMNS,
        sorts=SORTS,
        people=people(visit.work),
        statuses=statuses(),
        empty=EMPTY.get(state.view),
        name=state.saved.name if state.saved else visit.speech._(NAMES[state.view]),
        outcome=told(visit),
        number=number,
        Priority=Priority,
        Stage=Stage,
        word=word,
    )


def found(visit: Visit, state: State) -> Listed:
    asked = state.asked
    return queues.page(visit.work, state.condition, state.order, after=asked.get("after"), before=asked.get("before"))


def following(visit: Visit, listed: str, id: int) -> int | None:
    """The ticket after one on a page of a list, past those that are over; behind the last, the first."""
    state = state_of(visit, dict(parse_qsl(listed)))
    places = {name: state.asked.get(name) for name in ("after", "before")}
    rows = queues.page(visit.work, state.condition, state.order, size=NEXT_AMONG, **places).rows
    here = next((place for place, row in enumerate(rows) if row.id == id), -1)
    onward = [*rows[here + 1 :], *rows[: max(here, 0)]]
    return next((row.id for row in onward if row.stage not in SETTLED), None)


def by_number(visit: Visit) -> int | None:
    """The ticket whose number was looked for: it may be in another view."""
    text = visit.query.get("q", "").strip().removeprefix("#")
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        return None
    ticket = tickets.seen(visit.work, int(text))
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


def people(work: Work) -> list[Any]:
    """Those who work here now."""
    found = PEOPLE.page(work, access.Filter.check({"active": True}), Page(size=200)).items
    return sorted(((row[0], row[1]) for row in found), key=lambda one: one[1].casefold())


def statuses() -> list[str]:
    return [*Stage, *KNOWN]


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
    if ticket.stage in SETTLED:
        at = ticket.resolved_at
        return word(speech, ticket.stage), "done", speech._("resolved %(at)s", at=speech.moment(at)) if at else ""
    due = ticket.due_at
    if due is None:
        return "–", "", speech._("has no due time")
    left = due - speech.now
    allowed = TARGETS[Priority(ticket.priority)]
    if ticket.due_by_hand:
        why = speech._("set by hand")
    else:
        why = speech._(
            "%(priority)s = %(hours)s after %(opened)s",
            priority=word(speech, ticket.priority),
            hours=dates.format_timedelta(allowed, granularity="hour", threshold=30, locale=speech.locale),
            opened=weekday(speech, ticket.created_at),
        )
    reason = speech._("due %(at)s: %(why)s", at=weekday(speech, due), why=why)
    if left <= timedelta():
        return speech._("%(span)s late", span=speech.brief(-left)), "late", reason
    soon = left < max(allowed * QUARTER, timedelta(minutes=30))
    return speech.brief(left), "soon" if soon else "", reason


def weekday(speech: Speech, at: Any) -> str:
    """`Tue 14:20`; of another week the day as well."""
    skeleton = "E" if abs(at - speech.now) < timedelta(days=6) else "MMMEd"
    return f"{speech.by_skeleton(skeleton, at)} {speech.clock(at)}"


def told(visit: Visit) -> bulk.Outcome | None:
    """What became of the change that led here."""
    id = visit.query.get("done", "")
    if not (id.isdigit() and len(id) < 19):
        return None
    try:
        return bulk.outcome(visit.work, int(id))
    except NotFound:
        return None


def changed(visit: Visit) -> Answer:
    """Which of some tickets belong into this list: asked by pages that hear that they have changed."""
    given = [int(one) for one in visit.query.get("ids", "").split(",") if one.isdigit() and len(one) < 19][:200]
    found = queues.among_these(visit.work, state_of(visit).condition, given)
    return Answer(200, json.dumps(found).encode())


def ticked(form: Mapping[str, Any]) -> list[int]:
    return [int(match[1]) for name in form if (match := TICK.fullmatch(name))]


def back(visit: Visit, **more: str) -> Answer:
    """To the list a form was on."""
    where = str(visit.form.get("back", ""))
    asked = {name: value for name, value in queried(where).items() if name in ASKS}
    return visit.go("/queue", **{**asked, **more})


def queried(where: str) -> dict[str, str]:
    return dict(parse_qsl(where.partition("?")[2]))


def change(visit: Visit) -> Answer:
    """Do with the ticked tickets what the form says."""
    form = visit.form
    ids = ticked(form)
    if not ids:
        visit.refuse(ids=visit.speech._("have to be ticked first"))
    chosen = {name: str(form.get(name, "")).strip() for name in ("assign", "status", "priority", "add", "remove")}
    match str(form.get("do", "")):
        case "delete" | "merge" as next:
            return visit.go(f"/queue/{next}", ids=",".join(map(str, ids)), back=str(form.get("back", "")))
    asked: dict[str, Any] = {"ids": ids}
    if chosen["assign"]:
        who = {"me": visit.visitor.technician_id, "nobody": None}
        asked["technician_id"] = who[chosen["assign"]] if chosen["assign"] in who else chosen["assign"]
    for name in ("status", "priority"):
        if chosen[name]:
            asked[name] = chosen[name]
    for name, tags in (("add", "add_tags"), ("remove", "remove_tags")):
        if chosen[name]:
            asked[tags] = [tag.strip() for tag in chosen[name].split(",") if tag.strip()]
    if len(asked) == 1:
        visit.refuse(change=visit.speech._("has to be chosen: who, which status, which priority or which tags"))
    outcome = bulk.change_several(visit.work, bulk.Several.check(asked))
    return back(visit, done=str(outcome.id))


def again(visit: Visit) -> Answer:
    """The list a form was on, with what was wrong."""
    visit.request.query = {**queried(str(visit.form.get("back", "")))}
    return queue(visit)


def undo(visit: Visit) -> Answer:
    outcome = bulk.undo_several(visit.work, visit.id())
    return back(visit, done=str(outcome.id))


def given_ids(visit: Visit) -> list[int]:
    text = str(visit.form.get("ids") or visit.query.get("ids", ""))
    ids = [int(one) for one in text.split(",") if one.isascii() and one.isdigit() and len(one) < 19]
    return list(dict.fromkeys(ids))[: bulk.TICKETS_MAX]


def chosen(visit: Visit) -> list[Any]:
    """The tickets of an address, as far as they are there."""
    return [ticket for id in given_ids(visit) if (ticket := tickets.seen(visit.work, id)) is not None]


def delete_page(visit: Visit) -> Answer:
    visit.work.require("tickets:write")
    going = chosen(visit)
    total: dict[str, int] = {}
    for ticket in going:
        for what, n in leaving.counts(visit.work, tickets.Ticket, ticket.id).items():
            total[what] = total.get(what, 0) + n
    return visit.page(
        "queue/delete.html", going=going, total={what: n for what, n in total.items() if n}, back=backwards(visit)
    )


def backwards(visit: Visit) -> str:
    where = str(visit.form.get("back") or visit.query.get("back", ""))
    return where if where.startswith("/queue") else "/queue"


def delete(visit: Visit) -> Answer:
    ids = given_ids(visit)
    if str(visit.form.get("typed", "")).strip() != str(len(ids)):
        visit.refuse(typed=visit.speech._("is not the number of tickets"))
    outcome = bulk.remove_several(visit.work, ids)
    return back(visit, done=str(outcome.id))


def merge_page(visit: Visit) -> Answer:
    visit.work.require("tickets:write")
    several = sorted(chosen(visit), key=lambda ticket: ticket.id)
    if len(several) < 2:
        raise Conflict("at least two tickets have to be ticked to be merged")
    names = dict(people(visit.work))
    whose = {id: customers.get(visit.work, id).name for id in {ticket.customer_id for ticket in several}}
    return visit.page("queue/merge.html", several=several, names=names, whose=whose, back=backwards(visit), word=word)


def merge(visit: Visit) -> Answer:
    """Make all the chosen tickets one of them."""
    ids = given_ids(visit)
    into = str(visit.form.get("into", ""))
    if not into.isdigit() or int(into) not in ids:
        visit.refuse(into=visit.speech._("has to be one of the tickets"))
    for id in ids:
        if id != int(into):
            merging.merge_tickets(visit.work, int(into), id)
    n = len(ids) - 1
    said = visit.speech.many("%(n)s ticket became part of this one.", "%(n)s tickets became part of this one.", n)
    return visit.go(f"/tickets/{int(into)}", said)


# Views


def view_page(visit: Visit) -> Answer:
    """A new view, which begins as the list one comes from; or one that is there."""
    saved = None
    condition: Condition
    if "id" in visit.request.params:
        saved = queues.view(visit.work, visit.id())
        condition, order, name, shared = saved.condition, saved.order, saved.name, saved.shared
    else:
        state = state_of(visit)
        condition, order, name, shared = conditions.flat(state.condition), str(state.order), "", False
    form = visit.form
    builder = conditions.Builder(visit.work, people(visit.work), visit.speech)
    if form:
        rows, whole = builder.typed(form), str(form.get("whole", ""))
        join = str(form.get("join", "all"))
    else:
        join, rows, whole = builder.rows(condition)
    return visit.page(
        "queue/view.html",
        saved=saved,
        mine=saved is None or saved.technician_id == visit.visitor.technician_id or visit.visitor.may("access:write"),
        name=name,
        shared=shared,
        order=order,
        sorts=[(key, visit.speech._(called)) for key, called in SORTS.items()],
        join=join,
        rows=[*rows, *[conditions.BLANK] * conditions.SPARE][: conditions.ROWS_MAX],
        whole=whole,
        builder=builder,
        condition=json.dumps(condition, indent=1, ensure_ascii=False),
    )


def read_view(visit: Visit) -> dict[str, Any]:
    form = visit.form
    builder = conditions.Builder(visit.work, people(visit.work), visit.speech)
    return {
        "name": form.get("name", ""),
        "shared": form.get("shared") == "1",
        "condition": builder.read(form),
        "order": form.get("order", "due"),
    }


def save_view(visit: Visit) -> Answer:
    id = queues.save_view(visit.work, queues.NewView.check(read_view(visit)))
    return visit.go("/queue", visit.speech._("The view has been saved."), view=id)


def change_view(visit: Visit) -> Answer:
    asked = read_view(visit)
    position = str(visit.form.get("position", ""))
    if position.isascii() and position.isdigit():
        asked["position"] = position
    queues.change_view(visit.work, visit.id(), queues.ViewChanges.check(asked))
    return visit.go("/queue", visit.speech._("The view has been saved."), view=visit.id())


def remove_view(visit: Visit) -> Answer:
    gone = queues.remove_view(visit.work, visit.id())
    if gone.technician_id == visit.visitor.technician_id:
        return visit.go("/queue", gone=gone.id)
    return visit.go("/queue", visit.speech._("The view “%(name)s” has been deleted.", name=gone.name))


def restore_view(visit: Visit) -> Answer:
    id = queues.restore_view(visit.work, visit.id())
    return visit.go("/queue", visit.speech._("The view is back."), view=id)


# New tickets

CUSTOMERS = customers.READING.view(("id", "name"))
CONTACTS = contacts.READING.view(("id", "full_name", "email", "customer_id", "customer.name"))
FOUND_MAX = 8


def new_page(visit: Visit) -> Answer:
    """A form; whom it is for is looked up first, or named by the address."""
    visit.work.require("tickets:write")
    work, form, query = visit.work, visit.form, visit.query
    contact_id, customer_id = (str(form.get(name) or query.get(name) or "") for name in ("contact_id", "customer_id"))
    contact = contacts.seen(work, int(contact_id)) if contact_id.isdigit() and len(contact_id) < 19 else None
    if contact is not None:
        customer_id = str(contact.customer_id)
    customer = customers.seen(work, int(customer_id)) if customer_id.isdigit() and len(customer_id) < 19 else None
    asset_id = str(form.get("asset_id") or query.get("asset_id") or "")
    asset = assets.seen(work, int(asset_id)) if asset_id.isdigit() and len(asset_id) < 19 else None
    asked = str(query.get("who", "")).strip()
    return visit.page(
        "queue/new.html",
        contact=contact,
        asset=asset if asset is not None and customer is not None and asset.customer_id == customer.id else None,
        customer=customer,
        asked=asked,
        found=found_people(work, asked) if asked and not customer else ([], []),
        theirs=theirs(work, customer.id) if customer else [],
        people=people(work),
        priorities=[(one, word(visit.speech, one)) for one in reversed(Priority)],
        types=[(one, word(visit.speech, one)) for one in Type],
    )


def found_people(work: Work, asked: str) -> tuple[list[Any], list[Any]]:
    """Customers and contacts by the words in them."""
    few = Page(size=FOUND_MAX)
    return (
        list(CUSTOMERS.page(work, customers.Filter.check({"like": asked}), few).items),
        list(CONTACTS.page(work, contacts.Filter.check({"like": asked}), few).items),
    )


def theirs(work: Work, customer_id: int) -> list[Any]:
    found = CONTACTS.page(work, contacts.Filter.check({"customer_id": customer_id}), Page(size=200)).items
    return sorted(found, key=lambda row: row[1].casefold())


def create(visit: Visit) -> Answer:
    form = visit.form
    names = ("title", "description", "priority", "type", "technician_id", "customer_id", "contact_id")
    asked: dict[str, Any] = {name: form[name] for name in names if form.get(name)}
    if asked.get("technician_id") == "me":
        asked["technician_id"] = visit.visitor.technician_id
    asked["source"] = Source.AGENT
    if form.get("asset_id"):
        asked["asset_ids"] = [form["asset_id"]]
    if form.get("tags"):
        asked["tags"] = [tag.strip() for tag in str(form["tags"]).split(",") if tag.strip()]
    id = tickets.create(visit.work, tickets.New.check(asked))
    queues.saw(visit.work, id)
    return visit.go(f"/tickets/{id}", visit.speech._("Ticket %(id)s has been made.", id=id))


ROUTES = (
    page("/queue", queue),
    page("/queue/changed", changed),
    act("/queue/change", change, again=again),
    act("/queue/changes/{id}/undo", undo),
    page("/queue/delete", delete_page),
    act("/queue/delete", delete, again=delete_page),
    page("/queue/merge", merge_page),
    act("/queue/merge", merge, again=merge_page),
    page("/queue/views/new", view_page),
    act("/queue/views/new", save_view, again=view_page),
    page("/queue/views/{id}", view_page),
    act("/queue/views/{id}", change_view, again=view_page),
    act("/queue/views/{id}/delete", remove_view),
    act("/queue/views/{id}/restoration", restore_view),
    page("/tickets/new", new_page),
    act("/tickets/new", create, again=new_page),
)
