"""A desk with something of everything, made by the declarations: a kind of record that any face can make is there by
itself as soon as the face can make it."""

import itertools
from typing import Any

import make
from quarterdeck.app import DIALECTS
from quarterdeck.desk import assets, attachments, fields, leaving, merging, shifts, timers
from quarterdeck.desk.input import Input
from quarterdeck.desk.work import Work
from quarterdeck.edge.rest import Dialect

FIELD = "Account manager"
MACHINE = "ACME-WS-01"
BARCODE = "4006381333931"
NUMBER = itertools.count(1)


def keyed(dialect: Dialect, key: str) -> dict[str, str]:
    """The header that says a key, as the dialect's own page shows it."""
    name, _, value = dialect.outline.greeting.partition(": ")
    return {name: value.replace("your key", key)}


def furnish(work: Work, word: str = "Acme") -> dict[str, int]:
    """One record of every kind that belongs together, by its kind; `word` is in every text of the customer's."""
    customer = make.customer(work, name=f"{word} Dental", domain=f"{word.lower()}.example")
    contact = make.contact(
        work, customer_id=customer, last_name=word, department_id=make.department(work, name=f"Sales {next(NUMBER)}")
    )
    ticket = make.ticket(work, contact_id=contact, title=f"{word}'s printer is on fire")
    ids = {
        "customer": customer,
        "contact": contact,
        "department": make.department(work, name=f"Finance {next(NUMBER)}"),
        "ticket": ticket,
        "comment": make.comment(work, ticket, body=f"{word} waits"),
        "time entry": make.time_entry(work, ticket, billable=True),
        "agent": make.agent(work, customer_id=customer, name=MACHINE, description=word),
        "alert": make.alert(work, customer_id=customer, title=f"{word}'s disk is full"),
        "contract": make.contract(work, customer_id=customer, name=f"{word} Gold"),
        "attachment": make.attachment(work, ticket_id=ticket, name=f"{word}.txt", content=f"{word} burns".encode()),
        "technician": 1,
        "archive": leaving.remove_customer(work, make.customer(work, name="Left Ltd")),
        # The sorts of problem that there are always.
        "ticket problem type": 1,
        **twins(work, customer, word),
    }
    # Whoever asks runs one timer at most.
    work.delete(timers.Timer, timers.Timer.technician_id == 1)
    for on in (on for dialect in DIALECTS for on in dialect.resources):
        kind = on.reading.record.kind
        if kind not in ids and on.create is not None and on.new is not None:
            # What all customers share tells of none.
            said = word if on.reading.belongs is not None else "Shared"
            ids[kind] = on.create(work, on.new.check(least(on.new, ids, said)))
    ids["shift"] = shifts.punch(work, shifts.Punch(in_at=work.now))
    return ids


def twins(work: Work, customer: int, word: str) -> dict[str, int]:
    """Records that could be merged into the others, and a merge that could be taken back."""
    again = make.customer(work, name=f"{word} Dental again")
    merged = merging.merge(
        work, merging.Kind.CUSTOMER, make.customer(work, name=f"{word} Two"), make.customer(work, name=f"{word} Too")
    )
    return {
        "customer twin": again,
        "contact twin": make.contact(work, customer_id=customer, last_name=f"{word} again"),
        "merge": merged,
    }


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
        "label": f"{word}'s mobile",
        "number": "555-987-6543",
        "barcode": BARCODE,
        "body": f"On the way to {word}",
        "email": f"new{n}@{word.lower()}.example",
        "place": "manual",
        "frequency": "monthly",
        "next_run": "2026-04-01",
        "starts_at": "2026-03-02T08:00:00Z",
        "ends_at": "2026-03-02T08:30:00Z",
        "in_at": "2026-03-02T08:00:00Z",
        "billed_as": "retainer",
        "billable": True,
        "until": "2026-03-09T08:00:00Z",
    }


def links(ids: dict[str, int]) -> dict[str, int]:
    """The fields that name another record."""
    kinds = ("customer", "ticket", "schedule", "attachment")
    return {f"{kind}_id": ids[kind] for kind in kinds if kind in ids}


def custom_values(work: Work, ids: dict[str, int]) -> dict[str, int]:
    """A custom field, and a value in it, for each kind of record that has such: the ids of both by their kinds."""
    found = {}
    for target in fields.Target:
        known = fields.named(work, target, FIELD)
        found[f"{target} field"] = known.id if known else make.field(work, target=target, name=FIELD)
        found[f"{target} value"] = fields.put(work, target, ids[target], fields.NewValue(name=FIELD, value="Mia"))
    return found


def guids(work: Work, ids: dict[str, int]) -> dict[str, str]:
    """What stands for records that are named by a guid, by their kind."""
    value = work.find(fields.Value, ids["customer value"])
    assert value is not None
    return {
        "custom value": value.guid,
        "attachment": attachments.get(work, ids["attachment"]).guid,
        "agent": assets.get(work, ids["agent"]).guid,
    }
