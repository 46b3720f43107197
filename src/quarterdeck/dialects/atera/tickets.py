"""Tickets."""

from dataclasses import replace

from quarterdeck.desk import leaving, tickets
from quarterdeck.desk.errors import Why
from quarterdeck.dialects.atera.words import IMPACT, NO_CUSTOMER, PRIORITY, SOURCE, STATUS, TYPE, said
from quarterdeck.edge.rest import Answer, Call, Resource, Verb
from quarterdeck.edge.verbs import index, listed, usual
from quarterdeck.wire.codecs import BOOL, EMPTY, ID_TEXT, INSTANT, INT, MINUTES, Codec, int_from
from quarterdeck.wire.shape import Field, Shape, field, fixed, listed_as, shown, taken

# Accounts that show nobody as 0 send it back like that.
ASSIGNED = Codec(INT.schema, None, lambda value: None if value in (0, "0") else int_from(value))

# Left empty where a list is asked for without comments.
COMMENTS = Shape(
    shown("FirstComment", "description", EMPTY),
    shown("LastEndUserComment", "last_contact_comment.body", EMPTY),
    shown("LastEndUserCommentTimestamp", "last_contact_comment.at", INSTANT),
    shown("LastTechnicianComment", "last_technician_comment.body", EMPTY),
    shown("LastTechnicianCommentTimestamp", "last_technician_comment.at", INSTANT),
)

SHAPE = Shape(
    shown("TicketID", "id"),
    field("TicketTitle", "title"),
    shown("TicketNumber", "id", ID_TEXT),
    field("Description", "description"),
    field("TicketPriority", "priority", PRIORITY),
    field("TicketImpact", "impact", IMPACT),
    field("TicketStatus", "status", STATUS),
    shown("TicketSource", "source", SOURCE),
    field("TicketType", "type", TYPE),
    field("EndUserID", "contact_id", INT),
    taken("ContactID", "contact_id", INT),
    shown("EndUserEmail", "contact.email"),
    taken("EndUserEmail", "contact_email"),
    taken("CustomerEmail", "contact_email"),
    shown("EndUserFirstName", "contact.first_name"),
    taken("EndUserFirstName", "contact_first_name"),
    shown("EndUserLastName", "contact.last_name"),
    taken("EndUserLastName", "contact_last_name"),
    shown("EndUserPhone", "contact.phone"),
    taken("EndUserPhone", "contact_phone"),
    shown("TicketResolvedDate", "resolved_at", INSTANT),
    shown("TicketCreatedDate", "created_at", INSTANT),
    shown("TechnicianFirstCommentDate", "first_responded_at", INSTANT),
    shown("FirstResponseDate", "first_responded_at", INSTANT),
    shown("FirstResponseDueDate", "respond_by", INSTANT),
    shown("FirstResponseFinalDueDate", "respond_by", INSTANT),
    field("DueDate", "due_at", INSTANT),
    shown("ClosedTicketDueDate", "due_at", INSTANT),
    shown("ClosedTicketFinalDueDate", "due_at", INSTANT),
    shown("LastActivityDate", "last_activity_at", INSTANT),
    *COMMENTS.fields,
    shown("OnSiteDurationSeconds", "on_site_seconds"),
    shown("OnSiteDurationMinutes", "on_site_seconds", MINUTES),
    shown("OffSiteDurationSeconds", "off_site_seconds"),
    shown("OffSiteDurationMinutes", "off_site_seconds", MINUTES),
    # All time counts as covered until contracts say otherwise.
    shown("OnSLADurationSeconds", "worked_seconds"),
    shown("OnSLADurationMinutes", "worked_seconds", MINUTES),
    fixed("OffSLADurationSeconds", 0),
    fixed("OffSLADurationMinutes", 0),
    shown("TotalDurationSeconds", "worked_seconds"),
    shown("TotalDurationMinutes", "worked_seconds", MINUTES),
    field("CustomerID", "customer_id", INT),
    shown("CustomerName", "customer.name"),
    shown("CustomerBusinessNumber", "customer.business_number"),
    field("TechnicianContactID", "technician_id", ASSIGNED),
    taken("TechnicianID", "technician_id", ASSIGNED),
    shown("TechnicianFullName", "technician.full_name"),
    shown("TechnicianEmail", "technician.email"),
    taken("TechnicianEmail", "technician_email"),
    field("ContractID", "contract_id", INT),
    fixed("RelationType", "None"),
    fixed("RelatedTicketId", None),
)

FILTERS = Shape(
    taken("customerId", "customer_id", INT),
    taken("endUserId", "contact_id", INT),
    taken("contactId", "contact_id", INT),
    taken("technicianContactId", "technician_id", INT),
    taken("technicianId", "technician_id", INT),
    taken("ticketStatus", "status", STATUS),
    taken("status", "status", STATUS),
    taken("ticketPriority", "priority", PRIORITY),
    taken("priority", "priority", PRIORITY),
    taken("ticketType", "type", TYPE),
    taken("type", "type", TYPE),
    taken("createdFrom", "created_since", INSTANT),
    taken("DateFrom", "created_since", INSTANT),
    taken("createdTo", "created_until", INSTANT),
    taken("DateTo", "created_until", INSTANT),
    taken("modifiedFrom", "changed_since", INSTANT),
    taken("modifiedTo", "changed_until", INSTANT),
    taken("dueFrom", "due_since", INSTANT),
    taken("dueTo", "due_until", INSTANT),
    taken("q", "text"),
)

WITH_COMMENTS = Shape(taken("includeComments", "include_comments", BOOL))


def silent(one: Field) -> Field:
    """A field about comments, without what it says."""
    return replace(one, path="", value=None) if one in COMMENTS.fields else one


def commented(call: Call, otherwise: bool) -> Call:
    """The call, showing tickets without their comments where that is asked for."""
    asked, _ = WITH_COMMENTS.decode(call.request.query)
    return call if asked.get("include_comments", otherwise) else call.showing(WITHOUT_COMMENTS)


def search(call: Call) -> Answer:
    return index(commented(call, otherwise=True))


def no_comments(call: Call) -> Answer:
    return index(call.showing(WITHOUT_COMMENTS))


def status_modified(call: Call) -> Answer:
    """Resolved and closed tickets, the latest first; with `modifiedAfter`, all whose status changed after it."""
    after, problems = Shape(taken("modifiedAfter", "status_changed_after", INSTANT)).decode(call.sent)
    where = call.filtered(problems, **(after or {"settled": True}))
    page = replace(call.manners.page(call), order="status_changed_at", descending=not after)
    return listed(commented(call, otherwise=True), where, page)


def last_modified(call: Call) -> Answer:
    """Tickets changed since a moment, today's if none is named, the earliest change first."""
    given, problems = Shape(taken("date", "changed_since", INSTANT)).decode(call.sent)
    today = call.work.now.replace(hour=0, minute=0, second=0, microsecond=0)
    where = call.filtered(problems, **(given or {"changed_since": today}))
    return listed(commented(call, otherwise=False), where, replace(call.manners.page(call), order="updated_at"))


def statuses(call: Call) -> Answer:
    call.work.require("tickets:read")
    known = enumerate(tickets.Stage, start=1)
    return Answer(200, [{"StatusID": place, "StatusName": stage.value.capitalize()} for place, stage in known])


STATUSES = listed_as(StatusID="integer", StatusName="string")

TICKETS = Resource(
    path="tickets",
    one="ticket",
    id_name="TicketID",
    reading=tickets.READING,
    shape=SHAPE,
    filter=tickets.Filter,
    filters=FILTERS,
    orders={
        "TicketTitle": "title",
        "TicketCreatedDate": "created_at",
        "LastModified": "updated_at",
        "LastActivityDate": "last_activity_at",
        "DueDate": "due_at",
        "TicketResolvedDate": "resolved_at",
    },
    page_max=50,
    new=tickets.New,
    create=tickets.create,
    changes=tickets.Changes,
    change=tickets.change,
    remove=leaving.remove_ticket,
    words={
        ("title", Why.MISSING): said("Title required"),
        ("priority", Why.MALFORMED): said("Invalid priority"),
        ("contact_id", Why.UNKNOWN): said("Customer not found"),
        ("contact_id", Why.MALFORMED): said("Customer not found"),
        ("contact_email", Why.UNKNOWN): said("Customer not found"),
        ("customer_id", Why.UNKNOWN): NO_CUSTOMER,
        ("customer_id", Why.MALFORMED): NO_CUSTOMER,
        ("customer_id", Why.MISSING): said("CustomerID or EndUserID required"),
        ("technician_id", Why.UNKNOWN): said("Technician not found"),
        ("technician_email", Why.UNKNOWN): said("Technician not found"),
    },
    verbs=(
        *(
            replace(verb, do=search, parameters=WITH_COMMENTS) if verb.do is index else verb
            for verb in usual(
                "ticket", "tickets", SHAPE, updates=("POST", "PUT"), required=("TicketTitle",),
                needs="Needs `CustomerID`, `EndUserID` or `EndUserEmail`. An address nobody has becomes a new contact "
                "of the customer named, or of the one whose mail it is.",
            )
        ),
        Verb(
            "GET",
            "/statusmodified",
            status_modified,
            "List tickets by change of status",
            "tickets:read",
            gives=SHAPE,
            many=True,
            parameters=Shape(taken("modifiedAfter", "status_changed_after", INSTANT)) + WITH_COMMENTS,
        ),
        Verb(
            "GET",
            "/lastmodified",
            last_modified,
            "List tickets by change",
            "tickets:read",
            gives=SHAPE,
            many=True,
            parameters=Shape(taken("date", "changed_since", INSTANT)) + WITH_COMMENTS,
        ),
        Verb(
            "GET", "/noComments", no_comments, "List tickets without their comments", "tickets:read", gives=SHAPE,
            many=True,
        ),
        Verb("GET", "/statuses", statuses, "List the statuses", "tickets:read", gives=STATUSES),
    ),
)  # fmt: skip

WITHOUT_COMMENTS = replace(TICKETS, shape=Shape(*map(silent, SHAPE.fields)))
