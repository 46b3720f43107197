"""What a client asks about tickets before it shows one: statuses, types, sorts of problem, who works here."""

from collections.abc import Sequence
from typing import Any

from quarterdeck.desk import access, products, tickets
from quarterdeck.desk.errors import NotFound
from quarterdeck.desk.paging import Found
from quarterdeck.dialects.syncro.appointments import APPOINTMENT_TYPES
from quarterdeck.dialects.syncro.kinds import Kind, sheet
from quarterdeck.dialects.syncro.manners import envelope
from quarterdeck.dialects.syncro.settings import problem_types, reads
from quarterdeck.dialects.syncro.tickets import TYPES, type_out
from quarterdeck.dialects.syncro.users import PAIR
from quarterdeck.edge.rest import Answer, Call, Verb
from quarterdeck.wire.shape import Shape, taken

# The vendor's own, then those its accounts most often have beside them.
STATUSES = (
    "New",
    "In Progress",
    "Resolved",
    "Invoiced",
    "Waiting for Parts",
    "Waiting on Customer",
    "Scheduled",
    "Customer Reply",
    "On Hold",
    "Closed",
)

# What of the vendor's settings has nothing behind it here.
NONE: dict[str, Any] = {
    "ticket_timer_charge_by_default": None,
    "saved_searches": [],
    "ticket_type_fields": [],
    "ticket_type_field_answers": [],
    "dashboard_settings": None,
    "worksheet_templates": [],
    "require_ticket_type": None,
    "require_intake_form_with_ticket": None,
    "require_outtake_form_with_ticket": None,
    "ticket_workflow_default_id": None,
}


def settings(call: Call) -> Answer:
    work = call.work
    labor = products.for_labor(work)
    types = (
        APPOINTMENT_TYPES.form.all(work, APPOINTMENT_TYPES.filter()) if reads(call, APPOINTMENT_TYPES.reading) else []
    )
    return Answer(
        200,
        {
            "ticket_status_list": list(STATUSES),
            "default_labor_product_id": labor.id if labor else None,
            "ticket_types": [type_out(word) for word in TYPES],
            "appointment_types": types,
            "users": PAIR.all(work, access.Filter(active=True)),
            **NONE,
        },
    )


def statuses(call: Call) -> Answer:
    call.work.require("tickets:read")
    return listed(call, [{"id": place, "name": name} for place, name in enumerate(STATUSES, 1)])


def problems(call: Call) -> Answer:
    asked = str(call.sent.get("query", "")).casefold()
    return listed(call, [one for one in every_problem(call) if asked in one["name"].casefold()])


def problem(call: Call) -> Answer:
    for one in every_problem(call):
        if one["id"] == call.id:
            return call.manners.single(call, one)
    raise NotFound(call.on.one, call.id)


def every_problem(call: Call) -> list[dict[str, Any]]:
    return [
        {"id": place, "name": name, "created_at": None, "updated_at": None}
        for place, name in enumerate(problem_types(call), 1)
    ]


def listed(call: Call, rows: Sequence[Any]) -> Answer:
    """A page of rows that are no records."""
    page = call.manners.page(call)
    begin = (page.number - 1) * page.size
    return call.manners.listing(call, Found((), len(rows), page), rows[begin : begin + page.size])


WORD = {"type": "object", "properties": {"id": {"type": "integer"}, "name": {"type": "string"}}}
ASKED = Shape(taken("query", "query"))

TICKET_SETTINGS = sheet(
    "tickets/settings",
    settings,
    "What tickets can be",
    "tickets:read",
    {"type": "object", "required": ["ticket_status_list", "ticket_types", "users"]},
)
TICKET_STATUSES = sheet(
    "ticket_statuses",
    statuses,
    "List the statuses",
    "tickets:read",
    envelope("ticket_statuses", WORD),
    many=True,
)
PROBLEM_TYPES = Kind(
    path="ticket_problem_types",
    one="ticket problem type",
    wrapper="ticket_problem_type",
    many="ticket_problem_types",
    reading=tickets.READING,
    shape=Shape(),
    size=100,
    verbs=(
        Verb(
            "GET",
            "",
            problems,
            "List the sorts of problem",
            "tickets:read",
            gives=envelope("ticket_problem_types", WORD),
            many=True,
            parameters=ASKED,
        ),
        Verb("GET", "/{id}", problem, "Get a sort of problem", "tickets:read", gives=WORD),
    ),
)

ABOUT_TICKETS = (TICKET_SETTINGS, TICKET_STATUSES, PROBLEM_TYPES)
