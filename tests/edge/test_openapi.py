"""The document made from the declarations: it is whole, it is what is served, and it holds for every operation.

Requests made up at random are in tests/dialects/test_schemathesis.py; these are the ones that must be refused whoever
sends them, one by one for every parameter and every field.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import httpx
import jsonschema_rs
import pytest

import make
from conftest import Client, Stage
from furnish import furnish, keyed
from quarterdeck.app import DIALECTS
from quarterdeck.desk import fields
from quarterdeck.desk.errors import Invalid, Unknown
from quarterdeck.desk.work import Work
from quarterdeck.edge import openapi
from quarterdeck.edge.rest import BadQuestion, Dialect
from quarterdeck.pages import VERSION

EACH = pytest.mark.parametrize("dialect", DIALECTS, ids=lambda one: one.name)
DOCUMENTS = {dialect.name: openapi.document(dialect, VERSION) for dialect in DIALECTS}
SCHEMAS = [(dialect, name) for dialect in DIALECTS for name in DOCUMENTS[dialect.name]["components"]["schemas"]]
NO_WHOLE_NUMBERS = ("abc", "1.5", "1e400", "9" * 30, "0x10", "１２x")
NO_IDS = ("abc", "0", "-1", "1.5", "1e3", "null", "%00")


def operations(dialect: Dialect) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in DOCUMENTS[dialect.name]["paths"].items():
        for method, operation in methods.items():
            yield method.upper(), path, operation


def there(operation: dict[str, Any]) -> bool:
    return openapi.NOT_YET not in operation["tags"]


def is_id(name: str) -> bool:
    return re.search("(^i|I|_i)d$", name) is not None


def at(path: str, id: str = "1", word: str = "Colour") -> str:
    """The path with its parameters filled in."""
    return re.sub(r"{(\w+)}", lambda name: id if is_id(name[1]) else word, path)


def resolved(dialect: Dialect, what: dict[str, Any]) -> Any:
    if "$ref" not in what:
        return what
    place: Any = DOCUMENTS[dialect.name]
    for step in what["$ref"].removeprefix("#/").split("/"):
        place = place[step]
    return place


def body_of(dialect: Dialect, operation: dict[str, Any]) -> dict[str, Any]:
    """The schema of the JSON an operation takes."""
    content = operation.get("requestBody", {}).get("content", {})
    found: dict[str, Any] = resolved(dialect, content.get("application/json", {}).get("schema", {}))
    return found


def references(what: Any) -> Iterator[dict[str, Any]]:
    if isinstance(what, dict):
        if isinstance(what.get("$ref"), str):
            yield what
        for value in what.values():
            yield from references(value)
    elif isinstance(what, list):
        for value in what:
            yield from references(value)


def called(name: str, said: dict[str, Any]) -> list[str]:
    """The names of a field: its own, and the one it is the same as."""
    return [name, *re.findall(r"The same as `(\w+)`", said.get("description", ""))]


def plain(text: str) -> str:
    """Text as a person reads it: `start_at` and "Start at" say the same."""
    return text.replace("_", " ").casefold()


def furnished(work: Work) -> None:
    """One of everything, most under the id 1."""
    furnish(work)
    for target in fields.Target:
        make.field(work, name="Colour", target=target)


@pytest.fixture
def ask(stage: Stage, client: Client, dialect: Dialect) -> Any:
    """Calls below the dialect's prefix, with Dana's key unless told otherwise."""
    stage.do(furnished)

    def asked(method: str, path: str, *, key: str = "dana", **more: Any) -> httpx.Response:
        headers = keyed(dialect, stage.keys[key]) if key else {}
        return client.request(method, f"{dialect.prefix}{path}", key=None, headers=headers, **more)

    return asked


@EACH
def test_every_operation_is_in_the_document(dialect: Dialect) -> None:
    declared = {(verb.method, f"/{on.path}{verb.path}") for on in dialect.resources for verb in on.verbs}
    assert {(method, path) for method, path, _ in operations(dialect)} == declared | set(dialect.not_yet)


@EACH
def test_operations_are_named_once(dialect: Dialect) -> None:
    names = [operation["operationId"] for _, _, operation in operations(dialect)]
    assert len(names) == len(set(names))


@EACH
def test_every_reference_leads_somewhere(dialect: Dialect) -> None:
    found = list(references(DOCUMENTS[dialect.name]))
    assert len(found) > 1000
    assert all(resolved(dialect, one) for one in found)


@pytest.mark.parametrize(("dialect", "name"), SCHEMAS)
def test_every_schema_is_one(dialect: Dialect, name: str) -> None:
    components = DOCUMENTS[dialect.name]["components"]
    assert jsonschema_rs.meta.is_valid(components["schemas"][name])
    jsonschema_rs.Draft202012Validator({"$ref": f"#/components/schemas/{name}", "components": components})


@EACH
def test_a_link_names_an_operation(dialect: Dialect) -> None:
    known = {operation["operationId"]: operation for _, _, operation in operations(dialect)}
    links = [
        link
        for _, _, operation in operations(dialect)
        for answer in operation["responses"].values()
        for link in answer.get("links", {}).values()
    ]
    assert len(links) > 20
    for link in links:
        wanted = {one["name"] for one in known[link["operationId"]]["parameters"] if one.get("in") == "path"}
        assert wanted >= link["parameters"].keys()


@EACH
def test_required_fields_are_among_those_taken(dialect: Dialect) -> None:
    for _, _, operation in operations(dialect):
        schema = body_of(dialect, operation)
        assert set(schema.get("required", ())) <= schema.get("properties", {}).keys()


@EACH
def test_the_document_is_served_to_anybody(client: Client, dialect: Dialect) -> None:
    answer = client.get(f"{dialect.prefix}/openapi.json", key=None)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    assert answer.json() == DOCUMENTS[dialect.name]


def test_a_document_that_is_known_is_not_sent_again(client: Client) -> None:
    etag = client.get("/openapi.json", key=None).headers["etag"]
    again = client.get("/openapi.json", key=None, headers={"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")


def test_the_document_is_packed_for_those_who_can_read_that(client: Client) -> None:
    plain = client.get("/openapi.json", key=None, headers={"Accept-Encoding": "identity"})
    packed = client.get("/openapi.json", key=None, headers={"Accept-Encoding": "gzip"})
    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.content == plain.content
    assert int(packed.headers["content-length"]) < len(plain.content) / 4


@EACH
def test_operations_of_later_answer_501_in_the_shape_of_errors(ask: Any, dialect: Dialect) -> None:
    later = [(method, path) for method, path, operation in operations(dialect) if not there(operation)]
    assert len(later) == len(dialect.not_yet) > 50
    for method, path in later:
        answer = ask(method, at(path))
        assert answer.status_code == 501, f"{method} {path}"
        assert jsonschema_rs.is_valid(dialect.outline.error, answer.json())


@EACH
def test_no_operation_answers_a_stranger(ask: Any, dialect: Dialect) -> None:
    for method, path, _ in operations(dialect):
        answer = ask(method, at(path), key="")
        assert answer.status_code == dialect.manners.status(Unknown), f"{method} {path}"


@EACH
def test_every_whole_number_of_a_query_has_to_be_one(ask: Any, dialect: Dialect) -> None:
    tried = 0
    for method, path, operation in operations(dialect):
        for parameter in operation["parameters"]:
            if parameter.get("in") == "query" and parameter["schema"].get("type") == "integer":
                for value in NO_WHOLE_NUMBERS:
                    tried += 1
                    answer = ask(method, at(path), params={parameter["name"]: value})
                    assert answer.status_code == dialect.manners.status(BadQuestion), (
                        f"{path}?{parameter['name']}={value}"
                    )
                    assert any(one in answer.text for one in called(parameter["name"], parameter)), answer.text
    assert tried > 200


@EACH
def test_every_id_of_a_path_has_to_be_one(ask: Any, dialect: Dialect) -> None:
    for method, path, operation in operations(dialect):
        if there(operation) and at(path, "1") != at(path, "2"):
            for value in NO_IDS:
                answer = ask(method, at(path, value), json=None if method in ("GET", "DELETE") else {})
                assert answer.status_code == 400, f"{method} {at(path, value)}"


@EACH
def test_a_field_of_the_wrong_kind_is_refused_by_its_name(ask: Any, dialect: Dialect) -> None:
    tried = 0
    for method, path, operation in operations(dialect):
        for name, said in body_of(dialect, operation).get("properties", {}).items():
            if "object" in str(said.get("type")):
                continue
            tried += 1
            answer = ask(method, at(path), json={name: {"an": "object"}})
            assert answer.status_code == dialect.manners.status(Invalid), f"{method} {path} {name}: {answer.text}"
            told = answer.text
            assert any(one in told for one in called(name, said)) or "customvalues" in path, (
                f"{method} {path} {name}: {told}"
            )
    assert tried > 150


@EACH
def test_what_is_required_is_asked_for_all_at_once(ask: Any, dialect: Dialect) -> None:
    tried = 0
    for method, path, operation in operations(dialect):
        required = body_of(dialect, operation).get("required", ())
        if required:
            tried += 1
            answer = ask(method, at(path), json={})
            assert answer.status_code == dialect.manners.status(Invalid), f"{method} {path}"
            for name in required:
                assert plain(name) in plain(answer.text), f"{method} {path}: {answer.text}"
    assert tried >= 7


@EACH
def test_a_record_without_a_name_stops_the_document(dialect: Dialect) -> None:
    with pytest.raises(AssertionError, match="no name"):
        openapi.document(replace(dialect, outline=replace(dialect.outline, records={})), "test")
