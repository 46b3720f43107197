"""Lines: on a ticket, and by themselves in the form of an invoice's."""

from decimal import Decimal

from quarterdeck.desk import charges, hours
from quarterdeck.desk.errors import Why
from quarterdeck.dialects.syncro.kinds import Kind
from quarterdeck.dialects.syncro.naming import of_ticket, on_ticket
from quarterdeck.dialects.syncro.words import EXACT, IDS, MILLIS, MONEY, cents_from, said
from quarterdeck.edge.nesting import Form
from quarterdeck.edge.rest import Answer, Call, Verb
from quarterdeck.edge.verbs import change, index, listed, remove, usual
from quarterdeck.wire.codecs import BOOL, INT, Codec, decimal_from, nullable
from quarterdeck.wire.shape import Shape, field, fixed, shown, taken


def written(number: Decimal) -> str:
    """`1.0`, `64.99`: with the decimals it has, and at least one."""
    text = format(number.normalize(), "f")
    return text if "." in text else f"{text}.0"


def quantity_out(text: str | None) -> str | None:
    return None if text is None else written(Decimal(text))


def amount_out(cents: int | None) -> str | None:
    return None if cents is None else written(Decimal(cents) / 100)


# An exact number, and an amount in cents, both as text.
QUANTITY = Codec(nullable("string"), quantity_out, lambda value: None if value == "" else decimal_from(value))
AMOUNT = Codec(nullable("string"), amount_out, lambda value: None if value == "" else cents_from(value))

ON_TICKET = Shape(
    shown("id", "id"),
    field("ticket_id", "ticket_id", INT),
    field("user_id", "technician_id", INT),
    field("product_id", "product_id", INT),
    field("name", "name"),
    field("description", "description"),
    field("quantity", "quantity", QUANTITY),
    shown("product_category", "product.category.name"),
    field("upc_code", "barcode"),
    field("taxable", "taxable", BOOL),
    shown("cost_cents", "cost_cents"),
    shown("retail_cents", "price_cents"),
    shown("created_at", "created_at", MILLIS),
    shown("updated_at", "updated_at", MILLIS),
    fixed("converted", False),
    fixed("item_id", None),
    field("position", "position", INT),
    fixed("estimate_line_item_id", None),
    fixed("old_price", None),
    field("line_discount_percent", "discount_percent", EXACT),
    fixed("discount_dollars", None),
    fixed("original_ticket_line_item_id", None),
    field("price_cost", "cost_cents", MONEY),
    field("price_retail", "price_cents", MONEY),
    taken("cost", "cost_cents", MONEY),
    taken("price", "price_cents", MONEY),
)

LINE = Shape(
    shown("id", "id"),
    shown("created_at", "created_at", MILLIS),
    shown("updated_at", "updated_at", MILLIS),
    fixed("invoice_id", None),
    fixed("estimate_id", None),
    field("ticket_id", "ticket_id", INT),
    field("item", "name"),
    shown("name", "wording"),
    taken("name", "description"),
    field("cost", "cost_cents", AMOUNT),
    field("price", "price_cents", AMOUNT),
    field("quantity", "quantity", QUANTITY),
    field("product_id", "product_id", INT),
    field("taxable", "taxable", BOOL),
    field("discount_percent", "discount_percent", EXACT),
    taken("line_discount_percent", "discount_percent", EXACT),
    field("position", "position", INT),
    fixed("invoice_bundle_id", None),
    fixed("discount_dollars", None),
    shown("product_category", "product.category.name"),
    field("upc_code", "barcode"),
    field("user_id", "technician_id", INT),
)

# A line among a ticket's.
CHARGE = Form(charges.READING, ON_TICKET)

FILTERS = Shape(
    taken("id", "ids", IDS),
    taken("ticket_id", "ticket_id", INT),
    taken("product_id", "product_id", INT),
    taken("customer_id", "customer_id", INT),
    taken("since_updated_at", "changed_since", MILLIS),
)
BILLED_ON = Shape(
    taken("invoice_id", "invoice_id", INT),
    taken("estimate_id", "estimate_id", INT),
    taken("invoice_id_not_null", "invoiced", BOOL),
    taken("estimate_id_not_null", "estimated", BOOL),
)

WORDS = {
    ("name", Why.MISSING): said("Name can't be blank"),
    ("ticket_id", Why.MISSING): said("ticket_id required"),
    ("ticket_id", Why.UNKNOWN): said("Ticket not found"),
    ("product_id", Why.UNKNOWN): said("Product not found"),
    ("technician_id", Why.UNKNOWN): said("User not found"),
}


def search(call: Call) -> Answer:
    """The list. No line is an invoice's or an estimate's yet: whoever asks for those is shown none."""
    asked, problems = BILLED_ON.decode(call.sent)
    return listed(call, call.filtered(problems, **({"ids": []} if any(asked.values()) else {})))


TICKET_LINES = Kind(
    path="tickets/{ticket_id}",
    one="line item",
    wrapper="ticket_line_item",
    many="line_items",
    reading=charges.READING,
    shape=ON_TICKET,
    flat=True,
    errors_as_text=True,
    new=charges.New,
    create=charges.create,
    changes=charges.Changes,
    change=charges.change,
    remove=hours.remove_charge,
    farewell={"success": True, "message": ""},
    words=WORDS,
    verbs=(
        Verb(
            "POST", "/add_line_item", on_ticket, "Add a line to a ticket", "charges:write", takes=ON_TICKET,
            required=("name",), gives=ON_TICKET, input=charges.New,
        ),
        Verb(
            "POST", "/line_items", on_ticket, "Add a line to a ticket", "charges:write", takes=ON_TICKET,
            gives=ON_TICKET, input=charges.New,
        ),
        Verb(
            "PUT", "/update_line_item", of_ticket(change, charges.get, "ticket_line_item_id"),
            "Update a line of a ticket", "charges:write", takes=ON_TICKET, gives=ON_TICKET, input=charges.Changes,
            note="`ticket_line_item_id` names the line.",
        ),
        Verb(
            "POST", "/remove_line_item", of_ticket(remove, charges.get, "ticket_line_item_id"),
            "Remove a line from a ticket", "charges:write", note="`ticket_line_item_id` names the line.",
        ),
    ),
)  # fmt: skip

LINES = Kind(
    path="line_items",
    one="line item",
    wrapper="line_item",
    many="line_items",
    reading=charges.READING,
    shape=LINE,
    filter=charges.Filter,
    filters=FILTERS,
    orders={"position": "position", "created_at": "created_at", "updated_at": "updated_at"},
    size=100,
    errors_as_text=True,
    new=charges.New,
    create=charges.create,
    changes=charges.Changes,
    change=charges.change,
    remove=hours.remove_charge,
    words={**WORDS, ("name", Why.MISSING): said("Item can't be blank")},
    verbs=(
        Verb("GET", "", search, "List lines", "charges:read", gives=LINE, many=True, parameters=BILLED_ON),
        *(verb for verb in usual("line item", "charges", LINE, created=200) if verb.do is not index),
    ),
)

__all__ = ["CHARGE", "LINES", "TICKET_LINES"]
