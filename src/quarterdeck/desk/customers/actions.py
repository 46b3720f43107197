"""What can happen to customers. How one leaves is in `leaving`, which knows all that hangs on a customer."""

from typing import Any

from quarterdeck.desk import journal, search
from quarterdeck.desk.customers.inputs import Changes, New, NewSite
from quarterdeck.desk.customers.queries import domain_key, get
from quarterdeck.desk.customers.records import Customer, Site
from quarterdeck.desk.errors import Forbidden
from quarterdeck.desk.input import fold
from quarterdeck.desk.work import Work, unchanged


def create(work: Work, new: New) -> int:
    work.require("customers:write")
    if work.actor.customer_id is not None:
        raise Forbidden("sees one customer only")

    values = {**keys(new.sent), **new.model_dump(exclude={"created_at"}), **new.sent}
    id = work.insert(Customer, **values)
    index(work, id, values, fresh=True)
    journal.record(work, "customer.created", id, customer_id=id, after=new.sent)
    return id


def change(work: Work, id: int, changes: Changes, version: int | None = None) -> None:
    work.require("customers:write")
    customer = get(work, id, hold=True)
    unchanged(customer, version)

    values = {**changes.sent, **keys(changes.sent)}
    work.update(Customer, id, **values)
    index(work, id, {name: values.get(name, getattr(customer, name)) for name in FOUND_BY})
    if "name" in changes.sent and changes.name != customer.name:
        search.renamed(work, "customer", id, changes.name)
    before = {name: getattr(customer, name) for name in changes.sent}
    journal.record(work, "customer.changed", id, customer_id=id, before=before, after=changes.sent)


def add_site(work: Work, new: NewSite) -> int:
    work.require("customers:write")
    get(work, new.customer_id)

    id = work.insert(Site, **new.model_dump())
    journal.record(work, "site.created", id, customer_id=new.customer_id, after=new.sent)
    return id


FOUND_BY = ("name", "domain", "business_number", "city", "phone", "notes")


def index(work: Work, id: int, values: dict[str, Any], *, fresh: bool = False) -> None:
    search.put(work, "customer", id, *(values.get(name) for name in FOUND_BY), fresh=fresh)


def keys(sent: dict[str, Any]) -> dict[str, Any]:
    """The folded columns that follow from what was sent."""
    made: dict[str, Any] = {}
    if "name" in sent:
        made["name_key"] = fold(sent["name"])
    if "domain" in sent:
        made["domain_key"] = domain_key(sent["domain"]) if sent["domain"] else None
    return made
