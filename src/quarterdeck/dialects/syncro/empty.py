"""What comes with billing: lists that are whole and empty until then, and the ways to pay."""

from quarterdeck.desk import contracts, provider
from quarterdeck.desk.errors import NotFound
from quarterdeck.desk.paging import Found
from quarterdeck.dialects.syncro.kinds import Kind, sheet
from quarterdeck.dialects.syncro.manners import envelope
from quarterdeck.edge.rest import Answer, Call, Verb
from quarterdeck.wire.shape import Shape

METHODS = ("Credit Card", "Cash", "Check", "Offline CC", "Quick", "Other")
RIGHT = "charges:read"


def none(call: Call) -> Answer:
    return call.manners.listing(call, Found((), 0, call.manners.page(call)), ())


def nowhere(call: Call) -> Answer:
    raise NotFound(call.on.one, call.id)


def empty(one: str) -> Kind:
    return Kind(
        path=f"{one}s",
        one=one,
        wrapper=one,
        many=f"{one}s",
        reading=contracts.READING,
        shape=Shape(),
        verbs=(
            Verb("GET", "", none, f"List {one}s", RIGHT, gives=envelope(f"{one}s", {"type": "object"}), many=True),
            Verb("GET", "/{id}", nowhere, f"Get a {one}", RIGHT, gives={"type": "object"}),
        ),
    )


def methods(call: Call) -> Answer:
    since = f"{provider.get(call.work).created_at:%Y-%m-%dT%H:%M:%S.000Z}"
    rows = [
        {"id": place, "name": name, "created_at": since, "updated_at": since, "uses_card_processing": False}
        for place, name in enumerate(METHODS, 1)
    ]
    page = call.manners.page(call)
    begin = (page.number - 1) * page.size
    return call.manners.listing(call, Found((), len(rows), page), rows[begin : begin + page.size])


METHOD = {
    "type": "object",
    "properties": {
        "id": {"type": "integer"},
        "name": {"type": "string"},
        "created_at": {"type": "string", "format": "date-time"},
        "updated_at": {"type": "string", "format": "date-time"},
        "uses_card_processing": {"type": "boolean"},
    },
    "required": ["id", "name", "uses_card_processing"],
}

EMPTY = tuple(map(empty, ("invoice", "estimate", "payment")))
PAYMENT_METHODS = sheet(
    "payment_methods",
    methods,
    "List the ways to pay",
    "tickets:read",
    envelope("payment_methods", METHOD),
    many=True,
)
