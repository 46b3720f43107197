"""A key of one customer, on every operation of every face: nothing of another customer is shown to it, found by it,
changed by it or hung on it. Every text of the other customer holds a word that must never be seen."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from test_access import everything

from conftest import Client, Stage
from operations import KINDS, NONE_YET, OPERATIONS, Ground, Operation, call, kind_named, lay_on
from quarterdeck.app import DIALECTS
from quarterdeck.desk import access
from quarterdeck.edge.openapi import input_of
from quarterdeck.wire.shape import Shape

SECRET = "Xanadu"
# Kinds of record whose reading says whose each one is.
OWNED = {on.reading.record.kind for dialect in DIALECTS for on in dialect.resources if on.reading.belongs is not None}


class Scene:
    """Olga holds a key of her own customer, and knows every id and guid of the other."""

    def __init__(self, client: Client, stage: Stage) -> None:
        self.client = client
        self.theirs = lay_on(stage, SECRET)
        self.ours = lay_on(stage, "Olga")
        asked = access.NewKey(name="Olga's key", technician_id=1, customer_id=self.ours.ids["customer"])
        self.key = stage.do(lambda work: access.give_key(work, asked)[1])

    def ask(self, operation: Operation, ground: Ground, **more: Any) -> tuple[int, str]:
        answer = call(self.client, operation, ground, self.key, **more)
        return answer.status_code, answer.text


@pytest.fixture
def scene(client: Client, stage: Stage) -> Scene:
    return Scene(client, stage)


def names_owned(operation: Operation) -> bool:
    """Whether the path names a record that is somebody's."""
    kinds = {*operation.named.values()} - NONE_YET
    return bool(kinds & OWNED) or "guid" in operation.parameters or "deviceGuid" in operation.parameters


def test_a_record_of_another_customer_is_not_there(scene: Scene, stage: Stage) -> None:
    before, wrong = everything(stage), list[str]()
    for operation in filter(names_owned, OPERATIONS):
        status, text = scene.ask(operation, scene.theirs)
        if not 400 <= status < 500 or SECRET in text:
            wrong.append(f"{operation}: {status} {text[:200]}")
    assert not wrong, "\n".join(wrong)
    assert everything(stage) == before


def test_a_record_of_another_customer_is_as_one_that_never_was(scene: Scene) -> None:
    nowhere = Ground(dict.fromkeys(scene.theirs.ids, 99_999_999), dict.fromkeys(scene.theirs.guids, "no-such-guid"))
    wrong = []
    for operation in (one for one in OPERATIONS if names_owned(one) and one.verb.method in ("GET", "DELETE")):
        body = {"json": scene.theirs.body(operation)}
        found, missing = (scene.ask(operation, ground, **body) for ground in (scene.theirs, nowhere))
        if found != missing:
            wrong.append(f"{operation}: {found} is not {missing}")
    assert not wrong, "\n".join(wrong)


def test_a_list_shows_nothing_of_another_customer(scene: Scene) -> None:
    wrong = []
    for operation in (one for one in OPERATIONS if one.verb.method == "GET"):
        for query in ({}, *asked(operation, scene.theirs)):
            status, text = scene.ask(operation, scene.ours, params={**scene.ours.query(operation), **query})
            if SECRET in text or status >= 500:
                wrong.append(f"{operation} {query}: {status} {around(text)}")
    assert not wrong, "\n".join(wrong)


def asked(operation: Operation, theirs: Ground) -> Iterator[dict[str, Any]]:
    """Each parameter that names a record, naming the other's."""
    shapes = [operation.on.filters, *([operation.verb.parameters] if operation.verb.parameters else [])]
    for name in dict.fromkeys(name for shape in shapes for name in shape.takers):
        kind = kind_named(name)
        if kind in theirs.ids:
            yield {name: theirs.ids[kind]}


def around(text: str) -> str:
    place = text.find(SECRET)
    return text[max(0, place - 150) : place + 60]


def test_a_body_hangs_nothing_on_another_customer(scene: Scene) -> None:
    """It is refused; or the path says already what the record hangs on, and the body does not count."""
    wrong, tried = [], list(bodies())
    assert len(tried) > 30
    for operation, name, kind in tried:
        theirs = scene.theirs.ids[kind]
        body = {**(scene.ours.body(operation) or {}), name: theirs}
        status, text = scene.ask(operation, scene.ours, json=body)
        hung = status < 400 and (f'"{name}":{theirs},' in text or kind not in operation.named.values())
        if hung or status >= 500 or SECRET in text:
            wrong.append(f"{operation} {name}={kind}: {status} {text[:200]}")
    assert not wrong, "\n".join(wrong)


def bodies() -> Iterator[tuple[Operation, str, str]]:
    """Every operation with every field of its body that names a record which is somebody's."""
    for operation in OPERATIONS:
        input, shape = input_of(operation.on, operation.verb), operation.verb.takes or Shape()
        for path, name in shape.names.items():
            kind = kind_named(path)
            known = input is not None and path in input.model_fields and re.search("_ids?$", path)
            if known and kind in OWNED & KINDS:
                yield operation, name, kind


def test_a_search_finds_nothing_of_another_customer(scene: Scene) -> None:
    wrong = []
    for operation in (one for one in OPERATIONS if one.verb.many or one.on.path == "search"):
        takers = operation.on.filters.takers.items()
        for name in (*(name for name, one in takers if "string" in str(one.codec.schema.get("type"))), "query"):
            status, text = scene.ask(operation, scene.ours, params={name: SECRET.lower()})
            if SECRET in text or status >= 500:
                wrong.append(f"{operation}?{name}: {status} {around(text)}")
    assert not wrong, "\n".join(wrong)
