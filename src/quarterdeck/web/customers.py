"""Customers: the list, and what makes a new one."""

from typing import Any

from quarterdeck.desk import customers
from quarterdeck.desk.customers import Category
from quarterdeck.desk.fields import Target
from quarterdeck.edge.http import Answer
from quarterdeck.web import directory
from quarterdeck.web.directory import Directory
from quarterdeck.web.hanging import open_tickets
from quarterdeck.web.kit import Visit, act, page
from quarterdeck.web.wording import N_

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
    return directory.file(visit, FILE, asked(visit), "customers", COLUMNS, Target.CUSTOMER)


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


ROUTES = (
    page("/customers", index),
    page("/customers.csv", as_file),
    page("/customers/new", new),
    act("/customers", create, again=new),
)
