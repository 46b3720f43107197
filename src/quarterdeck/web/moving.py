"""A ticket of somebody else's: to another contact, or another customer, after what that takes off it was told."""

from typing import Any

from quarterdeck.desk import tickets
from quarterdeck.desk.errors import MISSING
from quarterdeck.desk.input import whole
from quarterdeck.edge.http import Answer
from quarterdeck.web import people
from quarterdeck.web.kit import Visit, act, page

WHOSE = tickets.READING.view(
    ("id", "title", "customer_id", "customer.name", "contact_id", "contact.full_name", "contract.name", "site.name")
)
INVOLVED = tickets.INVOLVED.view(("asset_id", "asset.name"))
PARTS = tickets.READING.view(("id",))
KINDS = ("contact", "customer")


def move_page(visit: Visit) -> Answer:
    work = visit.work
    work.require("tickets:write")
    one = WHOSE.read(work, [WHOSE.one(work, visit.id())])[0]
    asked = visit.query.get("who", "").strip()
    companies, persons = people.found(work, asked) if asked else ([], people.contacts_of(work, one.customer_id))
    return visit.page(
        "tickets/move.html",
        ticket=one,
        asked=asked,
        persons=[row for row in persons if row[0] != one.contact_id],
        companies=[row for row in companies if row[0] != one.customer_id],
        goes=goes(visit, one),
    )


def goes(visit: Visit, one: Any) -> list[tuple[str, str]]:
    """What another customer's ticket would have no longer."""
    work, _ = visit.work, visit.speech._
    devices = INVOLVED.read(work, INVOLVED.under(work, "ticket_id", [one.id]))
    parts = PARTS.total(work, {"parent_id": one.id})
    named = [
        (_("Contract"), one.contract_name),
        (_("Site"), one.site_name),
        (_("Devices"), ", ".join(device.asset_name for device in devices)),
        (_("Parts of it"), visit.speech.number(parts) if parts else None),
    ]
    return [(name, what) for name, what in named if what]


def move(visit: Visit) -> Answer:
    kind, _, id = str(visit.form.get("to", "")).partition("-")
    if kind not in KINDS or whole(id) is None:
        visit.refuse(to=MISSING)
    tickets.change(visit.work, visit.id(), tickets.Changes.check({f"{kind}_id": id}))
    one = WHOSE.read(visit.work, [WHOSE.one(visit.work, visit.id())])[0]
    name = one.contact_full_name or one.customer_name
    return visit.go(f"/tickets/{one.id}", visit.speech._("The ticket is %(name)s’s now.", name=name))


ROUTES = (
    page("/tickets/{id}/customer", move_page),
    act("/tickets/{id}/customer", move, again=move_page),
)
