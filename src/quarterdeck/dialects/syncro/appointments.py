"""Appointments and their types."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from quarterdeck.desk import appointments
from quarterdeck.desk.appointments import Place
from quarterdeck.desk.errors import Why
from quarterdeck.desk.reading import Reading
from quarterdeck.desk.work import Work
from quarterdeck.dialects.syncro.customers import CUSTOMER, RECENT
from quarterdeck.dialects.syncro.kinds import Kind
from quarterdeck.dialects.syncro.words import FLAG, MILLIS, NO_CUSTOMER, UNTIL, ids_from, said
from quarterdeck.edge.nesting import Form, Nest, one
from quarterdeck.edge.rest import Answer, Call, Verb
from quarterdeck.edge.verbs import index, listed, usual
from quarterdeck.wire.codecs import BOOL, FLOAT, INT, Choice, Codec, Unreadable, bool_from, json_out, nullable
from quarterdeck.wire.shape import Shape, field, fixed, shown, taken

# Sent as a number, shown as a word.
PLACES = Choice(
    Place,
    customer="customer",
    manual="manual_entry",
    fixed="hard_code",
    also={"0": Place.CUSTOMER, "1": Place.MANUAL, "2": Place.FIXED},
)
PLACE = Codec(
    PLACES.schema,
    PLACES.encode,
    lambda value: PLACES.decode(str(value) if isinstance(value, int) and not isinstance(value, bool) else value),
)
PEOPLE = Codec({"type": ["array", "null"], "items": INT.schema}, json_out, ids_from)
# `Tue 02-10-26 09:00 AM`.
LABEL = Codec(nullable("string"), lambda text: text and f"{datetime.fromisoformat(text):%a %m-%d-%y %I:%M %p}")


def quiet_from(value: Any) -> bool:
    """The other way round."""
    try:
        return not bool_from(value)
    except Unreadable as problem:
        raise Unreadable(f"(email_customer) {problem}") from None


LOUD = Codec(BOOL.schema, None, quiet_from)


class Duration:
    """How long it takes, in hours."""

    name = "duration"
    paths = ("starts_at", "ends_at")

    def schema(self, owner: Reading) -> Any:
        return {"type": "number"}

    def values(self, work: Work, rows: Sequence[Any], place: Mapping[str, int]) -> list[Any]:
        found = []
        for row in rows:
            start, end = (datetime.fromisoformat(row[place[path]]) for path in self.paths)
            hours = round((end - start).total_seconds() / 3600, 4)
            found.append(int(hours) if hours.is_integer() else hours)
        return found


SHAPE = Shape(
    shown("id", "id"),
    field("summary", "summary"),
    taken("subject", "summary"),
    field("description", "description"),
    field("customer_id", "customer_id", INT),
    shown("created_at", "created_at", MILLIS),
    shown("updated_at", "updated_at", MILLIS),
    field("start_at", "starts_at", MILLIS),
    taken("start_time", "starts_at", MILLIS),
    field("end_at", "ends_at", MILLIS),
    taken("end_time", "ends_at", MILLIS),
    taken("duration", "hours", FLOAT),
    taken("appointment_duration", "hours", FLOAT),
    field("location", "location"),
    field("ticket_id", "ticket_id", INT),
    field("appointment_type_id", "type_id", INT),
    shown("appointment_location_type", "type.place", PLACE),
    shown("start_at_label", "starts_at", LABEL),
    field("all_day", "all_day", BOOL),
    field("do_not_email", "quiet", FLAG),
    taken("email_customer", "quiet", LOUD),
    field("user_id", "technician_id", INT),
    field("user_ids", "companions", PEOPLE),
    field("notes", "description"),
)

# An appointment among a ticket's.
APPOINTMENT = Form(appointments.READING, SHAPE, (Duration(),))

TYPE = Shape(
    shown("id", "id"),
    fixed("account_id", 1),
    field("name", "name"),
    field("email_instructions", "instructions"),
    field("location_type", "place", PLACE),
    field("location_hard_code", "location"),
    shown("created_at", "created_at", MILLIS),
    shown("updated_at", "updated_at", MILLIS),
    fixed("buffer", None),
    fixed("appointment_reminders_schedule_id", None),
)

MINE = Shape(taken("mine", "mine", BOOL))


def search(call: Call) -> Answer:
    """The list; with `mine`, what whoever asks goes to."""
    asked, problems = MINE.decode(call.sent)
    mine = {"technician_id": call.work.actor.technician_id} if asked.get("mine") else {}
    return listed(call, call.filtered(problems, **mine))


APPOINTMENTS = Kind(
    path="appointments",
    one="appointment",
    wrapper="appointment",
    many="appointments",
    reading=appointments.READING,
    shape=SHAPE,
    nests=(
        Duration(),
        Nest("ticket", RECENT, "id", owner="ticket_id", gather=one),
        Nest("customer", CUSTOMER, "id", owner="customer_id", gather=one),
    ),
    filter=appointments.Filter,
    filters=Shape(
        taken("date_from", "starts_since", MILLIS),
        taken("start_date", "starts_since", MILLIS),
        taken("date_to", "starts_until", UNTIL),
        taken("end_date", "starts_until", UNTIL),
        taken("customer_id", "customer_id", INT),
        taken("ticket_id", "ticket_id", INT),
        taken("user_id", "technician_id", INT),
        taken("appointment_type_id", "type_id", INT),
        taken("since_updated_at", "changed_since", MILLIS),
    ),
    orders={"start_at": "starts_at", "created_at": "created_at", "updated_at": "updated_at"},
    flat=True,
    rows_wrapped=True,
    new=appointments.New,
    create=appointments.create,
    changes=appointments.Changes,
    change=appointments.change,
    remove=appointments.remove,
    farewell={"message": "deleted"},
    words={
        **NO_CUSTOMER,
        ("summary", Why.MISSING): said("Summary can't be blank"),
        ("starts_at", Why.MISSING): said("Start at can't be blank"),
        ("ends_at", Why.MISSING): said("End at can't be blank"),
    },
    verbs=(
        Verb("GET", "", search, "List appointments", "appointments:read", gives=SHAPE, many=True, parameters=MINE),
        *(
            verb
            for verb in usual("appointment", "appointments", SHAPE, required=("summary", "start_at"))
            if verb.do is not index
        ),
    ),
)

APPOINTMENT_TYPES = Kind(
    path="appointment_types",
    one="appointment type",
    wrapper="appointment_type",
    many="appointment_types",
    reading=appointments.TYPES,
    shape=TYPE,
    filter=appointments.TypeFilter,
    filters=Shape(taken("since_updated_at", "changed_since", MILLIS)),
    orders={"name": "name", "created_at": "created_at", "updated_at": "updated_at"},
    size=100,
    flat=True,
    errors_as_text=True,
    new=appointments.NewType,
    create=appointments.add_type,
    changes=appointments.TypeChanges,
    change=appointments.change_type,
    remove=appointments.remove_type,
    words={
        ("name", Why.MISSING): said("Name can't be blank"),
        ("name", Why.TAKEN): said("Name has already been taken"),
        ("place", Why.MISSING): said("Location type can't be blank"),
    },
    verbs=usual("appointment type", "appointments", TYPE, required=("name", "location_type"), created=200),
)

__all__ = ["APPOINTMENT", "APPOINTMENTS", "APPOINTMENT_TYPES"]
