"""Builders: a test says only what matters to it. Each returns the new record's id."""

import itertools
from typing import Any
from uuid import uuid4

from quarterdeck.desk import (
    access,
    alerts,
    assets,
    attachments,
    contacts,
    contracts,
    customers,
    departments,
    fields,
    hours,
    tickets,
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
    stored = InDatabase(2**20).keep(given.pop("content", b"It is on fire"))
    asked = {"name": "log.txt", "type": "text/plain", "stored": stored, **given}
    return attachments.create(work, ticket_id, attachments.New.check(asked))


def field(work: Work, **given: Any) -> int:
    return fields.create(work, fields.New.check({"target": "customer", "name": "Account manager", **given}))
