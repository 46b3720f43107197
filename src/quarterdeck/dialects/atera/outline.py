"""Atera in words and schemas, for the documents made from the declarations."""

from typing import Any

from quarterdeck.dialects.atera.account import ACCOUNT, TECHNICIANS
from quarterdeck.dialects.atera.agents import AGENTS
from quarterdeck.dialects.atera.alerts import ALERTS
from quarterdeck.dialects.atera.comments import COMMENTS
from quarterdeck.dialects.atera.contacts import CONTACTS
from quarterdeck.dialects.atera.contracts import CONTRACTS
from quarterdeck.dialects.atera.customers import ARCHIVES, CHECK, CUSTOMERS
from quarterdeck.dialects.atera.customvalues import DEFINITIONS, VALUES
from quarterdeck.dialects.atera.departments import DEPARTMENTS
from quarterdeck.dialects.atera.hours import BILLED, DURATIONS, HOURS
from quarterdeck.dialects.atera.knowledge import PAGES
from quarterdeck.dialects.atera.manners import SIZE, envelope
from quarterdeck.dialects.atera.merging import MERGES
from quarterdeck.dialects.atera.tickets import TICKETS
from quarterdeck.dialects.atera.vendor import OPERATIONS
from quarterdeck.edge.rest import Outline, Resource

DESCRIPTION = """\
The Atera v3 API, served by your own Quarterdeck. A script written for Atera needs its address changed and a key of
this desk; the fields, the envelopes and the words of its errors are the ones it knows.

**Keys.** Send your key as `X-API-KEY: <key>` or as `Authorization: Bearer <key>`. Each operation names the right its
key needs; whoever may write may read.

**Lists** come in pages of 20 unless `itemsInPage` asks for more. Follow `nextLink` until it is `""`: it holds a place
in the list, so the last page costs what the first does. Every list counts all that matches in `totalItemCount` (and,
the same, `totalItems`). Names of parameters count without regard to case; parameters nobody knows are ignored.

**Changes** touch only the fields you send; fields nobody knows are ignored. A change answers with the whole record and
its `ActionID`. To change only what you have read, send the `ETag` you got back as `If-Match`: a record changed
meanwhile is a 412.

**Repeating.** A POST with an `Idempotency-Key` (up to 255 characters) is done once: sent again within a day with the
same body, it gets the first answer, marked `Idempotency-Replayed: true`.

**Refusals** have one shape. `Message` is for people, `ErrorCode` is the status, `errors` lists what is wrong with each
field, all at once.

**Calls are counted** by the minute and key: 700 in any 60 seconds unless your provider chose otherwise. Each answer
says what is left; a 429 says in `Retry-After` how many seconds to wait.

Bodies are JSON; fields of a form (`application/x-www-form-urlencoded`) are read as well, and numbers and truth values
may come as text. Moments are in UTC (`2024-02-15T09:00:00Z`); one without a zone is taken as UTC. To clients that name
PowerShell as their agent, second spellings that differ in case alone (`Firstname` beside `FirstName`) are not sent.
"""

ERROR = {
    "type": "object",
    "properties": {
        "Message": {"type": "string", "description": "What is wrong, for people.", "examples": ["Customer not found"]},
        "ErrorCode": {"type": "integer", "description": "The status, once more.", "examples": [404]},
        "error": {"type": "string", "description": "The same as `Message`."},
        "title": {"type": "string", "description": "The same as `Message`."},
        "status": {"type": "integer", "description": "The same as `ErrorCode`."},
        "detail": {"type": "string", "description": "What is wrong, with the names of the fields."},
        "errors": {"type": "array", "items": {"type": "string"}, "description": "One entry for each field."},
    },
    "required": ["Message", "ErrorCode", "error", "title", "status", "detail"],
}


def single(on: Resource, record: Any) -> dict[str, Any]:
    return dict(record)


def confirmed(on: Resource, record: Any) -> dict[str, Any]:
    """A changed record, with the id that says so first."""
    action = {
        "type": "object",
        "properties": {"ActionID": {"type": "integer", "description": "The record's id."}},
        "required": ["ActionID"],
    }
    return {"allOf": [action, record]}


def listing(on: Resource, record: Any) -> dict[str, Any]:
    return envelope(record)


def removed(on: Resource) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {"ActionID": {"type": "integer"}, "Success": {"type": "boolean"}},
        "required": ["ActionID", "Success"],
    }


def made(on: Resource) -> str:
    return "/ActionID"


def parameter(name: str, description: str, **schema: Any) -> dict[str, Any]:
    return {"name": name, "in": "query", "description": description, "schema": schema}


def paging(on: Resource) -> list[dict[str, Any]]:
    names = ", ".join(f"`{name}`" for name in (on.id_name, *on.orders))
    return [
        parameter("page", "Which page, from 1.", type="integer", minimum=1, maximum=2**53, default=1),
        parameter(
            "itemsInPage",
            f"How many to a page; more than {on.page_max} is cut to {on.page_max}.",
            type="integer", minimum=1, maximum=2**53, default=SIZE,
        ),
        parameter(
            "orderBy",
            f"One of {names}; with ` desc` behind it or `-` before it, the other way round.",
            type="string", examples=[on.id_name, f"{on.id_name} desc"],
        ),
        parameter("SortBy", "The vendor's two orders, both the latest first.", enum=["Creation", "LastModified"]),
        parameter("after", "A place in the list, as `nextLink` holds it.", type="string"),
        parameter("before", "A place in the list, as `prevLink` holds it.", type="string"),
    ]  # fmt: skip


OUTLINE = Outline(
    description=DESCRIPTION,
    greeting="X-API-KEY: your key",
    records={
        "Customer": CUSTOMERS,
        "Deactivation": CHECK,
        "Archive": ARCHIVES,
        "Contact": CONTACTS,
        "Merge": MERGES,
        "Ticket": TICKETS,
        "Comment": COMMENTS,
        "WorkHours": HOURS[0],
        "Duration": DURATIONS,
        "BillableDuration": BILLED,
        "CustomValue": VALUES,
        "CustomField": DEFINITIONS,
        "Department": DEPARTMENTS,
        "Agent": AGENTS,
        "Alert": ALERTS,
        "Contract": CONTRACTS,
        "Article": PAGES,
        "Account": ACCOUNT,
        "Technician": TECHNICIANS,
    },
    single=single,
    confirmed=confirmed,
    listing=listing,
    removed=removed,
    made=made,
    error=ERROR,
    paging=paging,
    security={
        "key": {"type": "apiKey", "in": "header", "name": "X-API-KEY", "description": "Your key."},
        "bearer": {"type": "http", "scheme": "bearer", "description": "The same key, as a bearer token."},
    },
    vendor=OPERATIONS,
    habits=(
        "`ActionID` is a number, the record's id, where the vendor sends text. A change answers with the whole record.",
        "A deletion answers 200 with `ActionID` and `Success`, where the vendor answers 204 with nothing.",
        'A page counts its records twice, as `totalItemCount` and as `totalItems`; `prevLink` and `nextLink` are `""` '
        "where there is no such page. `nextLink` also holds a place, so that deep pages cost no more.",
        "`itemsInPage` goes up to 500, on tickets, comments and work hours up to 50; the vendor stops at 50.",
        "Lists are in order of the id, oldest first; the vendor documents no order. `orderBy` and `SortBy` change it.",
        "Records have the vendor's names and, beside them, those many documents use: `FirstName` and `Firstname`, "
        "`Links` and `Website`, `FirstComment` and `Description`.",
        "Refusals have a body in one shape, 401 included, where the vendor sends nothing.",
        "A wrong key is refused before the path is looked at, so a stranger learns nothing about paths.",
        "700 calls a minute and key, told in headers; the vendor publishes no number.",
        "`Idempotency-Key`, `ETag`, `If-Match` and `If-None-Match` work; the vendor has none of them.",
        "Statuses may be of your own making and are shown as they are. Priorities and types the vendor does not have "
        "are refused.",
        "Times of day in a query without a zone are in UTC; the vendor takes the account's own zone.",
        "What this desk does not keep is there with `null`, 0 or a fixed word: `FolderID`, `OnSLADurationSeconds` "
        "and their like.",
    ),
)
