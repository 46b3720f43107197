"""Time on tickets: what has been spent, and what is running."""

from dataclasses import replace

from quarterdeck.desk import hours, tickets, timers
from quarterdeck.desk.errors import Invalid, Why
from quarterdeck.dialects.syncro.kinds import Kind
from quarterdeck.dialects.syncro.naming import Do, named, of_ticket, on_ticket
from quarterdeck.dialects.syncro.words import IDS, MILLIS, said
from quarterdeck.edge.nesting import Form
from quarterdeck.edge.rest import Answer, Call, Verb
from quarterdeck.edge.verbs import change, remove, show, usual
from quarterdeck.wire.codecs import BOOL, INT, MINUTES
from quarterdeck.wire.shape import Shape, field, fixed, shown, taken

SPENT = Shape(
    shown("id", "id"),
    field("ticket_id", "ticket_id", INT),
    field("user_id", "technician_id", INT),
    field("start_time", "starts_at", MILLIS),
    taken("start_at", "starts_at", MILLIS),
    taken("timer_started_at", "starts_at", MILLIS),
    field("end_time", "ends_at", MILLIS),
    taken("end_at", "ends_at", MILLIS),
    field("recorded", "billed", BOOL),
    shown("created_at", "created_at", MILLIS),
    shown("updated_at", "updated_at", MILLIS),
    field("billable", "billable", BOOL),
    field("notes", "notes"),
    fixed("toggl_id", None),
    field("product_id", "product_id", INT),
    fixed("comment_id", None),
    shown("ticket_line_item_id", "charge_id"),
    shown("active_duration", "seconds"),
    shown("billable_time", "billable_seconds"),
    fixed("billable_override", None),
    shown("duration_minutes", "seconds", MINUTES),
    taken("duration_minutes", "minutes", INT),
)

# Time among a ticket's.
TIMER = Form(hours.READING, SPENT)

BILLABLE = said("billable must be true or false")
NAMED = {
    ("technician_id", Why.UNKNOWN): said("User not found"),
    ("product_id", Why.UNKNOWN): said("Product not found"),
}
WORDS = {
    **NAMED,
    ("starts_at", Why.MISSING): said("start_at is required"),
    ("ends_at", Why.MISSING): said("end_at or duration_minutes is required"),
    ("billable", Why.MISSING): BILLABLE,
    ("billable", Why.MALFORMED): BILLABLE,
}


def charge(call: Call) -> Answer:
    """Make a line of the time, and answer with the time."""
    hours.charge(call.work, call.id, call.version)
    item, _ = call.record(call.id)
    return call.manners.changed(call, call.id, item)


TICKET_TIMERS = Kind(
    path="ticket_timers",
    one="ticket timer",
    wrapper="ticket_timer",
    many="ticket_timers",
    reading=hours.READING,
    shape=SPENT,
    filter=hours.Filter,
    filters=Shape(
        taken("id", "ids", IDS),
        taken("created_at_gt", "created_after", MILLIS),
        taken("created_at_lt", "created_before", MILLIS),
        taken("ticket_id", "ticket_id", INT),
        taken("customer_id", "customer_id", INT),
        taken("user_id", "technician_id", INT),
        taken("billable", "billable", BOOL),
        taken("recorded", "billed", BOOL),
        taken("since", "changed_since", MILLIS),
        taken("since_updated_at", "changed_since", MILLIS),
    ),
    orders={"start_time": "starts_at", "created_at": "created_at", "updated_at": "updated_at"},
    size=100,
    new=hours.NewLasting,
    create=hours.enter,
    changes=hours.Changes,
    change=hours.change,
    remove=hours.remove,
    words=WORDS,
    verbs=usual("ticket timer", "hours", SPENT, required=("ticket_id",), created=200),
)

MARKED = replace(
    TICKET_TIMERS,
    changes=hours.Marking,
    verbs=(
        Verb(
            "PATCH", "/{id}", change, "Say whether time is to be billed", "hours:write", takes=SPENT,
            required=("billable",), gives=SPENT, input=hours.Marking,
        ),
    ),
)  # fmt: skip

OF_TICKET = replace(
    TICKET_TIMERS,
    path="tickets/{ticket_id}",
    flat=True,
    new=hours.NewFrom,
    verbs=(
        Verb(
            "POST", "/timer_entry", on_ticket, "Enter time on a ticket", "hours:write", takes=SPENT,
            required=("start_at",), gives=SPENT, input=hours.NewFrom,
            note="`end_at` or `duration_minutes` says when it ended.",
        ),
        Verb(
            "PUT", "/update_timer_entry", of_ticket(change, hours.get, "timer_entry_id"), "Update time on a ticket",
            "hours:write", takes=SPENT, gives=SPENT, input=hours.Changes, note="`timer_entry_id` names the entry.",
        ),
        Verb(
            "POST", "/charge_timer_entry", of_ticket(charge, hours.get, "timer_entry_id"),
            "Make a line of time on a ticket", "hours:write", gives=SPENT, note="`timer_entry_id` names the entry.",
        ),
        Verb(
            "POST", "/delete_timer_entry", of_ticket(remove, hours.get, "timer_entry_id"), "Delete time on a ticket",
            "hours:write", note="`timer_entry_id` names the entry.",
        ),
    ),
)  # fmt: skip

BY_LENGTH = replace(
    OF_TICKET,
    new=hours.NewLasting,
    verbs=(
        Verb(
            "POST", "/timer_entries", on_ticket, "Enter time on a ticket", "hours:write", takes=SPENT, gives=SPENT,
            input=hours.NewLasting, note="With `duration_minutes` alone, it ends now.",
        ),
    ),
)  # fmt: skip

CLOCK = Shape(
    shown("id", "id"),
    field("ticket_id", "ticket_id", INT),
    field("user_id", "technician_id", INT),
    field("started_at", "started_at", MILLIS),
    taken("start_at", "started_at", MILLIS),
    taken("timer_started_at", "started_at", MILLIS),
    field("notes", "notes"),
    field("billable", "billable", BOOL),
    field("product_id", "product_id", INT),
    shown("created_at", "created_at", MILLIS),
    shown("updated_at", "updated_at", MILLIS),
)


def running(do: Do) -> Do:
    """The verb, for the timer that somebody has running on the ticket: whoever asks, unless `user_id` says who."""

    def found(call: Call) -> Answer:
        ticket_id = tickets.get(call.work, call.number("ticket_id")).id
        whose = named(call, "user_id") if call.data.get("user_id") else call.work.actor.technician_id
        call.request.params["id"] = str(timers.running(call.work, whose, ticket_id))
        return do(call)

    return found


def act(call: Call) -> Answer:
    """Start a timer, or with `action` stop it."""
    action = str(call.data.get("action") or "start").strip().casefold()
    if action not in ("start", "stop"):
        raise Invalid({"action": "is neither start nor stop"})
    return on_ticket(call) if action == "start" else running(stop)(call)


def stop(call: Call) -> Answer:
    timer, _ = call.record(call.id)
    id = timers.stop(call.work, call.id, call.asked(timers.Changes, CLOCK), call.version)
    spent, _ = call.showing(TICKET_TIMERS).record(id)
    return Answer(200, {"timer": timer, "ticket_timer": spent})


TIMERS = Kind(
    path="tickets/{ticket_id}",
    one="timer",
    wrapper="timer",
    many="timers",
    reading=timers.READING,
    shape=CLOCK,
    filter=timers.Filter,
    new=timers.New,
    create=timers.start,
    changes=timers.Changes,
    change=timers.change,
    remove=timers.discard,
    words={
        **NAMED,
        ("technician_id", Why.TAKEN): said("A timer is already running: stop it first"),
    },
    verbs=(
        Verb("GET", "/timer", running(show), "Get the timer that is running", "hours:read", gives=CLOCK),
        Verb(
            "POST", "/timer", act, "Start a timer, or stop it", "hours:write", takes=CLOCK, gives=CLOCK,
            input=timers.New, note="With `action` as `stop`, what it ran becomes time on the ticket.",
        ),
        Verb(
            "PUT", "/timer", running(change), "Update the timer that is running", "hours:write", takes=CLOCK,
            gives=CLOCK, input=timers.Changes,
        ),
        Verb("DELETE", "/timer", running(remove), "Discard the timer that is running", "hours:write", body="none"),
    ),
)  # fmt: skip

ALL = (TICKET_TIMERS, MARKED, OF_TICKET, BY_LENGTH, TIMERS)

__all__ = ["ALL", "TICKET_TIMERS", "TIMER", "TIMERS"]
