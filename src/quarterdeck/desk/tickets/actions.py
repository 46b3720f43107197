"""What can happen to tickets. How one is deleted is in `leaving`."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from quarterdeck.desk import access, assets, contacts, contracts, customers, journal, search
from quarterdeck.desk.errors import MISSING, Invalid, Problem, Why
from quarterdeck.desk.input import fold
from quarterdeck.desk.tickets.inputs import Changes, New, NewComment
from quarterdeck.desk.tickets.queries import get, seen
from quarterdeck.desk.tickets.records import Comment, Involved, Stage, Ticket
from quarterdeck.desk.tickets.rules import may_go, moments, promised, stage_of
from quarterdeck.desk.work import Work, exists, unchanged

NO_CUSTOMER = Problem("names no customer", Why.UNKNOWN)
NO_CONTACT = Problem("names no contact", Why.UNKNOWN)
NO_TECHNICIAN = Problem("names no technician", Why.UNKNOWN)
NO_CONTRACT = Problem("names no contract", Why.UNKNOWN)
NO_SITE = Problem("names no site", Why.UNKNOWN)
NO_PARENT = Problem("names no other ticket of this customer", Why.UNKNOWN)
NO_ASSET = Problem("names no device", Why.UNKNOWN)
OTHER_CUSTOMERS = Problem("belongs to another customer", Why.UNKNOWN)

# What of a new ticket is no column of it.
ASKER = {"contact_email", "contact_first_name", "contact_last_name", "contact_phone"}
NAMED = {"customer_name": "name", "customer_email": "email", "customer_phone": "phone"}
BESIDE = {*ASKER, *NAMED, "technician_email", "created_at", "resolved_at", "asset_ids", "comments"}


def create(work: Work, new: New) -> int:
    work.require("tickets:write")
    contact = asker(work, new)
    customer = who(work, new.customer_id or known(work, new, contact), contact)
    opening, further = so_far(new)
    values = new.model_dump(exclude=BESIDE) | {"description": opening.body if opening else new.description}
    values |= {"customer_id": customer.id, "contact_id": contact.id if contact else None}
    values["technician_id"] = assignee(work, new.sent)
    belongs(work, new.contract_id, customer.id)
    near(work, new.sent, customer.id)
    opened = new.sent.get("created_at", work.now)
    stage = stage_of(new.status, Stage.OPEN)
    due = promised(opened, new.priority)

    id = work.insert(
        Ticket,
        **{**values, "due_at": new.due_at or due},
        status_key=fold(new.status),
        problem_key=problem_key(new.problem),
        stage=stage,
        due_by_hand=new.due_at is not None,
        respond_by=due,
        first_responded_at=None,
        **moments(stage, new.resolved_at or opened, None),
        created_at=opened,
        status_changed_at=opened,
        last_activity_at=opened,
        last_contact_comment_id=None,
        last_technician_comment_id=None,
    )
    if opening:
        begin(work, id, opening, opened, contact)
    involve(work, id, new.asset_ids)
    search.put(work, "ticket", id, str(id), new.title, values["description"], *people(customer, contact), fresh=True)
    journal.record(work, "ticket.created", id, customer_id=customer.id, after=values)
    for one in further:
        comment(work, id, one)
    return id


def change(work: Work, id: int, changes: Changes, version: int | None = None) -> None:
    work.require("tickets:write")
    ticket = get(work, id, hold=True)
    unchanged(ticket, version)
    values = {name: value for name, value in changes.sent.items() if name not in BESIDE}
    values |= moved(work, ticket, changes) | progress(work, ticket, changes) | promise(ticket, changes)
    if "technician_id" in changes.sent or changes.sent.get("technician_email", "") != "":
        values["technician_id"] = assignee(work, changes.sent)
    if "problem" in changes.sent:
        values["problem_key"] = problem_key(changes.problem)
    customer_id = values.get("customer_id", ticket.customer_id)
    if "contract_id" in changes.sent or "customer_id" in values:
        belongs(work, values.get("contract_id"), customer_id)
    near(work, changes.sent, customer_id, ticket.id)

    work.update(Ticket, ticket.id, **values, last_activity_at=work.now)
    if "description" in values and values["description"] != ticket.description:
        rephrase(work, ticket, values["description"])
    if customer_id != ticket.customer_id:
        work.update_all(Ticket, Ticket.parent_id == ticket.id, parent_id=None)
    if "asset_ids" in changes.sent or customer_id != ticket.customer_id:
        work.delete(Involved, Involved.ticket_id == ticket.id)
        involve(work, ticket.id, changes.sent.get("asset_ids", ()))
    if values.keys() & {"title", "description", "customer_id", "contact_id"}:
        index(work, ticket.id)
    before = {name: getattr(ticket, name) for name in values}
    journal.record(work, "ticket.changed", ticket.id, customer_id=ticket.customer_id, before=before, after=values)
    for one in changes.sent.get("comments", ()):
        comment(work, ticket.id, one)


def problem_key(problem: str | None) -> str | None:
    return fold(problem) or None if problem else None


def comment(work: Work, ticket_id: int, new: NewComment) -> int:
    """Say something on a ticket. The first public word of a technician is the first response."""
    work.require("tickets:write")
    ticket = get(work, ticket_id, hold=True)
    contact = exists(work, new.sent, "contact_id", contacts.seen, NO_CONTACT)
    technician_id = None if contact else assignee(work, new.sent) or work.actor.technician_id
    at = new.sent.get("at", work.now)

    id = say(work, ticket.id, new, at, contact, technician_id)
    work.update(Ticket, ticket.id, **said(ticket, new, id, technician_id, at), last_activity_at=work.now)
    search.add(work, "ticket", ticket.id, new.body)
    after = {"comment_id": id, "internal": new.internal}
    journal.record(work, "ticket.commented", ticket.id, customer_id=ticket.customer_id, after=after)
    return id


def so_far(new: New) -> tuple[NewComment | None, list[NewComment]]:
    """What the conversation of a new ticket opens with, which is its description, and what follows."""
    if new.description:
        return NewComment.model_construct(body=new.description), new.comments
    return (new.comments[0], new.comments[1:]) if new.comments else (None, [])


def begin(work: Work, id: int, opening: NewComment, at: datetime, contact: contacts.Contact | None) -> None:
    """Let the conversation of a ticket begin, in the words of who asked."""
    technician_id = None if contact else assignee(work, opening.sent) or work.actor.technician_id
    say(work, id, opening, opening.sent.get("at", at), contact, technician_id, initial=True)


def say(
    work: Work,
    ticket_id: int,
    new: NewComment,
    at: datetime,
    contact: contacts.Contact | None,
    technician_id: int | None,
    *,
    initial: bool = False,
) -> int:
    author = contact or (access.seen(work, technician_id) if technician_id else None)
    names = {name: getattr(author, name, None) for name in ("first_name", "last_name", "email")}
    if new.said_by:
        names["first_name"], _, names["last_name"] = new.said_by.partition(" ")
    return work.insert(
        Comment,
        ticket_id=ticket_id,
        initial=initial,
        subject=new.subject,
        body=new.body,
        internal=new.internal,
        at=at,
        technician_id=technician_id,
        contact_id=contact.id if contact else None,
        **names,
    )


def rephrase(work: Work, ticket: Ticket, description: str | None) -> None:
    """Let the conversation begin with another description."""
    first = sa.select(Comment.id).where(Comment.ticket_id == ticket.id, Comment.initial)
    id = work.db.scalar(first.order_by(Comment.id).limit(1))
    if id is None and description:
        contact = work.find(contacts.Contact, ticket.contact_id) if ticket.contact_id else None
        begin(work, ticket.id, NewComment.model_construct(body=description), ticket.created_at, contact)
    elif id is not None and description:
        work.update(Comment, id, body=description)
    elif id is not None:
        work.delete(Comment, Comment.id == id)


def involve(work: Work, id: int, asset_ids: Sequence[int]) -> None:
    for asset_id in dict.fromkeys(asset_ids):
        work.insert(Involved, ticket_id=id, asset_id=asset_id)


def near(work: Work, sent: dict[str, Any], customer_id: int, id: int | None = None) -> None:
    """Refuse a site, a parent or devices that are not there, or not this customer's."""
    site = exists(work, sent, "site_id", customers.SITE.seen, NO_SITE)
    parent = exists(work, sent, "parent_id", seen, NO_PARENT)
    if site is not None and site.customer_id != customer_id:
        raise Invalid({"site_id": OTHER_CUSTOMERS})
    if parent is not None and (parent.customer_id != customer_id or parent.id == id):
        raise Invalid({"parent_id": NO_PARENT})
    for asset_id in sent.get("asset_ids") or ():
        asset = exists(work, {"asset_ids": asset_id}, "asset_ids", assets.seen, NO_ASSET)
        if asset is not None and asset.customer_id != customer_id:
            raise Invalid({"asset_ids": OTHER_CUSTOMERS})


def said(ticket: Ticket, new: NewComment, id: int, technician_id: int | None, at: datetime) -> dict[str, Any]:
    """What a comment leaves on its ticket."""
    if new.contact_id is not None:
        return {"last_contact_comment_id": id}
    if technician_id is None:
        return {}
    first = not new.internal and ticket.first_responded_at is None
    return {"last_technician_comment_id": id} | ({"first_responded_at": at} if first else {})


def asker(work: Work, new: New) -> contacts.Contact | None:
    """The contact who asks: the one named, the one with this address, or a new one at the customer."""
    if new.contact_id is None and new.contact_email:
        id = contacts.by_email(work, new.contact_email) or newcomer(work, new)
        return exists(work, {"contact_email": id}, "contact_email", contacts.seen, NO_CONTACT)
    return exists(work, new.sent, "contact_id", contacts.seen, NO_CONTACT)


def known(work: Work, new: New, contact: contacts.Contact | None) -> int | None:
    """The customer people know by what was said of it, where no contact says whose the ticket is."""
    asked = {theirs: getattr(new, ours) for ours, theirs in NAMED.items()}
    if contact is not None or not any(asked.values()):
        return None
    try:
        return customers.known_as(work, **asked)
    except Invalid as invalid:
        raise Invalid({f"customer_{name}": problem for name, problem in invalid.problems.items()}) from None


def newcomer(work: Work, new: New) -> int:
    assert new.contact_email is not None
    customer_id = new.customer_id or customers.by_mail(work, new.contact_email)
    if customer_id is None:
        raise Invalid({"contact_email": NO_CUSTOMER})
    theirs = {
        "email": new.contact_email,
        "first_name": new.contact_first_name,
        "last_name": new.contact_last_name,
        "phone": new.contact_phone,
    }
    try:
        asked = contacts.New.check({"customer_id": customer_id, **theirs})
    except Invalid as invalid:
        raise Invalid({f"contact_{name}": problem for name, problem in invalid.problems.items()}) from None
    return contacts.create(work, asked)


def who(work: Work, customer_id: int | None, contact: contacts.Contact | None) -> customers.Customer:
    """Whose ticket it is: a contact knows its customer, and the two must agree."""
    if customer_id is None and contact is not None:
        customer_id = contact.customer_id
    customer = exists(work, {"customer_id": customer_id}, "customer_id", customers.seen, NO_CUSTOMER)
    if customer is None:
        raise Invalid({"customer_id": MISSING})
    if contact is not None and contact.customer_id != customer.id:
        raise Invalid({"contact_id": OTHER_CUSTOMERS})
    return customer


def assignee(work: Work, sent: dict[str, Any]) -> int | None:
    """The technician named by id or by mail; none when neither is."""
    id = sent.get("technician_id")
    if id is None and (email := sent.get("technician_email")):
        id = access.by_email(work, email)
        if id is None:
            raise Invalid({"technician_email": NO_TECHNICIAN})
    exists(work, {"technician_id": id}, "technician_id", access.seen, NO_TECHNICIAN)
    return id


def belongs(work: Work, contract_id: int | None, customer_id: int) -> None:
    contract = exists(work, {"contract_id": contract_id}, "contract_id", contracts.seen, NO_CONTRACT)
    if contract is not None and contract.customer_id != customer_id:
        raise Invalid({"contract_id": OTHER_CUSTOMERS})


def moved(work: Work, ticket: Ticket, changes: Changes) -> dict[str, Any]:
    """Customer and contact after the change. Another customer's ticket keeps nothing that was the old one's."""
    sent = changes.sent
    contact = exists(work, sent, "contact_id", contacts.seen, NO_CONTACT)
    if contact is None and "customer_id" not in sent:
        return {}
    customer = who(work, sent.get("customer_id"), contact)
    if customer.id == ticket.customer_id:
        return {"customer_id": customer.id} | ({"contact_id": contact.id} if contact else {})
    contact_id = contact.id if contact else None
    theirs = {name: sent.get(name) for name in ("contract_id", "site_id", "parent_id")}
    return {"customer_id": customer.id, "contact_id": contact_id, **theirs}


def progress(work: Work, ticket: Ticket, changes: Changes) -> dict[str, Any]:
    """What follows from a new status."""
    if "status" not in changes.sent or changes.status == ticket.status:
        return {}
    stage = stage_of(changes.status, ticket.stage)
    may_go(ticket.stage, stage)
    if ticket.stage is Stage.CLOSED:
        raise Invalid({"status": Problem("cannot change: closed is final", Why.REFUSED)})
    moved = {} if stage is ticket.stage else moments(stage, work.now, ticket.resolved_at)
    return {"status_key": fold(changes.status), "stage": stage, "status_changed_at": work.now, **moved}


def promise(ticket: Ticket, changes: Changes) -> dict[str, Any]:
    """The due times after the change: set by hand, or following the priority."""
    sent = changes.sent
    priority = sent.get("priority", ticket.priority)
    due = promised(ticket.created_at, priority)
    values: dict[str, Any] = {"respond_by": due} if priority is not ticket.priority else {}
    if "due_at" in sent:
        return {**values, "due_at": sent["due_at"] or due, "due_by_hand": sent["due_at"] is not None}
    if values and not ticket.due_by_hand:
        values["due_at"] = due
    return values


def people(customer: customers.Customer | None, contact: contacts.Contact | None) -> list[str | None]:
    """The names by which a ticket's people find it."""
    found = [customer.name] if customer else []
    return [*found, contact.first_name, contact.last_name, contact.email] if contact else [*found]


def index(work: Work, id: int) -> None:
    """Make anew what a ticket is found by."""
    ticket = get(work, id)
    bodies = work.db.scalars(
        sa.select(Comment.body).where(Comment.ticket_id == id, ~Comment.initial).order_by(Comment.id)
    )
    contact = work.find(contacts.Contact, ticket.contact_id) if ticket.contact_id else None
    named = people(work.find(customers.Customer, ticket.customer_id), contact)
    search.put(work, "ticket", id, str(id), ticket.title, ticket.description, *named, *bodies)
