"""What is said on one ticket."""

from dataclasses import replace

from quarterdeck.desk import tickets
from quarterdeck.dialects.syncro.comments import SHAPE, WORDS
from quarterdeck.dialects.syncro.kinds import Kind
from quarterdeck.dialects.syncro.tickets import TICKETS
from quarterdeck.dialects.syncro.words import MILLIS, UNTIL
from quarterdeck.edge.rest import Answer, Call, Verb
from quarterdeck.edge.verbs import listed
from quarterdeck.wire.shape import Shape, taken

WAY = Shape(taken("sort_by", "sort_by"), taken("sort_direction", "sort_direction"))


def index(call: Call) -> Answer:
    """The latest first, unless it is asked the other way round. What has been said is not changed: both moments by
    which it can be sorted are the same."""
    ticket_id = tickets.get(call.work, call.id).id
    upwards = str(call.sent.get("sort_direction", "")).casefold() == "asc"
    page = replace(call.manners.page(call), order="at", descending=not upwards)
    return listed(call, call.filtered(ticket_id=ticket_id), page)


def create(call: Call) -> Answer:
    """The comment, and its ticket as it now is: some clients read the one, some the other."""
    id = tickets.comment(call.work, call.id, call.asked(tickets.NewComment, SHAPE, fresh=True))
    item, _ = call.record(id)
    ticket, version = call.showing(TICKETS).record(call.id)
    return Answer(call.verb.status, {"comment": item, "ticket": ticket}, version=version)


def saying(path: str, note: str = "") -> Verb:
    return Verb(
        "POST",
        path,
        create,
        "Comment on a ticket",
        "tickets:write",
        takes=SHAPE,
        required=("body",),
        gives={
            "type": "object",
            "properties": {"comment": SHAPE, "ticket": TICKETS.shape},
            "required": ["comment", "ticket"],
        },
        input=tickets.NewComment,
        note=note,
    )


COMMENTS = Kind(
    path="tickets/{id}",
    one="ticket",
    wrapper="comment",
    many="comments",
    reading=tickets.COMMENTS,
    shape=SHAPE,
    filter=tickets.CommentFilter,
    filters=Shape(
        taken("created_after", "said_since", MILLIS),
        taken("created_before", "said_until", UNTIL),
        taken("updated_after", "said_since", MILLIS),
        taken("updated_before", "said_until", UNTIL),
    ),
    orders={"created_at": "at", "updated_at": "at"},
    size=10,
    words=WORDS,
    verbs=(
        Verb(
            "GET", "/comments", index, "List a ticket's comments", "tickets:read", gives=SHAPE, many=True,
            parameters=WAY,
        ),
        saying("/comment"),
        saying("/comments", "The same as `/comment`."),
    ),
)  # fmt: skip
