"""What can happen to files on tickets."""

from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from quarterdeck.desk import journal, tickets
from quarterdeck.desk.attachments.inputs import New, Stored
from quarterdeck.desk.attachments.queries import get
from quarterdeck.desk.attachments.records import Attachment, Blob
from quarterdeck.desk.errors import Conflict, Invalid, Problem, Why
from quarterdeck.desk.statement import Statement
from quarterdeck.desk.tickets import Comment, Ticket
from quarterdeck.desk.work import Work, unchanged

# So many files on one ticket.
MOST = 500

INSERT: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
# Content that is there already is written to in name only: nobody may let go of it before this transaction ends.
PUT = {
    dialect: Statement(
        insert(Blob)
        .values(hash=sa.bindparam("hash"), content=sa.bindparam("content"))
        .on_conflict_do_update(index_elements=[Blob.hash], set_={"hash": sa.bindparam("hash")})
    )
    for dialect, insert in INSERT.items()
}


def create(work: Work, ticket_id: int, new: New) -> int:
    """Put a file on a ticket. Its content has been taken in before."""
    work.require("attachments:write")
    ticket = tickets.get(work, ticket_id, hold=True)
    commented(work, ticket.id, new.comment_id)
    there = sa.select(sa.func.count()).select_from(Attachment).where(Attachment.ticket_id == ticket.id)
    if (work.db.scalar(there) or 0) >= MOST:
        raise Conflict(f"a ticket has at most {MOST} files")

    keep(work, new.stored)
    values = {"ticket_id": ticket.id, "comment_id": new.comment_id, "name": new.name, "type": new.type}
    values |= {"size": new.stored.size, "hash": new.stored.hash}
    id = work.insert(Attachment, guid=str(uuid4()), **values, technician_id=work.actor.technician_id)
    work.update(Ticket, ticket.id, last_activity_at=work.now)
    journal.record(work, "attachment.created", id, customer_id=ticket.customer_id, after=values)
    return id


def remove(work: Work, id: int, version: int | None = None) -> None:
    work.require("attachments:write")
    ticket = tickets.get(work, get(work, id).ticket_id, hold=True)
    attachment = get(work, id)
    unchanged(attachment, version)

    forget(work, Attachment.id == attachment.id)
    work.update(Ticket, ticket.id, last_activity_at=work.now)
    before = {"ticket_id": ticket.id, "name": attachment.name, "hash": attachment.hash}
    journal.record(work, "attachment.deleted", attachment.id, customer_id=ticket.customer_id, before=before)


def forget(work: Work, leaving: sa.ColumnElement[bool]) -> int:
    """Remove these files, and content the database keeps for nobody else; returns how many files there were."""
    hashes = list(work.db.scalars(sa.select(Attachment.hash).where(leaving).distinct()))
    gone = work.delete(Attachment, leaving)
    theirs = Blob.hash.in_(hashes)
    # Who puts the same content on another ticket just now comes first or last, not in between.
    work.db.execute(sa.select(Blob.id).where(theirs).order_by(Blob.id).with_for_update())
    work.delete(Blob, theirs, ~sa.exists().where(Attachment.hash == Blob.hash))
    return gone


def keep(work: Work, stored: Stored) -> None:
    if stored.content is not None:
        PUT[work.link.dialect].run(work.link, {"hash": stored.hash, "content": stored.content})


def commented(work: Work, ticket_id: int, comment_id: int | None) -> None:
    """Refuse a comment that is not of this ticket."""
    comment = work.find(Comment, comment_id) if comment_id is not None else None
    if comment_id is not None and (comment is None or comment.ticket_id != ticket_id):
        raise Invalid({"comment_id": Problem("names no comment of this ticket", Why.UNKNOWN)})
