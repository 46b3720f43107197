"""Schedules: what is billed again and again, line by line."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

import msgspec

from quarterdeck.desk import schedules
from quarterdeck.desk.errors import MISSING, Invalid, NotFound, Problem, Why
from quarterdeck.desk.schedules import Frequency
from quarterdeck.dialects.syncro.kinds import Kind
from quarterdeck.dialects.syncro.lines import QUANTITY
from quarterdeck.dialects.syncro.words import IDS, MILLIS, MONEY, NO_CUSTOMER, said
from quarterdeck.edge.nesting import Form, Nest
from quarterdeck.edge.rest import Answer, Call, Verb
from quarterdeck.edge.verbs import change, create, usual
from quarterdeck.wire.codecs import BOOL, INT, Choice, Unreadable, int_from
from quarterdeck.wire.shape import Shape, field, fixed, shown, taken

FREQUENCY = Choice(
    Frequency,
    daily="Daily",
    weekly="Weekly",
    biweekly="Biweekly",
    monthly="Monthly",
    quarterly="Quarterly",
    semi_annually="Semi-Annually",
    annually="Annually",
    biennially="Biennially",
    triennially="Triennially",
    also={"Yearly": Frequency.ANNUALLY},
)

SHAPE = Shape(
    shown("id", "id"),
    fixed("account_id", 1),
    field("customer_id", "customer_id", INT),
    field("email_customer", "by_email", BOOL),
    field("frequency", "frequency", FREQUENCY),
    field("name", "name"),
    field("next_run", "next_run", MILLIS),
    field("snail_mail", "by_post", BOOL),
    field("charge_mop", "charges_card", BOOL),
    field("invoice_unbilled_ticket_charges", "with_tickets", BOOL),
    field("paused", "paused", BOOL),
    fixed("last_invoice_paid", None),
    shown("created_at", "created_at", MILLIS),
    shown("updated_at", "updated_at", MILLIS),
)
LINE = Shape(
    shown("id", "id"),
    shown("schedule_id", "schedule_id"),
    taken("schedule_id", "schedule_id", INT),
    field("product_id", "product_id", INT),
    field("name", "name"),
    field("description", "description"),
    field("quantity", "quantity", QUANTITY),
    field("cost_cents", "cost_cents", INT),
    field("retail_cents", "price_cents", INT),
    field("price_cost", "cost_cents", MONEY),
    field("price_retail", "price_cents", MONEY),
    field("position", "position", INT),
    field("taxable", "taxable", BOOL),
    field("user_id", "technician_id", INT),
    shown("product_category", "product.category.name"),
    fixed("asset_type_id", None),
    field("recurring_type_id", "counts", INT),
    fixed("device_ids", []),
    field("one_time_charge", "once", BOOL),
)
AMOUNTS = Shape(shown("quantity", "quantity"), shown("price", "price_cents"))


def subtotal(lines: Sequence[Any]) -> Decimal:
    return schedules.subtotal((one["quantity"], one["price"]) for one in msgspec.to_builtins(lines))


def add_line(call: Call) -> Answer:
    call.data = {**call.data, "schedule_id": schedules.get(call.work, call.number("schedule_id")).id}
    return create(call)


def of_schedule(call: Call, which: Callable[[Call], int]) -> int:
    """The line's id, which must be the schedule's in the path."""
    schedule_id = schedules.get(call.work, call.number("schedule_id")).id
    id = which(call)
    if schedules.line(call.work, id).schedule_id != schedule_id:
        raise NotFound(call.on.one, id)
    return id


def change_line(call: Call) -> Answer:
    of_schedule(call, lambda call: call.id)
    return change(call)


def remove_line(call: Call) -> Answer:
    schedules.remove_line(call.work, of_schedule(call, named), call.version)
    return Answer(200, {"success": True})


def named(call: Call) -> int:
    """The line's id: under one of three names, or as all there is in the body."""
    names = ("schedule_line_item_id", "line_item_id", "id")
    whole = call.request.data
    said = (
        whole
        if isinstance(whole, int | str)
        else next((call.data[name] for name in names if call.data.get(name)), None)
    )
    if said is None:
        raise Invalid({names[0]: MISSING})
    try:
        return int_from(said)
    except Unreadable as problem:
        raise Invalid({names[0]: Problem(str(problem))}) from None


READ, WRITE = "schedules:read", "schedules:write"

SCHEDULES = Kind(
    path="schedules",
    one="schedule",
    wrapper="schedule",
    many="schedules",
    reading=schedules.READING,
    shape=SHAPE,
    nests=(
        Nest("lines", Form(schedules.LINES, LINE), "schedule_id"),
        Nest("subtotal", Form(schedules.LINES, AMOUNTS), "schedule_id", gather=subtotal),
    ),
    filter=schedules.Filter,
    filters=Shape(
        taken("customer_id", "customer_id", INT),
        taken("paused", "paused", BOOL),
        taken("id", "ids", IDS),
        taken("since_updated_at", "changed_since", MILLIS),
    ),
    orders={"name": "name", "next_run": "next_run", "created_at": "created_at", "updated_at": "updated_at"},
    new=schedules.New,
    create=schedules.create,
    changes=schedules.Changes,
    change=schedules.change,
    remove=schedules.remove,
    words={
        **NO_CUSTOMER,
        ("name", Why.MISSING): said("Name can't be blank"),
        ("frequency", Why.MISSING): said("Frequency can't be blank"),
        ("next_run", Why.MISSING): said("Next run can't be blank"),
    },
    verbs=usual("schedule", "schedules", SHAPE, required=("customer_id", "name", "frequency", "next_run"), created=200),
)

LINES = Kind(
    path="schedules/{schedule_id}",
    one="schedule line",
    wrapper="schedule_line_item",
    many="schedule_line_items",
    reading=schedules.LINES,
    shape=LINE,
    new=schedules.NewLine,
    create=schedules.add_line,
    changes=schedules.LineChanges,
    change=schedules.change_line,
    words={
        ("name", Why.MISSING): said("Name can't be blank"),
        ("product_id", Why.UNKNOWN): said("Product not found"),
        ("technician_id", Why.UNKNOWN): said("User not found"),
    },
    verbs=(
        Verb("POST", "/add_line_item", add_line, "Add a line to a schedule", WRITE, takes=LINE, gives=LINE,
             input=schedules.NewLine, note="Needs `name`, or a product to take it from."),
        Verb("POST", "/remove_line_item", remove_line, "Remove a line from a schedule", WRITE,
             note="`schedule_line_item_id` names the line; so does a body that is its number alone."),
        Verb("PUT", "/line_items/{id}", change_line, "Update a line of a schedule", WRITE, takes=LINE, gives=LINE,
             input=schedules.LineChanges),
    ),
)  # fmt: skip

__all__ = ["LINES", "SCHEDULES"]
