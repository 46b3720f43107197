"""What is said on tickets."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from quarterdeck.desk import tickets
from quarterdeck.desk.errors import Why
from quarterdeck.desk.input import Input
from quarterdeck.dialects.syncro.kinds import Kind
from quarterdeck.dialects.syncro.users import USER
from quarterdeck.dialects.syncro.words import MILLIS, STATUS, UNTIL, said
from quarterdeck.edge.nesting import Form
from quarterdeck.edge.rest import Answer, Call, Verb
from quarterdeck.edge.verbs import listed
from quarterdeck.wire.codecs import BOOL, INT, Codec, Unreadable, nullable, text_from
from quarterdeck.wire.shape import Shape, field, fixed, shown, taken, within

# What a comment is headed with that nobody gave a heading, and the one a ticket begins with.
UNTITLED = "Update"
FIRST = "Initial Issue"

SHAPE = Shape(
    shown("id", "id"),
    field("created_at", "at", MILLIS),
    # What has been said is not changed.
    shown("updated_at", "at", MILLIS),
    shown("ticket_id", "ticket_id"),
    field("subject", "subject", Codec(nullable("string"), lambda text: text or UNTITLED, text_from)),
    field("body", "body"),
    shown("tech", "author"),
    taken("tech", "said_by"),
    field("hidden", "internal", BOOL),
    shown("user_id", "technician_id"),
    fixed("is_rich_text", False),
    fixed("do_not_email", False),
    within("user", "technician", USER),
    fixed("destination_emails", None),
    fixed("email_sender", None),
)

COMMENT = Form(tickets.COMMENTS, SHAPE)

WORDS = {("body", Why.MISSING): said("Body can't be blank")}

# The fields of a comment as they may stand beside those of its ticket.
BESIDE = {"comment_body": "body", "comment_subject": "subject", "comment_tech": "tech", "comment_hidden": "hidden"}


def gathered(data: Mapping[str, Any], first: tuple[str, ...] = ()) -> dict[str, Any]:
    """A ticket's body with its comments as one list, however they were sent: a list, an object of numbered ones, or
    fields beside the ticket's own. Fields named in `first` hold the text that a new ticket begins with."""
    plain = {name: value for name, value in data.items() if name.casefold() not in {*BESIDE, *first}}
    beside = {BESIDE[name.casefold()]: value for name, value in data.items() if name.casefold() in BESIDE}
    texts = [value for name, value in data.items() if name.casefold() in first]
    opening = [{"subject": FIRST, "body": text} for place, text in enumerate(texts) if text not in texts[:place]]
    more = plain.pop("comments_attributes", None)
    every = [*opening, *([beside] if beside else []), *numbered(more)]
    return {**plain, "comments_attributes": every} if every else plain


def numbered(value: Any) -> list[Any]:
    """A list as it is; an object of numbered ones, as forms send it, and one by itself as a list."""
    if isinstance(value, dict):
        return [value] if "body" in value else list(value.values())
    return value if isinstance(value, list) else [] if value is None else [value]


def told_from(value: Any) -> list[dict[str, Any]]:
    """Comments under our names; those that say nothing do not count."""
    found = []
    for one in numbered(value):
        if not isinstance(one, dict):
            raise Unreadable("is not a list of comments")
        values, problems = SHAPE.decode(one)
        for name, problem in SHAPE.renamed(problems):
            raise Unreadable(f"has a comment whose {name} {problem}")
        if (values.get("body") or "").strip():
            found.append({name: value for name, value in values.items() if value is not None})
    return found


TOLD = Codec({"type": "array", "items": {"type": "object"}}, None, told_from)

# Which tickets, or those of which tickets' comments, a list is of.
ASIDE = Shape(taken("mine", "mine", BOOL), taken("resolved", "resolved", BOOL))
GOING_ON, SETTLED = {"going_on": True}, {"settled": True}
# Words that stand for several statuses. "Closed" is one by itself, "closed" is what is done.
GROUPS: dict[str, dict[str, Any]] = {"not closed": GOING_ON, "open": GOING_ON, "all": {}}


def of_which(call: Call) -> Input:
    """The filter, with words for whole groups of tickets understood."""
    asked, problems = ASIDE.decode(call.sent)
    known: dict[str, Any] = {}
    if asked.get("mine"):
        known["technician_id"] = call.work.actor.technician_id
    if asked.get("resolved") is not None:
        known |= SETTLED if asked["resolved"] else GOING_ON
    status = str(call.sent.get("status", "")).strip()
    group = SETTLED if status == "closed" else GROUPS.get(status.casefold())
    if group is not None:
        known |= group
        call.sent = {name: value for name, value in call.sent.items() if name != "status"}
    return call.filtered(problems, **known)


def across(call: Call) -> Answer:
    """Comments of all tickets: ticket by ticket, the latest of each first."""
    page = replace(call.manners.page(call), order="ticket", descending=True)
    return listed(call, of_which(call), page)


TICKET_COMMENTS = Kind(
    path="ticket_comments",
    one="comment",
    wrapper="comment",
    many="ticket_comments",
    reading=tickets.COMMENTS,
    shape=SHAPE,
    filter=tickets.CommentFilter,
    filters=Shape(
        taken("ticket_id", "ticket_id", INT),
        taken("customer_id", "customer_id", INT),
        taken("contact_id", "contact_id", INT),
        taken("user_id", "technician_id", INT),
        taken("status", "status", STATUS),
        taken("since_updated_at", "changed_since", MILLIS),
        taken("comment_created_after", "said_since", MILLIS),
        taken("comment_created_before", "said_until", UNTIL),
    ),
    verbs=(
        Verb(
            "GET", "", across, "List comments of all tickets", "tickets:read", gives=SHAPE, many=True, parameters=ASIDE
        ),
    ),
)
