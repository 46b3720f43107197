"""How files on tickets are read."""

import hashlib

import sqlalchemy as sa

from quarterdeck.desk import tickets
from quarterdeck.desk.attachments.records import Attachment, Blob
from quarterdeck.desk.errors import NotFound
from quarterdeck.desk.reading import Reading, Where
from quarterdeck.desk.statement import Statement
from quarterdeck.desk.tickets import Ticket
from quarterdeck.desk.work import Work

OF_CUSTOMER = sa.select(Ticket.customer_id).where(Ticket.id == Attachment.ticket_id).scalar_subquery()

READING = Reading(
    Attachment,
    "attachments:read",
    filters={
        "ticket_id": Where(lambda value: Attachment.ticket_id == value),
        "comment_id": Where(lambda value: Attachment.comment_id == value),
        "changed_since": Where(lambda value: Attachment.updated_at >= value),
    },
    orders={"created_at": Attachment.created_at, "updated_at": Attachment.updated_at},
    belongs=OF_CUSTOMER,
)

NAMED = Statement(sa.select(Attachment.id).where(Attachment.guid == sa.bindparam("guid")))
CONTENT = Statement(sa.select(Blob.content).where(Blob.hash == sa.bindparam("hash")))


def seen(work: Work, id: int, *, hold: bool = False) -> Attachment | None:
    """The file, where the actor may see its ticket."""
    found = work.find(Attachment, id, hold=hold)
    return found if found is not None and tickets.seen(work, found.ticket_id) is not None else None


def get(work: Work, id: int, *, hold: bool = False) -> Attachment:
    work.require("attachments:read")
    found = seen(work, id, hold=hold)
    if found is None:
        raise NotFound(Attachment.kind, id)
    return found


def named(work: Work, guid: str) -> Attachment:
    """The file a link names."""
    work.require("attachments:read")
    row = NAMED.first(work.link, {"guid": guid.lower()})
    if row is None:
        raise NotFound(Attachment.kind, guid)
    return get(work, row[0])


def content(work: Work, hash: str) -> bytes | None:
    """The bytes, where the database keeps them."""
    rows = CONTENT.raw(work.link, {"hash": hash})
    return bytes(rows[0][0]) if rows else None


def genuine(content: bytes, hash: str) -> bool:
    """Whether these are the bytes that were taken in."""
    return hashlib.sha256(content).hexdigest() == hash
