"""One box that looks everywhere."""

from dataclasses import dataclass
from typing import Any

import msgspec

from quarterdeck.desk import assets, contacts, customers, leads, products, tickets
from quarterdeck.desk.input import Input
from quarterdeck.desk.paging import Page
from quarterdeck.dialects.syncro.kinds import sheet
from quarterdeck.dialects.syncro.words import MILLIS, MONEY, PRIORITY, STATUS
from quarterdeck.edge.nesting import Form
from quarterdeck.edge.rest import Answer, Call, asking, checked
from quarterdeck.wire.shape import Shape, fixed, shown, taken

# So many of each sort are found.
MOST = 10


@dataclass(frozen=True)
class Sort:
    """One sort of record: how the vendor calls it, what is told of it, and the filter that takes what is looked for."""

    name: str
    form: Form
    filter: type[Input]
    by: str


CUSTOMER = Shape(
    shown("id", "id"),
    shown("firstname", "first_name"),
    shown("lastname", "last_name"),
    shown("email", "email"),
    shown("business_name", "name"),
    shown("phone", "phone"),
    fixed("phones", []),
)
CONTACT = Shape(
    shown("id", "id"),
    shown("name", "full_name"),
    shown("email", "email"),
    shown("phone", "phone"),
    shown("customer_id", "customer_id"),
)
TICKET = Shape(
    shown("id", "id"),
    shown("number", "id"),
    shown("subject", "title"),
    shown("status", "status", STATUS),
    shown("priority", "priority", PRIORITY),
    shown("customer_id", "customer_id"),
    shown("created_at", "created_at", MILLIS),
)

ASSET = Shape(
    shown("id", "id"),
    shown("name", "name"),
    shown("asset_type", "type"),
    shown("asset_serial", "serial"),
    shown("customer_id", "customer_id"),
)
LEAD = Shape(
    shown("id", "id"),
    shown("first_name", "first_name"),
    shown("last_name", "last_name"),
    shown("business_name", "business_name"),
    shown("email", "email"),
    shown("status", "status"),
)
PRODUCT = Shape(
    shown("id", "id"),
    shown("name", "name"),
    shown("description", "description"),
    shown("upc_code", "barcode"),
    shown("price_retail", "price_cents", MONEY),
)

SORTS = (
    Sort("customer", Form(customers.READING, CUSTOMER), customers.Filter, "text"),
    Sort("contact", Form(contacts.READING, CONTACT), contacts.Filter, "text"),
    Sort("ticket", Form(tickets.READING, TICKET), tickets.Filter, "text"),
    Sort("asset", Form(assets.READING, ASSET), assets.Filter, "like"),
    Sort("lead", Form(leads.READING, LEAD), leads.Filter, "like"),
    Sort("product", Form(products.READING, PRODUCT), products.Filter, "text"),
)
ASKED = Shape(taken("query", "text"))
RESULTS = {
    "type": "object",
    "properties": {
        "quick_result": {"type": "null"},
        "results": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "table": {
                        "type": "object",
                        "properties": {
                            "_id": {"type": "integer"},
                            "_type": {"enum": [sort.name for sort in SORTS]},
                            "_index": {"type": "string"},
                            "_source": {"type": "object", "required": ["table"]},
                        },
                        "required": ["_id", "_type", "_index", "_source"],
                    },
                },
                "required": ["table"],
            },
        },
        "error": {"type": "null"},
    },
    "required": ["quick_result", "results", "error"],
}


def everywhere(call: Call) -> Answer:
    """What every sort of record has, of those the caller may read."""
    readable = [sort for sort in SORTS if sort.form.reading.right in call.work.actor.rights]
    results = [found for sort in readable for found in of_sort(call, sort)]
    return Answer(200, {"quick_result": None, "results": results, "error": None})


def of_sort(call: Call, sort: Sort) -> list[dict[str, Any]]:
    asked, problems = ASKED.decode(call.sent)
    wanted = {sort.by: asked["text"]} if asked else {}
    with asking():
        where = checked(sort.filter, wanted, problems, ASKED)
    if not (getattr(where, sort.by, None) or "").strip():
        return []
    rows = sort.form.view.page(call.work, where, Page(size=MOST)).items
    return [hit(sort, record) for record in sort.form.encoded(call.work, rows)]


def hit(sort: Sort, record: Any) -> dict[str, Any]:
    whole = msgspec.to_builtins(record)
    return {
        "table": {
            "_id": whole["id"],
            "_type": sort.name,
            "_index": f"{sort.name}s",
            "_source": {"table": whole},
        }
    }


SEARCH = sheet("search", everywhere, "Look everywhere", None, RESULTS, parameters=ASKED)
