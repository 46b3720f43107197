"""Builders: a test says only what matters to it. Each returns the new record's id."""

import itertools
from typing import Any
from uuid import uuid4

from quarterdeck.desk import (
    access,
    alerts,
    appointments,
    assets,
    attachments,
    charges,
    contacts,
    contracts,
    customers,
    departments,
    fields,
    hours,
    knowledge,
    leads,
    portal,
    products,
    replies,
    tickets,
    timers,
)
from quarterdeck.desk.work import Work
from quarterdeck.files import InDatabase

NUMBER = itertools.count(1)


def technician(work: Work, **given: Any) -> int:
    n = next(NUMBER)
    asked = {"first_name": "Tess", "last_name": "Reyes", "email": f"tech{n}@msp.example", **given}
    return access.create(work, access.New.check(asked)).id


def customer(work: Work, **given: Any) -> int:
    return customers.create(work, customers.New.check({"name": "Acme Dental", "domain": "acme.example", **given}))


def contact(work: Work, **given: Any) -> int:
    n = next(NUMBER)
    if "customer_id" not in given:
        given["customer_id"] = customer(work)
    asked = {"first_name": "Pat", "last_name": "Moore", "email": f"pat{n}@acme.example", **given}
    return contacts.create(work, contacts.New.check(asked))


def ticket(work: Work, **given: Any) -> int:
    if not given.keys() & {"customer_id", "contact_id", "contact_email"}:
        given["customer_id"] = customer(work)
    return tickets.create(work, tickets.New.check({"title": "Printer on fire", **given}))


def comment(work: Work, ticket_id: int, **given: Any) -> int:
    return tickets.comment(work, ticket_id, tickets.NewComment.check({"body": "Looked at it", **given}))


def time_entry(work: Work, ticket_id: int, **given: Any) -> int:
    asked = {"starts_at": "2026-03-02T08:00:00Z", "ends_at": "2026-03-02T08:30:00Z", **given}
    return hours.create(work, ticket_id, hours.New.check(asked))


def department(work: Work, **given: Any) -> int:
    return departments.create(work, departments.New.check({"name": "Finance", **given}))


def agent(work: Work, **given: Any) -> int:
    if "customer_id" not in given:
        given["customer_id"] = customer(work)
    return assets.create(work, assets.New.check({"name": "ACME-WS-01", **given}), uuid4())


def alert(work: Work, **given: Any) -> int:
    if "customer_id" not in given:
        given["customer_id"] = customer(work)
    return alerts.create(work, alerts.New.check({"title": "Disk almost full", **given}))


def contract(work: Work, **given: Any) -> int:
    if "customer_id" not in given:
        given["customer_id"] = customer(work)
    return contracts.create(work, contracts.New.check({"name": "Managed Gold", "billed_as": "retainer", **given}))


def attachment(work: Work, **given: Any) -> int:
    ticket_id = given.pop("ticket_id", None) or ticket(work)
    content = given.pop("content", b"It is on fire")
    asked = {"name": "log.txt", "type": "text/plain", "stored": InDatabase(2**20).keep(content), **given}
    return attachments.create(work, ticket_id, attachments.New.check(asked))


def field(work: Work, **given: Any) -> int:
    return fields.create(work, fields.New.check({"target": "customer", "name": "Account manager", **given}))


def product(work: Work, **given: Any) -> int:
    return products.create(work, products.New.check({"name": "Patch cable", "price_cents": 900, **given}))


def line(work: Work, **given: Any) -> int:
    return charges.create(work, charges.New.check({"name": "Cable", "price_cents": 500, **given}))


def timer(work: Work, ticket_id: int, **given: Any) -> int:
    return timers.start(work, timers.New.check({"ticket_id": ticket_id, **given}))


def appointment(work: Work, **given: Any) -> int:
    asked = {"summary": "Server maintenance", "starts_at": "2026-03-03T09:00:00Z", "hours": 2, **given}
    return appointments.create(work, appointments.New.check(asked))


def appointment_type(work: Work, **given: Any) -> int:
    return appointments.add_type(work, appointments.NewType.check({"name": "Onsite", "place": "customer", **given}))


def lead(work: Work, **given: Any) -> int:
    asked = {"first_name": "Lea", "last_name": "Park", "email": "lea@park.example", **given}
    return leads.create(work, leads.New.check(asked))


def article(work: Work, **given: Any) -> int:
    return knowledge.create(work, knowledge.New.check({"name": "VPN how-to", "body": "Dial in.", **given}))


def reply(work: Work, **given: Any) -> int:
    return replies.create(work, replies.New.check({"title": "Greeting", "body": "Hello!", **given}))


def portal_user(work: Work, **given: Any) -> int:
    if not given.keys() & {"customer_id", "contact_id"}:
        given["customer_id"] = customer(work)
    n = next(NUMBER)
    return portal.create(work, portal.New.check({"email": f"portal{n}@acme.example", **given}))


def key_of_one_customer(work: Work, customer_id: int | None = None) -> str:
    """The text of the key."""
    asked = access.NewKey(name="Olga's", technician_id=1, customer_id=customer_id or customer(work, name="Olga Ltd"))
    return access.give_key(work, asked)[1]
