"""Who may do what: every operation for every role, scope and kind of stranger, against one table."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from operations import OPERATIONS, Ground, Operation, lay_on

import make
from conftest import NOW, Client, Stage
from quarterdeck.desk import access, fields
from quarterdeck.desk.record import Record
from quarterdeck.desk.work import Work

TABLE = """
right             owner  technician  read-only
customers:read    yes    yes         yes
customers:write   yes    yes         no
contacts:read     yes    yes         yes
contacts:write    yes    yes         no
departments:read  yes    yes         yes
departments:write yes    yes         no
tickets:read      yes    yes         yes
tickets:write     yes    yes         no
hours:read        yes    yes         yes
hours:write       yes    yes         no
fields:read       yes    yes         yes
fields:write      yes    yes         no
assets:read       yes    yes         yes
assets:write      yes    yes         no
alerts:read       yes    yes         yes
alerts:write      yes    yes         no
contracts:read    yes    yes         yes
contracts:write   yes    yes         no
access:read       yes    no          no
access:write      yes    no          no
journal:read      yes    no          no
journal:write     yes    no          no
"""
HEAD, *ROWS = [line.split() for line in TABLE.strip().splitlines()]
RIGHTS = [row[0] for row in ROWS]
ROLES = {role: {row[0] for row in ROWS if row[place] == "yes"} for place, role in enumerate(HEAD) if place}
# The room of each kind of record that a path, or a body of ids, can name.
ROOMS = {
    "customer": "customers",
    "contact": "contacts",
    "department": "departments",
    "ticket": "tickets",
    "work hour": "hours",
    "agent": "assets",
    "alert": "alerts",
    "contract": "contracts",
    "technician": "tickets",
    "archive": "customers",
}
NAMED = {"customerId": "customers", "agentId": "assets", "fieldId": "fields", "fieldName": "fields"}
STRANGERS = ("anonymous", "wrong", "revoked", "ended", "switched off")


@dataclass(frozen=True)
class Cast:
    """Keys by the name of who holds them, and the rights each is to have; None: not let in at all."""

    keys: dict[str, str]
    rights: dict[str, set[str] | None]


def test_the_roles_have_the_rights_of_the_table() -> None:
    assert {role.value: set(rights) for role, rights in access.ROLES.items()} == ROLES


def test_every_operation_says_which_right_it_needs() -> None:
    assert {operation.verb.right for operation in OPERATIONS} <= {*RIGHTS}


def test_a_refused_call_changes_nothing(client: Client, stage: Stage) -> None:
    ground, cast = lay_on(stage), stage.do(cast_of)
    before = everything(stage)

    differences = []
    for who, rights in cast.rights.items():
        for operation in OPERATIONS:
            if covered(rights, operation):
                continue
            expected = 401 if rights is None else 403
            status = call(client, ground, operation, cast.keys[who])
            if status != expected:
                differences.append(f"{who}: {operation} answered {status}, not {expected}")
    assert not differences, told(differences)
    assert everything(stage) == before


def test_an_allowed_call_succeeds(client: Client, stage: Stage) -> None:
    ground, cast = lay_on(stage), stage.do(cast_of)

    differences = []
    for who, rights in cast.rights.items():
        for operation in OPERATIONS:
            if not covered(rights, operation):
                continue
            on = lay_on(stage) if operation.verb.method == "DELETE" else ground
            status = call(client, on, operation, cast.keys[who])
            if status not in (200, 201):
                differences.append(f"{who}: {operation} answered {status}")
    assert not differences, told(differences)


def told(differences: list[str]) -> str:
    return "\n".join(differences)


# What looks at all that hangs on a customer, or removes it, needs the right in every one of these rooms.
HANGING = ("customers", "contacts", "tickets", "hours", "assets", "alerts", "contracts")
WHOLE = {
    ("GET", "/customers/{id}/deactivation"),
    ("DELETE", "/customers/{id}"),
    ("GET", "/archives/{id}"),
}


def needed(operation: Operation) -> set[str]:
    """The right it says it needs, and those to see the records it names and shows."""
    rooms = {NAMED[name] for name in operation.parameters if name in NAMED}
    if "id" in operation.parameters or operation.verb.body == "array":
        rooms.add(ROOMS[operation.on.one])
    if operation.on.reading is fields.VALUES and ("id" in operation.parameters or "guid" in operation.parameters):
        rooms |= {"fields", ROOMS.get(operation.on.one, "customers")}
    if (operation.verb.method, f"/{operation.on.path}{operation.verb.path}") in WHOLE:
        verb = operation.verb.right.partition(":")[2]
        return {f"{room}:{verb}" for room in HANGING}
    return {operation.verb.right, *(f"{room}:read" for room in rooms)}


def covered(rights: set[str] | None, operation: Operation) -> bool:
    """Whether the rights suffice; whoever may write may read."""
    held = rights or set()
    return needed(operation) <= held | {right.replace(":write", ":read") for right in held}


def call(client: Client, ground: Ground, operation: Operation, key: str) -> int:
    headers = {"X-API-KEY": key} if key else {}
    body = ground.body(operation)
    more: dict[str, Any] = {} if body is None else {"json": body}
    return client.request(operation.verb.method, ground.path(operation), key=None, headers=headers, **more).status_code


def cast_of(work: Work) -> Cast:
    """A key for each role, each single scope, just what each operation needs, and each way of being a stranger."""
    keys, rights = {"anonymous": "", "wrong": "qd_nobody"}, dict[str, set[str] | None]()

    def give(name: str, **more: Any) -> int:
        technician = more.pop("technician_id", 1)
        id, keys[name] = access.give_key(work, access.NewKey.check({"name": name, "technician_id": technician, **more}))
        return id

    for role in ROLES:
        give(role, technician_id=make.technician(work, role=role))
        rights[role] = ROLES[role]
    for scope in RIGHTS:
        give(scope, scopes=[scope])
        rights[scope] = {scope}
    for wanted in {frozenset(needed(operation)) for operation in OPERATIONS}:
        name = " ".join(sorted(wanted))
        give(name, scopes=sorted(wanted))
        rights[name] = set(wanted)
    access.revoke_key(work, give("revoked"))
    give("ended", ends_at=NOW - timedelta(seconds=1))
    leaver = make.technician(work)
    give("switched off", technician_id=leaver)
    access.change(work, leaver, access.Changes(active=False))
    return Cast(keys, rights | dict.fromkeys(STRANGERS))


def everything(stage: Stage) -> dict[str, list[Any]]:
    """All rows of all tables, but for when a key was last seen."""

    def rows(work: Work) -> dict[str, list[Any]]:
        found = {}
        for name, table in Record.metadata.tables.items():
            columns = [column for column in table.columns if column.key != "last_used_at"]
            found[name] = sorted(map(str, work.db.execute(sa.select(*columns))))
        return found

    return dict(stage.do(rows))
