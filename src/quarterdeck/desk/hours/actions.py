"""What can happen to time, and to the lines that bill it."""

from typing import Any

from quarterdeck.desk import charges, journal, products, tickets
from quarterdeck.desk.charges import Charge
from quarterdeck.desk.errors import Conflict, Problem, Why
from quarterdeck.desk.hours.inputs import Changes, Marking, NewFrom, Spent
from quarterdeck.desk.hours.queries import get
from quarterdeck.desk.hours.records import TimeEntry
from quarterdeck.desk.hours.rules import in_hours, seconds, span
from quarterdeck.desk.tickets import Ticket
from quarterdeck.desk.work import Work, exists, unchanged

NO_PRODUCT = Problem("names no product", Why.UNKNOWN)
LABOR = "Labor"
# What a line that bills time has been made from.
BILLED_BY = ("seconds", "product_id", "billable", "billed")


def enter(work: Work, new: NewFrom) -> int:
    return create(work, new.ticket_id, new)


def create(work: Work, ticket_id: int, new: Spent) -> int:
    work.require("hours:write")
    ticket = tickets.get(work, ticket_id, hold=True)
    starts_at, ends_at = span(new.sent, work.now)
    values = new.model_dump(exclude={"ticket_id", "technician_email", "starts_at", "ends_at", "minutes"})
    values |= {"starts_at": starts_at, "ends_at": ends_at, "seconds": seconds(starts_at, ends_at)}
    values["technician_id"] = tickets.assignee(work, new.sent) or work.actor.technician_id
    exists(work, values, "product_id", products.seen, NO_PRODUCT)

    id = work.insert(TimeEntry, ticket_id=ticket.id, charge_id=None, **values)
    book(work, ticket, (new.on_site, values["seconds"]))
    journal.record(work, "time entry.created", id, customer_id=ticket.customer_id, after=values)
    return id


def change(work: Work, id: int, changes: Changes | Marking, version: int | None = None) -> None:
    """Change a time entry. What a line bills stays as it is until the line is removed."""
    work.require("hours:write")
    entry, ticket = held(work, id)
    unchanged(entry, version)
    values = {name: value for name, value in changes.sent.items() if name != "minutes"} | moved(entry, changes)
    tickets.assignee(work, changes.sent)
    exists(work, values, "product_id", products.seen, NO_PRODUCT)
    if entry.charge_id is not None and any(values.get(name, was) != was for name, was in billing(entry).items()):
        raise Conflict("this time has been charged: remove its line first")

    work.update(TimeEntry, entry.id, **values)
    after = (values.get("on_site", entry.on_site), values.get("seconds", entry.seconds))
    book(work, ticket, (entry.on_site, -entry.seconds), after)
    before = {name: getattr(entry, name) for name in values}
    journal.record(work, "time entry.changed", entry.id, customer_id=ticket.customer_id, before=before, after=values)


def remove(work: Work, id: int, version: int | None = None) -> None:
    work.require("hours:write")
    entry, ticket = held(work, id)
    unchanged(entry, version)
    if entry.charge_id is not None:
        raise Conflict("this time has been charged: remove its line first")

    work.delete(TimeEntry, TimeEntry.id == entry.id)
    book(work, ticket, (entry.on_site, -entry.seconds))
    before = {"ticket_id": ticket.id, "seconds": entry.seconds, "notes": entry.notes}
    journal.record(work, "time entry.deleted", entry.id, customer_id=ticket.customer_id, before=before)


def charge(work: Work, id: int, version: int | None = None) -> int:
    """Bill a time entry: its hours become a line of the ticket, at the price of its product or of labour. Returns the
    line's id."""
    work.require("hours:write")
    entry, ticket = held(work, id)
    unchanged(entry, version)
    if entry.billed:
        raise Conflict("this time has been charged already")
    if not entry.billable:
        raise Conflict("this time is not billable")

    product = products.seen(work, entry.product_id) if entry.product_id else products.for_labor(work)
    line: dict[str, Any] = {
        "ticket_id": ticket.id,
        "technician_id": entry.technician_id,
        "product_id": product.id if product else None,
        "name": product.name if product else LABOR,
        "description": entry.notes or (product.description if product else None) or ticket.title,
        "quantity": in_hours(entry.seconds),
    }
    charge_id = charges.create(work, charges.New.check(line))
    work.update(TimeEntry, entry.id, charge_id=charge_id, billed=True)
    after = {"charge_id": charge_id}
    journal.record(work, "time entry.charged", entry.id, customer_id=ticket.customer_id, after=after)
    return charge_id


def remove_charge(work: Work, id: int, version: int | None = None) -> None:
    """Delete a line. Time that it billed can be billed again."""
    work.require("charges:write")
    line, ticket = charges.held(work, id)
    unchanged(line, version)

    work.update_all(TimeEntry, TimeEntry.charge_id == line.id, charge_id=None, billed=False)
    work.delete(Charge, Charge.id == line.id)
    if ticket is not None:
        work.update(Ticket, ticket.id, last_activity_at=work.now)
    before = {
        "ticket_id": line.ticket_id,
        "name": line.name,
        "price_cents": line.price_cents,
        "quantity": line.quantity,
    }
    journal.record(
        work, "line item.deleted", line.id, customer_id=ticket.customer_id if ticket else None, before=before
    )


def held(work: Work, id: int) -> tuple[TimeEntry, Ticket]:
    """A time entry and its ticket, which nobody else changes meanwhile: the ticket first, as everywhere."""
    ticket = tickets.get(work, get(work, id).ticket_id, hold=True)
    return get(work, id, hold=True), ticket


def moved(entry: TimeEntry, changes: Changes | Marking) -> dict[str, Any]:
    """Start, end and length after the change."""
    sent = changes.sent
    if not sent.keys() & {"starts_at", "ends_at", "minutes"}:
        return {}
    # A new length moves the end, unless that is given as well.
    ends = {} if "minutes" in sent else {"ends_at": entry.ends_at}
    starts_at, ends_at = span({"starts_at": entry.starts_at, **ends, **sent}, entry.ends_at)
    return {"starts_at": starts_at, "ends_at": ends_at, "seconds": seconds(starts_at, ends_at)}


def billing(entry: TimeEntry) -> dict[str, Any]:
    return {name: getattr(entry, name) for name in BILLED_BY}


def book(work: Work, ticket: Ticket, *spent: tuple[bool, int]) -> None:
    """Add to what was worked on a ticket: whether on site, and how many seconds; fewer than none take some off."""
    on_site = sum(seconds for here, seconds in spent if here)
    off_site = sum(seconds for here, seconds in spent if not here)
    work.update(
        Ticket,
        ticket.id,
        on_site_seconds=ticket.on_site_seconds + on_site,
        off_site_seconds=ticket.off_site_seconds + off_site,
        last_activity_at=work.now,
    )
