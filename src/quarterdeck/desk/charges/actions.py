"""What can happen to lines. How one is removed is in `hours`, whose time it may bill."""

from functools import partial
from typing import Any

from quarterdeck.desk import journal, products, tickets
from quarterdeck.desk.charges.inputs import Changes, New
from quarterdeck.desk.charges.queries import held, next_position
from quarterdeck.desk.charges.records import Charge
from quarterdeck.desk.errors import MISSING, Invalid, Problem, Why
from quarterdeck.desk.products import Product
from quarterdeck.desk.tickets import Ticket
from quarterdeck.desk.work import Work, exists, unchanged

NO_TICKET = Problem("names no ticket", Why.UNKNOWN)
NO_PRODUCT = Problem("names no product", Why.UNKNOWN)
NAME_MAX = 250


def create(work: Work, new: New) -> int:
    work.require("charges:write")
    # Held: of two lines added at once, each has a place of its own.
    ticket = exists(work, new.sent, "ticket_id", partial(tickets.seen, hold=True), NO_TICKET)
    if ticket is None and work.actor.customer_id is not None:
        raise Invalid({"ticket_id": MISSING})
    product = exists(work, new.sent, "product_id", products.seen, NO_PRODUCT)
    sent = new.model_dump(exclude_unset=True)
    values = (of_product(product) if product else {}) | {name: one for name, one in sent.items() if one is not None}
    values["name"] = values.get("name") or headline(values.get("description"))
    if not values["name"]:
        raise Invalid({"name": MISSING})

    values["ticket_id"] = ticket.id if ticket else None
    values["technician_id"] = tickets.assignee(work, new.sent) or work.actor.technician_id
    values.setdefault("position", next_position(work, ticket.id) if ticket else 0)
    id = work.insert(Charge, **{**EMPTY, **values})
    touch(work, ticket)
    journal.record(work, "line item.created", id, customer_id=ticket.customer_id if ticket else None, after=values)
    return id


def change(work: Work, id: int, changes: Changes, version: int | None = None) -> None:
    """Change a line. Another product brings its own name and prices, where none are given."""
    work.require("charges:write")
    charge, ticket = held(work, id)
    unchanged(charge, version)
    product = exists(work, changes.sent, "product_id", products.seen, NO_PRODUCT)
    tickets.assignee(work, changes.sent)
    values = changes.model_dump(exclude_unset=True)
    if product is not None and product.id != charge.product_id:
        values = of_product(product) | values

    work.update(Charge, charge.id, **values)
    touch(work, ticket)
    before = {name: getattr(charge, name) for name in values}
    customer_id = ticket.customer_id if ticket else None
    journal.record(work, "line item.changed", charge.id, customer_id=customer_id, before=before, after=values)


EMPTY = {"product_id": None, "description": None, "discount_percent": None, "barcode": None}


def of_product(product: Product) -> dict[str, Any]:
    """What a line says of the product it is for."""
    return {
        "product_id": product.id,
        "name": product.name,
        "description": product.description,
        "price_cents": product.price_cents,
        "cost_cents": product.cost_cents,
        "discount_percent": product.discount_percent,
        "taxable": product.taxable,
        "barcode": product.barcode,
    }


def headline(text: str | None) -> str:
    """The first line of a text, as a name."""
    return (text or "").strip().partition("\n")[0].strip()[:NAME_MAX]


def touch(work: Work, ticket: Ticket | None) -> None:
    if ticket is not None:
        work.update(Ticket, ticket.id, last_activity_at=work.now)
