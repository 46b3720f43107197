"""Customers: the list, and one page with everything that hangs on each."""

from collections.abc import Sequence
from typing import Any

from quarterdeck.desk import (
    alerts,
    assets,
    contacts,
    contracts,
    customers,
    fields,
    hours,
    journal,
    knowledge,
    leads,
    schedules,
    tickets,
)
from quarterdeck.desk.customers import Category, Customer
from quarterdeck.desk.fields import Target
from quarterdeck.desk.paging import Page
from quarterdeck.desk.reading import View
from quarterdeck.edge.http import Answer
from quarterdeck.web import directory, editing
from quarterdeck.web.directory import Directory, Shown, text_of
from quarterdeck.web.kit import Visit, act, page
from quarterdeck.web.wording import N_, word

# The forms of a customer's page: the fields of each, and what is ticked.
PARTS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "company": (
        ("name", "category", "business_number", "phone", "fax", "mobile", "website", "domain", "referred_by"),
        (),
    ),
    "person": (("first_name", "last_name", "email"), ()),
    "address": (("address", "address_2", "city", "zip", "state", "country"), ()),
    "billing": (
        ("notification_email", "invoice_cc_emails", "tax_rate"),
        ("get_billing", "get_reports", "get_marketing", "get_sms", "no_email", "opt_out"),
    ),
    "notes": (("notes",), ()),
}
SITE = ("name", "address", "address_2", "city", "zip", "state", "country", "phone")
PHONE = ("label", "number", "extension")

# The columns of the file, which an import of ours takes back: each under its title there.
COLUMNS = (
    (N_("Name"), "name"),
    (N_("First name"), "first_name"),
    (N_("Last name"), "last_name"),
    (N_("Email"), "email"),
    (N_("Phone"), "phone"),
    (N_("Mobile"), "mobile"),
    (N_("Fax"), "fax"),
    (N_("Website"), "website"),
    (N_("Domain"), "domain"),
    (N_("Business number"), "business_number"),
    (N_("Category"), "category"),
    (N_("Address"), "address"),
    (N_("Address 2"), "address_2"),
    (N_("City"), "city"),
    (N_("State or region"), "state"),
    (N_("Zip"), "zip"),
    (N_("Country"), "country"),
    (N_("Referred by"), "referred_by"),
    (N_("Tax rate"), "tax_rate"),
    (N_("Notification email"), "notification_email"),
    (N_("Invoice CC emails"), "invoice_cc_emails"),
    (N_("Archived"), "archived"),
    (N_("No email"), "no_email"),
    (N_("Notes"), "notes"),
    (N_("Created"), "created_at"),
)

LIST = Directory(
    "/customers",
    customers.READING.view(["id", "name", "full_name", "email", "phone", "city", "category", "archived", "updated_at"]),
    customers.Filter,
    ("name", "city", "-updated_at", "created_at"),
    ("archived", "category"),
)
FILE = Directory(
    "/customers",
    customers.READING.view(["id", *(path for _, path in COLUMNS)]),
    customers.Filter,
    LIST.orders,
    LIST.asks,
)

TICKETS = Directory(
    "",
    tickets.READING.view(
        [
            "id",
            "title",
            "status",
            "stage",
            "priority",
            "contact.full_name",
            "technician.full_name",
            "due_at",
            "last_activity_at",
            "created_at",
        ]
    ),
    tickets.Filter,
    ("-id",),
    ("show",),
)
CONTACTS = Directory(
    "",
    contacts.READING.view(
        ["id", "full_name", "email", "phone", "mobile", "job_title", "primary", "archived", "department.name"]
    ),
    contacts.Filter,
    ("name",),
    ("archived",),
)
ASSETS = Directory(
    "",
    assets.READING.view(["id", "name", "type", "vendor", "model", "serial", "online", "monitored", "last_seen_at"]),
    assets.Filter,
    ("name",),
    (),
    whole_words=False,
)
SITES = customers.SITES.view(["id", *SITE])
PHONES = customers.PHONES.view(["id", *PHONE])
CONTRACTS = contracts.READING.view(
    ["id", "name", "billed_as", "standing", "active", "starts_at", "ends_at", "amount", "notes"]
)
SCHEDULES = schedules.READING.view(["id", "name", "frequency", "next_run", "paused"])
ALERTS = alerts.READING.view(
    ["id", "title", "severity", "category", "source", "created_at", "archived", "asset.name", "asset_id", "ticket_id"]
)
ARTICLES = knowledge.READING.view(["id", "name", "public", "updated_at"])
LEADS = leads.READING.view(["id", "name", "subject", "status", "converted", "created_at", "ticket_id"])

SHORT_LIST = 8
PART_MAX = 100
HISTORY = 50


def kinds(visit: Visit) -> list[tuple[str, str]]:
    """What a customer may be, in words."""
    _ = visit.speech._
    return [
        (Category.BUSINESS, _("Business")),
        (Category.RESIDENTIAL, _("Residential")),
        (Category.GOVERNMENT, _("Government")),
        (Category.NON_PROFIT, _("Non-profit")),
    ]


def asked(visit: Visit) -> dict[str, Any]:
    """The conditions of the list's address."""
    conditions: dict[str, Any] = {}
    if (archived := visit.query.get("archived", "no")) != "all":
        conditions["archived"] = archived == "yes"
    if (category := visit.query.get("category")) in set(Category):
        conditions["category"] = category
    return conditions


def index(visit: Visit) -> Answer:
    shown = directory.shown(visit, LIST, asked(visit))
    shown.more["open"] = open_tickets(visit, "customer_id", [row.id for row in shown.rows])
    return visit.page("customers/list.html", shown=shown, kinds=kinds(visit))


def as_file(visit: Visit) -> Answer:
    names = {one.id: one.name for one in editing.definitions(visit, Target.CUSTOMER)}

    def values(rows: Sequence[Any]) -> list[list[str]]:
        return custom_cells(visit, Target.CUSTOMER, [row.id for row in rows], list(names))

    columns = [(title, text_of(path)) for title, path in COLUMNS]
    return directory.file(visit, FILE, asked(visit), "customers", columns, values, list(names.values()))


def custom_cells(visit: Visit, target: Target, ids: Sequence[int], field_ids: Sequence[int]) -> list[list[str]]:
    """What each of some records holds in its custom fields."""
    rows = editing.VALUES.under(visit.work, "record_id", ids, {"target": target}) if field_ids else []
    held = {(row[-2], row[0]): row[1] for row in rows}
    return [[held.get((id, field_id), "") for field_id in field_ids] for id in ids]


def open_tickets(visit: Visit, by: str, ids: Sequence[int]) -> dict[int, int]:
    return tickets.open_of(visit.work, by, ids) if visit.visitor.may("tickets:read") else {}


def found(visit: Visit) -> Customer:
    return customers.get(visit.work, visit.id())


def around(visit: Visit, customer: Customer, tab: str) -> dict[str, Any]:
    """What stands above every tab of a customer's page."""
    work = visit.work
    one = {"customer_id": customer.id}
    return {
        "customer": customer,
        "tab": tab,
        "counts": {
            "tickets": TICKETS.view.total(work, {**one, "going_on": True}),
            "contacts": CONTACTS.view.total(work, {**one, "archived": False}),
            "assets": ASSETS.view.total(work, one),
            "alerts": ALERTS.total(work, {**one, "archived": False}),
        },
    }


def under(visit: Visit, view: View, customer: Customer, *, newest: bool = False, most: int = PART_MAX) -> list[Any]:
    return view.read(visit.work, view.under(visit.work, "customer_id", [customer.id], newest=newest, most=most))


def overview(visit: Visit) -> Answer:
    work, customer = visit.work, found(visit)
    if customer.id != visit.id() and visit.request.method == "GET":
        return visit.go(f"/customers/{customer.id}")
    one = {"customer_id": customer.id}
    newest = Page(size=SHORT_LIST, descending=True)
    going_on = TICKETS.view.page(work, tickets.Filter.check({**one, "going_on": True}), newest)
    settled = TICKETS.view.page(work, tickets.Filter.check({**one, "settled": True}), newest)
    people = CONTACTS.view.page(
        work, contacts.Filter.check({**one, "archived": False}), Page(size=SHORT_LIST, order="name")
    )
    alarms = ALERTS.page(work, alerts.Filter.check({**one, "archived": False}), Page(size=5, descending=True))
    return visit.page(
        "customers/overview.html",
        **around(visit, customer, "overview"),
        open=TICKETS.view.read(work, going_on.items),
        recent=TICKETS.view.read(work, settled.items),
        people=CONTACTS.view.read(work, people.items),
        alarms=ALERTS.read(work, alarms.items),
        sites=under(visit, SITES, customer),
        phones=under(visit, PHONES, customer),
        custom=editing.custom(visit, Target.CUSTOMER, customer.id),
        worked=hours.worked_for(work, customer.id),
        blank=dict.fromkeys(SITE, ""),
        kinds=kinds(visit),
    )


def tab(visit: Visit) -> Answer:
    show = TABS.get(visit.request.params["tab"])
    if show is None:
        return visit.go(f"/customers/{visit.id()}")
    return show(visit, found(visit))


def listed(visit: Visit, customer: Customer, list: Directory, tab: str, conditions: dict[str, Any]) -> Shown:
    here = Directory(
        f"/customers/{customer.id}/{tab}", list.view, list.filter, list.orders, list.asks, list.whole_words
    )
    return directory.shown(visit, here, {"customer_id": customer.id, **conditions})


def tickets_tab(visit: Visit, customer: Customer) -> Answer:
    show = visit.query.get("show", "open")
    conditions = {"open": {"going_on": True}, "settled": {"settled": True}}.get(show, {})
    shown = listed(visit, customer, TICKETS, "tickets", conditions)
    return visit.page("customers/tickets.html", **around(visit, customer, "tickets"), shown=shown)


def contacts_tab(visit: Visit, customer: Customer) -> Answer:
    archived = visit.query.get("archived", "no")
    conditions = {} if archived == "all" else {"archived": archived == "yes"}
    shown = listed(visit, customer, CONTACTS, "contacts", conditions)
    shown.more["open"] = open_tickets(visit, "contact_id", [row.id for row in shown.rows])
    return visit.page("customers/contacts.html", **around(visit, customer, "contacts"), shown=shown)


def assets_tab(visit: Visit, customer: Customer) -> Answer:
    shown = listed(visit, customer, ASSETS, "assets", {})
    shown.more["open"] = open_tickets(visit, "asset_id", [row.id for row in shown.rows])
    return visit.page("customers/assets.html", **around(visit, customer, "assets"), shown=shown)


def billing_tab(visit: Visit, customer: Customer) -> Answer:
    return visit.page(
        "customers/billing.html",
        **around(visit, customer, "billing"),
        contracts=under(visit, CONTRACTS, customer),
        contract_kinds=[(kind, word(visit.speech, kind)) for kind in contracts.Kind],
        schedules=under(visit, SCHEDULES, customer),
        frequencies=[(one, word(visit.speech, one)) for one in schedules.Frequency],
        worked=hours.worked_for(visit.work, customer.id),
        unbilled=hours.unbilled(visit.work, customer.id),
    )


def alerts_tab(visit: Visit, customer: Customer) -> Answer:
    alarms = under(visit, ALERTS, customer, newest=True)
    return visit.page("customers/alerts.html", **around(visit, customer, "alerts"), alarms=alarms)


def knowledge_tab(visit: Visit, customer: Customer) -> Answer:
    articles = under(visit, ARTICLES, customer)
    enquiries = under(visit, LEADS, customer, newest=True)
    context = around(visit, customer, "knowledge")
    return visit.page("customers/knowledge.html", **context, articles=articles, leads=enquiries)


def history_tab(visit: Visit, customer: Customer) -> Answer:
    entries = history(visit, "customer", customer.id)
    return visit.page("customers/history.html", **around(visit, customer, "history"), **entries)


TABS = {
    "tickets": tickets_tab,
    "contacts": contacts_tab,
    "assets": assets_tab,
    "billing": billing_tab,
    "alerts": alerts_tab,
    "knowledge": knowledge_tab,
    "history": history_tab,
}


def history(visit: Visit, kind: str, id: int) -> dict[str, Any]:
    """What happened to a record, a page of it, and the address of the next one."""
    before = visit.query.get("before", "")
    start = int(before) if before.isascii() and before.isdigit() and len(before) < 19 else None
    entries = journal.about(visit.work, kind, id, before=start, most=HISTORY + 1)
    further = f"{visit.request.path}?before={entries[HISTORY - 1]['id']}" if len(entries) > HISTORY else None
    return {"entries": entries[:HISTORY], "further": further}


def new(visit: Visit) -> Answer:
    visit.work.require("customers:write")
    return visit.page("customers/new.html", kinds=kinds(visit))


NEW = (
    "name", "category", "phone", "email", "first_name", "last_name", "website", "domain", "address", "address_2",
    "city", "zip", "state", "country", "notes",
)  # fmt: skip


def create(visit: Visit) -> Answer:
    typed = {name: visit.form.get(name) or None for name in NEW}
    id = customers.create(visit.work, customers.New.check(typed))
    return visit.go(f"/customers/{id}", visit.speech._("%(name)s is a customer now.", name=typed["name"]))


def change(visit: Visit) -> Answer:
    customer = found(visit)
    names, ticks = editing.part_of(visit, PARTS)
    if changes := editing.changed(visit.form, names, customer, ticks):
        customers.change(visit.work, customer.id, customers.Changes.check(changes))
    return visit.go(f"/customers/{customer.id}", visit.speech._("Saved."))


def keep_fields(visit: Visit) -> Answer:
    customer = found(visit)
    editing.keep_custom(visit, fields.Target.CUSTOMER, customer.id)
    return visit.go(f"/customers/{customer.id}", visit.speech._("Saved."))


def archive(visit: Visit) -> Answer:
    return archived(visit, True, visit.speech._("Archived. It can be restored at any time."))


def restore(visit: Visit) -> Answer:
    return archived(visit, False, visit.speech._("Restored."))


def archived(visit: Visit, yes: bool, said: str) -> Answer:
    customer = found(visit)
    customers.change(visit.work, customer.id, customers.Changes.check({"archived": yes}))
    return visit.go(f"/customers/{customer.id}", said)


def add_site(visit: Visit) -> Answer:
    customer = found(visit)
    typed = {name: visit.form.get(name) or None for name in SITE}
    customers.add_site(visit.work, customers.NewSite.check({**typed, "customer_id": customer.id}))
    return visit.go(f"/customers/{customer.id}", visit.speech._("The site is there."))


def change_site(visit: Visit) -> Answer:
    customer = found(visit)
    site = customers.SITE.get(visit.work, visit.id("site"))
    if changes := editing.changed(visit.form, SITE, site):
        customers.change_site(visit.work, site.id, customers.SiteChanges.check(changes))
    return visit.go(f"/customers/{customer.id}", visit.speech._("Saved."))


def add_phone(visit: Visit) -> Answer:
    customer = found(visit)
    typed = {name: visit.form.get(name) or None for name in PHONE}
    customers.add_phone(visit.work, customers.NewPhone.check({**typed, "customer_id": customer.id}))
    return visit.go(f"/customers/{customer.id}", visit.speech._("The number is there."))


def change_phone(visit: Visit) -> Answer:
    customer = found(visit)
    phone = customers.PHONE.get(visit.work, visit.id("phone"))
    if visit.form.get("do") == "remove":
        customers.remove_phone(visit.work, phone.id)
        return visit.go(f"/customers/{customer.id}", visit.speech._("%(number)s is gone.", number=phone.number))
    if changes := editing.changed(visit.form, PHONE, phone):
        customers.change_phone(visit.work, phone.id, customers.PhoneChanges.check(changes))
    return visit.go(f"/customers/{customer.id}", visit.speech._("Saved."))


ROUTES = (
    page("/customers", index),
    page("/customers.csv", as_file),
    page("/customers/new", new),
    act("/customers", create, again=new),
    page("/customers/{id}", overview),
    page("/customers/{id}/{tab}", tab),
    act("/customers/{id}/changes", change, again=overview),
    act("/customers/{id}/fields", keep_fields, again=overview),
    act("/customers/{id}/archive", archive),
    act("/customers/{id}/restoration", restore),
    act("/customers/{id}/sites", add_site, again=overview),
    act("/customers/{id}/sites/{site}", change_site, again=overview),
    act("/customers/{id}/phones", add_phone, again=overview),
    act("/customers/{id}/phones/{phone}", change_phone, again=overview),
)
