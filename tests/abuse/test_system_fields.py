"""What a caller cannot set: every field of a record that is the desk's own, sent with every create and update."""

import re
from typing import Any

import pytest

from conftest import Client, Stage
from operations import TAKING, Ground, Operation, call, lay_on, record_of
from quarterdeck.desk import timers
from quarterdeck.desk.record import Record
from quarterdeck.edge.nesting import Custom
from quarterdeck.edge.openapi import input_of
from quarterdeck.edge.verbs import change

# Operations whose answer is the record that was written, which can then be asked for again.
CREATES = [one for one in TAKING if one.makes and one.on.create is not None and one.verb.gives is one.on.shape]
UPDATES = [one for one in TAKING if one.verb.path == "/{id}" and one.verb.do is change]
BOGUS = {"integer": 424242, "number": 4242.5, "boolean": True, "string": "2001-01-01T00:00:00Z", "null": "forged"}
# Columns that no face shows: their plain names must be as good as unknown.
COLUMNS = {column.key for table in Record.metadata.tables.values() for column in table.columns}
# Said in a body for other ends than to be kept: how the record is found, and how it is answered.
ASIDE = {"api_key", "format"}


def forged(operation: Operation) -> dict[str, Any]:
    """A wrong value for every field the operation does not take, by the vendor's names and by ours."""
    shape, input = operation.verb.takes, input_of(operation.on, operation.verb)
    assert shape is not None
    settable = set(input.model_fields) if input else {one.path for one in operation.taken.values()}
    taken = {name for name, one in shape.takers.items() if one.path in settable} | aside(operation)
    wrong: dict[str, Any] = {name: 424242 for name in COLUMNS if name not in taken}
    for one in shape.fields:
        if one.name.casefold() not in taken:
            wrong[one.name] = value_for(one.codec.schema)
    return wrong


def aside(operation: Operation) -> set[str]:
    """Names that a body is looked through for before the shape is: custom values, and what their object may hold."""
    custom = operation.on.custom
    held = (
        {name.casefold() for name in (custom.name, *custom.also, *custom.beside.takers)}
        if isinstance(custom, Custom)
        else set()
    )
    return held | ASIDE | BESIDE.get(operation.on.one, set())


# What a resource reads from its body by itself: a ticket's first comment beside the ticket, a type by its number.
BESIDE = {
    "ticket": {"comment_body", "comment_subject", "comment_tech", "comment_hidden"},
    "asset": {"asset_type_id"},
}


def value_for(schema: dict[str, Any]) -> Any:
    kinds = schema.get("type", "string")
    kind = kinds if isinstance(kinds, str) else kinds[0]
    return BOGUS.get(kind, [BOGUS["string"]])


def written(client: Client, operation: Operation, ground: Ground, body: dict[str, Any]) -> dict[str, Any]:
    answer = call(client, operation, ground, client.stage.keys["dana"], json=body)
    assert answer.status_code in (200, 201), f"{operation}: {answer.text}"
    return record_of(operation, answer.json())


@pytest.mark.parametrize("operation", UPDATES, ids=str)
def test_an_update_leaves_the_desks_own_fields_alone(client: Client, stage: Stage, operation: Operation) -> None:
    ground = lay_on(stage)
    body = ground.body(operation) or {}
    before = written(client, operation, ground, body)

    after = written(client, operation, ground, {**forged(operation), **body})

    assert {name: after[name] for name in before} == before
    assert written(client, operation, ground, body) == before


@pytest.mark.parametrize("operation", CREATES, ids=str)
def test_a_create_makes_the_desks_own_fields_itself(client: Client, stage: Stage, operation: Operation) -> None:
    ground = lay_on(stage)
    if operation.on.one == "timer":
        stage.do(lambda work: work.delete(timers.Timer))
    plain = written(client, operation, ground, ground.body(operation))
    if operation.on.one == "timer":
        stage.do(lambda work: work.delete(timers.Timer))

    made = written(client, operation, ground, {**forged(operation), **ground.body(operation)})

    own = own_fields(operation)
    ids = {name for name in own if name in shown_ids(operation)}
    assert ids
    assert {name: steady(made[name]) for name in own - ids} == {name: steady(plain[name]) for name in own - ids}
    assert all(int(made[name]) > int(plain[name]) for name in ids)


def steady(value: Any) -> str:
    """A value without the number that tells one made-up name from the next."""
    return re.sub(r"Acme \d+", "Acme", str(value))


def own_fields(operation: Operation) -> set[str]:
    """The names shown whose value a caller has no say in, under this name or another."""
    shown = [one for one in operation.on.shape.fields if one.shown and one.inside is None]
    return {one.name for one in shown if one.path not in operation.taken}


def shown_ids(operation: Operation) -> set[str]:
    return {one.name for one in operation.on.shape.fields if one.shown and one.path == "id"}
