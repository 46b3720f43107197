"""Customers."""

from quarterdeck.desk import customers, leaving
from quarterdeck.dialects.atera.words import NAME_REQUIRED
from quarterdeck.edge.rest import Answer, Call, Resource, Verb
from quarterdeck.edge.verbs import index, remove, usual
from quarterdeck.wire.codecs import FLOAT, INSTANT
from quarterdeck.wire.shape import Shape, field, fixed, listed_as, shown, taken

SHAPE = Shape(
    shown("CustomerID", "id"),
    field("CustomerName", "name"),
    field("CreatedOn", "created_at", INSTANT),
    shown("LastModified", "updated_at", INSTANT),
    field("BusinessNumber", "business_number"),
    field("Domain", "domain"),
    field("Address", "address"),
    field("City", "city"),
    field("State", "state"),
    field("Country", "country"),
    field("Phone", "phone"),
    field("Fax", "fax"),
    field("Notes", "notes"),
    shown("Logo", "logo"),
    field("Links", "website"),
    field("Longitude", "longitude", FLOAT),
    field("Latitude", "latitude", FLOAT),
    field("ZipCodeStr", "zip"),
    taken("ZipCode", "zip"),
    field("Website", "website"),
)

FILTERS = Shape(
    taken("name", "name"),
    taken("customerName", "name"),
    taken("domain", "domain"),
    taken("createdFrom", "created_since", INSTANT),
    taken("createdTo", "created_until", INSTANT),
    taken("modifiedFrom", "changed_since", INSTANT),
    taken("FromLastModifiedDate", "changed_since", INSTANT),
    taken("modifiedTo", "changed_until", INSTANT),
    taken("q", "text"),
)

CHECK = {
    "type": "object",
    "properties": {
        "CustomerID": {"type": "integer"},
        "OpenTickets": listed_as(TicketID="integer", TicketTitle="string"),
        "Agents": listed_as(AgentID="integer", AgentName="string"),
        "WillBeDeleted": {
            "type": "object",
            "description": "How many of each kind of record.",
            "additionalProperties": {"type": "integer"},
        },
    },
    "required": ["CustomerID", "OpenTickets", "Agents", "WillBeDeleted"],
}


def deactivation(call: Call) -> Answer:
    """What to review before a customer is deleted: what is open, what is still managed, how much would go."""
    check = leaving.check(call.work, call.id)
    return Answer(
        200,
        {
            "CustomerID": call.id,
            "OpenTickets": [{"TicketID": id, "TicketTitle": title} for id, title in check.open_tickets],
            "Agents": [{"AgentID": id, "AgentName": name} for id, name in check.agents],
            "WillBeDeleted": check.counts,
        },
    )


def removal(call: Call) -> Answer:
    """Delete, and say in a header where the archive is."""
    archive_id = leaving.remove_customer(call.work, call.id, call.version)
    answer = call.manners.removed(call, call.id, archive_id)
    answer.headers.append(
        (b"link", f'<{call.base}{call.dialect.prefix}/archives/{archive_id}>; rel="archives"'.encode())
    )
    return answer


WHOLE = "Needs the same right on everything that may hang on a customer: contacts, tickets, devices, hours and so on."

CUSTOMERS = Resource(
    path="customers",
    one="customer",
    id_name="CustomerID",
    reading=customers.READING,
    shape=SHAPE,
    filter=customers.Filter,
    filters=FILTERS,
    orders={"CustomerName": "name", "CreatedOn": "created_at", "LastModified": "updated_at"},
    page_max=500,
    new=customers.New,
    create=customers.create,
    changes=customers.Changes,
    change=customers.change,
    words=NAME_REQUIRED,
    verbs=(
        *(
            verb
            for verb in usual("customer", "customers", SHAPE, updates=("POST", "PUT"), required=("CustomerName",))
            if verb.do is not remove
        ),
        Verb(
            "DELETE",
            "/{id}",
            removal,
            "Delete a customer and all that hangs on it",
            "customers:write",
            body="none",
            note=WHOLE,
        ),
        Verb(
            "GET",
            "/{id}/deactivation",
            deactivation,
            "What deleting a customer would end",
            "customers:read",
            gives=CHECK,
            note=f"The check before the last step of deactivation. {WHOLE}",
        ),
    ),
)

ARCHIVE = Shape(
    shown("ArchiveID", "id"),
    shown("CustomerID", "customer_id"),
    shown("CustomerName", "customer_name"),
    shown("CreatedOn", "at", INSTANT),
    shown("Size", "size"),
    fixed("ContentType", "application/zip"),
)


def download(call: Call) -> Answer:
    """The zip itself."""
    archive = leaving.content(call.work, call.id)
    name = f'attachment; filename="customer-{archive.customer_id}.zip"'.encode()
    return Answer(200, bytes(archive.content), [(b"content-disposition", name)], type=b"application/zip")


ARCHIVES = Resource(
    path="archives",
    one="archive",
    id_name="ArchiveID",
    reading=leaving.READING,
    shape=ARCHIVE,
    verbs=(
        Verb(
            "GET",
            "",
            index,
            "List the archives of deleted customers",
            "customers:read",
            gives=ARCHIVE,
            many=True,
        ),
        Verb(
            "GET",
            "/{id}",
            download,
            "Fetch an archive, a zip of JSON lines",
            "customers:read",
            gives={},
            produces="application/zip",
            note=WHOLE,
        ),
    ),
)
