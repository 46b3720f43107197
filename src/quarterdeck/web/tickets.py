"""The page of one ticket: what was said, what it is about, and what surrounds it."""

from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl, urlencode

from quarterdeck.desk import (
    assets,
    attachments,
    bulk,
    charges,
    contacts,
    contracts,
    customers,
    fields,
    hours,
    products,
    queues,
    replies,
    tickets,
    timers,
)
from quarterdeck.desk.input import fold
from quarterdeck.desk.paging import Page
from quarterdeck.desk.tickets import SETTLED
from quarterdeck.edge.http import Answer
from quarterdeck.web import due, editing, people, queue
from quarterdeck.web.boxes import boxes
from quarterdeck.web.history import history
from quarterdeck.web.kit import Visit, page, rows
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
PRODUCTS = products.READING.view(("id", "name", "price_cents"))
LINES = charges.READING.view(("id", "name", "description", "quantity", "price_cents", "discount_percent"))
TIMERS = timers.READING.view(
    ("id", "ticket_id", "ticket.title", "started_at", "notes", "billable", "technician_id", "technician.full_name")
)
CONTACTS = contacts.READING.view(("id", "full_name", "email"))
CONTRACTS = contracts.READING.view(("id", "name", "active"))
SITES = customers.SITES.view(("id", "name"))
DEVICES = assets.READING.view(("id", "name", "type", "os", "online", "last_seen_at", "contact_id"))
INVOLVED = tickets.INVOLVED.view(("asset_id", "asset.name", "asset.type", "asset.os", "asset.online"))
REPLIES = replies.READING.view(("id", "title", "category.name"))

# So much of a long conversation is shown before more is asked for.
SAID = 100
SAID_MAX = 5000
CHOICES_MAX = 300
PROBLEMS_MAX = 100
# What the side of the page changes, besides tags.
FIELDS = ("status", "priority", "type", "technician_id", "contact_id", "contract_id", "site_id", "due_at", "problem")
LOCAL = "%Y-%m-%dT%H:%M"


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
        money=visit.speech.money,
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


def promise(visit: Visit, one: Any) -> dict[str, Any]:
    """How the ticket stands to the time it is due, and why it is due then."""
    _, standing = visit.speech._, due.standing(visit.speech, one)
    text = {"done": _("Done"), "late": _("Overdue"), "": _("No due time")}.get(standing, _("Due"))
    goes_on = standing not in ("done", "")
    return {
        "kind": standing,
        "text": text,
        "at": one.due_at if goes_on else one.resolved_at,
        "why": due.why(visit.speech, one) if goes_on else "",
    }


def onward(visit: Visit) -> str:
    """The list a ticket was opened from, to be carried along."""
    listed = visit.query.get("list", "")
    return f"?{urlencode({'list': listed})}" if listed else ""


def just_resolved(visit: Visit) -> bulk.Outcome | None:
    """The ticket that was resolved before this one came, as long as that can be taken back."""
    outcome = queue.told(visit)
    return outcome if outcome and outcome.what == bulk.CHANGE and outcome.done and not outcome.undone else None


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
    offered = products.Filter(archived=False) if visit.visitor.may("charges:write") else None
    here = rows(TIMERS, visit, timers.Filter(ticket_id=one.id), 20)
    return {
        "entries": rows(TIME, visit, hours.Filter(ticket_id=one.id), 100, order="starts_at", descending=True),
        "lines": rows(LINES, visit, charges.Filter(ticket_id=one.id), 100, order="position"),
        "amount": charges.amount,
        "products": rows(PRODUCTS, visit, offered, CHOICES_MAX, order="name") if offered else [],
        "timer": mine[0] if mine else None,
        "timers": [timer for timer in here if timer.technician_id != visit.visitor.technician_id],
    }


def choices(visit: Visit, one: Any) -> dict[str, Any]:
    """What each field can be set to."""
    work, customer = visit.work, {"customer_id": one.customer_id}
    statuses = [each for each in tickets.statuses(work) if tickets.within_reach(each, one.stage)]
    if fold(one.status) not in {fold(each) for each in statuses}:
        statuses.insert(0, one.status)
    callers = rows(CONTACTS, visit, contacts.Filter(archived=False, **customer), CHOICES_MAX, order="name")
    return {
        "statuses": statuses,
        "people": with_own(people.technicians(work), one.technician_id, one.technician_full_name),
        "contacts": with_own([(row.id, called(row)) for row in callers], one.contact_id, one.contact_full_name),
        "contracts": with_own(
            [(row.id, row.name) for row in rows(CONTRACTS, visit, contracts.Filter(active=True, **customer), 100)],
            one.contract_id,
            one.contract_name,
        ),
        "sites": [(row.id, row.name) for row in rows(SITES, visit, customers.SiteFilter(**customer), 100)],
        "problem_words": tickets.problems(work)[:PROBLEMS_MAX],
        "replies": rows(REPLIES, visit, replies.Filter(), CHOICES_MAX, order="title"),
        "custom": editing.custom(visit, fields.Target.TICKET, one.id),
        "current": current(visit, one),
    }


def with_own(options: list[tuple[int, str]], id: int | None, name: str | None) -> list[tuple[int, str]]:
    """What can be chosen, and what is chosen now, which may be offered no longer."""
    return options if id is None or any(one == id for one, _ in options) else [(id, name or f"#{id}"), *options]


def called(contact: Any) -> str:
    return contact.full_name or contact.email or f"#{contact.id}"


def current(visit: Visit, one: Any) -> dict[str, str]:
    """The fields of a ticket as a form sends them."""
    said = {name: str(getattr(one, name) or "") for name in FIELDS}
    return said | {"due_at": local(visit, one.due_at) if one.due_by_hand else "", "tags": ", ".join(one.tags)}


def local(visit: Visit, at: datetime | None) -> str:
    """A moment as a field for date and time has it: by the person's own clock."""
    return at.astimezone(visit.speech.zone).strftime(LOCAL) if at else ""


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


ROUTES = (page("/tickets/{id}", ticket),)
