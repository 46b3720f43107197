"""What is said on a ticket."""

from quarterdeck.desk import tickets
from quarterdeck.desk.errors import Why
from quarterdeck.dialects.atera.words import said
from quarterdeck.edge.rest import Answer, Call, Resource, Verb
from quarterdeck.edge.verbs import listed
from quarterdeck.wire.codecs import BOOL, HTML, INSTANT, INT
from quarterdeck.wire.shape import Shape, field, shown, taken

SHAPE = Shape(
    shown("CommentID", "id"),
    shown("TicketID", "ticket_id"),
    field("CommentText", "body"),
    field("Comment", "body"),
    shown("CommentHtml", "body", HTML),
    shown("CommentDate", "at", INSTANT),
    shown("Date", "at", INSTANT),
    taken("CommentTimestampUTC", "at", INSTANT),
    shown("CreatorContactID", "author_id"),
    shown("EndUserID", "contact_id"),
    shown("TechnicianContactID", "technician_id"),
    shown("Email", "email"),
    shown("FirstName", "first_name"),
    shown("LastName", "last_name"),
    field("IsInternal", "internal", BOOL),
    taken("TechnicianContactID", "technician_id", INT),
    taken("TechnicianId", "technician_id", INT),
    taken("TechnicianEmail", "technician_email"),
    taken("EnduserId", "contact_id", INT),
)

# The vendor nests the author in one of these; what is in them counts as if it stood beside the text.
NESTED = ("techniciancommentdetails", "endusercommentdetails")


def index(call: Call) -> Answer:
    tickets.get(call.work, call.id)
    return listed(call, call.filtered(ticket_id=call.id, initial=False))


def create(call: Call) -> Answer:
    details = {
        name: value
        for outer, inner in call.data.items()
        if outer.casefold() in NESTED and isinstance(inner, dict)
        for name, value in inner.items()
    }
    call.data = {**call.data, **details}
    id = tickets.comment(call.work, call.id, call.asked(tickets.NewComment, SHAPE, fresh=True))
    item, _ = call.record(id)
    return call.manners.created(call, id, item)


COMMENTS = Resource(
    path="tickets/{id}/comments",
    one="ticket",
    id_name="CommentID",
    reading=tickets.COMMENTS,
    shape=SHAPE,
    filter=tickets.CommentFilter,
    filters=Shape(taken("isInternal", "internal", BOOL)),
    orders={"CommentDate": "at"},
    page_max=50,
    words={
        ("body", Why.MISSING): said("CommentText required"),
        ("contact_id", Why.UNKNOWN): said("Contact not found"),
        ("technician_id", Why.UNKNOWN): said("Technician not found"),
        ("technician_email", Why.UNKNOWN): said("Technician not found"),
    },
    verbs=(
        Verb("GET", "", index, "List a ticket's comments", "tickets:read", gives=SHAPE, many=True),
        Verb(
            "POST", "", create, "Comment on a ticket", "tickets:write", takes=SHAPE, required=("CommentText",),
            gives=SHAPE, status=201, input=tickets.NewComment,
            note="The author may also stand in `TechnicianCommentDetails` or `EndUserCommentDetails`, as the vendor "
            "nests it.",
        ),
    ),
)  # fmt: skip
