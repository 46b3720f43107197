"""The document made from the declarations: it is whole, it is what is served, and it holds for every operation.

Requests made up at random are in tests/dialects/test_schemathesis.py; these are the ones that must be refused whoever
sends them, one by one for every parameter and every field.
"""

import re
from collections.abc import Iterator
from typing import Any

import jsonschema_rs
import pytest

import make
from conftest import Client, Stage
from quarterdeck.desk import fields
from quarterdeck.desk.work import Work
from quarterdeck.dialects.atera import ATERA
from quarterdeck.edge import openapi
from quarterdeck.edge.rest import Dialect
from quarterdeck.pages import VERSION

DOCUMENT = openapi.document(ATERA, VERSION)
NO_WHOLE_NUMBERS = ("abc", "1.5", "1e400", "9" * 30, "0x10", "１２x")
NO_IDS = ("abc", "0", "-1", "1.5", "1e3", "null", "%00")


def operations(document: dict[str, Any] = DOCUMENT) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield method.upper(), path, operation


def there(operation: dict[str, Any]) -> bool:
    return openapi.NOT_YET not in operation["tags"]


def at(path: str, id: str = "1", word: str = "Colour") -> str:
    """The path with its parameters filled in."""
    return re.sub(r"{(\w+)}", lambda name: id if name[1] == "id" or name[1].endswith("Id") else word, path)


def resolved(what: dict[str, Any]) -> Any:
    if "$ref" not in what:
        return what
    place: Any = DOCUMENT
    for step in what["$ref"].removeprefix("#/").split("/"):
        place = place[step]
    return place


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


def furnished(work: Work) -> None:
    """One of everything, each under the id 1."""
    customer = make.customer(work)
    contact = make.contact(work, customer_id=customer)
    ticket = make.ticket(work, contact_id=contact)
    make.comment(work, ticket)
    make.department(work)
    make.agent(work, customer_id=customer)
    make.alert(work, customer_id=customer)
    make.contract(work, customer_id=customer)
    for target in fields.Target:
        make.field(work, name="Colour", target=target)


@pytest.fixture
def desk(stage: Stage, client: Client) -> Client:
    stage.do(furnished)
    return client


def test_every_operation_is_in_the_document() -> None:
    declared = {(verb.method, f"/{on.path}{verb.path}") for on in ATERA.resources for verb in on.verbs}
    assert {(method, path) for method, path, _ in operations()} == declared | set(ATERA.not_yet)


def test_operations_are_named_once() -> None:
    names = [operation["operationId"] for _, _, operation in operations()]
    assert len(names) == len(set(names))


def test_every_reference_leads_somewhere() -> None:
    found = list(references(DOCUMENT))
    assert len(found) > 1000
    assert all(resolved(one) for one in found)


@pytest.mark.parametrize("name", DOCUMENT["components"]["schemas"])
def test_every_schema_is_one(name: str) -> None:
    schema = {"$ref": f"#/components/schemas/{name}", "components": DOCUMENT["components"]}
    assert jsonschema_rs.meta.is_valid(DOCUMENT["components"]["schemas"][name])
    jsonschema_rs.Draft202012Validator(schema)


def test_a_link_names_an_operation() -> None:
    known = {operation["operationId"] for _, _, operation in operations()}
    links = [
        link["operationId"]
        for _, _, operation in operations()
        for answer in operation["responses"].values()
        for link in answer.get("links", {}).values()
    ]
    assert len(links) > 20
    assert set(links) <= known


def test_required_fields_are_among_those_taken() -> None:
    for _, _, operation in operations():
        for content in operation.get("requestBody", {}).get("content", {}).values():
            schema = resolved(content["schema"])
            assert set(schema.get("required", ())) <= schema.get("properties", {}).keys()


def test_the_document_is_served_to_anybody(client: Client) -> None:
    answer = client.get("/openapi.json", key=None)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    assert answer.json() == DOCUMENT


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


def test_operations_of_later_answer_501_in_the_shape_of_errors(client: Client) -> None:
    later = [(method, path) for method, path, operation in operations() if not there(operation)]
    assert len(later) == len(ATERA.not_yet) > 50
    for method, path in later:
        answer = client.request(method, at(path))
        assert (answer.status_code, answer.json()["ErrorCode"]) == (501, 501), f"{method} {path}"


def test_no_operation_answers_a_stranger(desk: Client) -> None:
    for method, path, _ in operations():
        answer = desk.request(method, at(path), key=None)
        assert answer.status_code == 401, f"{method} {path}"


def test_every_whole_number_of_a_query_has_to_be_one(desk: Client) -> None:
    tried = 0
    for method, path, operation in operations():
        for parameter in operation["parameters"]:
            if parameter.get("in") == "query" and parameter["schema"].get("type") == "integer":
                for value in NO_WHOLE_NUMBERS:
                    tried += 1
                    answer = desk.request(method, at(path), params={parameter["name"]: value})
                    assert answer.status_code == 400, f"{method} {path}?{parameter['name']}={value}"
                    assert any(one in answer.json()["detail"] for one in called(parameter["name"], parameter))
    assert tried > 200


def test_every_id_of_a_path_has_to_be_one(desk: Client) -> None:
    for method, path, operation in operations():
        if there(operation) and at(path, "1") != at(path, "2"):
            for value in NO_IDS:
                answer = desk.request(method, at(path, value), json={} if method in ("POST", "PUT") else None)
                assert answer.status_code == 400, f"{method} {at(path, value)}"


def test_a_field_of_the_wrong_kind_is_refused_by_its_name(desk: Client) -> None:
    tried = 0
    for method, path, operation in operations():
        content = operation.get("requestBody", {}).get("content", {})
        schema = resolved(content.get("application/json", {}).get("schema", {}))
        for name, said in schema.get("properties", {}).items():
            tried += 1
            answer = desk.request(method, at(path), json={name: {"an": "object"}})
            assert answer.status_code == 400, f"{method} {path} {name}"
            told = answer.json()["detail"]
            assert any(one in told for one in called(name, said)) or "customvalues" in path, (
                f"{method} {path} {name}: {told}"
            )
    assert tried > 150


def test_what_is_required_is_asked_for_all_at_once(desk: Client) -> None:
    tried = 0
    for method, path, operation in operations():
        content = operation.get("requestBody", {}).get("content", {})
        required = resolved(content.get("application/json", {}).get("schema", {})).get("required", ())
        if required:
            tried += 1
            answer = desk.request(method, at(path), json={})
            assert answer.status_code == 400, f"{method} {path}"
            for name in required:
                assert name in answer.json()["detail"], f"{method} {path}: {answer.json()['detail']}"
    assert tried >= 7


def test_a_record_without_a_name_stops_the_document() -> None:
    nameless = Dialect(**{**vars(ATERA), "outline": type(ATERA.outline)(**{**vars(ATERA.outline), "records": {}})})
    with pytest.raises(AssertionError, match="no name"):
        openapi.document(nameless, "test")
