"""Syncro in words and schemas, for the documents made from the declarations."""

from dataclasses import replace
from typing import Any

from quarterdeck.dialects.syncro.alerts import ALERTS
from quarterdeck.dialects.syncro.appointments import APPOINTMENT_TYPES, APPOINTMENTS
from quarterdeck.dialects.syncro.assets import ASSETS
from quarterdeck.dialects.syncro.attachments import ATTACHMENTS
from quarterdeck.dialects.syncro.comments import TICKET_COMMENTS
from quarterdeck.dialects.syncro.contacts import CONTACTS
from quarterdeck.dialects.syncro.contracts import CONTRACTS
from quarterdeck.dialects.syncro.customers import CUSTOMERS
from quarterdeck.dialects.syncro.kinds import Kind
from quarterdeck.dialects.syncro.leads import LEADS
from quarterdeck.dialects.syncro.lines import LINES, TICKET_LINES
from quarterdeck.dialects.syncro.manners import SIZE_MAX, envelope, wrapper
from quarterdeck.dialects.syncro.merging import MERGES
from quarterdeck.dialects.syncro.places import PHONES, SITES
from quarterdeck.dialects.syncro.portal import PORTAL_USERS
from quarterdeck.dialects.syncro.products import CATEGORIES, PRODUCTS
from quarterdeck.dialects.syncro.replies import CANNED_RESPONSES
from quarterdeck.dialects.syncro.schedules import LINES as SCHEDULE_LINES
from quarterdeck.dialects.syncro.schedules import SCHEDULES
from quarterdeck.dialects.syncro.tickets import TICKETS
from quarterdeck.dialects.syncro.timelogs import TIMELOGS
from quarterdeck.dialects.syncro.timers import TICKET_TIMERS, TIMERS
from quarterdeck.dialects.syncro.updates import PROGRAMS
from quarterdeck.dialects.syncro.users import USERS
from quarterdeck.dialects.syncro.vendor import OPERATIONS
from quarterdeck.dialects.syncro.wiki import WIKI_PAGES
from quarterdeck.edge.rest import Outline, Resource
from quarterdeck.wire.shape import schema_of

DESCRIPTION = """\
The Syncro v1 API, served by your own Quarterdeck. A script written for Syncro, or for RepairShopr, needs its address
changed and a key of this desk; the fields, the wrappers and the words of its errors are the ones it knows.

**Keys.** Send your key as `Authorization: Bearer <key>`, as `Authorization: <key>`, as the parameter `api_key` of the
query, or as the field `api_key` of a JSON or form body; where there are several, the first of these counts. Each
operation names the right its key needs; whoever may write may read. A key without the right gets a 401, as the vendor
does it.

**Lists** come with `meta`: `page`, `per_page`, `total_pages` and `total_entries`, whatever the list. `per_page` goes
up to 100; a page beyond the end is empty. Each list says in the header `Link` where its neighbours are, by places that
cost the same however deep they lie. `sort=business_name DESC` orders; `since_updated_at` gives what changed since.
Parameters may stand in the query, or in a JSON body of a GET; several values as `id[]=1&id[]=2`, as `id=1&id=2` or as
`id=1,2`. Parameters nobody knows are ignored.

**Single records** are wrapped under their name, `{"customer": {...}}`. Where the vendor sends them bare and most
clients look for the wrapper, both are sent: the fields, and beside them the record under its name.

**Changes** touch only the fields you send; fields nobody knows are ignored. A body may be JSON or a form, wrapped under
the record's name or bare; numbers and truth values may come as text. `properties` holds custom values by name: those
you send are set, the others stay. To change only what you have read, send the `ETag` you got back as `If-Match`: a
record changed meanwhile is a 412.

**Repeating.** A POST with an `Idempotency-Key` (up to 255 characters) is done once: sent again within a day with the
same body, it gets the first answer, marked `Idempotency-Replayed: true`.

**Refusals** say what is wrong in `error`, for readers that want one text, and in `message`. A record that cannot be
kept is a 422 with everything that is wrong with it at once: a list in `message`, by field in `errors` (as one text for
the records whose readers expect that), and what was sent in `params`. An id, filter or page that is none is a 400.

**Calls are counted** by the minute and address: 180 in any 60 seconds unless your provider chose otherwise, whichever
key they carry, and calls without one as well. Each answer says what is left; a 429 says in `Retry-After` how many
seconds to wait.

Moments are in UTC with three digits of a second (`2024-02-15T09:00:00.000Z`). A path may end in `.json`, and doubled
slashes in it do not count.
"""

ERROR = {
    "type": "object",
    "properties": {
        "error": {"type": "string", "description": "What is wrong, in one text.", "examples": ["Customer not found"]},
        "message": {
            "type": ["string", "array"],
            "items": {"type": "string"},
            "description": "The same, or a list of all that is wrong with a record.",
        },
        "success": {"const": False},
        "errors": {"type": ["object", "string"], "description": "What is wrong, by field, or all of it in one text."},
        "params": {"type": "object", "description": "What was sent, without what is secret."},
        "record": {"type": "object", "description": "The record that was not kept, for some kinds."},
    },
    "required": ["error", "message"],
}


def single(on: Resource, record: Any) -> dict[str, Any]:
    """A record under its key; beside its own fields, where the vendor gives those."""
    name = wrapper(on)
    whole = {"type": "object", "properties": {name: record}, "required": [name]}
    return {"allOf": [record, whole]} if isinstance(on, Kind) and on.flat else whole


def listing(on: Resource, record: Any) -> dict[str, Any]:
    assert isinstance(on, Kind)
    return envelope(on.many, single(replace(on, flat=True), record) if on.rows_wrapped else record)


def removed(on: Resource) -> dict[str, Any]:
    said = on.farewell if isinstance(on, Kind) and isinstance(on.farewell, dict) else {"success": True}
    return {
        "type": "object",
        "properties": {name: schema_of(value) for name, value in said.items()},
        "required": [*said],
    }


def made(on: Resource) -> str:
    return f"/{wrapper(on)}/id"


def parameter(name: str, description: str, **schema: Any) -> dict[str, Any]:
    return {"name": name, "in": "query", "description": description, "schema": schema}


def paging(on: Resource) -> list[dict[str, Any]]:
    assert isinstance(on, Kind)
    names = ", ".join(f"`{name}`" for name in (on.id_name, *on.orders))
    most = max(SIZE_MAX, on.size)
    return [
        parameter("page", "Which page, from 1.", type="integer", minimum=1, maximum=2**53, default=1),
        parameter(
            "per_page", f"How many to a page; more than {most} is cut to {most}.",
            type="integer", minimum=1, maximum=2**53, default=on.size,
        ),
        parameter(
            "sort", f"One of {names}; with ` DESC` behind it, the other way round.",
            type="string", examples=[on.id_name, f"{on.id_name} DESC"],
        ),
        parameter("after", "A place in the list, as the header `Link` holds it.", type="string"),
        parameter("before", "A place in the list, as the header `Link` holds it.", type="string"),
    ]  # fmt: skip


HABITS = (
    "Single contacts, appointments, contracts and their like are sent bare and under their name at once; the vendor "
    "sends one or the other, and clients expect either.",
    "`meta` has its four numbers on every list; the vendor leaves some out on some lists. `per_page` works on all.",
    "`business_name` is required of a new customer, unless your provider lets customers be persons alone.",
    "Refusals have a body in one shape everywhere: a text in `error`, and the vendor's own words in `message`. "
    "400 is for what cannot be read, 422 for what is not allowed.",
    "A wrong key is refused before the path is looked at, so a stranger learns nothing about paths.",
    "180 calls a minute and address, told in headers; the vendor publishes the number and no headers.",
    "`Idempotency-Key`, `ETag`, `If-Match` and `If-None-Match` work; the vendor has none of them.",
    "Telephone numbers are given back as they were sent; the vendor strips them to digits.",
    "`since_updated_at` works on every list of records that keep when they changed.",
    "A priority is read as `High` and as `1 High`, and shown in the second form.",
    "What this desk does not keep is there with `null` or a fixed word: `pdf_url`, `account_id` and their like.",
)

OUTLINE = Outline(
    description=DESCRIPTION,
    greeting="Authorization: Bearer your key",
    records={
        "Customer": CUSTOMERS,
        "Contact": CONTACTS,
        "Merge": MERGES,
        "Ticket": TICKETS,
        "Comment": TICKET_COMMENTS,
        "Appointment": APPOINTMENTS,
        "AppointmentType": APPOINTMENT_TYPES,
        "Lead": LEADS,
        "WikiPage": WIKI_PAGES,
        "CannedResponse": CANNED_RESPONSES,
        "PortalUser": PORTAL_USERS,
        "Phone": PHONES,
        "Site": SITES,
        "TicketLine": TICKET_LINES,
        "LineItem": LINES,
        "TicketTimer": TICKET_TIMERS,
        "Timer": TIMERS,
        "Timelog": TIMELOGS,
        "Product": PRODUCTS,
        "ProductCategory": CATEGORIES,
        "Asset": ASSETS,
        "Program": PROGRAMS,
        "Alert": ALERTS,
        "Contract": CONTRACTS,
        "Schedule": SCHEDULES,
        "ScheduleLine": SCHEDULE_LINES,
        "Attachment": ATTACHMENTS,
        "User": USERS,
    },
    single=single,
    confirmed=single,
    listing=listing,
    removed=removed,
    made=made,
    error=ERROR,
    paging=paging,
    security={
        "bearer": {"type": "http", "scheme": "bearer", "description": "Your key, as a bearer token."},
        "header": {"type": "apiKey", "in": "header", "name": "Authorization", "description": "The same key alone."},
        "query": {"type": "apiKey", "in": "query", "name": "api_key", "description": "The same key in the query."},
    },
    vendor=OPERATIONS,
    habits=HABITS,
)
