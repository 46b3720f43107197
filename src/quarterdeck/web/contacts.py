"""Contacts: the list, and one page for each."""

from typing import Any

from quarterdeck.desk import assets, contacts, customers, departments, leads
from quarterdeck.desk.contacts import Contact
from quarterdeck.desk.errors import Problem, Why
from quarterdeck.desk.fields import Target
from quarterdeck.desk.input import whole
from quarterdeck.desk.paging import Page
from quarterdeck.edge.http import Answer
from quarterdeck.web import directory, editing
from quarterdeck.web.directory import Directory, of_customer
from quarterdeck.web.hanging import SHORT_LIST, SITES, TICKETS, history, newest_tickets, open_tickets, tickets_shown
from quarterdeck.web.kit import Visit, act, page
from quarterdeck.web.wording import N_

PARTS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "person": (
        ("first_name", "last_name", "email", "phone", "extension", "mobile", "job_title", "department_id", "site_id"),
        ("primary",),
    ),
    "address": (("address", "address_2", "city", "zip", "state"), ()),
    "mail": ((), ("get_billing", "get_marketing", "opt_out", "ignored")),
    "notes": (("notes",), ()),
}
COLUMNS = (
    (N_("Customer"), "customer.name"),
    (N_("First name"), "first_name"),
    (N_("Last name"), "last_name"),
    (N_("Email"), "email"),
    (N_("Phone"), "phone"),
    (N_("Extension"), "extension"),
    (N_("Mobile"), "mobile"),
    (N_("Job title"), "job_title"),
    (N_("Department"), "department.name"),
    (N_("Address"), "address"),
    (N_("Address 2"), "address_2"),
    (N_("City"), "city"),
    (N_("State or region"), "state"),
    (N_("Zip"), "zip"),
    (N_("Primary"), "primary"),
    (N_("Archived"), "archived"),
    (N_("Opted out"), "opt_out"),
    (N_("Notes"), "notes"),
    (N_("Created"), "created_at"),
)
LIST = Directory(
    "/contacts",
    contacts.READING.view(
        [
            "id",
            "full_name",
            "email",
            "phone",
            "mobile",
            "job_title",
            "primary",
            "archived",
            "customer_id",
            "customer.name",
            "updated_at",
        ]
    ),
    contacts.Filter,
    ("name", "email", "-updated_at", "created_at"),
    ("archived", "customer"),
)
FILE = Directory(
    "/contacts",
    contacts.READING.view(["id", *(path for _, path in COLUMNS)]),
    contacts.Filter,
    LIST.orders,
    LIST.asks,
)
DEPARTMENTS = departments.READING.view(["id", "name"])
DEVICES = assets.READING.view(["id", "name", "type", "model", "online", "monitored", "last_seen_at"])
LEADS = leads.READING.view(["id", "name", "subject", "status", "created_at"])
NAMES = customers.READING.view(["id", "name"])
CHOICES_MAX = 1000
NO_CUSTOMER = Problem("names no customer", Why.UNKNOWN)


def asked(visit: Visit) -> dict[str, Any]:
    archived = visit.query.get("archived", "no")
    return of_customer(visit) | ({} if archived == "all" else {"archived": archived == "yes"})


def index(visit: Visit) -> Answer:
    shown = directory.shown(visit, LIST, asked(visit))
    shown.more["open"] = open_tickets(visit, "contact_id", [row.id for row in shown.rows])
    return visit.page("contacts/list.html", shown=shown)


def as_file(visit: Visit) -> Answer:
    return directory.file(visit, FILE, asked(visit), "contacts", COLUMNS, Target.CONTACT)


def found(visit: Visit) -> Contact:
    return contacts.get(visit.work, visit.id())


def overview(visit: Visit) -> Answer:
    work, contact = visit.work, found(visit)
    if contact.id != visit.id() and visit.request.method == "GET":
        return visit.go(f"/contacts/{contact.id}")
    one = {"contact_id": contact.id}
    devices = DEVICES.page(work, assets.Filter.check(one), Page(size=SHORT_LIST, order="name"))
    enquiries = LEADS.under(work, "contact_id", [contact.id], newest=True, most=SHORT_LIST)
    rooms = DEPARTMENTS.page(work, departments.Filter.check({}), Page(size=500, order="name"))
    sites = SITES.under(work, "customer_id", [contact.customer_id], most=500)
    return visit.page(
        "contacts/contact.html",
        **around(visit, contact, "overview"),
        **newest_tickets(visit, **one),
        devices=DEVICES.read(work, devices.items),
        leads=LEADS.read(work, enquiries),
        departments=DEPARTMENTS.read(work, rooms.items),
        sites=SITES.read(work, sites),
        custom=editing.custom(visit, Target.CONTACT, contact.id),
        choices=editing.choices,
    )


def around(visit: Visit, contact: Contact, tab: str) -> dict[str, Any]:
    name = f"{contact.first_name or ''} {contact.last_name or ''}".strip() or contact.email or f"#{contact.id}"
    return {"contact": contact, "customer": customers.get(visit.work, contact.customer_id), "name": name, "tab": tab}


def tickets_of(visit: Visit) -> Answer:
    contact = found(visit)
    where = Directory(f"/contacts/{contact.id}/tickets", TICKETS.view, TICKETS.filter, TICKETS.orders, TICKETS.asks)
    shown = directory.shown(visit, where, {"contact_id": contact.id, **tickets_shown(visit)})
    return visit.page("contacts/tickets.html", **around(visit, contact, "tickets"), shown=shown)


def history_of(visit: Visit) -> Answer:
    contact = found(visit)
    entries = history(visit, "contact", contact.id)
    return visit.page("contacts/history.html", **around(visit, contact, "history"), **entries)


def customer_names(visit: Visit) -> list[str]:
    """What a form offers where a customer is asked for."""
    where = customers.Filter.check({"archived": False})
    found = NAMES.page(visit.work, where, Page(size=CHOICES_MAX, order="name"))
    return [row[1] for row in found.items]


def customer_of(visit: Visit) -> int:
    """The customer that a form names, by its id or exactly as it is called."""
    if (chosen := whole(visit.form.get("customer_id", ""))) is not None:
        return customers.get(visit.work, chosen).id
    name = visit.form.get("customer_name", "").strip()
    id = customers.by_name(visit.work, name) if name else None
    if id is None:
        visit.refuse(customer_name=NO_CUSTOMER if name else "is required")
    return id or 0


def for_customer(visit: Visit) -> dict[str, Any]:
    """Whom a new record is for: the customer of the address, or one to be named."""
    asked = whole(visit.query.get("customer") or visit.form.get("customer_id") or "")
    of = None if asked is None else customers.get(visit.work, asked)
    return {"customer": of, "names": [] if of else customer_names(visit)}


def new(visit: Visit) -> Answer:
    visit.work.require("contacts:write")
    return visit.page("contacts/new.html", **for_customer(visit))


NEW = ("first_name", "last_name", "email", "phone", "extension", "mobile", "job_title", "notes")


def create(visit: Visit) -> Answer:
    typed = {name: visit.form.get(name) or None for name in NEW}
    if not any(typed[name] for name in ("first_name", "last_name", "email")):
        visit.refuse(first_name="or another name, or a mail address, is required")
    asked = {**typed, "customer_id": customer_of(visit), "primary": visit.form.get("primary") == "1"}
    id = contacts.create(visit.work, contacts.New.check(asked))
    return visit.go(f"/contacts/{id}", visit.speech._("The contact is there."))


def change(visit: Visit) -> Answer:
    contact = found(visit)
    names, ticks = editing.part_of(visit, PARTS)
    if changes := editing.changed(visit.form, names, contact, ticks):
        contacts.change(visit.work, contact.id, contacts.Changes.check(changes))
    return visit.go(f"/contacts/{contact.id}", visit.speech._("Saved."))


def keep_fields(visit: Visit) -> Answer:
    contact = found(visit)
    editing.keep_custom(visit, Target.CONTACT, contact.id)
    return visit.go(f"/contacts/{contact.id}", visit.speech._("Saved."))


def move(visit: Visit) -> Answer:
    """To another customer: tickets stay with the one they were for."""
    contact = found(visit)
    contacts.change(visit.work, contact.id, contacts.Changes.check({"customer_id": customer_of(visit)}))
    return visit.go(f"/contacts/{contact.id}", visit.speech._("Moved. Tickets stay with the customer they were for."))


def archive(visit: Visit) -> Answer:
    return archived(visit, True, visit.speech._("Archived. It can be restored at any time."))


def restore(visit: Visit) -> Answer:
    return archived(visit, False, visit.speech._("Restored."))


def archived(visit: Visit, yes: bool, said: str) -> Answer:
    contact = found(visit)
    contacts.change(visit.work, contact.id, contacts.Changes.check({"archived": yes}))
    return visit.go(f"/contacts/{contact.id}", said)


ROUTES = (
    page("/contacts", index),
    page("/contacts.csv", as_file),
    page("/contacts/new", new),
    act("/contacts", create, again=new),
    page("/contacts/{id}", overview),
    page("/contacts/{id}/tickets", tickets_of),
    page("/contacts/{id}/history", history_of),
    act("/contacts/{id}/changes", change, again=overview),
    act("/contacts/{id}/fields", keep_fields, again=overview),
    act("/contacts/{id}/customer", move, again=overview),
    act("/contacts/{id}/archive", archive),
    act("/contacts/{id}/restoration", restore),
)
