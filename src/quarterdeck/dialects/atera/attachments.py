"""Files on tickets, as addresses."""

from quarterdeck.desk import attachments, tickets
from quarterdeck.desk.paging import Page
from quarterdeck.edge.files import DOWNLOADS, link
from quarterdeck.edge.rest import Answer, Call, Resource, Verb
from quarterdeck.wire.shape import Shape

ADDRESSES = attachments.READING.view(("guid", "name"))


def index(call: Call) -> Answer:
    """Where the ticket's files are fetched, the oldest first."""
    where = attachments.Filter(ticket_id=tickets.get(call.work, call.id).id)
    found = ADDRESSES.page(call.work, where, Page(size=attachments.MOST))
    return Answer(200, [link(call.work, guid, name) for guid, name, *_ in found.items])


ATTACHMENTS = Resource(
    path="tickets/{id}/attachments",
    one="ticket",
    reading=attachments.READING,
    shape=Shape(),
    verbs=(
        Verb(
            "GET", "", index, "List the addresses of a ticket's files", "attachments:read",
            gives={"type": "array", "items": {"type": "string"}},
            note="Each address is fetched with a key of this face.",
        ),
    ),
)  # fmt: skip

FILES = Resource(path="attachments", one="attachment", reading=attachments.READING, shape=Shape(), verbs=DOWNLOADS)
