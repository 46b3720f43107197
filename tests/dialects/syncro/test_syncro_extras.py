"""What Quarterdeck adds to the Syncro API: conditions, repeats, walks by key, and good manners of HTTP."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import httpx
import pytest
from clients import fresh_email, ids, new_contact, new_customer, refused

import make
from conftest import Client, Databases, Syncro, desk_on, stage_on
from quarterdeck.desk.work import Work
from quarterdeck.dialects.syncro.contacts import CONTACTS
from quarterdeck.dialects.syncro.customers import CUSTOMERS


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def desk(request: pytest.FixtureRequest, databases: Databases) -> Iterator[Syncro]:
    """A desk that many cases share."""
    with desk_on(databases, request.param) as client:
        yield Syncro(client, client.stage)


# Conditions


RECORDS = {"customers": new_customer, "contacts": new_contact}
CHANGE = {"customers": {"city": "Austin"}, "contacts": {"title": "COO"}}


@pytest.mark.parametrize("path", RECORDS)
def test_a_record_read_before_is_not_sent_again_until_it_changes(desk: Syncro, path: str) -> None:
    where = f"/{path}/{RECORDS[path](desk)}"
    etag = desk.get(where).headers["etag"]

    again = desk.get(where, headers={"If-None-Match": etag})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", etag)
    desk.put(where, CHANGE[path])
    assert desk.get(where, headers={"If-None-Match": etag}).status_code == 200


@pytest.mark.parametrize("condition", ["*", 'W/{etag}, "x"', '"x", {etag}'])
def test_conditions_are_read_in_every_form(desk: Syncro, condition: str) -> None:
    where = f"/customers/{new_customer(desk)}"
    etag = desk.get(where).headers["etag"]

    assert desk.get(where, headers={"If-None-Match": condition.format(etag=etag)}).status_code == 304


def test_a_new_contact_is_seen_on_its_customer(desk: Syncro) -> None:
    id = new_customer(desk)
    etag = desk.get(f"/customers/{id}").headers["etag"]

    new_contact(desk, customer_id=id)

    assert len(desk.get(f"/customers/{id}", headers={"If-None-Match": etag}).json()["customer"]["contacts"]) == 1


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
@pytest.mark.parametrize("path", RECORDS)
def test_a_change_to_what_has_changed_meanwhile_is_refused(desk: Syncro, path: str, method: str) -> None:
    where = f"/{path}/{RECORDS[path](desk)}"
    old = desk.get(where).headers["etag"]
    new = desk.put(where, CHANGE[path]).headers["etag"]

    refused(desk.request(method, where, json={}, headers={"If-Match": old}), 412, "Has changed since it was read")
    assert desk.request(method, where, json={}, headers={"If-Match": '"nonsense"'}).status_code == 412
    assert desk.get(where).status_code == 200
    assert desk.request(method, where, json={}, headers={"If-Match": new}).status_code == 200


def test_what_was_just_made_may_be_changed_under_its_etag(desk: Syncro) -> None:
    made = desk.post("/customers", {"business_name": "Acme"})
    where = f"/customers/{made.json()['customer']['id']}"

    changed = desk.put(where, {"city": "Austin"}, headers={"If-Match": made.headers["etag"]})

    assert changed.status_code == 200
    assert changed.headers["etag"] == desk.get(where).headers["etag"]


def test_two_clients_that_change_different_fields_undo_nothing(desk: Syncro) -> None:
    id = new_contact(desk)

    desk.put(f"/contacts/{id}", {"phone": "555-1"})
    desk.put(f"/contacts/{id}", {"title": "COO"})

    contact = desk.get(f"/contacts/{id}").json()
    assert (contact["phone"], contact["title"]) == ("555-1", "COO")


# Repeats


ONCE = {"Idempotency-Key": "a1b2"}


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/customers", {"business_name": "Acme"}),
        ("/contacts", {"customer_id": 1, "name": "Jane"}),
        ("/customers/1/phones", {"number": "555-1"}),
        ("/customers/1/sites", {"name": "Warehouse"}),
    ],
)
def test_a_create_sent_twice_is_done_once(syncro: Syncro, path: str, body: dict[str, Any]) -> None:
    new_customer(syncro)
    before = syncro.get(path).json()["meta"]["total_entries"]

    first, second = (syncro.post(path, body, headers=ONCE) for _ in range(2))

    assert (first.status_code, first.content) == (second.status_code, second.content)
    assert first.headers.get("etag") == second.headers.get("etag")
    assert ("idempotency-replayed" in first.headers, second.headers["idempotency-replayed"]) == (False, "true")
    assert syncro.get(path).json()["meta"]["total_entries"] == before + 1


def test_a_key_used_for_another_request_is_refused(desk: Syncro) -> None:
    headers = {"Idempotency-Key": fresh_email()}
    desk.post("/customers", {"business_name": "Acme"}, headers=headers)

    answer = desk.post("/customers", {"business_name": "Harbor"}, headers=headers)

    assert answer.status_code == 422
    assert answer.json()["error"] == "This Idempotency-Key was used for another request"


@pytest.mark.parametrize(("hours", "count"), [(23, 1), (25, 2)])
def test_an_answer_is_kept_for_a_day(client: Client, syncro: Syncro, hours: int, count: int) -> None:
    syncro.post("/customers", {"business_name": "Acme"}, headers=ONCE)
    client.stage.clock.now += timedelta(hours=hours)

    syncro.post("/customers", {"business_name": "Acme"}, headers=ONCE)

    assert syncro.get("/customers").json()["meta"]["total_entries"] == count


def test_a_refused_request_may_be_mended_under_its_key(desk: Syncro) -> None:
    headers = {"Idempotency-Key": fresh_email()}
    refused(desk.post("/customers", {"business_name": ""}, headers=headers), 422, "business_name is required")

    assert desk.post("/customers", {"business_name": "Acme"}, headers=headers).status_code == 200


# Walks


def populate(work: Work) -> None:
    for n in range(7):
        # 0 1 2 0 1 2 0: alike in threes, and out of order.
        kind = n * 2 % 3
        work.now += timedelta(minutes=1)
        customer = make.customer(
            work,
            name=f"Company {kind}",
            first_name=f"Name {kind}" if kind else None,
            last_name=f"Last {kind}",
            email=f"office{kind}@acme.example" if kind else None,
            city=f"City {kind}" if kind else None,
        )
        make.contact(work, customer_id=customer, first_name=f"Name {kind}", email=f"n{n}@x.example" if kind else None)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def crowd(request: pytest.FixtureRequest, databases: Databases) -> Iterator[Syncro]:
    """A desk with seven customers and contacts: some alike, some without a value."""
    with desk_on(databases, request.param) as client:
        client.stage.do(populate)
        yield Syncro(client, client.stage)


LINK = re.compile(r'<([^>]*)>; rel="(\w+)"')
WALKS = [
    pytest.param(on.path, order, way, id=f"{on.path} {order} {way}")
    for on in (CUSTOMERS, CONTACTS)
    for order in ("id", *on.orders)
    for way in ("ASC", "DESC")
]


def links(answer: httpx.Response) -> dict[str, str]:
    return {rel: url for url, rel in LINK.findall(answer.headers.get("link", ""))}


def walk(syncro: Syncro, url: str, rel: str = "next", between: Callable[[], None] = lambda: None) -> list[int]:
    """The ids on all pages, following a link until there is none."""
    seen: list[int] = []
    for _ in range(40):
        answer = syncro.get(url)
        seen = seen + ids(answer) if rel == "next" else ids(answer) + seen
        if rel not in links(answer):
            return seen
        url = links(answer)[rel].removeprefix("http://desk.example/api/v1")
        between()
    raise AssertionError("the walk does not end")


@pytest.mark.parametrize(("path", "order", "way"), WALKS)
def test_following_next_links_sees_each_record_once(crowd: Syncro, path: str, order: str, way: str) -> None:
    whole = ids(crowd.get(f"/{path}?sort={order} {way}"))

    assert len(set(whole)) == 7
    for size in (1, 2, 3, 7):
        assert walk(crowd, f"/{path}?sort={order} {way}&per_page={size}") == whole


@pytest.mark.parametrize(("path", "order", "way"), WALKS)
def test_following_links_back_sees_each_record_once(crowd: Syncro, path: str, order: str, way: str) -> None:
    whole = ids(crowd.get(f"/{path}?sort={order} {way}"))

    assert walk(crowd, f"/{path}?sort={order} {way}&per_page=2&page=4", "prev") == whole


def test_a_walk_misses_nothing_while_records_come_and_go(client: Client, syncro: Syncro) -> None:
    client.stage.do(populate)
    before = set(ids(syncro.get("/customers")))
    seen: list[int] = []

    def meanwhile() -> None:
        """The first of all goes while a page is read."""
        gone = min(ids(syncro.get("/customers")))
        seen.append(gone)
        syncro.delete(f"/customers/{gone}")
        new_customer(syncro)

    walked = walk(syncro, "/customers?per_page=2", between=meanwhile)

    assert before <= set(walked)
    assert len(walked) == len(set(walked))


def test_a_link_names_no_key(desk: Syncro) -> None:
    for _ in range(2):
        new_customer(desk)
    query = {"api_key": desk.keys["dana"], "per_page": 1, "query": "acme"}

    link = desk.request("GET", "/customers", key=None, params=query).headers["link"]

    assert desk.keys["dana"] not in link
    assert "query=acme" in link


@pytest.mark.parametrize("query", ["after=nonsense", "sort=city&before=W10"])
def test_a_place_that_is_none_is_refused(desk: Syncro, query: str) -> None:
    refused(desk.get(f"/customers?{query}"), 400, "Invalid parameters")


# Manners of HTTP


def test_a_long_answer_is_compressed_for_those_who_can_read_it(crowd: Syncro) -> None:
    packed = crowd.get("/customers", headers={"Accept-Encoding": "gzip"})
    plain = crowd.get("/customers", headers={"Accept-Encoding": "identity"})

    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert packed.json() == plain.json()


@pytest.mark.parametrize("path", ["/customers", "/customers/{id}", "/customers/latest"])
def test_head_answers_what_get_does_without_the_body(desk: Syncro, path: str) -> None:
    where = path.format(id=new_customer(desk))

    head, whole = desk.request("HEAD", where), desk.get(where)

    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == whole.headers["content-length"]
    assert head.headers.get("etag") == whole.headers.get("etag")


def test_a_request_keeps_the_id_it_came_with(desk: Syncro) -> None:
    assert desk.get("/customers", headers={"X-Request-Id": "run-7.a:b"}).headers["x-request-id"] == "run-7.a:b"


def test_every_answer_tells_what_is_left_of_the_minute(database: str) -> None:
    client = Client(stage_on(database, syncro_calls_per_minute=3))
    syncro = Syncro(client, client.stage)
    answers = [syncro.get("/customers") for _ in range(4)]
    client.close()
    client.stage.storage.close()

    assert [one.headers["x-ratelimit-remaining"] for one in answers] == ["2", "1", "0", "0"]
    assert {one.headers["x-ratelimit-limit"] for one in answers} == {"3"}
    assert ["retry-after" in one.headers for one in answers] == [False, False, False, True]


@pytest.mark.parametrize("trusted", [True, False])
def test_addresses_are_told_apart_behind_a_trusted_proxy(database: str, trusted: bool) -> None:
    client = Client(stage_on(database, syncro_calls_per_minute=1, trusted_proxies="127.0.0.1" if trusted else ""))
    syncro = Syncro(client, client.stage)
    answers = [syncro.get("/customers", headers={"X-Forwarded-For": f"10.0.0.{n}"}).status_code for n in (1, 2, 1)]
    client.close()
    client.stage.storage.close()

    assert answers == ([200, 200, 429] if trusted else [200, 429, 429])


@pytest.mark.parametrize("kind", ["application/xml", "text/html", "nonsense"])
def test_a_body_of_another_kind_is_refused(desk: Syncro, kind: str) -> None:
    assert desk.post("/customers", content=b"<a/>", headers={"Content-Type": kind}).status_code == 415


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [("PATCH", "/customers", "GET, HEAD, POST"), ("POST", "/contacts/1", "DELETE, GET, HEAD, PUT")],
)
def test_a_wrong_method_is_told_the_right_ones(desk: Syncro, method: str, path: str, allowed: str) -> None:
    answer = desk.request(method, path)

    assert (answer.status_code, answer.headers["allow"]) == (405, allowed)
    assert answer.json()["error"] == "Method not allowed"
