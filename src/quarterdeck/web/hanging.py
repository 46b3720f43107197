"""What hangs on customers, contacts and devices, as their pages show it."""

from collections.abc import Sequence
from typing import Any

from quarterdeck.desk import alerts, customers, journal, knowledge, tickets
from quarterdeck.desk.input import whole
from quarterdeck.desk.paging import Page
from quarterdeck.web.directory import Directory
from quarterdeck.web.kit import Visit

SITE = ("name", "address", "address_2", "city", "zip", "state", "country", "phone")
SHORT_LIST = 8
HISTORY = 50

TICKETS = Directory(
    "",
    tickets.READING.view(
        [
            "id",
            "title",
            "status",
            "stage",
            "priority",
            "contact.full_name",
            "technician.full_name",
            "due_at",
            "last_activity_at",
            "created_at",
        ]
    ),
    tickets.Filter,
    ("-id",),
    ("show",),
)
SITES = customers.SITES.view(["id", *SITE])
ALERTS = alerts.READING.view(
    ["id", "title", "severity", "category", "source", "created_at", "archived", "asset.name", "asset_id", "ticket_id"]
)
ARTICLES = knowledge.READING.view(["id", "name", "public", "updated_at"])


def newest_tickets(visit: Visit, **whose: int) -> dict[str, Any]:
    """The newest tickets of a record, open and settled, and how many there are in all."""
    newest = Page(size=SHORT_LIST, descending=True)
    going_on, settled = (
        TICKETS.view.page(visit.work, tickets.Filter.check({**whose, which: True}), newest)
        for which in ("going_on", "settled")
    )
    return {
        "open": TICKETS.view.read(visit.work, going_on.items),
        "recent": TICKETS.view.read(visit.work, settled.items),
        "in_all": going_on.total + settled.total,
    }


def tickets_shown(visit: Visit) -> dict[str, bool]:
    """Which tickets the address of a list asks for: those that go on, unless it says otherwise."""
    return {"open": {"going_on": True}, "settled": {"settled": True}}.get(visit.query.get("show", "open"), {})


def open_tickets(visit: Visit, by: str, ids: Sequence[int]) -> dict[int, int]:
    return tickets.open_of(visit.work, by, ids) if visit.visitor.may("tickets:read") else {}


def history(visit: Visit, kind: str, id: int) -> dict[str, Any]:
    """What happened to a record, a page of it, and the address of the next one."""
    start = whole(visit.query.get("before", ""))
    entries = journal.about(visit.work, kind, id, before=start, most=HISTORY + 1)
    further = f"{visit.request.path}?before={entries[HISTORY - 1]['id']}" if len(entries) > HISTORY else None
    return {"entries": entries[:HISTORY], "further": further}
