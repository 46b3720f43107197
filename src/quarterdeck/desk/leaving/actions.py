"""How records leave, with all that hangs on them, in one transaction."""

from typing import TypeVar

import sqlalchemy as sa

from quarterdeck.desk import assets, attachments, contacts, contracts, customers, journal, search, tickets
from quarterdeck.desk.assets import Asset
from quarterdeck.desk.attachments import Attachment
from quarterdeck.desk.contacts import Contact
from quarterdeck.desk.contracts import Contract
from quarterdeck.desk.customers import Customer
from quarterdeck.desk.errors import NotFound
from quarterdeck.desk.leaving.hanging import Condition, called, going, naming
from quarterdeck.desk.leaving.queries import require_all, zipped
from quarterdeck.desk.leaving.records import Archive
from quarterdeck.desk.record import Record
from quarterdeck.desk.tickets import Ticket
from quarterdeck.desk.work import Work, unchanged

R = TypeVar("R", bound=Record)


def remove_customer(work: Work, id: int, version: int | None = None) -> int:
    """Delete a customer and everything that hangs on it; returns the id of the archive written first."""
    require_all(work, "write")
    customer = itself(customers.get(work, id, hold=True), Customer, id)
    unchanged(customer, version)
    # Nothing new may be hung on it while all that hangs on it is removed.
    work.db.execute(sa.select(Customer.id).where(Customer.id == id).with_for_update())

    content = zipped(work, id)
    archive_id = work.insert(
        Archive, customer_id=id, customer_name=customer.name, at=work.now, size=len(content), content=content
    )
    gone = remove(work, Customer, id)
    before, after = {"name": customer.name}, {**gone, "archive_id": archive_id}
    journal.record(work, "customer.deleted", id, customer_id=id, before=before, after=after)
    return archive_id


def remove_contact(work: Work, id: int, version: int | None = None) -> None:
    """Delete a contact. Tickets and comments stay with the customer; the person is no longer on them."""
    work.require("contacts:write")
    contact = itself(contacts.get(work, id, hold=True), Contact, id)
    unchanged(contact, version)

    remove(work, Contact, id)
    before = {"email": contact.email, "first_name": contact.first_name, "last_name": contact.last_name}
    journal.record(work, "contact.deleted", id, customer_id=contact.customer_id, before=before)


def remove_ticket(work: Work, id: int, version: int | None = None) -> None:
    """Delete a ticket with what was said, done and charged on it. Alerts that led to it stay, without it."""
    work.require("tickets:write")
    ticket = tickets.get(work, id, hold=True)
    unchanged(ticket, version)

    remove(work, Ticket, id)
    journal.record(work, "ticket.deleted", id, customer_id=ticket.customer_id, before={"title": ticket.title})


def remove_agent(work: Work, id: int, version: int | None = None) -> None:
    """Delete a device with its alerts and values."""
    work.require("assets:write")
    asset = assets.get(work, id, hold=True)
    unchanged(asset, version)

    remove(work, Asset, id)
    journal.record(work, "agent.deleted", id, customer_id=asset.customer_id, before={"name": asset.name})


def remove_contract(work: Work, id: int, version: int | None = None) -> None:
    """Delete a contract with its values. Tickets that were worked under it stay, under none."""
    work.require("contracts:write")
    contract = contracts.get(work, id, hold=True)
    unchanged(contract, version)

    under = work.db.scalar(sa.select(sa.func.count()).select_from(Ticket).where(Ticket.contract_id == id))
    remove(work, Contract, id)
    before = {"name": contract.name, "tickets": under}
    journal.record(work, "contract.deleted", id, customer_id=contract.customer_id, before=before)


def itself(found: R, kind: type[Record], id: int) -> R:
    """The record, unless it only answers for an old id: whoever deletes a duplicate does not mean the one kept."""
    if found.id != id:
        raise NotFound(kind.kind, id)
    return found


def remove(work: Work, root: type[Record], id: int) -> dict[str, int]:
    """Delete a record with all that goes with it; whatever else names it forgets it. Returns how many of each went."""
    leaving = going(root, root.id == id)
    for record, condition in leaving.items():
        forget(work, record, condition, leaving)
    for record, condition in leaving.items():
        if record.kind in search.KINDS:
            search.drop(work, record.kind, sa.select(record.id).where(condition))
    return {called(record): delete(work, record, condition) for record, condition in leaving.items()}


def forget(work: Work, record: type[Record], condition: Condition, leaving: dict[type[Record], Condition]) -> None:
    """Let those who stay name none of the records that go."""
    ids = sa.select(record.id).where(condition)
    for column in naming(record):
        theirs = [column.in_(ids)]
        if column.class_ in leaving:
            theirs.append(sa.not_(leaving[column.class_]))
        if column.nullable:
            work.update_all(column.class_, *theirs, **{column.key: None})


def delete(work: Work, record: type[Record], condition: Condition) -> int:
    return attachments.forget(work, condition) if record is Attachment else work.delete(record, condition)
