"""What can happen to schedules and their lines."""

from typing import Any

from quarterdeck.desk import access, customers, journal, products
from quarterdeck.desk.errors import MISSING, Invalid, Problem, Why
from quarterdeck.desk.products import Product
from quarterdeck.desk.schedules.inputs import Changes, LineChanges, New, NewLine
from quarterdeck.desk.schedules.queries import get, line, next_position, seen
from quarterdeck.desk.schedules.records import Line, Schedule
from quarterdeck.desk.work import Work, exists, unchanged

NO_CUSTOMER = Problem("names no customer", Why.UNKNOWN)
NO_SCHEDULE = Problem("names no schedule", Why.UNKNOWN)
NO_PRODUCT = Problem("names no product", Why.UNKNOWN)
NO_TECHNICIAN = Problem("names no technician", Why.UNKNOWN)


def create(work: Work, new: New) -> int:
    work.require("schedules:write")
    values = new.model_dump()
    exists(work, values, "customer_id", customers.seen, NO_CUSTOMER)

    id = work.insert(Schedule, **values)
    journal.record(work, "schedule.created", id, customer_id=values["customer_id"], after=values)
    return id


def change(work: Work, id: int, changes: Changes, version: int | None = None) -> None:
    work.require("schedules:write")
    schedule = get(work, id, hold=True)
    unchanged(schedule, version)
    values = changes.sent
    exists(work, values, "customer_id", customers.seen, NO_CUSTOMER)

    work.update(Schedule, schedule.id, **values)
    before = {name: getattr(schedule, name) for name in values}
    journal.record(work, "schedule.changed", schedule.id, customer_id=schedule.customer_id, before=before, after=values)


def remove(work: Work, id: int, version: int | None = None) -> None:
    """Delete a schedule with its lines."""
    work.require("schedules:write")
    schedule = get(work, id, hold=True)
    unchanged(schedule, version)

    work.delete(Line, Line.schedule_id == schedule.id)
    work.delete(Schedule, Schedule.id == schedule.id)
    before = {"name": schedule.name}
    journal.record(work, "schedule.deleted", schedule.id, customer_id=schedule.customer_id, before=before)


def add_line(work: Work, new: NewLine) -> int:
    work.require("schedules:write")
    values = {name: one for name, one in new.model_dump(exclude_unset=True).items() if one is not None}
    # Held: of two lines added at once, each has a place of its own.
    schedule = exists(work, values, "schedule_id", lambda work, id: seen(work, id, hold=True), NO_SCHEDULE)
    assert schedule is not None
    product = exists(work, values, "product_id", products.seen, NO_PRODUCT)
    exists(work, values, "technician_id", access.seen, NO_TECHNICIAN)
    values = {**EMPTY, **(of_product(product) if product else {}), **values}
    if not values.get("name"):
        raise Invalid({"name": MISSING})
    values.setdefault("position", next_position(work, schedule.id))

    id = work.insert(Line, **values)
    work.update(Schedule, schedule.id)
    journal.record(work, "schedule.line added", schedule.id, customer_id=schedule.customer_id, after=values)
    return id


def change_line(work: Work, id: int, changes: LineChanges, version: int | None = None) -> None:
    """Change a line. Another product brings its own name and prices, where none are given."""
    work.require("schedules:write")
    schedule = get(work, line(work, id).schedule_id, hold=True)
    kept = line(work, id)
    unchanged(kept, version)
    values = changes.model_dump(exclude_unset=True)
    product = exists(work, values, "product_id", products.seen, NO_PRODUCT)
    exists(work, values, "technician_id", access.seen, NO_TECHNICIAN)
    if product is not None and product.id != kept.product_id:
        values = of_product(product) | values

    work.update(Line, id, **values)
    work.update(Schedule, schedule.id)
    before = {name: getattr(kept, name) for name in values}
    journal.record(
        work, "schedule.line changed", schedule.id, customer_id=schedule.customer_id, before=before, after=values
    )


def remove_line(work: Work, id: int, version: int | None = None) -> None:
    work.require("schedules:write")
    schedule = get(work, line(work, id).schedule_id, hold=True)
    kept = line(work, id)
    unchanged(kept, version)

    work.delete(Line, Line.id == id)
    work.update(Schedule, schedule.id)
    before = {"name": kept.name}
    journal.record(work, "schedule.line removed", schedule.id, customer_id=schedule.customer_id, before=before)


EMPTY = {"product_id": None, "technician_id": None, "description": None, "counts": None}


def of_product(product: Product) -> dict[str, Any]:
    """What a line says of the product it is for."""
    return {
        "product_id": product.id,
        "name": product.name,
        "description": product.description,
        "price_cents": product.price_cents,
        "cost_cents": product.cost_cents,
        "taxable": product.taxable,
    }
