"""One customer: a page with everything that hangs on it, and the forms that change it."""

from typing import Any

from quarterdeck.desk import alerts, assets, contacts, contracts, customers, hours, leads, schedules
from quarterdeck.desk.customers import Customer
from quarterdeck.desk.fields import Target
from quarterdeck.desk.paging import Page
from quarterdeck.desk.reading import View
from quarterdeck.edge.http import Answer
from quarterdeck.web import directory, editing
from quarterdeck.web.customers import kinds
from quarterdeck.web.directory import Directory, Shown
from quarterdeck.web.hanging import (
    ALERTS,
    ARTICLES,
    SHORT_LIST,
    SITE,
    SITES,
    TICKETS,
    history,
    newest_tickets,
    open_tickets,
    tickets_shown,
)
from quarterdeck.web.kit import Visit, act, page
from quarterdeck.web.wording import word

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
PHONE = ("label", "number", "extension")

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
PHONES = customers.PHONES.view(["id", *PHONE])
CONTRACTS = contracts.READING.view(
    ["id", "name", "billed_as", "standing", "active", "starts_at", "ends_at", "amount", "notes"]
)
SCHEDULES = schedules.READING.view(["id", "name", "frequency", "next_run", "paused"])
LEADS = leads.READING.view(["id", "name", "subject", "status", "converted", "created_at", "ticket_id"])
PART_MAX = 100


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
    people = CONTACTS.view.page(
        work, contacts.Filter.check({**one, "archived": False}), Page(size=SHORT_LIST, order="name")
    )
    alarms = ALERTS.page(work, alerts.Filter.check({**one, "archived": False}), Page(size=5, descending=True))
    return visit.page(
        "customers/overview.html",
        **around(visit, customer, "overview"),
        **newest_tickets(visit, **one),
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
    shown = listed(visit, customer, TICKETS, "tickets", tickets_shown(visit))
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


def change(visit: Visit) -> Answer:
    customer = found(visit)
    names, ticks = editing.part_of(visit, PARTS)
    if changes := editing.changed(visit.form, names, customer, ticks):
        customers.change(visit.work, customer.id, customers.Changes.check(changes))
    return visit.go(f"/customers/{customer.id}", visit.speech._("Saved."))


def keep_fields(visit: Visit) -> Answer:
    customer = found(visit)
    editing.keep_custom(visit, Target.CUSTOMER, customer.id)
    return visit.go(f"/customers/{customer.id}", visit.speech._("Saved."))


def archive(visit: Visit) -> Answer:
    return archived(visit, True, visit.speech._("Archived. It can be restored at any time."))


def restore(visit: Visit) -> Answer:
    return archived(visit, False, visit.speech._("Restored."))


def archived(visit: Visit, yes: bool, said: str) -> Answer:
    customer = found(visit)
    customers.change(visit.work, customer.id, customers.Changes.check({"archived": yes}))
    return visit.go(f"/customers/{customer.id}", said)


ROUTES = (
    page("/customers/{id}", overview),
    page("/customers/{id}/{tab}", tab),
    act("/customers/{id}/changes", change, again=overview),
    act("/customers/{id}/fields", keep_fields, again=overview),
    act("/customers/{id}/archive", archive),
    act("/customers/{id}/restoration", restore),
)
