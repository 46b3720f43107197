"""How records leave, with all that hangs on them, in one transaction."""

import sqlalchemy as sa

from quarterdeck.desk import assets, contacts, customers, journal, search, tickets
from quarterdeck.desk.alerts import Alert
from quarterdeck.desk.assets import Asset
from quarterdeck.desk.contacts import Contact
from quarterdeck.desk.customers import Customer
from quarterdeck.desk.fields import Target, Value
from quarterdeck.desk.hours import TimeEntry
from quarterdeck.desk.leaving.queries import belongings, require_all, zipped
from quarterdeck.desk.leaving.records import Archive
from quarterdeck.desk.tickets import Comment, Involved, Ticket
from quarterdeck.desk.work import Work, unchanged


def remove_customer(work: Work, id: int, version: int | None = None) -> int:
    """Delete a customer and everything that hangs on it; returns the id of the archive written first."""
    require_all(work, "write")
    customer = customers.get(work, id, hold=True)
    unchanged(customer, version)
    # Nothing new may be hung on it while all that hangs on it is removed.
    work.db.execute(sa.select(Customer.id).where(Customer.id == id).with_for_update())

    content = zipped(work, id)
    archive_id = work.insert(
        Archive, customer_id=id, customer_name=customer.name, at=work.now, size=len(content), content=content
    )
    search.drop(work, "ticket", sa.select(Ticket.id).where(Ticket.customer_id == id))
    search.drop(work, "contact", sa.select(Contact.id).where(Contact.customer_id == id))
    search.drop(work, "customer", sa.select(sa.literal(id)))
    # People of this customer may have asked or spoken on tickets of another: those stay, without them.
    forget_contacts(work, Contact.customer_id == id)
    # So may alerts of another customer's devices that led to its tickets.
    theirs = sa.select(Ticket.id).where(Ticket.customer_id == id)
    work.update_all(Alert, Alert.ticket_id.in_(theirs), ticket_id=None)
    devices = sa.select(Asset.id).where(Asset.customer_id == id)
    work.update_all(Alert, Alert.asset_id.in_(devices), asset_id=None)
    work.update_all(Contact, Contact.default_asset_id.in_(devices), default_asset_id=None)
    gone = {name: work.delete(record, condition) for name, record, condition in belongings(id)}
    journal.record(
        work,
        "customer.deleted",
        id,
        customer_id=id,
        before={"name": customer.name},
        after={**gone, "archive_id": archive_id},
    )
    return archive_id


def remove_contact(work: Work, id: int, version: int | None = None) -> None:
    """Delete a contact. Tickets and comments stay with the customer; the person is no longer on them."""
    work.require("contacts:write")
    contact = contacts.get(work, id, hold=True)
    unchanged(contact, version)

    forget_contacts(work, Contact.id == id)
    search.drop(work, "contact", sa.select(sa.literal(id)))
    work.delete(Value, Value.target == Target.CONTACT, Value.record_id == id)
    work.delete(Contact, Contact.id == id)
    before = {"email": contact.email, "first_name": contact.first_name, "last_name": contact.last_name}
    journal.record(work, "contact.deleted", id, customer_id=contact.customer_id, before=before)


def remove_ticket(work: Work, id: int, version: int | None = None) -> None:
    """Delete a ticket with its comments, hours and values. Alerts that led to it stay, without it."""
    work.require("tickets:write")
    ticket = tickets.get(work, id, hold=True)
    unchanged(ticket, version)

    work.update_all(Alert, Alert.ticket_id == id, ticket_id=None)
    search.drop(work, "ticket", sa.select(sa.literal(id)))
    work.delete(Value, Value.target == Target.TICKET, Value.record_id == id)
    work.delete(TimeEntry, TimeEntry.ticket_id == id)
    work.delete(Comment, Comment.ticket_id == id)
    work.delete(Involved, Involved.ticket_id == id)
    work.update_all(Ticket, Ticket.parent_id == id, parent_id=None)
    work.delete(Ticket, Ticket.id == id)
    journal.record(work, "ticket.deleted", id, customer_id=ticket.customer_id, before={"title": ticket.title})


def remove_agent(work: Work, id: int, version: int | None = None) -> None:
    """Delete a device with its alerts and values."""
    work.require("assets:write")
    asset = assets.get(work, id, hold=True)
    unchanged(asset, version)

    work.update_all(Contact, Contact.default_asset_id == id, default_asset_id=None)
    work.delete(Involved, Involved.asset_id == id)
    work.delete(Alert, Alert.asset_id == id)
    work.delete(Value, Value.target == Target.AGENT, Value.record_id == id)
    work.delete(Asset, Asset.id == id)
    journal.record(work, "agent.deleted", id, customer_id=asset.customer_id, before={"name": asset.name})


def forget_contacts(work: Work, leaving: sa.ColumnElement[bool]) -> None:
    ids = sa.select(Contact.id).where(leaving)
    work.update_all(Ticket, Ticket.contact_id.in_(ids), contact_id=None)
    work.update_all(Comment, Comment.contact_id.in_(ids), contact_id=None)
