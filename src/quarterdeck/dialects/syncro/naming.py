"""Records that hang on the one in the path and are named in the body."""

from collections.abc import Callable
from typing import Any

from quarterdeck.desk import tickets
from quarterdeck.desk.errors import MISSING, Invalid, NotFound
from quarterdeck.desk.work import Work
from quarterdeck.edge.rest import Answer, Call
from quarterdeck.edge.verbs import create
from quarterdeck.wire.codecs import Unreadable, int_from

Do = Callable[[Call], Answer]


def on_ticket(call: Call) -> Answer:
    """Make a record on the ticket in the path; a ticket nobody sees is a 404, not a wrong field."""
    call.data = {**call.data, "ticket_id": tickets.get(call.work, call.number("ticket_id")).id}
    return create(call)


def of_ticket(do: Do, get: Callable[[Work, int], Any], *names: str) -> Do:
    """The verb, for the record whose id the body gives under one of the names; it must be the ticket's."""

    def checked(call: Call) -> Answer:
        ticket_id = tickets.get(call.work, call.number("ticket_id")).id
        id = named(call, *names)
        if get(call.work, id).ticket_id != ticket_id:
            raise NotFound(call.on.reading.record.kind, id)
        call.request.params["id"] = str(id)
        return do(call)

    return checked


def named(call: Call, *names: str) -> int:
    value = next((call.data[name] for name in names if call.data.get(name) not in (None, "")), None)
    if value is None:
        raise Invalid({names[0]: MISSING})
    try:
        return int_from(value)
    except Unreadable as problem:
        raise Invalid({names[0]: str(problem)}) from None
