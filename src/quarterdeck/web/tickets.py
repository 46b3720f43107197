"""One ticket: what was said, what it is about, and what can be changed of it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qsl, urlencode

from babel import numbers

from quarterdeck.desk import (
    access,
    assets,
    attachments,
    bulk,
    charges,
    contacts,
    contracts,
    customers,
    fields,
    hours,
    provider,
    queues,
    replies,
    tickets,
    timers,
)
from quarterdeck.desk.errors import Conflict, Invalid, NotFound, Problem, Why
from quarterdeck.desk.input import fold
from quarterdeck.desk.paging import Page
from quarterdeck.desk.tickets import SETTLED, TARGETS
from quarterdeck.edge.http import Answer
from quarterdeck.web import editing, queue
from quarterdeck.web.kit import Visit, act, page
from quarterdeck.web.wording import word

TICKET = tickets.READING.view(
    (
        *("id", "title", "status", "stage", "priority", "type", "impact", "source", "problem", "tags", "description"),
        *("created_at", "due_at", "due_by_hand", "respond_by", "first_responded_at", "resolved_at", "closed_at"),
        *("last_activity_at", "on_site_seconds", "off_site_seconds", "awaits_us", "parent_id", "version"),
        *("customer_id", "customer.name", "customer.notes", "customer.phone", "customer.email", "customer.website"),
        *("contact_id", "contact.full_name", "contact.first_name", "contact.last_name", "contact.email"),
        *("contact.phone", "contact.extension", "contact.mobile", "contact.job_title", "contact.notes"),
        *("technician_id", "technician.full_name", "contract_id", "contract.name", "contract.notes"),
        *("site_id", "site.name", "site.address", "site.city", "site.phone"),
    )
)
COMMENTS = tickets.COMMENTS.view(
    ("id", "body", "internal", "initial", "at", "author", "email", "technician_id", "contact_id", "subject")
)
BESIDE = tickets.READING.view(("id", "title", "status", "stage", "priority", "due_at", "technician.full_name"))
FILES = attachments.READING.view(("id", "guid", "name", "type", "size", "comment_id", "created_at"))
TIME = hours.READING.view(
    ("id", "starts_at", "ends_at", "seconds", "billable", "billed", "on_site", "notes", "technician.full_name")
)
LINES = charges.READING.view(("id", "name", "description", "quantity", "price_cents", "discount_percent"))
TIMERS = timers.READING.view(
    ("id", "ticket_id", "ticket.title", "started_at", "notes", "billable", "technician_id", "technician.full_name")
)
PEOPLE = access.READING.view(("id", "full_name"))
CONTACTS = contacts.READING.view(("id", "full_name", "email"))
CONTRACTS = contracts.READING.view(("id", "name", "active"))
SITES = customers.SITES.view(("id", "name"))
DEVICES = assets.READING.view(("id", "name", "type", "os", "online", "last_seen_at", "contact_id"))
INVOLVED = tickets.INVOLVED.view(("asset_id", "asset.name", "asset.type", "asset.os", "asset.online"))
REPLIES = replies.READING.view(("id", "title", "category.name"))
DEFINITIONS = fields.DEFINITIONS.view(("id", "name", "type", "description", "options"))
VALUES = fields.VALUES.view(("field_id", "text"))

# So much of a long conversation is shown before more is asked for.
SAID = 100
SAID_MAX = 5000
CHOICES_MAX = 300
PROBLEMS_MAX = 100
SOON = timedelta(hours=1)
# What the side of the page changes, and what of it is an id.
FIELDS = ("status", "priority", "type", "technician_id", "contact_id", "contract_id", "site_id", "due_at", "problem")
ALL_FIELDS = (*FIELDS, "tags")
NOT_SET = {"technician_id", "contact_id", "contract_id", "site_id", "due_at", "problem"}
LOCAL = "%Y-%m-%dT%H:%M"
# Other names for what a form of this page calls a field.
ANSWER, NOTE = "answer", "note"


def ticket(visit: Visit) -> Answer:
    work = visit.work
    one = TICKET.read(work, [TICKET.one(work, visit.id())])[0]
    if one.id != visit.id():
        return visit.go(f"/tickets/{one.id}")
    visit.after(lambda later: queues.saw(later, one.id))
    return visit.page(
        "tickets/ticket.html",
        ticket=one,
        writes=visit.visitor.may("tickets:write"),
        settled=one.stage in SETTLED,
        closed=one.stage is tickets.Stage.CLOSED,
        promise=promise(visit, one),
        word=lambda value: word(visit.speech, value),
        money=lambda cents: money(visit, cents),
        local=lambda at: local(visit, at),
        onward=onward(visit),
        back=f"?{urlencode(parse_qsl(visit.query['list']))}" if "list" in visit.query else "",
        boxes=boxes(visit, one),
        done=just_resolved(visit),
        now=work.now,
        said=conversation(visit, one.id),
        history=history(visit, one.id),
        others=queues.others_here(work, one.id),
        related=queues.related(work, one.id),
        followers=queues.followers(work, one.id),
        parts=rows(BESIDE, visit, tickets.Filter(parent_id=one.id), 50),
        **time_and_money(visit, one),
        customer_fields=[
            each for each in editing.custom(visit, fields.Target.CUSTOMER, one.customer_id) if each["said"]
        ],
        **choices(visit, one),
        **around(visit, one),
    )


def just_resolved(visit: Visit) -> bulk.Outcome | None:
    """The ticket that was resolved before this one came, as long as that can be taken back."""
    outcome = queue.told(visit)
    return outcome if outcome and outcome.what == bulk.CHANGE and outcome.done and not outcome.undone else None


def rows(view: Any, visit: Visit, where: Any, most: int, **order: Any) -> list[Any]:
    """So many rows of a list, in the desk's own values."""
    found = view.page(visit.work, where, Page(size=most, **order))
    return list(view.read(visit.work, found.items))


def conversation(visit: Visit, id: int) -> dict[str, Any]:
    """What was said, from the first word; of a long one the beginning and the end."""
    most = SAID_MAX if visit.query.get("comments") == "all" else SAID
    found = COMMENTS.page(visit.work, tickets.CommentFilter(ticket_id=id), Page(size=most, descending=True))
    comments = COMMENTS.read(visit.work, found.items)[::-1]
    left_out = found.total - len(comments)
    if left_out:
        first = rows(COMMENTS, visit, tickets.CommentFilter(ticket_id=id), 1)
        comments, left_out = [*first, *comments], left_out - 1
    files: dict[int | None, list[Any]] = {}
    for file in rows(FILES, visit, attachments.Filter(ticket_id=id), attachments.MOST):
        files.setdefault(file.comment_id, []).append(file)
    return {"comments": comments, "left_out": left_out, "files": files, "total": found.total}


def time_and_money(visit: Visit, one: Any) -> dict[str, Any]:
    mine = rows(TIMERS, visit, timers.Filter(technician_id=visit.visitor.technician_id), 1)
    here = rows(TIMERS, visit, timers.Filter(ticket_id=one.id), 20)
    return {
        "entries": rows(TIME, visit, hours.Filter(ticket_id=one.id), 100, order="starts_at", descending=True),
        "lines": rows(LINES, visit, charges.Filter(ticket_id=one.id), 100, order="position"),
        "timer": mine[0] if mine else None,
        "timers": [timer for timer in here if timer.technician_id != visit.visitor.technician_id],
    }


def choices(visit: Visit, one: Any) -> dict[str, Any]:
    """What each field can be set to."""
    work, customer = visit.work, {"customer_id": one.customer_id}
    statuses = [each for each in tickets.statuses(work) if tickets.within_reach(each, one.stage)]
    if fold(one.status) not in {fold(each) for each in statuses}:
        statuses.insert(0, one.status)
    people = [(row.id, row.full_name) for row in rows(PEOPLE, visit, access.Filter(active=True), CHOICES_MAX)]
    callers = rows(CONTACTS, visit, contacts.Filter(archived=False, **customer), CHOICES_MAX, order="name")
    return {
        "statuses": statuses,
        "people": with_own(people, one.technician_id, one.technician_full_name),
        "contacts": with_own([(row.id, called(row)) for row in callers], one.contact_id, one.contact_full_name),
        "contracts": with_own(
            [(row.id, row.name) for row in rows(CONTRACTS, visit, contracts.Filter(active=True, **customer), 100)],
            one.contract_id,
            one.contract_name,
        ),
        "sites": [(row.id, row.name) for row in rows(SITES, visit, customers.SiteFilter(**customer), 100)],
        "problem_words": tickets.problems(work)[:PROBLEMS_MAX],
        "replies": rows(REPLIES, visit, replies.Filter(), CHOICES_MAX, order="title"),
        "fields": rows(DEFINITIONS, visit, fields.Filter(target=fields.Target.TICKET), 100),
        "values": {
            row.field_id: row.text
            for row in rows(VALUES, visit, fields.ValueFilter(target=fields.Target.TICKET, record_id=one.id), 100)
        },
        "current": current(visit, one),
    }


def with_own(options: list[tuple[int, str]], id: int | None, name: str | None) -> list[tuple[int, str]]:
    """What can be chosen, and what is chosen now, which may be offered no longer."""
    return options if id is None or any(one == id for one, _ in options) else [(id, name or f"#{id}"), *options]


def called(contact: Any) -> str:
    return contact.full_name or contact.email or f"#{contact.id}"


def around(visit: Visit, one: Any) -> dict[str, Any]:
    """What surrounds a ticket: its customer's other tickets and devices."""
    work = visit.work
    others = tickets.Filter(customer_id=one.customer_id, going_on=True, not_ids=[one.id])
    involved = INVOLVED.read(work, INVOLVED.under(work, "ticket_id", [one.id]))
    devices = rows(DEVICES, visit, assets.Filter(contact_id=one.contact_id), 5) if one.contact_id else []
    known = {row.asset_id for row in involved}
    found = BESIDE.page(work, others, Page(size=5, descending=True))
    return {
        "other_tickets": BESIDE.read(work, found.items),
        "other_total": found.total,
        "involved": involved,
        "devices": [device for device in devices if device.id not in known],
        "more_devices": rows(DEVICES, visit, assets.Filter(customer_id=one.customer_id), CHOICES_MAX, order="name"),
    }


def promise(visit: Visit, one: Any) -> dict[str, Any]:
    """How much time is left, and why it is that much."""
    _, now = visit.speech._, visit.work.now
    if one.stage in SETTLED:
        return {"kind": "done", "text": _("Done"), "at": one.resolved_at, "why": ""}
    if one.due_at is None:
        return {"kind": "", "text": _("No due time"), "at": None, "why": ""}
    hours = int(TARGETS[one.priority].total_seconds()) // 3600
    why = (
        _("set by hand")
        if one.due_by_hand
        else _("priority %(priority)s: within %(hours)s h", priority=word(visit.speech, one.priority), hours=hours)
    )
    if one.due_at <= now:
        return {"kind": "late", "text": _("Overdue"), "at": one.due_at, "why": why}
    return {"kind": "soon" if one.due_at - now <= SOON else "fine", "text": _("Due"), "at": one.due_at, "why": why}


def boxes(visit: Visit, one: Any) -> dict[str, Any]:
    """What stands in the boxes one writes in: what was typed, a canned reply that was chosen, or a draft."""
    places = {ANSWER: place(one.id, ANSWER), NOTE: place(one.id, NOTE)}
    drafts = queues.drafts(visit.work, list(places.values()))
    made = {}
    for box, where in places.items():
        draft = drafts.get(where)
        typed = visit.form.get(box)
        said = typed if isinstance(typed, str) else draft.body if draft else ""
        chosen = visit.query.get("reply")
        if box == ANSWER and chosen and chosen.isascii() and chosen.isdigit() and len(chosen) < 19:
            body = replies.filled(replies.get(visit.work, int(chosen)).body, known(visit, one))
            said = f"{said.rstrip()}\n\n{body}" if said.strip() else body
        made[box] = {"said": said, "draft": draft, "open": bool(said or box in visit.problems)}
    return made


def place(id: int, box: str) -> str:
    return f"ticket/{id}/{box}"


def known(visit: Visit, one: Any) -> dict[str, str | None]:
    """What the names in a canned reply stand for on this ticket."""
    speech, me = visit.speech, access.myself(visit.work)
    return {
        "contact.first_name": one.contact_first_name,
        "contact.last_name": one.contact_last_name,
        "contact.name": one.contact_full_name,
        "contact.email": one.contact_email,
        "customer.name": one.customer_name,
        "ticket.id": str(one.id),
        "ticket.title": one.title,
        "ticket.status": word(speech, one.status),
        "ticket.priority": word(speech, one.priority),
        "ticket.due_at": speech.moment(one.due_at),
        "technician.first_name": me.first_name,
        "technician.last_name": me.last_name,
        "technician.name": visit.visitor.name,
        "technician.email": visit.visitor.email,
        "provider.name": provider.get(visit.work).name,
        "provider.phone": provider.get(visit.work).phone,
        "date": speech.day(visit.work.now),
        "time": speech.clock(visit.work.now),
    }


def history(visit: Visit, id: int) -> list[dict[str, Any]]:
    """What happened, in words."""
    _ = visit.speech._
    names = {str(row.id): row.full_name for row in rows(PEOPLE, visit, access.Filter(), CHOICES_MAX)}
    events = {
        "ticket.created": _("opened the ticket"),
        "ticket.commented": _("wrote"),
        "ticket.changed": _("changed"),
        "ticket.linked": _("linked another ticket"),
        "ticket.unlinked": _("took away the link to another ticket"),
        "ticket.merged": _("merged tickets"),
        "ticket.field set": _("changed"),
        "ticket.field cleared": _("cleared"),
    }
    made = []
    for entry in tickets.history(visit.work, id):
        _id, at, what, who, face, before, after = entry
        changes = []
        if what in ("ticket.changed", "ticket.field set"):
            for name in after or before or {}:
                old, new = ((values or {}).get(name) for values in (before, after))
                if name in HIDDEN or old == new:
                    continue
                changes.append((label(visit, name), shown(visit, name, old, names), shown(visit, name, new, names)))
            if not changes:
                continue
        named = {(after or {}).get(name) for name in ("ticket_id", "primary_id", "duplicate_id")} - {None, id}
        other = next(iter(named), None)
        made.append(
            {
                "at": at,
                "who": who,
                "did": events.get(what, what.partition(".")[2] or what),
                "face": face,
                "changes": changes,
                "comment": (after or {}).get("comment_id"),
                "internal": (after or {}).get("internal"),
                "other": other,
            }
        )
    return made


# What changes by itself with what a person changed.
HIDDEN = {
    "status_key",
    "problem_key",
    "stage",
    "status_changed_at",
    "resolved_at",
    "closed_at",
    "respond_by",
    "due_by_hand",
}


def label(visit: Visit, name: str) -> str:
    _ = visit.speech._
    labels = {
        "title": _("Title"),
        "description": _("Description"),
        "status": _("Status"),
        "priority": _("Priority"),
        "type": _("Type"),
        "impact": _("Impact"),
        "technician_id": _("Technician"),
        "contact_id": _("Contact"),
        "customer_id": _("Customer"),
        "contract_id": _("Contract"),
        "site_id": _("Site"),
        "due_at": _("Due"),
        "problem": _("Problem"),
        "tags": _("Tags"),
    }
    return labels.get(name, name.replace("_", " ").capitalize())


def shown(visit: Visit, name: str, value: Any, names: Mapping[str, str]) -> str:
    if value is None or value == "" or value == []:
        return "–"
    if name.endswith("_at") and isinstance(value, str):
        return visit.speech.moment(datetime.fromisoformat(value), "short")
    if name == "technician_id":
        return names.get(str(value), f"#{value}")
    if isinstance(value, list):
        return ", ".join(str(one) for one in value)
    return word(visit.speech, str(value))[:200]


def money(visit: Visit, cents: int | Decimal) -> str:
    return numbers.format_decimal(Decimal(cents) / 100, "#,##0.00", locale=visit.speech.locale)


def local(visit: Visit, at: datetime | None) -> str:
    """A moment as a field for date and time has it: by the person's own clock."""
    return at.astimezone(visit.speech.zone).strftime(LOCAL) if at else ""


def current(visit: Visit, one: Any) -> dict[str, str]:
    """The fields of a ticket as a form sends them."""
    said = {name: str(getattr(one, name) or "") for name in FIELDS}
    return said | {"due_at": local(visit, one.due_at) if one.due_by_hand else "", "tags": ", ".join(one.tags)}


def change(visit: Visit) -> Answer:
    """Change what the side of the page shows. Whoever changes what somebody else has just changed is asked again."""
    id, form = visit.id(), visit.form
    one = tickets.get(visit.work, id, hold=True)
    now = current(visit, one)
    asked = {name: str(form[name]) for name in ALL_FIELDS if name in form and form[name] != form.get(f"was_{name}")}
    problems = {
        name: meanwhile(visit, saying(visit, name, now[name]))
        for name, new in asked.items()
        if new != now[name] and form.get(f"was_{name}", now[name]) != now[name]
    }
    if problems:
        raise Invalid(problems)
    values = {name: read(visit, name, new) for name, new in asked.items() if new != now[name]}
    if values:
        tickets.change(visit.work, id, tickets.Changes.check(values))
    if any(name.startswith("value_") for name in form):
        change_custom(visit, one.id)
    return visit.go(f"/tickets/{id}", visit.speech._("Saved."))


def change_custom(visit: Visit, id: int) -> None:
    """Keep what was typed into custom fields."""
    form = visit.form
    for field in editing.custom(visit, fields.Target.TICKET, id):
        box, now = f"value_{field['id']}", field["said"]
        new, was = str(form.get(box, "")).strip(), str(form.get(f"was_{box}", ""))
        if box not in form or new == was:
            continue
        if now not in (was, new):
            raise Invalid({box: meanwhile(visit, now or "–")})
        with called_here(value=box):
            fields.write(visit.work, fields.Target.TICKET, id, field["name"], new or None)


def meanwhile(visit: Visit, now: str) -> Problem:
    """Somebody else has changed the same field."""
    said = visit.speech._("was changed meanwhile, to “%(now)s”: save again to change it still", now=now)
    return Problem(said, Why.REFUSED)


def saying(visit: Visit, name: str, text: str) -> str:
    """What a field holds, for a person to read."""
    if not text:
        return "–"
    if name == "technician_id":
        found = access.seen(visit.work, int(text))
        return f"{found.first_name} {found.last_name}".strip() if found else text
    return word(visit.speech, text)


def read(visit: Visit, name: str, text: str) -> Any:
    """A field as it was sent, in the desk's own values."""
    text = text.strip()
    if name == "tags":
        return list(dict.fromkeys(one.strip() for one in text.split(",") if one.strip()))
    if not text and name in NOT_SET:
        return None
    if name == "due_at":
        return moment(visit, name, text)
    return text


def moment(visit: Visit, name: str, text: str) -> datetime:
    try:
        return datetime.fromisoformat(text).replace(tzinfo=visit.speech.zone).astimezone(UTC)
    except (ValueError, OverflowError):
        raise Invalid({name: Problem(visit.speech._("is not a date and time"))}) from None


def rename(visit: Visit) -> Answer:
    id = visit.id()
    unchanged(visit, "title", tickets.get(visit.work, id, hold=True).title)
    tickets.change(visit.work, id, tickets.Changes.check({"title": visit.form.get("title", "")}))
    return visit.go(f"/tickets/{id}")


def rewrite(visit: Visit) -> Answer:
    id = visit.id()
    text = plain(visit.form.get("description", ""))
    unchanged(visit, "description", tickets.get(visit.work, id, hold=True).description or "")
    tickets.change(visit.work, id, tickets.Changes.check({"description": text or None}))
    return visit.go(f"/tickets/{id}")


def plain(text: Any) -> str:
    return str(text).replace("\r\n", "\n")


def unchanged(visit: Visit, name: str, now: str) -> None:
    """Ask whoever changes a text that somebody else has changed since it was shown."""
    form = visit.form
    if plain(now) not in (plain(form.get(f"was_{name}", now)), plain(form.get(name, ""))):
        raise Invalid({name: meanwhile(visit, now[:200] or "–")})


def involve(visit: Visit) -> Answer:
    """Let a ticket be about a device too, or about one less."""
    id, form = visit.id(), visit.form
    tickets.get(visit.work, id, hold=True)
    known = [row.asset_id for row in INVOLVED.read(visit.work, INVOLVED.under(visit.work, "ticket_id", [id]))]
    named = str(form.get("asset_id", ""))
    if named.isascii() and named.isdigit():
        one = int(named[:18])
        wanted = [each for each in known if each != one] if form.get("remove") else [*known, one]
        tickets.change(visit.work, id, tickets.Changes.check({"asset_ids": wanted}))
    return visit.go(f"/tickets/{id}")


def resolve(visit: Visit) -> Answer:
    """Done with this one, on to the next."""
    id = visit.id()
    one = tickets.get(visit.work, id)
    # Asked while the ticket still stands in its list.
    where = following(visit, one.id)
    if one.stage in SETTLED:
        return visit.go(where)
    outcome = bulk.change_several(visit.work, bulk.Several(ids=[one.id], status=tickets.Stage.RESOLVED))
    if one.id in outcome.refused:
        visit.refuse(status=outcome.refused[one.id])
    return visit.go(f"{where}{'&' if '?' in where else '?'}done={outcome.id}")


def reopen(visit: Visit) -> Answer:
    """Take back that a ticket was resolved, where nobody has gone on with it since."""
    outcome = bulk.undo_several(visit.work, visit.id("change"))
    for id, why in outcome.refused.items():
        raise Conflict(f"#{id} {why}")
    id = visit.id()
    return visit.go(f"/tickets/{id}", visit.speech._("#%(id)s is as it was.", id=id))


def onward(visit: Visit) -> str:
    """The list a ticket was opened from, to be carried along."""
    listed = visit.query.get("list", "")
    return f"?{urlencode({'list': listed})}" if listed else ""


def following(visit: Visit, id: int) -> str:
    """Where to go on: to the next ticket of the list this one was opened from, else to that of one's own that is due
    next."""
    if listed := visit.query.get("list"):
        try:
            next_id = queue.following(visit, listed, id)
        except (NotFound, Invalid):
            return "/queue"
        return f"/tickets/{next_id}{onward(visit)}" if next_id else f"/queue?{urlencode(parse_qsl(listed))}"
    where = tickets.Filter(technician_id=visit.visitor.technician_id, going_on=True, not_ids=[id])
    found = rows(BESIDE, visit, where, 1, order="due_at")
    return f"/tickets/{found[0].id}" if found else "/queue"


@contextmanager
def called_here(**names: str) -> Iterator[None]:
    """Say what the desk refuses under the names the fields have on the page."""
    try:
        yield
    except Invalid as invalid:
        raise Invalid({names.get(name, name): problem for name, problem in invalid.problems.items()}) from None


ROUTES = (
    page("/tickets/{id}", ticket),
    act("/tickets/{id}/fields", change, again=ticket),
    act("/tickets/{id}/title", rename, again=ticket),
    act("/tickets/{id}/description", rewrite, again=ticket),
    act("/tickets/{id}/devices", involve, again=ticket),
    act("/tickets/{id}/resolution", resolve, again=ticket),
    act("/tickets/{id}/resolution/{change}/undoing", reopen),
)
