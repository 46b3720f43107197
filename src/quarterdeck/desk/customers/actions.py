"""What can happen to customers. How one leaves is in `leaving`, which knows all that hangs on a customer."""

from typing import Any

from quarterdeck.desk import journal, search
from quarterdeck.desk.customers.inputs import Changes, New, NewPhone, NewSite, PhoneChanges, SiteChanges
from quarterdeck.desk.customers.queries import PHONE, SITE, domain_key, get
from quarterdeck.desk.customers.records import Customer, Phone, Site
from quarterdeck.desk.errors import Forbidden
from quarterdeck.desk.input import digits, fold
from quarterdeck.desk.likeness import company_domain, company_key
from quarterdeck.desk.work import Work, unchanged


def create(work: Work, new: New) -> int:
    work.require("customers:write")
    if work.actor.customer_id is not None:
        raise Forbidden("sees one customer only")

    values = new.model_dump(exclude={"created_at"})
    values |= {**keys(new.sent), **likeness(values)}
    values |= {"created_at": new.created_at} if "created_at" in new.sent else {}
    id = work.insert(Customer, **values)
    index(work, id, values, fresh=True)
    journal.record(work, "customer.created", id, customer_id=id, after=new.model_dump(exclude_unset=True))
    return id


def change(work: Work, id: int, changes: Changes, version: int | None = None) -> None:
    work.require("customers:write")
    customer = get(work, id, hold=True)
    unchanged(customer, version)

    values = {**changes.model_dump(exclude_unset=True), **keys(changes.sent)}
    whole = {name: values.get(name, getattr(customer, name)) for name in FOUND_BY}
    work.update(Customer, customer.id, **values, **likeness(whole))
    index(work, customer.id, whole)
    if "name" in changes.sent and changes.name != customer.name:
        search.renamed(work, "customer", customer.id, changes.name)
    after = changes.model_dump(exclude_unset=True)
    before = {name: getattr(customer, name) for name in after}
    journal.record(work, "customer.changed", customer.id, customer_id=customer.id, before=before, after=after)


def take_over(work: Work, id: int, values: dict[str, Any]) -> None:
    """Give a customer values that another one had, just as they were kept. Merging writes down what it takes over."""
    customer = get(work, id, hold=True)
    whole = {name: values.get(name, getattr(customer, name)) for name in FOUND_BY}
    work.update(Customer, customer.id, **values, **keys(values), **likeness(whole))
    index(work, customer.id, whole)


def add_site(work: Work, new: NewSite) -> int:
    work.require("customers:write")
    customer = get(work, new.customer_id)

    id = work.insert(Site, **{**new.model_dump(), "customer_id": customer.id})
    journal.record(work, "site.created", id, customer_id=customer.id, after=new.sent)
    return id


def change_site(work: Work, id: int, changes: SiteChanges, version: int | None = None) -> None:
    work.require("customers:write")
    site = SITE.get(work, id, hold=True)
    unchanged(site, version)

    work.update(Site, id, **changes.sent)
    before = {name: getattr(site, name) for name in changes.sent}
    journal.record(work, "site.changed", id, customer_id=site.customer_id, before=before, after=changes.sent)


def add_phone(work: Work, new: NewPhone) -> int:
    work.require("customers:write")
    customer = get(work, new.customer_id)

    id = work.insert(Phone, **{**new.model_dump(), "customer_id": customer.id})
    journal.record(work, "phone.created", id, customer_id=customer.id, after=new.sent)
    return id


def change_phone(work: Work, id: int, changes: PhoneChanges, version: int | None = None) -> None:
    work.require("customers:write")
    phone = PHONE.get(work, id, hold=True)
    unchanged(phone, version)

    work.update(Phone, id, **changes.sent)
    before = {name: getattr(phone, name) for name in changes.sent}
    journal.record(work, "phone.changed", id, customer_id=phone.customer_id, before=before, after=changes.sent)


def remove_phone(work: Work, id: int, version: int | None = None) -> None:
    work.require("customers:write")
    phone = PHONE.get(work, id, hold=True)
    unchanged(phone, version)

    work.delete(Phone, Phone.id == id)
    journal.record(work, "phone.deleted", id, customer_id=phone.customer_id, before={"number": phone.number})


FOUND_BY = ("name", "domain", "business_number", "city", "phone", "notes", "first_name", "last_name", "email", "mobile")


def index(work: Work, id: int, values: dict[str, Any], *, fresh: bool = False) -> None:
    search.put(work, "customer", id, *(values.get(name) for name in FOUND_BY), fresh=fresh)


def likeness(whole: dict[str, Any]) -> dict[str, Any]:
    """What a customer's duplicates would have, too."""
    domains = (domain_key(whole[name]) if whole.get(name) else None for name in ("domain", "email"))
    return {"alike_key": company_key(whole["name"]), "alike_domain": company_domain(*domains)}


def keys(sent: dict[str, Any]) -> dict[str, Any]:
    """The folded columns that follow from what was sent."""
    made: dict[str, Any] = {}
    if "name" in sent:
        made["name_key"] = fold(sent["name"])
    for name, key in (("first_name", "first_key"), ("last_name", "last_key")):
        if name in sent:
            made[key] = fold(sent[name]) if sent[name] else None
    if "email" in sent:
        made["email_key"] = fold(sent["email"]) if sent["email"] else None
    if "phone" in sent:
        made["phone_key"] = digits(sent["phone"])
    if "domain" in sent:
        made["domain_key"] = domain_key(sent["domain"]) if sent["domain"] else None
    return made
