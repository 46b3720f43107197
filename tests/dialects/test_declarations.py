"""Declarations can be trusted: every field leads somewhere, every refusal has words."""

from collections.abc import Iterator
from typing import Any

import jsonschema_rs
import pytest
import sqlalchemy as sa

from quarterdeck.app import DIALECTS
from quarterdeck.desk.access.rights import ALL
from quarterdeck.desk.errors import Invalid, NotFound, Problem, Refusal, TooMany, Why
from quarterdeck.desk.input import Input
from quarterdeck.desk.record import Instant, Json, Word
from quarterdeck.edge.nesting import Custom, Form, Nest
from quarterdeck.edge.openapi import Document, input_of
from quarterdeck.edge.rest import Dialect, Resource, Verb
from quarterdeck.wire.codecs import PLAIN, Codec
from quarterdeck.wire.shape import Field, Shape

RESOURCES = [
    pytest.param(on, id=f"{dialect.name} {on.path} {place}")
    for dialect in DIALECTS
    for place, on in enumerate(dialect.resources)
]
FORMS = [
    pytest.param(form, id=f"{dialect.name} {name}")
    for dialect in DIALECTS
    for name, form in Document(dialect).forms.items()
]
EACH = pytest.mark.parametrize("dialect", DIALECTS, ids=lambda one: one.name)


def kinds(of: type[Refusal]) -> Iterator[type[Refusal]]:
    for kind in of.__subclasses__():
        yield kind
        yield from kinds(kind)


def made(kind: type[Refusal]) -> Refusal:
    if issubclass(kind, Invalid):
        return kind({"name": Problem("is required", Why.MISSING)})
    if kind is NotFound:
        return NotFound("ticket", 7)
    return TooMany("rate limit exceeded", 1.0) if kind is TooMany else kind("cannot be done")


def inputs(on: Resource) -> set[str]:
    """Everything a resource's verbs read from a body."""
    found: set[str] = set()
    for input in (on.new, on.changes, *(verb.input for verb in on.verbs)):
        if input is not None:
            found |= input.model_fields.keys()
    return found


def columns(form: Form) -> Iterator[tuple[Field, Any]]:
    """Every field that a form shows and the column it is shown from, also of what hangs on the record."""
    shapes = [form.shape, *(nest.beside for nest in form.nests if isinstance(nest, Custom))]
    for shape in shapes:
        yield from columns_of(form, shape)
    for nest in form.nests:
        if isinstance(nest, Nest):
            yield from columns(nest.form)


def columns_of(form: Form, shape: Shape, before: str = "") -> Iterator[tuple[Field, Any]]:
    for one in shape.fields:
        if one.shown and one.inside is not None:
            yield from columns_of(form, one.inside, f"{before}{one.path}." if one.path else before)
        elif one.shown and one.path:
            yield one, form.view.column(before + one.path)


def verbs_with_bodies() -> Iterator[Any]:
    for dialect in DIALECTS:
        for on in dialect.resources:
            for verb in on.verbs:
                if verb.takes is not None:
                    yield pytest.param(on, verb, id=f"{dialect.name} {verb.method} /{on.path}{verb.path}")


@pytest.mark.parametrize("form", FORMS)
def test_every_value_is_written_as_its_column_needs(form: Form) -> None:
    """A moment, a truth value and a list come from the two databases in different forms: plain would show that."""
    for one, column in columns(form):
        if isinstance(column.type, Instant | Json | sa.Boolean):
            assert one.codec.encode is not None, f"{one.name} is shown from {one.path} as the database has it"
        if isinstance(column.type, Word):
            assert one.codec is not PLAIN, f"{one.name} shows our own word"


@pytest.mark.parametrize("form", FORMS)
def test_what_hangs_on_a_record_is_found_by_a_column(form: Form) -> None:
    for nest in form.nests:
        if isinstance(nest, Nest):
            assert nest.owner == "id" or nest.owner in form.paths
            assert hasattr(nest.form.reading.record, nest.by)
            assert nest.only.keys() <= nest.form.reading.filters.keys()


@pytest.mark.parametrize("on", RESOURCES)
def test_every_field_taken_is_asked_for_somewhere(on: Resource) -> None:
    bodies = [verb.takes for verb in on.verbs if verb.takes is not None]
    for shape in bodies:
        for one in shape.fields:
            assert not one.taken or one.path in inputs(on), f"{one.name} is taken into {one.path}"


@pytest.mark.parametrize(("on", "verb"), list(verbs_with_bodies()))
def test_every_body_has_an_input_of_the_desk(on: Resource, verb: Verb) -> None:
    input = input_of(on, verb)
    assert input is not None
    assert issubclass(input, Input)
    takers = verb.takes.takers if verb.takes else {}
    for name in verb.required:
        assert takers[name.casefold()].path in input.model_fields


@pytest.mark.parametrize("on", RESOURCES)
def test_every_required_input_can_be_sent(on: Resource) -> None:
    if on.new is not None:
        needed = {name for name, one in on.new.model_fields.items() if one.is_required()}
        assert needed <= {one.path for one in on.shape.fields if one.taken}


@pytest.mark.parametrize("on", RESOURCES)
def test_every_filter_is_one_of_the_desk(on: Resource) -> None:
    for one in on.filters.fields:
        assert one.path in on.filter.model_fields, f"{one.name} filters by {one.path}"
        assert one.path in on.reading.filters, f"{one.name} filters by {one.path}"


@pytest.mark.parametrize("on", RESOURCES)
def test_every_order_is_one_of_the_desk(on: Resource) -> None:
    assert set(on.orders.values()) <= on.reading.orders.keys()


@pytest.mark.parametrize("on", RESOURCES)
def test_words_are_for_fields_that_can_be_sent(on: Resource) -> None:
    for path, _ in on.words:
        assert path in inputs(on) or path in on.shape.names, f"nobody can be wrong about {path}"


@pytest.mark.parametrize("on", RESOURCES)
def test_every_verb_needs_a_right_there_is(on: Resource) -> None:
    for verb in on.verbs:
        assert verb.right is None or verb.right in ALL
        assert (verb.right or "").endswith(":write") == verb.changes, f"{verb.method} /{on.path}{verb.path}"


@EACH
@pytest.mark.parametrize("kind", list(kinds(Refusal)))
def test_every_refusal_has_words(dialect: Dialect, kind: type[Refusal]) -> None:
    for on in (None, *dialect.resources):
        answer = dialect.manners.refused(on, made(kind))
        assert 400 <= answer.status < 600
        assert jsonschema_rs.is_valid(dialect.outline.error, answer.content), answer.content
        assert all(answer.content[name] for name in dialect.outline.error["required"])


@EACH
def test_refusals_can_be_told_apart(dialect: Dialect) -> None:
    answers = {kind: dialect.manners.refused(None, made(kind)) for kind in Refusal.__subclasses__()}
    told = {kind: (answer.status, answer.content["error"]) for kind, answer in answers.items()}
    assert len(set(told.values())) == len(told), told


@EACH
@pytest.mark.parametrize("kind", list(kinds(Refusal)))
def test_a_refusal_has_the_status_that_the_documents_say(dialect: Dialect, kind: type[Refusal]) -> None:
    assert dialect.manners.refused(None, made(kind)).status == dialect.manners.status(kind)


def choices() -> Iterator[Any]:
    for dialect in DIALECTS:
        for on in dialect.resources:
            for one, column in columns_of(on.form, on.shape):
                if "enum" in one.codec.schema and isinstance(column.type, Word):
                    yield pytest.param(column.type, one, id=f"{dialect.name} {on.path} {one.name}")


@pytest.mark.parametrize(("kind", "one"), list(choices()))
def test_every_word_of_ours_is_shown_and_read_back(kind: Word, one: Field) -> None:
    words = kind.words
    shown = [written(one.codec, word) for word in words]
    assert shown == [word for word in one.codec.schema["enum"] if word is not None]
    assert [one.codec.decode(word) for word in shown] == list(words)


def written(codec: Codec, word: Any) -> Any:
    assert codec.encode is not None
    return codec.encode(str(word))
