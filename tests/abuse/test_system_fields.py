"""What a caller cannot set: every field of a record that is the desk's own, sent with every create and update."""

from typing import Any

import pytest
from operations import TAKING, Ground, Operation, lay_on

from conftest import Client, Stage
from quarterdeck.desk.record import Record

CREATES = [one for one in TAKING if one.verb.status == 201]
UPDATES = [one for one in TAKING if one.verb.path == "/{id}" and one.on.changes is not None]
BOGUS = {"integer": 424242, "number": 4242.5, "boolean": True, "string": "2001-01-01T00:00:00Z", "null": "forged"}
# Columns that no face shows: their plain names must be as good as unknown.
COLUMNS = {column.key for table in Record.metadata.tables.values() for column in table.columns}


def forged(operation: Operation) -> dict[str, Any]:
    """A wrong value for every field the operation does not take, by the vendor's names and by ours."""
    shape = operation.verb.takes
    assert shape is not None
    input = operation.on.new if operation.verb.status == 201 else operation.on.changes
    settable = set(input.model_fields) if input else {one.path for one in operation.taken.values()}
    taken = {name for name, one in shape.takers.items() if one.path in settable}
    wrong: dict[str, Any] = dict.fromkeys(COLUMNS - taken, 424242)
    for one in shape.fields:
        if one.name.casefold() not in taken:
            wrong[one.name] = value_for(one.codec.schema)
    return wrong


def value_for(schema: dict[str, Any]) -> Any:
    kinds = schema.get("type", "string")
    kind = kinds if isinstance(kinds, str) else kinds[0]
    return BOGUS.get(kind, [BOGUS["string"]])


def record(client: Client, operation: Operation, ground: Ground, body: dict[str, Any]) -> dict[str, Any]:
    answer = client.request(operation.verb.method, ground.path(operation), json=body)
    assert answer.status_code in (200, 201), f"{operation}: {answer.text}"
    made: dict[str, Any] = answer.json()
    return made


@pytest.mark.parametrize("operation", UPDATES, ids=str)
def test_an_update_leaves_the_desks_own_fields_alone(client: Client, stage: Stage, operation: Operation) -> None:
    ground = lay_on(stage)
    before = client.get(ground.path(operation)).json()

    after = record(client, operation, ground, forged(operation))

    assert {name: after[name] for name in before} == before
    assert client.get(ground.path(operation)).json() == before


@pytest.mark.parametrize("operation", CREATES, ids=str)
def test_a_create_makes_the_desks_own_fields_itself(client: Client, stage: Stage, operation: Operation) -> None:
    ground = lay_on(stage)
    plain = record(client, operation, ground, ground.body(operation))

    made = record(client, operation, ground, {**forged(operation), **ground.body(operation)})

    own = own_fields(operation)
    ids = {name for name in own if str(plain[name]) == str(plain["ActionID"])}
    assert ids
    assert {name: made[name] for name in own - ids} == {name: plain[name] for name in own - ids}
    assert all(int(made[name]) > int(plain[name]) for name in ids)


def own_fields(operation: Operation) -> set[str]:
    """The names shown whose value a caller has no say in, under this name or another."""
    shape = operation.verb.gives
    shown = [one for one in shape.fields if one.shown] if shape is not None and not isinstance(shape, dict) else []
    return {one.name for one in shown if one.path not in operation.taken}
