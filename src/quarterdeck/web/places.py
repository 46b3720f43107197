"""Where a customer is and can be called: its sites and further numbers."""

from quarterdeck.desk import customers
from quarterdeck.desk.customers import Customer, Phone, Site
from quarterdeck.desk.errors import NotFound
from quarterdeck.edge.http import Answer
from quarterdeck.web import editing
from quarterdeck.web.customer import PHONE, found, overview
from quarterdeck.web.hanging import SITE
from quarterdeck.web.kit import Visit, act


def add_site(visit: Visit) -> Answer:
    customer = found(visit)
    typed = {name: visit.form.get(name) or None for name in SITE}
    customers.add_site(visit.work, customers.NewSite.check({**typed, "customer_id": customer.id}))
    return visit.go(f"/customers/{customer.id}", visit.speech._("The site is there."))


def change_site(visit: Visit) -> Answer:
    customer = found(visit)
    site = customers.SITE.get(visit.work, visit.id("site"))
    refuse_others(customer, site, "site")
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
    refuse_others(customer, phone, "phone")
    if visit.form.get("do") == "remove":
        customers.remove_phone(visit.work, phone.id)
        said = visit.speech._("Number removed. It stands in the form once more: add it to take that back.")
        was = {name: text for name in PHONE if (text := getattr(phone, name))}
        return visit.go(f"/customers/{customer.id}", said, **was)
    if changes := editing.changed(visit.form, PHONE, phone):
        customers.change_phone(visit.work, phone.id, customers.PhoneChanges.check(changes))
    return visit.go(f"/customers/{customer.id}", visit.speech._("Saved."))


def refuse_others(customer: Customer, place: Site | Phone, kind: str) -> None:
    """A place of another customer than the address names is not there."""
    if place.customer_id != customer.id:
        raise NotFound(kind, place.id)


ROUTES = (
    act("/customers/{id}/sites", add_site, again=overview),
    act("/customers/{id}/sites/{site}", change_site, again=overview),
    act("/customers/{id}/phones", add_phone, again=overview),
    act("/customers/{id}/phones/{phone}", change_phone, again=overview),
)
