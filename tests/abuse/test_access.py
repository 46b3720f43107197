"""Who may do what: every operation for every role, scope and kind of stranger, against one table."""

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

import make
from conftest import NOW, Client, Stage
from operations import NONE_YET, OPERATIONS, ROOMS, Operation, call, lay_on
from quarterdeck.desk import access
from quarterdeck.desk.errors import Forbidden, Invalid, Unknown
from quarterdeck.desk.fields import Target
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
products:read     yes    yes         yes
products:write    yes    yes         no
charges:read      yes    yes         yes
charges:write     yes    yes         no
appointments:read yes    yes         yes
appointments:write yes    yes         no
leads:read        yes    yes         yes
leads:write       yes    yes         no
knowledge:read    yes    yes         yes
knowledge:write   yes    yes         no
replies:read      yes    yes         yes
replies:write     yes    yes         no
attachments:read  yes    yes         yes
attachments:write yes    yes         no
portal:read       yes    yes         yes
portal:write      yes    yes         no
schedules:read    yes    yes         yes
schedules:write   yes    yes         no
shifts:read       yes    yes         yes
shifts:write      yes    yes         no
access:read       yes    no          no
access:write      yes    no          no
journal:read      yes    no          no
journal:write     yes    no          no
"""
HEAD, *ROWS = [line.split() for line in TABLE.strip().splitlines()]
RIGHTS = [row[0] for row in ROWS]
ROLES = {role: {row[0] for row in ROWS if row[place] == "yes"} for place, role in enumerate(HEAD) if place}
# Operations that look at all that hangs on a customer, or remove it, need the right in each of these rooms.
HANGING = [
    "customers",
    "contacts",
    "tickets",
    "hours",
    "charges",
    "attachments",
    "assets",
    "alerts",
    "contracts",
    "schedules",
    "appointments",
    "knowledge",
    "leads",
    "portal",
]
WHOLE = re.compile(r"/customers/{id}/deactivation|/archives/{id}|/merge\b|/merges/{id}/undo")
STRANGERS = ("anonymous", "wrong", "revoked", "ended", "switched off")


@dataclass(frozen=True)
class Cast:
    """Keys by the name of who holds them, and the rights each is to have; None: not let in at all."""

    keys: dict[str, str]
    rights: dict[str, set[str] | None]


def test_the_roles_have_the_rights_of_the_table() -> None:
    assert {role.value: set(rights) for role, rights in access.ROLES.items()} == ROLES


def test_every_operation_says_which_right_it_needs() -> None:
    assert {operation.verb.right for operation in OPERATIONS} <= {*RIGHTS, None}


def test_a_refused_call_changes_nothing(client: Client, stage: Stage) -> None:
    ground, cast = lay_on(stage), stage.do(cast_of)
    before = everything(stage)

    differences = []
    for who, rights in cast.rights.items():
        for operation in OPERATIONS:
            if covered(rights, operation):
                continue
            expected = operation.status(Unknown if rights is None else Forbidden)
            status = call(client, operation, ground, cast.keys[who]).status_code
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
            on = lay_on(stage) if TAKES_AWAY.search(str(operation)) else ground
            answer = call(client, operation, on, cast.keys[who])
            if answer.status_code not in expected(operation):
                differences.append(f"{who}: {operation} answered {answer.status_code} {answer.text[:200]}")
    assert not differences, told(differences)


# What can be done once with a record.
TAKES_AWAY = re.compile(r"^DELETE|/merge\b|/undo|/remove_|/delete_|/charge_|/convert|/timer\b")
# Refused whoever asks: nothing is fetched from this machine, no mail is sent yet, and one timer runs already.
REFUSED = re.compile(r"^POST .*(/attach_file_url|/create_invitation|/timer)$|^POST .*/create_invitation")


def expected(operation: Operation) -> tuple[int, ...]:
    if operation.on.one in NONE_YET and "id" in operation.parameters:
        return (404,)
    return (operation.status(Invalid),) if REFUSED.search(str(operation)) else (200, 201, 204)


def told(differences: list[str]) -> str:
    return "\n".join(differences)


def needed(operation: Operation) -> set[str]:
    """The right it says it needs, and those to see the records it names and shows."""
    verb, kind = (operation.verb.right or "").partition(":")[2], operation.on.reading.record.kind
    if WHOLE.search(operation.path) or str(operation) in REMOVING:
        return {f"{room}:{verb}" for room in HANGING}
    rooms = {"fields" if one == "field" else ROOMS.get(one, "") for one in operation.named.values()}
    rooms |= {"tickets"} if operation.verb.body == "array" else set()
    if kind == "custom value" and {"id", "guid"} & {*operation.parameters}:
        rooms |= {"fields", ROOMS[operation.on.one if operation.on.one in {*Target} else Target.CUSTOMER]}
    rooms |= {"fields"} if "fieldName" in operation.parameters else set()
    rooms |= {"tickets"} if kind in ON_TICKETS and operation.verb.changes else set()
    further = {right for path, right in FURTHER.items() if operation.path.endswith(path)}
    return {*filter(None, (operation.verb.right,)), *(f"{room}:read" for room in rooms if room), *further}


REMOVING = {"DELETE /api/v3/customers/{id}", "DELETE /api/v1/customers/{id}"}
# Kinds of record whose changes are noted on their ticket.
ON_TICKETS = {"time entry", "timer"}
# Where more than one room is written to.
FURTHER = {"/charge_timer_entry": "charges:write", "/convert": "contacts:write"}


def covered(rights: set[str] | None, operation: Operation) -> bool:
    """Whether the rights suffice; whoever may write may read."""
    held = rights or set()
    wanted = needed(operation) if rights is not None else {"somebody"}
    return wanted <= held | {right.replace(":write", ":read") for right in held}


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
    # A scope is as narrow on the other database, where the roles show what may differ.
    every = work.link.dialect == "sqlite"
    for scope in RIGHTS if every else ():
        give(scope, scopes=[scope])
        rights[scope] = {scope}
    for wanted in {frozenset(needed(operation)) for operation in OPERATIONS} if every else ():
        name = " ".join(sorted(wanted)) or "nothing at all"
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
