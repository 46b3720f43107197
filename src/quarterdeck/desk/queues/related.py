"""Tickets that have to do with each other, and who follows them."""

from typing import Any

import sqlalchemy as sa

from quarterdeck.desk import attachments, contacts, journal, tickets
from quarterdeck.desk.access import Technician
from quarterdeck.desk.attachments import Attachment, Stored
from quarterdeck.desk.errors import Invalid, NotFound, Problem, Why
from quarterdeck.desk.input import Input, Name
from quarterdeck.desk.queues.records import Follow, Related
from quarterdeck.desk.statement import Statement
from quarterdeck.desk.tickets import Comment, Ticket
from quarterdeck.desk.work import Work

NO_TICKET = Problem("names no ticket", Why.UNKNOWN)
ITSELF = Problem("is this ticket itself", Why.REFUSED)

OF_TICKET = Statement(
    sa.select(Ticket.id, Ticket.title, Ticket.status, Ticket.stage)
    .where(
        Ticket.id.in_(
            sa.union_all(
                sa.select(Related.other_id).where(Related.ticket_id == sa.bindparam("id")),
                sa.select(Related.ticket_id).where(Related.other_id == sa.bindparam("id")),
            )
        )
    )
    .order_by(Ticket.id)
)
FOLLOWERS = Statement(
    sa.select(Technician.id, Technician.full_name)
    .join(Follow, Follow.technician_id == Technician.id)
    .where(Follow.ticket_id == sa.bindparam("id"))
    .order_by(Technician.id)
)


def follow(work: Work, ticket_id: int) -> None:
    """Whoever asks wants to hear of the ticket."""
    ticket = tickets.get(work, ticket_id)
    mine = {"technician_id": work.actor.technician_id, "ticket_id": ticket.id}
    if work.actor.technician_id is not None and work.actor.technician_id not in {
        id for id, _ in followers(work, ticket.id)
    }:
        work.insert(Follow, **mine)


def unfollow(work: Work, ticket_id: int) -> None:
    work.delete(Follow, Follow.technician_id == work.actor.technician_id, Follow.ticket_id == ticket_id)


def followers(work: Work, ticket_id: int) -> list[tuple[int, str]]:
    """Who follows a ticket: ids and names."""
    work.require("tickets:read")
    return [(id, name) for id, name in FOLLOWERS.rows(work.link, {"id": ticket_id})]


def relate(work: Work, ticket_id: int, other_id: int) -> None:
    """Let two tickets know of each other."""
    work.require("tickets:write")
    ticket, other = tickets.get(work, ticket_id, hold=True), tickets.seen(work, other_id)
    if other is None:
        raise Invalid({"other_id": NO_TICKET})
    if other.id == ticket.id:
        raise Invalid({"other_id": ITSELF})
    if other.id in {row[0] for row in related(work, ticket.id)}:
        return

    first, second = sorted((ticket.id, other.id))
    work.insert(Related, ticket_id=first, other_id=second, at=work.now)
    written(work, "ticket.linked", ticket, other)


def unrelate(work: Work, ticket_id: int, other_id: int) -> None:
    work.require("tickets:write")
    ticket, other = tickets.get(work, ticket_id, hold=True), tickets.get(work, other_id)
    first, second = sorted((ticket.id, other.id))
    if work.delete(Related, Related.ticket_id == first, Related.other_id == second):
        written(work, "ticket.unlinked", ticket, other)


def related(work: Work, ticket_id: int) -> list[Any]:
    """Tickets that have to do with one: id, title, status, stage."""
    work.require("tickets:read")
    return OF_TICKET.rows(work.link, {"id": ticket_id})


class NewSplit(Input):
    title: Name


def split(work: Work, ticket_id: int, comment_id: int, new: NewSplit) -> int:
    """Make a ticket of its own of what was said on another, with its files; returns its id. The words stay where they
    are as well, and the two tickets know of each other."""
    work.require("tickets:write")
    ticket = tickets.get(work, ticket_id, hold=True)
    comment = work.find(Comment, comment_id)
    if comment is None or comment.ticket_id != ticket.id:
        raise NotFound(Comment.kind, comment_id)

    contact = contacts.seen(work, comment.contact_id) if comment.contact_id is not None else None
    asks = contact.id if contact and contact.customer_id == ticket.customer_id else ticket.contact_id
    said = {
        "body": comment.body,
        "at": comment.at,
        "internal": comment.internal,
        "technician_id": comment.technician_id,
    }
    said |= {"said_by": f"{comment.first_name or ''} {comment.last_name or ''}".strip() or None}
    asked: dict[str, Any] = {"title": new.title, "customer_id": ticket.customer_id, "contact_id": asks}
    asked |= {
        "priority": ticket.priority,
        "type": ticket.type,
        "contract_id": ticket.contract_id,
        "site_id": ticket.site_id,
    }
    asked |= {"source": ticket.source, "technician_id": ticket.technician_id, "comments": [said]}
    id = tickets.create(work, tickets.New.check(asked))
    files = sa.select(Attachment.name, Attachment.type, Attachment.hash, Attachment.size)
    for name, type, hash, size in work.db.execute(files.where(Attachment.comment_id == comment.id)).all():
        attachments.create(work, id, attachments.New(name=name, type=type, stored=Stored(hash, size)))
    relate(work, ticket.id, id)
    return id


def written(work: Work, what: str, ticket: Ticket, other: Ticket) -> None:
    for one, another in ((ticket, other), (other, ticket)):
        journal.record(work, what, one.id, customer_id=one.customer_id, after={"ticket_id": another.id})
