"""Tickets."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from quarterdeck.desk import leaving, tickets
from quarterdeck.desk.errors import Why
from quarterdeck.desk.fields import Target
from quarterdeck.desk.reading import Reading
from quarterdeck.desk.statement import Row
from quarterdeck.desk.tickets import Type
from quarterdeck.desk.work import Work
from quarterdeck.dialects.syncro.appointments import APPOINTMENT
from quarterdeck.dialects.syncro.assets import ASSET
from quarterdeck.dialects.syncro.attachments import ATTACHMENT
from quarterdeck.dialects.syncro.comments import ASIDE, COMMENT, TOLD, gathered, of_which
from quarterdeck.dialects.syncro.contacts import CONTACT
from quarterdeck.dialects.syncro.customers import CUSTOMER
from quarterdeck.dialects.syncro.kinds import Kind
from quarterdeck.dialects.syncro.lines import CHARGE
from quarterdeck.dialects.syncro.places import SITE
from quarterdeck.dialects.syncro.timers import TIMER
from quarterdeck.dialects.syncro.users import USER
from quarterdeck.dialects.syncro.words import IDS, MILLIS, NAMES, PRIORITY, STATUS, UNTIL, said
from quarterdeck.edge import verbs
from quarterdeck.edge.nesting import Custom, Form, Nest, one
from quarterdeck.edge.rest import Answer, Call, Verb
from quarterdeck.edge.verbs import listed, usual
from quarterdeck.wire.codecs import BOOL, INT, Choice, Codec, Unreadable, nullable
from quarterdeck.wire.shape import Shape, field, fixed, shown, taken, within

TYPE_NAME = Choice(Type, problem="Problem", request="Request", incident="Incident", change="Change")
TYPES = tuple(Type)


def type_from(value: Any) -> Any:
    """A type by its name, by its place among them, or whole as it is shown."""
    if isinstance(value, dict):
        value = value.get("id") or value.get("name")
    if str(value).strip().isascii() and str(value).strip().isdigit():
        if 0 < int(str(value)[:9]) <= len(TYPES):
            return TYPES[int(value) - 1]
        raise Unreadable(f"is not one of 1 to {len(TYPES)}")
    return TYPE_NAME.decode(value)


def type_out(word: Any) -> dict[str, Any]:
    assert TYPE_NAME.encode is not None
    return {
        "id": TYPES.index(word) + 1,
        "name": TYPE_NAME.encode(word),
        "account_id": 1,
        "created_at": None,
        "updated_at": None,
        "disabled": False,
        "intake_terms": None,
        "skip_intake": True,
        "outtake_terms": None,
        "skip_outtake": True,
        "ticket_fields": [],
    }


TYPE_ID = Codec(
    {"type": ["integer", "null"], "enum": [*range(1, len(TYPES) + 1), None]},
    lambda word: TYPES.index(word) + 1,
    type_from,
)
TYPE = Codec({"type": "object"}, type_out, type_from)
IS_SET = Codec({"type": "boolean"}, lambda value: value is not None)
OR_NULL = Codec(nullable("string"), lambda text: text or None)

# A ticket in a list.
ROW = Shape(
    shown("id", "id"),
    shown("number", "id"),
    field("subject", "title"),
    field("created_at", "created_at", MILLIS),
    field("customer_id", "customer_id", INT),
    shown("customer_business_then_name", "customer.name"),
    field("due_date", "due_at", MILLIS),
    field("resolved_at", "resolved_at", MILLIS),
    field("start_at", "starts_at", MILLIS),
    field("end_at", "ends_at", MILLIS),
    fixed("location_id", None),
    fixed("location_name", None),
    field("problem_type", "problem"),
    field("status", "status", STATUS),
    field("ticket_type_id", "type", TYPE_ID),
    shown("ticket_type_name", "type", TYPE_NAME),
    field("user_id", "technician_id", INT),
    shown("updated_at", "updated_at", MILLIS),
    fixed("pdf_url", None),
    field("priority", "priority", PRIORITY),
    fixed("billing_status", None),
    field("tag_list", "tags", NAMES),
    fixed("sla_name", None),
    fixed("creator_name_or_email", None),
    shown("contact_fullname", "contact.full_name", OR_NULL),
    shown("contract_name", "contract.name"),
    field("address_id", "site_id", INT),
    shown("parent", "divided", BOOL),
    field("parent_id", "parent_id", INT),
    shown("child", "parent_id", IS_SET),
    fixed("recurring", False),
    shown("customer_reply", "awaits_us", BOOL),
    fixed("total_formatted_billable_time", None),
    field("contact_id", "contact_id", INT),
    fixed("sla_breached", False),
    fixed("sla_breaching_soon", False),
    field("contract_id", "contract_id", INT),
    fixed("sla_id", None),
    fixed("customer_tag_list", []),
    fixed("resolution_time", None),
    fixed("response_time", None),
    fixed("customer_icons", []),
    within("user", "technician", USER),
)

# What else is shown of one ticket, and what may be sent of it.
SHAPE = ROW + Shape(
    fixed("intake_form_html", None),
    fixed("signature_name", None),
    fixed("signature_date", None),
    fixed("outtake_form_name", None),
    fixed("outtake_form_date", None),
    fixed("outtake_form_html", None),
    fixed("worksheet_results", []),
    fixed("ticket_fields", []),
    fixed("ticket_answers", []),
    fixed("mentionables", []),
    field("ticket_type", "type", TYPE),
    within("address", "site", SITE),
    taken("body", "description"),
    taken("description", "description"),
    taken("comments_attributes", "comments", TOLD),
    taken("asset_ids", "asset_ids", IDS),
    taken("asset_id", "asset_ids", IDS),
    taken("customer_name", "customer_name"),
    taken("email", "customer_email"),
    taken("phone", "customer_phone"),
)

CUSTOM = Custom("properties", Target.TICKET, also=("custom_fields",))

INVOLVED = tickets.INVOLVED.view(("asset_id",))


def involved(work: Work, rows: Sequence[Row]) -> list[list[int]]:
    """The ids of the devices that each ticket is about."""
    found: dict[int, list[int]] = {}
    if tickets.INVOLVED.right in work.actor.rights:
        for asset_id, ticket_id, _ in INVOLVED.under(work, "ticket_id", [row[-1] for row in rows]):
            found.setdefault(ticket_id, []).append(asset_id)
    return [found.get(row[-1], []) for row in rows]


@dataclass(frozen=True)
class AssetIds:
    name: str = "asset_ids"
    paths: tuple[str, ...] = ()

    def schema(self, owner: Reading) -> Any:
        return IDS.schema

    def values(self, work: Work, rows: Sequence[Row], place: Mapping[str, int]) -> list[Any]:
        return involved(work, rows)


@dataclass(frozen=True)
class Assets:
    """The devices a ticket is about, whole."""

    form: Form
    name: str = "assets"
    paths: tuple[str, ...] = ()

    def schema(self, owner: Reading) -> Any:
        return {"type": "array", "items": self.form}

    def values(self, work: Work, rows: Sequence[Row], place: Mapping[str, int]) -> list[Any]:
        under = involved(work, rows)
        ids = sorted({id for ids in under for id in ids})
        found = self.form.view.under(work, "id", ids) if ids else []
        shown = {row[-1]: item for row, item in zip(found, self.form.encoded(work, found), strict=True)}
        return [[shown[id] for id in ids if id in shown] for ids in under]


def first_words(whole: bool) -> Nest:
    """The comments under a ticket of a list: the one it begins with, or all."""
    return Nest("comments", COMMENT, "ticket_id", only={} if whole else {"initial": True}, newest=True)


FILTERS = Shape(
    taken("customer_id", "customer_id", INT),
    taken("contact_id", "contact_id", INT),
    taken("user_id", "technician_id", INT),
    taken("number", "id", INT),
    taken("id", "ids", IDS),
    taken("status", "status", STATUS),
    taken("priority", "priority", PRIORITY),
    taken("problem_type", "problem"),
    taken("ticket_type_id", "type", TYPE_ID),
    taken("parent_id", "parent_id", INT),
    taken("asset_name", "asset_name"),
    taken("asset_serial", "asset_serial"),
    taken("created_after", "created_since", MILLIS),
    taken("date_from", "created_since", MILLIS),
    taken("date_to", "created_until", UNTIL),
    taken("resolved_after", "resolved_after", MILLIS),
    taken("since_updated_at", "changed_since", MILLIS),
    taken("since", "changed_since", MILLIS),
    taken("query", "text"),
    taken("term", "text"),
)
TALKATIVE = Shape(taken("all_comments", "all_comments", BOOL))


def search(call: Call) -> Answer:
    """The list; with the comment each ticket begins with, or with all of them where that is asked for."""
    asked, _ = TALKATIVE.decode(call.sent)
    where = of_which(call)
    return listed(call.showing(WITH_COMMENTS) if asked.get("all_comments") else call, where)


def create(call: Call) -> Answer:
    """A ticket of what was filled in: an empty box of a form leaves it to the desk."""
    filled = {name: value for name, value in call.data.items() if value != ""}
    call.data = gathered(filled, first=("body", "description"))
    return verbs.create(call)


def change(call: Call) -> Answer:
    call.data = gathered(call.data)
    return verbs.change(call)


def print_out(call: Call) -> Answer:
    tickets.get(call.work, call.id)
    return Answer(200, {"message": "We queued up a print job"})


# What differs from the usual verbs.
INSTEAD: dict[str, dict[str, Any]] = {
    "GET": {"do": search, "parameters": ASIDE + TALKATIVE},
    "POST": {"do": create, "input": tickets.New},
    "PUT": {"do": change, "input": tickets.Changes},
}

TICKETS = Kind(
    path="tickets",
    one="ticket",
    wrapper="ticket",
    many="tickets",
    reading=tickets.READING,
    shape=SHAPE,
    custom=CUSTOM,
    nests=(
        AssetIds(),
        Assets(ASSET),
        Nest("comments", COMMENT, "ticket_id", newest=True, most=100),
        Nest("customer", CUSTOMER, "id", owner="customer_id", gather=one),
        Nest("contact", CONTACT, "id", owner="contact_id", gather=one),
        Nest("ticket_timers", TIMER, "ticket_id"),
        Nest("line_items", CHARGE, "ticket_id"),
        Nest("attachments", ATTACHMENT, "ticket_id"),
        Nest("appointments", APPOINTMENT, "ticket_id"),
    ),
    brief=Form(tickets.READING, ROW, (CUSTOM, first_words(whole=False))),
    newest_first=True,
    filter=tickets.Filter,
    filters=FILTERS,
    orders={
        "subject": "title",
        "created_at": "created_at",
        "updated_at": "updated_at",
        "due_date": "due_at",
        "resolved_at": "resolved_at",
    },
    new=tickets.New,
    create=tickets.create,
    changes=tickets.Changes,
    change=tickets.change,
    remove=leaving.remove_ticket,
    farewell={"message": "Ticket was successfully deleted. "},
    words={
        ("title", Why.MISSING): said("subject is required", "Subject can't be blank"),
        ("customer_id", Why.MISSING): said("customer_id required", "Customer required field"),
        ("customer_id", Why.UNKNOWN): said("Customer not found"),
        ("customer_email", Why.MALFORMED): said("Invalid email format", "Email is not an email"),
        ("contact_id", Why.UNKNOWN): said("Contact not found"),
        ("technician_id", Why.UNKNOWN): said("User not found"),
        ("contract_id", Why.UNKNOWN): said("Contract not found"),
        ("site_id", Why.UNKNOWN): said("Address not found"),
        ("parent_id", Why.UNKNOWN): said("Parent ticket not found"),
        ("asset_ids", Why.UNKNOWN): said("Asset not found"),
    },
    verbs=(
        *(
            replace(verb, **INSTEAD.get(verb.method if verb.do is not verbs.show else "", {}))
            for verb in usual("ticket", "tickets", SHAPE, required=("subject",), created=200)
        ),
        Verb("POST", "/{id}/print", print_out, "Print a ticket", "tickets:read", writes=False, body="none"),
    ),
)

WITH_COMMENTS = replace(TICKETS, brief=Form(tickets.READING, ROW, (CUSTOM, first_words(whole=True))))
