"""A desk with something of everything, made by the declarations: a kind of record that any face can make is there by
itself as soon as the face can make it."""

import itertools
from typing import Any
from uuid import uuid4

import make
from quarterdeck.app import DIALECTS
from quarterdeck.desk import fields, leaving
from quarterdeck.desk.input import Input
from quarterdeck.desk.work import Work
from quarterdeck.edge.rest import Dialect

FIELD = "Account manager"
MACHINE = "ACME-WS-01"
NUMBER = itertools.count(1)


def keyed(dialect: Dialect, key: str) -> dict[str, str]:
    """The header that says a key, as the dialect's own page shows it."""
    name, _, value = dialect.outline.greeting.partition(": ")
    return {name: value.replace("your key", key)}


def furnish(work: Work, word: str = "Acme") -> dict[str, int]:
    """One record of every kind that belongs together, found by its kind; `word` is in every text."""
    customer = make.customer(work, name=f"{word} Dental", domain=f"{word.lower()}.example")
    contact = make.contact(
        work, customer_id=customer, last_name=word, department_id=make.department(work, name=f"{word} {next(NUMBER)}")
    )
    ticket = make.ticket(work, contact_id=contact, title=f"{word}'s printer is on fire")
    ids = {
        "customer": customer,
        "contact": contact,
        "department": make.department(work, name=f"{word} {next(NUMBER)}"),
        "ticket": ticket,
        "comment": make.comment(work, ticket, body=f"{word} waits"),
        "time entry": make.time_entry(work, ticket),
        "agent": make.agent(work, customer_id=customer, name=MACHINE, description=word),
        "alert": make.alert(work, customer_id=customer, title=f"{word}'s disk is full"),
        "contract": make.contract(work, customer_id=customer, name=f"{word} Gold"),
        "attachment": make.attachment(work, ticket_id=ticket, name=f"{word}.txt"),
        "technician": 1,
        "archive": leaving.remove_customer(work, make.customer(work, name="Left Ltd")),
    }
    for on in (on for dialect in DIALECTS for on in dialect.resources):
        kind = on.reading.record.kind
        if kind not in ids and on.create is not None and on.new is not None:
            ids[kind] = on.create(work, on.new.check(least(on.new, ids, word)))
    return ids


def least(input: type[Input], ids: dict[str, int], word: str = "Acme") -> dict[str, Any]:
    """What an input of the desk asks for at least, and whose the record is."""
    values = {**texts(word), **links(ids)}
    return {name: values[name] for name in input.model_fields if name in values}


def texts(word: str) -> dict[str, Any]:
    n = next(NUMBER)
    return {
        "name": f"{word} {n}",
        "full_name": f"Pat {word}",
        "title": f"{word}'s toner is low",
        "summary": f"Visit to {word}",
        "subject": f"{word} asks",
        "label": "Mobile",
        "number": "555-987-6543",
        "body": f"On the way to {word}",
        "email": f"new{n}@{word.lower()}.example",
        "place": "manual",
        "frequency": "monthly",
        "next_run": "2026-04-01",
        "starts_at": "2026-03-02T08:00:00Z",
        "ends_at": "2026-03-02T08:30:00Z",
    }


def links(ids: dict[str, int]) -> dict[str, int]:
    """The fields that name another record."""
    known = {"customer_id": "customer", "ticket_id": "ticket", "schedule_id": "schedule"}
    return {name: ids[kind] for name, kind in known.items() if kind in ids}


def custom_values(work: Work, ids: dict[str, int]) -> tuple[dict[str, int], str]:
    """A custom field and a value for each kind of record that has such: the fields' ids by kind, and a value's guid."""
    found, guid = {}, f"{uuid4()}"
    for target in fields.Target:
        known = fields.named(work, target, FIELD)
        found[f"{target} field"] = known.id if known else make.field(work, target=target, name=FIELD)
        value = fields.put(work, target, ids[target], fields.NewValue(name=FIELD, value="Mia"))
        kept = work.find(fields.Value, value)
        assert kept is not None
        guid = kept.guid if target is fields.Target.CUSTOMER else guid
    return found, guid
