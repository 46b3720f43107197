"""Every operation of every face, and ground for each to stand on: tests by the route table, so that a new route is in
by itself."""

import itertools
import re
from dataclasses import dataclass
from typing import Any

import make
from conftest import Stage
from quarterdeck.app import DIALECTS
from quarterdeck.desk import attachments, fields, leaving
from quarterdeck.desk.work import Work
from quarterdeck.edge.rest import Dialect, Resource, Verb
from quarterdeck.wire.shape import Field

FIELD = "Account manager"
MACHINE = "ACME-WS-01"
NUMBER = itertools.count(1)


@dataclass(frozen=True)
class Operation:
    dialect: Dialect
    on: Resource
    verb: Verb

    @property
    def path(self) -> str:
        return f"{self.dialect.prefix}/{self.on.path}{self.verb.path}"

    @property
    def parameters(self) -> list[str]:
        return re.findall(r"{(\w+)}", self.path)

    @property
    def takes_a_body(self) -> bool:
        return self.verb.changes or self.verb.method == "POST"

    @property
    def taken(self) -> dict[str, Field]:
        """The field behind each of our paths, under the name by which the vendor tells of it."""
        shape = self.verb.takes
        return {path: shape.takers[name.casefold()] for path, name in shape.names.items()} if shape else {}

    @property
    def texts(self) -> list[Field]:
        """The fields that take free text."""
        return [one for one in self.taken.values() if is_text(one)]

    def __str__(self) -> str:
        return f"{self.verb.method} {self.path}"


def is_text(one: Field) -> bool:
    schema = one.codec.schema
    kinds = schema.get("type", [])
    return "string" in ([kinds] if isinstance(kinds, str) else kinds) and not schema.keys() & {"enum", "format"}


OPERATIONS = [Operation(dialect, on, verb) for dialect in DIALECTS for on in dialect.resources for verb in on.verbs]
WITH_BODY = [one for one in OPERATIONS if one.takes_a_body]
TAKING = [one for one in OPERATIONS if one.verb.takes is not None]


@dataclass(frozen=True)
class Ground:
    """One record of each kind, and what a path or a body has to say to name it."""

    ids: dict[str, int]
    guid: str
    department: int
    # What a link names the file on the ticket by.
    file: str

    def path(self, operation: Operation, **given: str) -> str:
        """The operation's path with its parameters filled in, where nothing else is given for them."""
        known = {
            "customerId": self.ids["customer"],
            "agentId": self.ids["agent"],
            "fieldId": self.ids.get(f"{operation.on.one} field"),
            "fieldName": FIELD,
            "value": "Mia",
            "guid": self.file if operation.on.one == "attachment" else self.guid,
            "name": "log.txt",
            "machineName": MACHINE,
            "id": self.ids.get(operation.on.one),
        }
        return operation.path.format(**{**known, **given})

    def body(self, operation: Operation) -> Any:
        """What the operation asks for at least, in the vendor's names."""
        if operation.verb.body == "array":
            return [self.ids["ticket"]]
        if operation.verb.body == "none" or operation.verb.takes is None:
            return None
        values = {
            "name": FIELD if "value" in operation.taken else f"Quince {next(NUMBER)}",
            "customer_id": self.ids["customer"],
            "email": f"new{next(NUMBER)}@acme.example",
            "title": "Toner low",
            "body": "On my way",
            "starts_at": "2026-03-02T08:00:00Z",
            "ends_at": "2026-03-02T08:30:00Z",
        }
        required = {operation.verb.takes.takers[name.casefold()].path for name in operation.verb.required}
        # A ticket is a customer's, whether the vendor calls that required or not.
        asked = required | ({"customer_id"} if operation.verb.status == 201 else set())
        return {one.name: values[path] for path, one in operation.taken.items() if path in asked}


def lay(work: Work) -> Ground:
    """One record of every kind."""
    customer = make.customer(work)
    department = make.department(work)
    contact = make.contact(work, customer_id=customer, department_id=department)
    ticket = make.ticket(work, contact_id=contact)
    make.comment(work, ticket)
    make.time_entry(work, ticket)
    agent = make.agent(work, customer_id=customer, name=MACHINE)
    gone = make.customer(work, name="Left Ltd")
    ids = {
        "customer": customer,
        "contact": contact,
        "department": department,
        "ticket": ticket,
        "agent": agent,
        "alert": make.alert(work, customer_id=customer),
        "contract": make.contract(work, customer_id=customer),
        "attachment": make.attachment(work, ticket_id=ticket),
        "technician": 1,
        "archive": leaving.remove_customer(work, gone),
    }
    guids = []
    for target in fields.Target:
        known = fields.named(work, target, FIELD)
        ids[f"{target} field"] = known.id if known else make.field(work, target=target, name=FIELD)
        value = fields.put(work, target, ids[target], fields.NewValue(name=FIELD, value="Mia"))
        found = work.find(fields.Value, value)
        assert found is not None
        guids.append(found.guid)
    file = attachments.get(work, ids["attachment"]).guid
    return Ground(ids, guids[0], department, file)


def lay_on(stage: Stage) -> Ground:
    made: Ground = stage.do(lay)
    return made
