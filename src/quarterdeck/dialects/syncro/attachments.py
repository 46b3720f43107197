"""Files on tickets: uploaded, fetched from elsewhere, and given out."""

from collections.abc import Mapping, Sequence
from typing import Any

from quarterdeck.desk import attachments, tickets
from quarterdeck.desk.errors import NotFound, Why
from quarterdeck.desk.input import Id, Input
from quarterdeck.desk.reading import Reading
from quarterdeck.desk.statement import Row
from quarterdeck.desk.work import Work
from quarterdeck.dialects.syncro.kinds import Kind
from quarterdeck.dialects.syncro.words import MILLIS, said
from quarterdeck.edge.files import BASE64, DOWNLOADS, Links, Uploads, fetch, items, keep, link, uploaded
from quarterdeck.edge.nesting import Form
from quarterdeck.edge.rest import Answer, Call, Verb
from quarterdeck.edge.verbs import listed
from quarterdeck.wire.codecs import INT
from quarterdeck.wire.shape import Shape, shown, taken

SHAPE = Shape(
    shown("id", "id"),
    shown("file_name", "name"),
    shown("content_type", "type"),
    shown("file_size", "size"),
    shown("created_at", "created_at", MILLIS),
    shown("updated_at", "updated_at", MILLIS),
)
UPLOAD = Shape(
    taken(
        "files",
        "files",
        items(Shape(taken("filename", "name"), taken("content_type", "type"), taken("content", "content", BASE64))),
    )
)
LINK = Shape(taken("files", "files", items(Shape(taken("url", "url"), taken("filename", "name")))))
NAMED = Shape(taken("attachment_id", "attachment_id", INT))

QUEUED = "Processing - refresh ticket in a moment to see if it worked."


class File:
    """Where a file is fetched. The vendor has smaller pictures too; here they are the same."""

    name = "file"
    paths = ("guid", "name")

    def schema(self, owner: Reading) -> Any:
        url = {"url": {"type": "string"}}
        smaller = {"type": "object", "properties": url, "required": ["url"]}
        return {"type": "object", "properties": {**url, "thumb": smaller, "main": smaller}, "required": ["url"]}

    def values(self, work: Work, rows: Sequence[Row], place: Mapping[str, int]) -> list[Any]:
        urls = [link(work, row[place["guid"]], row[place["name"]]) for row in rows]
        return [{"url": url, "thumb": {"url": url}, "main": {"url": url}} for url in urls]


# A file among its ticket's.
ATTACHMENT = Form(attachments.READING, SHAPE, (File(),))


class Removal(Input):
    attachment_id: Id


def index(call: Call) -> Answer:
    return listed(call, call.filtered(ticket_id=tickets.get(call.work, call.id).id))


def upload(call: Call) -> Answer:
    ticket = tickets.get(call.work, call.id)
    news = call.outside(lambda outside: [keep(outside, one) for one in uploaded(call, UPLOAD)])
    ids = [attachments.create(call.work, ticket.id, new) for new in news]
    return Answer(200, {"attachments": [call.record(id)[0] for id in ids]})


def attach(call: Call) -> Answer:
    """Fetch files and put them on the ticket: all of them, or none."""
    ticket = tickets.get(call.work, call.id)
    if "files" not in call.data:
        call.data = {"files": [call.data]}
    asked: Links = call.asked(Links, LINK)
    for new in call.outside(lambda outside: [fetch(outside, one) for one in asked.files]):
        attachments.create(call.work, ticket.id, new)
    return Answer(200, {"message": QUEUED})


def detach(call: Call) -> Answer:
    """Remove a file of the ticket in the path, and of no other."""
    ticket = tickets.get(call.work, call.id)
    asked: Removal = call.asked(Removal, NAMED)
    if attachments.get(call.work, asked.attachment_id).ticket_id != ticket.id:
        raise NotFound("attachment", asked.attachment_id)
    attachments.remove(call.work, asked.attachment_id)
    return Answer(200, {"success": True})


MESSAGE = {"type": "object", "properties": {"message": {"type": "string"}}, "required": ["message"]}
SUCCESS = {"type": "object", "properties": {"success": {"type": "boolean"}}, "required": ["success"]}
MADE = {"type": "object", "properties": {"attachments": {"type": "array", "items": SHAPE}}, "required": ["attachments"]}

ATTACHMENTS = Kind(
    path="tickets/{id}",
    one="ticket",
    wrapper="attachment",
    many="attachments",
    reading=attachments.READING,
    shape=SHAPE,
    nests=ATTACHMENT.nests,
    filter=attachments.Filter,
    filters=Shape(taken("since_updated_at", "changed_since", MILLIS)),
    orders={"created_at": "created_at", "updated_at": "updated_at"},
    size=100,
    words={
        ("files", Why.MISSING): said("files required"),
        ("attachment_id", Why.MISSING): said("attachment_id required"),
    },
    verbs=(
        Verb("GET", "/attachments", index, "List a ticket's files", "attachments:read", gives=SHAPE, many=True),
        Verb(
            "POST", "/attachments", upload, "Put files on a ticket", "attachments:write",
            takes=UPLOAD, gives=MADE, input=Uploads, files=True,
            note="Files come as parts of a form (`multipart/form-data`), or in JSON in base64.",
        ),
        Verb(
            "POST", "/attach_file_url", attach, "Put files on a ticket from where they lie", "attachments:write",
            takes=LINK, gives=MESSAGE, input=Links,
            note="Also one `url` and `filename` without a list. It answers when the files are there: all, or none.",
        ),
        Verb(
            "POST", "/delete_attachment", detach, "Remove a file from a ticket", "attachments:write",
            takes=NAMED, required=("attachment_id",), gives=SUCCESS, input=Removal,
        ),
    ),
)  # fmt: skip

FILES = Kind(
    path="attachments",
    one="attachment",
    wrapper="attachment",
    many="attachments",
    reading=attachments.READING,
    shape=SHAPE,
    verbs=DOWNLOADS,
)
