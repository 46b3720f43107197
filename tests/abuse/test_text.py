"""Hostile text, in every field that takes text: given back byte for byte, or refused."""

import io
import itertools
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from typing import Annotated, Any
from urllib.parse import quote

import msgspec
import pytest
from naughty import SHORT, TEXTS
from pydantic import TypeAdapter, ValidationError

from conftest import Client, Stage
from operations import OPERATIONS, TAKING, Ground, Operation, call, is_text, lay_on, record_of
from quarterdeck.app import DIALECTS
from quarterdeck.edge.openapi import input_of
from quarterdeck.wire.shape import Field

TAKING_TEXT = [one for one in TAKING if one.texts]
LISTS = [one for one in OPERATIONS if one.verb.method == "GET" and one.on.filters.takers and one.verb.many]
NAMES = {"fieldName", "value", "guid", "machineName"}
NAMING = [one for one in OPERATIONS if NAMES & {*one.parameters}]
# The first of a text's characters that tell, when a difference has to be shown.
TOLD = 60


def in_bytes(text: str) -> bytes:
    """Text for a URL; a lone surrogate as the bytes a careless program would send."""
    return text.encode("utf-8", "surrogatepass")


@cache
def json_of(text: str) -> str:
    """A JSON string that says exactly this, lone surrogates and all."""
    return '"' + "".join(f"\\u{ord(c):04x}" if ord(c) < 0x10000 else c for c in text) + '"'


def on_databases(operations: list[Operation], of: Callable[[Operation], bool]) -> list[Any]:
    """Each operation with a database to try it on; those that `of` names on both, for the others add no statement."""
    both = ("sqlite", "postgresql")
    return [
        pytest.param(database, one, id=f"{database}-{one}")
        for one in operations
        for database in (both if of(one) else both[:1])
    ]


def is_first(operation: Operation) -> bool:
    return operation.dialect is DIALECTS[0]


def makes_at_first(operation: Operation) -> bool:
    return is_first(operation) and operation.makes


@pytest.mark.parametrize(("database", "operation"), on_databases(TAKING_TEXT, makes_at_first), indirect=["database"])
def test_text_comes_back_byte_for_byte_or_is_refused(client: Client, stage: Stage, operation: Operation) -> None:
    differences: list[str] = []
    ground = lay_on(stage)
    # A field that takes words of one kind alone would have all others refused with it.
    alone = [
        one for one in operation.texts if sent(client, ground, operation, [one], "{x}", differences, "a trial") >= 400
    ]
    together = [one for one in operation.texts if one not in alone]
    for name, text in TEXTS.items():
        whole = sent(client, ground, operation, together, text, differences, name) if together else 0
        for one in alone + together if whole >= 400 else alone:
            sent(client, ground, operation, [one], text, differences, name)
    assert not differences, "\n".join(differences)


def sent(
    client: Client,
    ground: Ground,
    operation: Operation,
    into: list[Field],
    text: str,
    differences: list[str],
    name: str,
) -> int:
    """Send the text in these fields; note what came back that is neither it nor a refusal."""
    body = {one: msgspec.json.encode(value).decode() for one, value in (ground.body(operation) or {}).items()}
    body |= {one.name: json_of(text) for one in into}
    content = "{" + ", ".join(f'"{one}": {value}' for one, value in body.items()) + "}"
    json = {"content": content.encode(), "headers": {"Content-Type": "application/json"}, "json": None}
    answer = call(client, operation, ground, client.stage.keys["dana"], **json)
    if answer.status_code in (200, 201):
        kept = [one for one in into if is_kept(operation, one)]
        shown = record_of(operation, answer.json())
        differences += [
            f"{name} in {one.name}: {wrong}" for one in kept if (wrong := changed(operation, shown, one, text))
        ]
    elif not 400 <= answer.status_code < 500:
        differences.append(f"{name} in {[one.name for one in into]}: {answer.status_code} {answer.text[:300]}")
    return answer.status_code


def is_kept(operation: Operation, one: Field) -> bool:
    """Whether the field itself is shown again; others only find a record, such as a customer by name, or are made
    into an address."""
    return one.name != "slug" and any(
        field.shown and (field.name, field.path) == (one.name, one.path) for field in operation.on.shape.fields
    )


def changed(operation: Operation, shown: dict[str, Any], one: Field, text: str) -> str | None:
    """What is wrong with how a text came back; names may lose white space around them, and nothing else."""
    back = shown.get(one.name)
    if back == text:
        return None
    if isinstance(back, str) and back == text.strip() and is_trimmed(operation, one):
        return None
    # Where nothing is said, white space alone is nothing.
    if not text.strip() and not back:
        return None
    return f"{text[:TOLD]!r} became {str(back)[:TOLD]!r}"


def is_trimmed(operation: Operation, one: Field) -> bool:
    """Whether the desk takes white space from around the text, as it does with names."""
    input = input_of(operation.on, operation.verb)
    assert input is not None
    field = input.model_fields[one.path]
    adapter = TypeAdapter(Annotated[field.annotation, *field.metadata] if field.metadata else field.annotation)
    for text in ("text", "somebody@acme.example"):
        with suppress(ValidationError):
            return bool(adapter.validate_python(f" {text} ") == text)
    return False


def is_refusable(text: str) -> bool:
    """Whether the first field that meets this text may refuse it, so that no other would see it."""
    return "\x00" in text or len(text) > 250 or not text.isprintable()


@pytest.mark.parametrize(("database", "operation"), on_databases(LISTS, is_first), indirect=["database"])
def test_text_in_a_query_is_searched_for_or_refused(client: Client, stage: Stage, operation: Operation) -> None:
    ground = lay_on(stage)
    takers = operation.on.filters.takers.values()
    texts = [one.name for one in takers if is_text(one)]
    others = [one.name for one in takers if not is_text(one)]
    others += [one["name"] for one in operation.dialect.outline.paging(operation.on)]
    bad = []
    for (name, text), other in zip(SHORT.items(), itertools.cycle(others), strict=False):
        for asked in ([one] for one in (*texts, other)) if is_refusable(text) else (texts, [other]):
            query = "&".join(f"{parameter}={quote(in_bytes(text), safe='')}" for parameter in asked)
            path = f"{ground.path(operation)}?{query}"
            answer = call(client, operation, ground, client.stage.keys["dana"], path, params=None)
            if answer.status_code >= 500:
                bad.append(f"{asked}={name}: {answer.status_code}")
    assert not bad, "\n".join(bad)


def test_text_in_a_path_names_something_or_nothing(client: Client, stage: Stage) -> None:
    ground = lay_on(stage)
    bad = []
    # Operations of one family follow each other, so that each text meets each of them in some family.
    asked = [
        (operation, parameter, text)
        for place, operation in enumerate(NAMING)
        for parameter in operation.parameters
        if parameter in NAMES
        for text in list(SHORT)[place % 3 :: 3]
    ]
    for operation, parameter, name in asked:
        path = ground.path(operation, **{parameter: quote(in_bytes(SHORT[name]), safe="")})
        answer = call(client, operation, ground, client.stage.keys["dana"], path)
        if answer.status_code >= 500:
            bad.append(f"{operation} {parameter}={name}: {answer.status_code}")
        elif answer.status_code < 400 and parameter == "value" and answer.json()["ValueAsString"] != SHORT[name]:
            bad.append(f"{operation} {parameter}={name}: became {answer.json()['ValueAsString']!r}")
    assert not bad, "\n".join(bad)


@pytest.mark.parametrize("raw", ["%ff%fe", "%c3%28", "%ed%a0%80", "%c0%af"])
def test_bytes_that_are_no_text_are_not_kept_as_something_else(client: Client, stage: Stage, raw: str) -> None:
    ground = lay_on(stage)

    path = f"/customvalues/customerfield/{ground.ids['customer']}/Account%20manager/{raw}"
    answer = client.put(path)

    assert answer.status_code == 400
    assert client.get(f"/customvalues/customer/{ground.ids['customer']}").json()[0]["ValueAsString"] == "Mia"


def test_a_ticket_can_be_commented_however_much_was_said_before(client: Client, stage: Stage) -> None:
    ticket = lay_on(stage).ids["ticket"]
    hard = TEXTS["long and hard to index"]

    answers = [client.post(f"/tickets/{ticket}/comments", {"CommentText": f"{n} {hard[n:]}"}) for n in range(8)]

    assert [answer.status_code for answer in answers] == [201] * 8


def test_control_characters_begin_no_line_of_the_log(client: Client, stage: Stage) -> None:
    log, written = stage.app.log, io.StringIO()
    log.on, log.to = True, written

    for text in SHORT.values():
        client.get(f"/customers/{quote(in_bytes(text), safe='')}?name={quote(in_bytes(text), safe='')}")
    log.flush()

    lines = written.getvalue().splitlines()
    assert len(lines) == len(SHORT)
    assert all(line.startswith('{"at":') and line.endswith("}") for line in lines)
