"""Timelogs: when technicians come and go."""

from quarterdeck.desk import shifts
from quarterdeck.desk.errors import Why
from quarterdeck.dialects.syncro.kinds import Kind
from quarterdeck.dialects.syncro.words import MILLIS, said
from quarterdeck.edge.rest import Answer, Call, Verb
from quarterdeck.edge.verbs import index, show
from quarterdeck.wire.codecs import BOOL, INT
from quarterdeck.wire.shape import Shape, field, fixed, shown, taken

SHAPE = Shape(
    shown("id", "id"),
    field("in_at", "in_at", MILLIS),
    field("out_at", "out_at", MILLIS),
    fixed("account_id", 1),
    shown("user_id", "technician_id"),
    field("in_note", "in_note"),
    field("out_note", "out_note"),
    shown("created_at", "created_at", MILLIS),
    shown("updated_at", "updated_at", MILLIS),
    field("lunch", "lunch", BOOL),
    shown("manually_updated", "corrected", BOOL),
)
FILTERS = Shape(taken("user_id", "technician_id", INT), taken("since_updated_at", "changed_since", MILLIS))


def last(call: Call) -> Answer:
    """The last of whoever asks, unless `user_id` says whose."""
    asked = call.filtered().sent
    id = shifts.last(call.work, asked.get("technician_id", call.work.actor.technician_id))
    call.request.params["id"] = str(id)
    return show(call)


def punch(call: Call) -> Answer:
    call.request.params["id"] = str(shifts.punch(call.work, call.asked(shifts.Punch, SHAPE)))
    return show(call)


TIMELOGS = Kind(
    path="timelogs",
    one="timelog",
    wrapper="timelog",
    many="timelogs",
    reading=shifts.READING,
    shape=SHAPE,
    filter=shifts.Filter,
    filters=FILTERS,
    orders={"in_at": "in_at", "created_at": "created_at", "updated_at": "updated_at"},
    flat=True,
    newest_first=True,
    words={("in_at", Why.MISSING): said("in_at is required: you are not clocked in")},
    verbs=(
        Verb("GET", "", index, "List timelogs", "shifts:read", gives=SHAPE, many=True),
        Verb("GET", "/last", last, "Get the latest timelog", "shifts:read", gives=SHAPE, parameters=FILTERS),
        Verb(
            "PUT", "", punch, "Clock in, or out", "shifts:write", takes=SHAPE, gives=SHAPE, input=shifts.Punch,
            note="It is about the timelog that goes on; where there is none, one begins.",
        ),
    ),
)  # fmt: skip
