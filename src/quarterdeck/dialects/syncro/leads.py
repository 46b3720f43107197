"""Leads."""

from quarterdeck.desk import leads
from quarterdeck.desk.errors import Why
from quarterdeck.dialects.syncro.kinds import Kind
from quarterdeck.dialects.syncro.words import BAD_EMAIL, IDS, MILLIS, MONEY, NAMES, NO_CUSTOMER, said
from quarterdeck.edge.nesting import Form
from quarterdeck.edge.rest import Answer, Call, Verb
from quarterdeck.edge.verbs import index, listed, usual
from quarterdeck.wire.codecs import BOOL, EMPTY, INT
from quarterdeck.wire.shape import Shape, field, fixed, shown, taken

SHAPE = Shape(
    shown("id", "id"),
    field("first_name", "first_name"),
    field("last_name", "last_name"),
    field("business_name", "business_name"),
    field("email", "email"),
    field("phone", "phone"),
    field("mobile", "mobile"),
    shown("created_at", "created_at", MILLIS),
    shown("updated_at", "updated_at", MILLIS),
    field("address", "address", EMPTY),
    field("city", "city", EMPTY),
    field("state", "state", EMPTY),
    field("zip", "zip", EMPTY),
    field("ticket_subject", "subject"),
    field("ticket_description", "description"),
    field("ticket_problem_type", "problem"),
    field("ticket_id", "ticket_id", INT),
    field("customer_id", "customer_id", INT),
    field("contact_id", "contact_id", INT),
    fixed("mailbox_id", None),
    fixed("mailbox_name", None),
    shown("business_then_name", "name"),
    fixed("has_attachments", False),
    field("message_read", "read", BOOL),
    field("status", "status"),
    field("user_id", "technician_id", INT),
    fixed("location_id", None),
    field("source", "source"),
    field("hidden_notes", "notes"),
    field("notes", "notes"),
    field("converted", "converted", BOOL),
    field("disabled", "archived", BOOL),
    field("likelihood", "likelihood", INT),
    field("opportunity_amount_dollars", "amount_cents", MONEY),
    field("opportunity_start_date", "starts_at", MILLIS),
    taken("from_check_in", "walked_in", BOOL),
)

# What a lead came with: mail is not read yet.
WHOLE = SHAPE + Shape(fixed("emails", []), fixed("attachments", []), fixed("appointments", []))

CONVERSION = Shape(taken("create_ticket", "create_ticket", BOOL), taken("ticket_subject", "ticket_title"))
CONVERTED = {
    "type": "object",
    "properties": {"customer_id": {"type": "integer"}, "ticket_id": {"type": ["integer", "null"]}},
    "required": ["customer_id", "ticket_id"],
}

WITH_ARCHIVED = Shape(taken("include_disabled", "include_disabled", BOOL))


def search(call: Call) -> Answer:
    """The list, without those who are archived unless they are asked for."""
    asked, problems = WITH_ARCHIVED.decode(call.sent)
    named = asked.get("include_disabled") or "disabled" in call.sent
    return listed(call, call.filtered(problems, **({} if named else {"archived": False})))


def convert(call: Call) -> Answer:
    customer_id, ticket_id = leads.convert(call.work, call.id, call.asked(leads.Conversion, CONVERSION, fresh=True))
    return Answer(200, {"customer_id": customer_id, "ticket_id": ticket_id})


LEADS = Kind(
    path="leads",
    one="lead",
    wrapper="lead",
    many="leads",
    reading=leads.READING,
    shape=WHOLE,
    brief=Form(leads.READING, SHAPE),
    filter=leads.Filter,
    filters=Shape(
        taken("statuses", "statuses", NAMES),
        taken("status_list", "statuses", NAMES),
        taken("status", "statuses", NAMES),
        taken("users", "technician_ids", IDS),
        taken("has_ticket", "has_ticket", BOOL),
        taken("query", "like"),
        taken("source", "source"),
        taken("email", "email"),
        taken("converted", "converted", BOOL),
        taken("customer_id", "customer_id", INT),
        taken("disabled", "archived", BOOL),
        taken("since_updated_at", "changed_since", MILLIS),
    ),
    orders={"created_at": "created_at", "updated_at": "updated_at", "status": "status"},
    new=leads.New,
    create=leads.create,
    changes=leads.Changes,
    change=leads.change,
    remove=leads.remove,
    words={
        **BAD_EMAIL,
        **NO_CUSTOMER,
        ("description", Why.MISSING): said("Ticket description can't be blank"),
    },
    verbs=(
        Verb("GET", "", search, "List leads", "leads:read", gives=WHOLE, many=True, parameters=WITH_ARCHIVED),
        *(verb for verb in usual("lead", "leads", WHOLE, created=200) if verb.do is not index),
        Verb(
            "POST", "/{id}/convert", convert, "Make a customer of a lead", "leads:write", takes=CONVERSION,
            input=leads.Conversion, gives=CONVERTED,
        ),
    ),
)  # fmt: skip
