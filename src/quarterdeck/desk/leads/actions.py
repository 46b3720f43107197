"""What can happen to leads."""

from typing import Any

from quarterdeck.desk import access, contacts, customers, journal, tickets
from quarterdeck.desk.contacts import Contact
from quarterdeck.desk.errors import MISSING, Invalid, Problem, Why
from quarterdeck.desk.input import fold
from quarterdeck.desk.leads.inputs import Changes, Conversion, New
from quarterdeck.desk.leads.queries import get
from quarterdeck.desk.leads.records import Lead
from quarterdeck.desk.work import Work, exists, unchanged

NO_CUSTOMER = Problem("names no customer", Why.UNKNOWN)
NO_CONTACT = Problem("names no contact", Why.UNKNOWN)
NO_TICKET = Problem("names no ticket", Why.UNKNOWN)
NO_TECHNICIAN = Problem("names no technician", Why.UNKNOWN)
OTHER_CUSTOMERS = Problem("belongs to another customer", Why.UNKNOWN)


def create(work: Work, new: New) -> int:
    work.require("leads:write")
    if new.walked_in and not (new.description or "").strip():
        raise Invalid({"description": MISSING})
    values = settled(work, new.model_dump(exclude={"walked_in"}))

    id = work.insert(Lead, **values, **keys(values))
    journal.record(work, "lead.created", id, customer_id=values["customer_id"], after=values)
    return id


def change(work: Work, id: int, changes: Changes, version: int | None = None) -> None:
    work.require("leads:write")
    lead = get(work, id, hold=True)
    unchanged(lead, version)
    values = settled(work, changes.sent, lead)

    work.update(Lead, lead.id, **values, **keys(values))
    before = {name: getattr(lead, name) for name in values}
    journal.record(work, "lead.changed", lead.id, customer_id=lead.customer_id, before=before, after=values)


def remove(work: Work, id: int, version: int | None = None) -> None:
    """Put a lead away: it is kept, as one that came to nothing."""
    change(work, id, Changes(archived=True), version)


def convert(work: Work, id: int, asked: Conversion) -> tuple[int, int | None]:
    """Make a customer of a lead, with a contact and, where that is asked for, a ticket; returns the ids of customer
    and ticket. What has been made of it before is not made again."""
    work.require("leads:write")
    lead = get(work, id, hold=True)
    contact_id = lead.contact_id or (contacts.by_email(work, lead.email) if lead.email else None)
    contact = contacts.seen(work, contact_id) if contact_id else None
    customer_id = lead.customer_id or (contact.customer_id if contact else known(work, lead))
    contact_id = contact_of(work, lead, contact, customer_id)
    ticket_id = lead.ticket_id
    if asked.create_ticket and ticket_id is None:
        ticket_id = open_ticket(work, lead, asked, customer_id, contact_id)

    values = {"converted": True, "customer_id": customer_id, "contact_id": contact_id, "ticket_id": ticket_id}
    work.update(Lead, lead.id, **values)
    journal.record(work, "lead.converted", lead.id, customer_id=customer_id, after=values)
    return customer_id, ticket_id


def known(work: Work, lead: Lead) -> int:
    """The customer of this address, number or name, or a new one of whom all is known that the lead says."""
    told = {name: getattr(lead, name) for name in TOLD}
    number = lead.phone or lead.mobile
    return customers.known_as(work, name=called(lead) or None, email=lead.email, phone=number, **told)


TOLD = ("first_name", "last_name", "mobile", "address", "city", "state", "zip")


def called(lead: Lead) -> str:
    """The business, else the person."""
    return lead.business_name or f"{lead.first_name or ''} {lead.last_name or ''}".strip()


def contact_of(work: Work, lead: Lead, contact: Contact | None, customer_id: int) -> int | None:
    """The person to talk to at the customer; none where nobody is named, or only somebody of another customer."""
    if contact is not None:
        return contact.id if contact.customer_id == customer_id else None
    if not (lead.first_name or lead.last_name or lead.email):
        return None
    person = {name: getattr(lead, name) for name in ("first_name", "last_name", "email", "phone", "mobile")}
    return contacts.create(work, contacts.New.check({**person, "customer_id": customer_id}))


def open_ticket(work: Work, lead: Lead, asked: Conversion, customer_id: int, contact_id: int | None) -> int:
    wanted = {
        "title": asked.ticket_title or lead.subject or f"Request of {called(lead) or lead.email}"[:250],
        "description": lead.description,
        "problem": lead.problem,
        "customer_id": customer_id,
        "contact_id": contact_id,
        "technician_id": lead.technician_id,
    }
    return tickets.create(work, tickets.New.check(wanted))


def settled(work: Work, values: dict[str, Any], before: Lead | None = None) -> dict[str, Any]:
    """The values, with every id known to exist and to be of one customer."""
    exists(work, values, "technician_id", access.seen, NO_TECHNICIAN)
    if not values.keys() & {"customer_id", "contact_id", "ticket_id"}:
        return values
    named = {name: getattr(before, name, None) for name in ("customer_id", "contact_id", "ticket_id")}
    named |= {name: values[name] for name in named if name in values}
    customer = exists(work, named, "customer_id", customers.seen, NO_CUSTOMER)
    contact = exists(work, named, "contact_id", contacts.seen, NO_CONTACT)
    ticket = exists(work, named, "ticket_id", tickets.seen, NO_TICKET)
    whose = {
        "customer_id": customer and customer.id,
        "contact_id": contact and contact.customer_id,
        "ticket_id": ticket and ticket.customer_id,
    }
    owners = [owner for owner in whose.values() if owner is not None]
    for name, owner in whose.items():
        if owner not in (None, owners[0] if owners else None):
            raise Invalid({name: OTHER_CUSTOMERS})
    # What a key of one customer makes is that customer's.
    return {**values, "customer_id": owners[0] if owners else work.actor.customer_id}


def keys(values: dict[str, Any]) -> dict[str, Any]:
    """The folded columns that follow from the values."""
    made: dict[str, Any] = {}
    if "email" in values:
        made["email_key"] = fold(values["email"]) if values["email"] else None
    if "status" in values:
        made["status_key"] = fold(values["status"])
    return made
