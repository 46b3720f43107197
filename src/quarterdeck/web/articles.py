"""What the desk knows: the list of its articles, and each to be read and written."""

from typing import Any

from quarterdeck.desk import customers, knowledge
from quarterdeck.desk.errors import MISSING
from quarterdeck.desk.input import fold, whole
from quarterdeck.desk.knowledge import Article
from quarterdeck.edge.http import Answer
from quarterdeck.web import directory, editing
from quarterdeck.web.contacts import NO_CUSTOMER, customer_names
from quarterdeck.web.directory import Directory, of_customer
from quarterdeck.web.kit import Visit, act, page
from quarterdeck.web.wording import N_

COLUMNS = (
    (N_("Name"), "name"),
    (N_("Customer"), "customer.name"),
    (N_("For customers"), "public"),
    (N_("Text"), "body"),
    (N_("Created"), "created_at"),
    (N_("Changed"), "updated_at"),
)
LIST = Directory(
    "/articles",
    knowledge.READING.view(["id", "name", "public", "customer_id", "customer.name", "updated_at"]),
    knowledge.Filter,
    ("name", "-updated_at"),
    ("readers", "customer"),
    whole_words=False,
)
FILE = Directory(
    "/articles",
    knowledge.READING.view(["id", *(path for _, path in COLUMNS)]),
    knowledge.Filter,
    LIST.orders,
    LIST.asks,
    whole_words=False,
)


def asked(visit: Visit) -> dict[str, Any]:
    conditions = of_customer(visit)
    if (readers := visit.query.get("readers")) in ("technicians", "customers"):
        conditions["public"] = readers == "customers"
    return conditions


def index(visit: Visit) -> Answer:
    return visit.page("articles/list.html", shown=directory.shown(visit, LIST, asked(visit)))


def as_file(visit: Visit) -> Answer:
    return directory.file(visit, FILE, asked(visit), "articles", COLUMNS)


def found(visit: Visit) -> Article:
    return knowledge.get(visit.work, visit.id())


def article(visit: Visit) -> Answer:
    one = found(visit)
    return visit.page("articles/article.html", article=one, customer=whose(visit, one))


def whose(visit: Visit, one: Article) -> customers.Customer | None:
    return customers.get(visit.work, one.customer_id) if one.customer_id else None


def new(visit: Visit) -> Answer:
    visit.work.require("knowledge:write")
    known = customers.seen(visit.work, whole(visit.query.get("customer", "")) or 0)
    return visit.page("articles/write.html", article=None, customer=known, names=customer_names(visit))


def edit(visit: Visit) -> Answer:
    visit.work.require("knowledge:write")
    one = found(visit)
    return visit.page("articles/write.html", article=one, customer=whose(visit, one), names=customer_names(visit))


def customer_of(visit: Visit) -> int | None:
    """The customer a form names; nobody where an article is for all."""
    name = str(visit.form.get("customer_name", "")).strip()
    id = customers.by_name(visit.work, name) if name else None
    if name and id is None:
        visit.refuse(customer_name=NO_CUSTOMER)
    return id


def create(visit: Visit) -> Answer:
    form = visit.form
    asked = {"name": form.get("name", ""), "body": text(form.get("body")), "public": form.get("public") == "1"}
    id = knowledge.create(visit.work, knowledge.New.check({**asked, "customer_id": customer_of(visit)}))
    return visit.go(f"/articles/{id}", visit.speech._("The article is there."))


def text(typed: Any) -> str:
    return str(typed or "").replace("\r\n", "\n")


def change(visit: Visit) -> Answer:
    one, form = found(visit), visit.form
    changes = editing.changed(form, ("name", "body"), one, ("public",))
    if "customer_name" in form and form["customer_name"] != form.get(f"{editing.WAS}customer_name"):
        changes["customer_id"] = customer_of(visit)
    if changes:
        knowledge.change(visit.work, one.id, knowledge.Changes.check(changes))
    return visit.go(f"/articles/{one.id}", visit.speech._("Saved."))


def remove(visit: Visit) -> Answer:
    one = found(visit)
    typed = str(visit.form.get("typed", ""))
    if fold(typed.strip()) != fold(one.name):
        visit.refuse(typed="is not the name" if typed.strip() else MISSING)
    knowledge.remove(visit.work, one.id)
    return visit.go("/articles", visit.speech._("%(name)s is gone.", name=one.name))


ROUTES = (
    page("/articles", index),
    page("/articles.csv", as_file),
    page("/articles/new", new),
    act("/articles", create, again=new),
    page("/articles/{id}", article),
    page("/articles/{id}/text", edit),
    act("/articles/{id}/text", change, again=edit),
    act("/articles/{id}/deletion", remove, again=edit),
)
