"""Where a customer is and can be called: its sites and further numbers."""

from quarterdeck.desk import customers
from quarterdeck.edge.http import Answer
from quarterdeck.web import editing
from quarterdeck.web.customer import PHONE, found, overview
from quarterdeck.web.hanging import SITE
from quarterdeck.web.kit import Visit, act, below


def add_site(visit: Visit) -> Answer:
    customer = found(visit)
    typed = {name: visit.form.get(name) or None for name in SITE}
    customers.add_site(visit.work, customers.NewSite.check({**typed, "customer_id": customer.id}))
    return visit.go(f"/customers/{customer.id}", visit.speech._("The site is there."))


def change_site(visit: Visit) -> Answer:
    customer = found(visit)
    site = below("site", customers.SITE.get(visit.work, visit.id("site")), customer_id=customer.id)
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
    phone = below("phone", customers.PHONE.get(visit.work, visit.id("phone")), customer_id=customer.id)
    if visit.form.get("do") == "remove":
        customers.remove_phone(visit.work, phone.id)
        said = visit.speech._("Number removed. It stands in the form once more: add it to take that back.")
        was = {name: text for name in PHONE if (text := getattr(phone, name))}
        return visit.go(f"/customers/{customer.id}", said, **was)
    if changes := editing.changed(visit.form, PHONE, phone):
        customers.change_phone(visit.work, phone.id, customers.PhoneChanges.check(changes))
    return visit.go(f"/customers/{customer.id}", visit.speech._("Saved."))


ROUTES = (
    act("/customers/{id}/sites", add_site, again=overview),
    act("/customers/{id}/sites/{site}", change_site, again=overview),
    act("/customers/{id}/phones", add_phone, again=overview),
    act("/customers/{id}/phones/{phone}", change_phone, again=overview),
)
