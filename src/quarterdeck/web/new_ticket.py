"""A new ticket: who asks, and for what."""

from typing import Any

from quarterdeck.desk import assets, contacts, customers, queues, tickets
from quarterdeck.desk.input import whole
from quarterdeck.desk.tickets import Priority, Source, Type
from quarterdeck.edge.http import Answer
from quarterdeck.web import editing, people
from quarterdeck.web.kit import Visit, act, page
from quarterdeck.web.wording import word


def new_page(visit: Visit) -> Answer:
    """A form; whom it is for is looked up first, or named by the address."""
    visit.work.require("tickets:write")
    work, form, query = visit.work, visit.form, visit.query
    contact_id, customer_id, asset_id = (
        whole(form.get(name) or query.get(name, "")) for name in ("contact_id", "customer_id", "asset_id")
    )
    contact = contacts.seen(work, contact_id) if contact_id is not None else None
    if contact is not None:
        customer_id = contact.customer_id
    customer = customers.seen(work, customer_id) if customer_id is not None else None
    asset = assets.seen(work, asset_id) if asset_id is not None else None
    asked = query.get("who", "").strip()
    return visit.page(
        "queue/new.html",
        contact=contact,
        asset=asset if asset is not None and customer is not None and asset.customer_id == customer.id else None,
        customer=customer,
        asked=asked,
        found=people.found(work, asked) if asked and not customer else ([], []),
        theirs=people.contacts_of(work, customer.id) if customer else [],
        people=people.technicians(work),
        priorities=[(one, word(visit.speech, one)) for one in reversed(Priority)],
        types=[(one, word(visit.speech, one)) for one in Type],
    )


def create(visit: Visit) -> Answer:
    form = visit.form
    names = ("title", "description", "priority", "type", "technician_id", "customer_id", "contact_id")
    asked: dict[str, Any] = {name: form[name] for name in names if form.get(name)}
    if asked.get("technician_id") == "me":
        asked["technician_id"] = visit.visitor.technician_id
    asked["source"] = Source.AGENT
    if form.get("asset_id"):
        asked["asset_ids"] = [form["asset_id"]]
    if form.get("tags"):
        asked["tags"] = editing.parted(form["tags"])
    id = tickets.create(visit.work, tickets.New.check(asked))
    queues.saw(visit.work, id)
    return visit.go(f"/tickets/{id}", visit.speech._("Ticket %(id)s has been made.", id=id))


ROUTES = (
    page("/tickets/new", new_page),
    act("/tickets/new", create, again=new_page),
)
