"""What can happen to appointments and their types."""

from datetime import datetime, timedelta
from typing import Any

from quarterdeck.desk import access, customers, journal, tickets
from quarterdeck.desk.appointments.inputs import Changes, New, NewType, TypeChanges
from quarterdeck.desk.appointments.queries import TYPE, get
from quarterdeck.desk.appointments.records import Appointment, Place, Type
from quarterdeck.desk.customers import Customer, Site
from quarterdeck.desk.errors import MISSING, Forbidden, Invalid, Problem, Why
from quarterdeck.desk.input import fold
from quarterdeck.desk.tickets import Ticket
from quarterdeck.desk.work import Work, exists, unchanged, unique

NO_CUSTOMER = Problem("names no customer", Why.UNKNOWN)
NO_TICKET = Problem("names no ticket", Why.UNKNOWN)
NO_TYPE = Problem("names no type of appointment", Why.UNKNOWN)
NO_TECHNICIAN = Problem("names no technician", Why.UNKNOWN)
OTHER_CUSTOMERS = Problem("belongs to another customer", Why.UNKNOWN)
BEFORE_START = Problem("is before the start")
TAKEN = Problem("belongs to another type of appointment", Why.TAKEN)


def create(work: Work, new: New) -> int:
    work.require("appointments:write")
    values = settled(work, new.model_dump(exclude={"hours", "ends_at"}))
    values["technician_id"] = next(iter(goers(values)), work.actor.technician_id)
    values["ends_at"] = ending(new.starts_at, new.ends_at, new.hours)
    customer, ticket = work.find(Customer, values["customer_id"] or 0), work.find(Ticket, new.ticket_id or 0)
    values["description"] = new.description or about(customer, ticket)
    values["location"] = new.location or place(work, new.type_id, customer, ticket)

    id = work.insert(Appointment, **values)
    journal.record(work, "appointment.created", id, customer_id=values["customer_id"], after=values)
    return id


def change(work: Work, id: int, changes: Changes, version: int | None = None) -> None:
    """Change an appointment. Moved to another start alone, it takes as long as before."""
    work.require("appointments:write")
    appointment = get(work, id, hold=True)
    unchanged(appointment, version)
    sent = {name: value for name, value in changes.sent.items() if name != "hours"}
    values = settled(work, sent, appointment)
    if changes.sent.keys() & {"starts_at", "ends_at", "hours"}:
        span = (appointment.ends_at - appointment.starts_at) / timedelta(hours=1)
        starts_at = sent.get("starts_at", appointment.starts_at)
        values["ends_at"] = ending(starts_at, sent.get("ends_at"), changes.sent.get("hours", span))

    work.update(Appointment, appointment.id, **values)
    before = {name: getattr(appointment, name) for name in values}
    owner = appointment.customer_id
    journal.record(work, "appointment.changed", appointment.id, customer_id=owner, before=before, after=values)


def remove(work: Work, id: int, version: int | None = None) -> None:
    work.require("appointments:write")
    appointment = get(work, id, hold=True)
    unchanged(appointment, version)

    work.delete(Appointment, Appointment.id == appointment.id)
    before = {"summary": appointment.summary, "starts_at": appointment.starts_at}
    journal.record(work, "appointment.deleted", appointment.id, customer_id=appointment.customer_id, before=before)


def add_type(work: Work, new: NewType) -> int:
    for_everybody(work)

    with unique("name", TAKEN):
        id = work.insert(Type, **new.model_dump(), name_key=fold(new.name))
    journal.record(work, "appointment type.created", id, after=new.sent)
    return id


def change_type(work: Work, id: int, changes: TypeChanges, version: int | None = None) -> None:
    for_everybody(work)
    type = TYPE.get(work, id, hold=True)
    unchanged(type, version)

    folded = {"name_key": fold(changes.name)} if "name" in changes.sent else {}
    with unique("name", TAKEN):
        work.update(Type, type.id, **changes.sent, **folded)
    before = {name: getattr(type, name) for name in changes.sent}
    journal.record(work, "appointment type.changed", type.id, before=before, after=changes.sent)


def remove_type(work: Work, id: int, version: int | None = None) -> None:
    """Delete a type; appointments stay, without one."""
    for_everybody(work)
    type = TYPE.get(work, id, hold=True)
    unchanged(type, version)

    work.update_all(Appointment, Appointment.type_id == type.id, type_id=None)
    work.delete(Type, Type.id == type.id)
    journal.record(work, "appointment type.deleted", type.id, before={"name": type.name})


def for_everybody(work: Work) -> None:
    """All customers share the types."""
    work.require("appointments:write")
    if work.actor.customer_id is not None:
        raise Forbidden("sees one customer only")


def settled(work: Work, values: dict[str, Any], before: Appointment | None = None) -> dict[str, Any]:
    """The values with every id known to exist. Where a ticket is named, its customer is visited."""
    exists(work, values, "type_id", TYPE.seen, NO_TYPE)
    exists(work, values, "technician_id", access.seen, NO_TECHNICIAN)
    for id in values.get("companions", ()):
        exists(work, {"companions": id}, "companions", access.seen, NO_TECHNICIAN)
    if not values.keys() & {"customer_id", "ticket_id"}:
        return values
    exists(work, values, "customer_id", customers.seen, NO_CUSTOMER)
    ticket = exists(work, {"ticket_id": before and before.ticket_id, **values}, "ticket_id", tickets.seen, NO_TICKET)
    if ticket is not None and values.get("customer_id") not in (None, ticket.customer_id):
        raise Invalid({"ticket_id": OTHER_CUSTOMERS})
    kept = values.get("customer_id", before and before.customer_id)
    # What a key of one customer makes is that customer's.
    return {**values, "customer_id": ticket.customer_id if ticket else kept or work.actor.customer_id}


def goers(values: dict[str, Any]) -> list[int]:
    return [id for id in (values["technician_id"], *values["companions"]) if id is not None]


def ending(starts_at: datetime, ends_at: datetime | None, hours: float | None) -> datetime:
    """When it is over: as said, or so many hours after the start."""
    if ends_at is None and hours is None:
        raise Invalid({"ends_at": MISSING})
    try:
        ends_at = ends_at or starts_at + timedelta(hours=hours or 0)
    except OverflowError:
        raise Invalid({"ends_at": Problem("is out of range")}) from None
    if ends_at < starts_at:
        raise Invalid({"ends_at": BEFORE_START})
    return ends_at


def about(customer: Customer | None, ticket: Ticket | None) -> str | None:
    """Who is visited and why, for whoever goes."""
    lines = []
    if ticket is not None:
        lines.append(f"Ticket {ticket.id}: {ticket.title}")
    if customer is not None:
        people = (customer.name, joined(customer.first_name, customer.last_name), customer.phone)
        lines += [f"Customer: {', '.join(one for one in people if one)}"]
    return "\n".join(lines) or None


def place(work: Work, type_id: int | None, customer: Customer | None, ticket: Ticket | None) -> str | None:
    """Where an appointment of this type is, unless somebody says."""
    type = work.find(Type, type_id or 0)
    if type is None or type.place is Place.MANUAL:
        return None
    if type.place is Place.FIXED:
        return type.location
    site = work.find(Site, ticket.site_id or 0) if ticket else None
    whose = site or customer
    return address(whose) if whose else None


def address(of: Customer | Site) -> str | None:
    """`123 Main Street, Springfield, IL 62701`."""
    parts = (of.address, of.address_2, of.city, joined(of.state, of.zip))
    return ", ".join(one for one in parts if one) or None


def joined(first: str | None, second: str | None) -> str:
    return f"{first or ''} {second or ''}".strip()
