"""What is charged on a ticket beside time: parts, licences, flat fees."""

from typing import Any

from quarterdeck.desk import charges, hours, products, tickets
from quarterdeck.desk.input import fold
from quarterdeck.edge.http import Answer
from quarterdeck.web import editing
from quarterdeck.web.kit import Visit, act, below, called_here, rows
from quarterdeck.web.tickets import PRODUCTS, ticket


def add(visit: Visit) -> Answer:
    """A line for a product by its name, or for whatever else is written."""
    form = visit.form
    name = form.get("charge", "").strip()
    asked: dict[str, Any] = {"ticket_id": visit.id(), "name": name, "product_id": product_called(visit, name)}
    if quantity := form.get("quantity", "").strip():
        asked["quantity"] = quantity.replace(",", ".")
    if price := form.get("price", "").strip():
        asked["price_cents"] = editing.cents("price", price)
    with called_here(name="charge", price_cents="price"):
        charges.create(visit.work, charges.New.check(asked))
    return visit.go(f"/tickets/{visit.id()}#charges", visit.speech._("%(name)s is charged.", name=name))


def product_called(visit: Visit, name: str) -> int | None:
    if not name:
        return None
    fits = rows(PRODUCTS, visit, products.Filter.check({"name": name, "archived": False}), 50, order="name")
    return next((one.id for one in fits if fold(one.name) == fold(name)), None)


def remove(visit: Visit) -> Answer:
    ticket_id = tickets.get(visit.work, visit.id()).id
    line = below("line item", charges.get(visit.work, visit.id("charge")), ticket_id=ticket_id)
    hours.remove_charge(visit.work, line.id)
    said = visit.speech._("Charge removed. It stands in the form once more: add it to take that back.")
    price = editing.price(line.price_cents)
    return visit.go(f"/tickets/{ticket_id}", said, charge=line.name, quantity=line.quantity, price=price)


ROUTES = (
    act("/tickets/{id}/charges", add, again=ticket),
    act("/tickets/{id}/charges/{charge}/removal", remove, again=ticket),
)
