"""How two tickets become one: what was said, done and charged on the other moves, and its number leads on."""

from typing import Any

import sqlalchemy as sa

from quarterdeck.desk import journal, search, tickets
from quarterdeck.desk.aliases import Alias
from quarterdeck.desk.errors import Conflict, Invalid, NotFound, Problem, Why
from quarterdeck.desk.fields import Target, Value
from quarterdeck.desk.leaving import called, naming
from quarterdeck.desk.queues import Draft
from quarterdeck.desk.record import Record
from quarterdeck.desk.tickets import Comment, Ticket
from quarterdeck.desk.work import Work

SAME = Problem("is the same ticket", Why.REFUSED)
NO_TICKET = Problem("names no ticket", Why.UNKNOWN)


def merge_tickets(work: Work, primary_id: int, duplicate_id: int) -> None:
    """Make one ticket part of another of the same customer."""
    work.require("tickets:write")
    # Held in one order, two merges do not wait for each other.
    ids = sorted((primary_id, duplicate_id))
    work.db.execute(sa.select(Ticket.id).where(Ticket.id.in_(ids)).order_by(Ticket.id).with_for_update())
    primary, duplicate = both(work, primary_id, duplicate_id)

    first_said(work, duplicate)
    moved = {called(column.class_): n for column in naming(Ticket) if (n := move(work, column, duplicate, primary))}
    values_move(work, duplicate, primary)
    work.update_all(Alias, Alias.of_kind == Ticket.kind, Alias.new_id == duplicate.id, new_id=primary.id)
    search.drop(work, Ticket.kind, sa.select(sa.literal(duplicate.id)))
    work.delete(Draft, Draft.place.startswith(f"ticket/{duplicate.id}/", autoescape=True))
    work.delete(Ticket, Ticket.id == duplicate.id)
    work.insert(Alias, of_kind=Ticket.kind, old_id=duplicate.id, new_id=primary.id)
    work.update(Ticket, primary.id, **together(primary, duplicate), last_activity_at=work.now)
    tickets.index(work, primary.id)
    after = {"primary_id": primary.id, "duplicate_id": duplicate.id, "title": duplicate.title, **moved}
    for id in (primary.id, duplicate.id):
        journal.record(work, "ticket.merged", id, customer_id=primary.customer_id, after=after)


def both(work: Work, primary_id: int, duplicate_id: int) -> tuple[Ticket, Ticket]:
    primary, duplicate = tickets.seen(work, primary_id), tickets.seen(work, duplicate_id)
    if primary is None or primary.id != primary_id:
        raise NotFound(Ticket.kind, primary_id)
    if duplicate is not None and duplicate.id == primary.id:
        raise Invalid({"duplicate_id": SAME})
    if duplicate is None:
        raise Invalid({"duplicate_id": NO_TICKET})
    if primary.customer_id != duplicate.customer_id:
        raise Conflict(f"tickets {primary.id} and {duplicate.id} are of two customers")
    return primary, duplicate


def first_said(work: Work, duplicate: Ticket) -> None:
    """What the duplicate opened with becomes a comment among others, under its title."""
    opening = (Comment.ticket_id == duplicate.id, Comment.initial.is_(True))
    work.update_all(Comment, *opening, initial=False, subject=duplicate.title)


def move(work: Work, column: Any, duplicate: Ticket, primary: Ticket) -> int:
    """Let what names the duplicate name the primary; what the primary has already goes."""
    record = column.class_
    theirs = column == duplicate.id
    for others in alone(record, column.key):
        mine = sa.orm.aliased(record)
        same = [getattr(mine, name) == getattr(record, name) for name in others]
        taken = sa.select(sa.literal(1)).where(getattr(mine, column.key) == primary.id, *same).exists()
        work.delete(record, theirs, taken)
    for other in naming(Ticket):
        # Neither a link nor a part of itself.
        if other.class_ is record and other.key != column.key:
            work.delete(record, theirs, other == primary.id)
    if record is Ticket:
        work.update_all(Ticket, Ticket.id == primary.id, theirs, parent_id=None)
        theirs = sa.and_(theirs, Ticket.id != primary.id)
    n = work.db.scalar(sa.select(sa.func.count()).select_from(record).where(theirs)) or 0
    if n:
        work.update_all(record, theirs, **{column.key: primary.id})
    return n


def alone(record: type[Record], name: str) -> list[list[str]]:
    """The other columns of each rule by which a record names a ticket only once."""
    rules = record.metadata.tables[record.__tablename__].constraints
    unique = [one for one in rules if isinstance(one, sa.UniqueConstraint) and name in one.columns]
    return [[column.key for column in one.columns if column.key != name] for one in unique]


def values_move(work: Work, duplicate: Ticket, primary: Ticket) -> None:
    """The duplicate's values in fields in which the primary has none."""
    of_tickets = Value.target == Target.TICKET
    taken = sa.select(Value.field_id).where(of_tickets, Value.record_id == primary.id)
    work.delete(Value, of_tickets, Value.record_id == duplicate.id, Value.field_id.in_(taken))
    work.update_all(Value, of_tickets, Value.record_id == duplicate.id, record_id=primary.id)


def together(primary: Ticket, duplicate: Ticket) -> dict[str, Any]:
    """What of both holds of the one that stays."""
    has = {tag.casefold() for tag in primary.tags}
    responded = [one for one in (primary.first_responded_at, duplicate.first_responded_at) if one is not None]
    return {
        "tags": [*primary.tags, *(tag for tag in duplicate.tags if tag.casefold() not in has)],
        "on_site_seconds": primary.on_site_seconds + duplicate.on_site_seconds,
        "off_site_seconds": primary.off_site_seconds + duplicate.off_site_seconds,
        "first_responded_at": min(responded, default=None),
        **{
            name: max(getattr(one, name) or 0 for one in (primary, duplicate)) or None
            for name in ("last_contact_comment_id", "last_technician_comment_id")
        },
    }
