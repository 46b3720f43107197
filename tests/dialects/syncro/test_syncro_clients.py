"""What clients in the wild send to the Syncro face, and what they trip over."""

import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from clients import fresh_email, ids, new_contact, new_customer, refused

from conftest import Databases, Syncro, desk_on
from quarterdeck.dialects.syncro import SYNCRO


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def desk(request: pytest.FixtureRequest, databases: Databases) -> Iterator[Syncro]:
    """A desk that many cases share."""
    with desk_on(databases, request.param) as client:
        yield Syncro(client, client.stage)


# Keys


def sent_with(desk: Syncro, method: str, path: str, **ways: str) -> httpx.Response:
    """A call with keys in places of their own: `header`, `query`, `json` and `form`."""
    more: dict[str, Any] = {}
    if "header" in ways:
        more["headers"] = {"Authorization": ways["header"]}
    if "query" in ways:
        more["params"] = {"api_key": ways["query"]}
    if "json" in ways:
        more["json"] = {"api_key": ways["json"], "business_name": "Acme"}
    elif "form" in ways:
        more["data"] = {"api_key": ways["form"], "business_name": "Acme"}
    elif method != "GET":
        more["json"] = {"business_name": "Acme"}
    return desk.request(method, path, key=None, **more)


KEY = "{key}"
WAYS = [
    {"header": "Bearer {key}"},
    {"header": "bearer {key}"},
    {"header": "BEARER   {key} "},
    {"header": "{key}"},
    {"header": " {key} "},
    {"query": KEY},
    {"query": " {key} "},
    {"json": KEY},
    {"form": KEY},
    {"header": "", "query": KEY},
    {"header": "Bearer ", "query": KEY},
    {"header": "Basic eDp5", "query": KEY},
    {"query": "", "json": KEY},
]
TRIES = [("GET", "/customers"), ("POST", "/customers"), ("PUT", "/customers/{id}")]


@pytest.mark.parametrize("ways", WAYS, ids=str)
@pytest.mark.parametrize(("method", "path"), TRIES)
def test_a_key_is_taken_wherever_it_is_sent(desk: Syncro, method: str, path: str, ways: dict[str, str]) -> None:
    keyed = {place: text.format(key=desk.keys["dana"]) for place, text in ways.items()}

    answer = sent_with(desk, method, path.format(id=new_customer(desk)), **keyed)

    assert answer.status_code == 200, answer.text
    assert desk.keys["dana"] not in answer.text


@pytest.mark.parametrize(
    ("ways", "status"),
    [
        ({"header": "Bearer {key}", "query": "wrong", "json": "wrong"}, 200),
        ({"header": "Bearer wrong", "query": "{key}", "json": "{key}"}, 401),
        ({"header": "wrong", "query": "{key}"}, 401),
        ({"query": "{key}", "json": "wrong"}, 200),
        ({"query": "wrong", "json": "{key}"}, 401),
    ],
)
def test_the_header_counts_before_the_query_before_the_body(desk: Syncro, ways: dict[str, str], status: int) -> None:
    keyed = {place: text.format(key=desk.keys["dana"]) for place, text in ways.items()}

    assert sent_with(desk, "POST", "/customers", **keyed).status_code == status


@pytest.mark.parametrize("body", [b"", b"[]", b'"text"', b"{", b'{"api_key": 7}', b'{"api_key": ""}', b"\xff"])
def test_a_body_without_a_key_is_a_strangers(desk: Syncro, body: bytes) -> None:
    for method in ("GET", "POST"):
        answer = desk.request(
            method, "/customers", key=None, content=body, headers={"Content-Type": "application/json"}
        )
        assert (answer.status_code, answer.json()) == (401, {"error": "Unauthorized", "message": "Unauthorized"})


# Paths


@pytest.mark.parametrize(
    "path",
    [
        "/customers/{id}.json",
        "/customers/{id}?format=json",
        "//customers//{id}",
        "/customers/{id}/",
        "/Customers/{id}.json?format=json&utf8=✓",
        "//customers/{id}.json",
    ],
)
def test_a_record_is_found_however_its_path_is_written(desk: Syncro, path: str) -> None:
    id = new_customer(desk)

    assert desk.get(path.format(id=id)).json()["customer"]["id"] == id


@pytest.mark.parametrize(
    "path", ["/customers.json", "//customers", "/customers/autocomplete.json?query=acme", "/contacts.json?format=json"]
)
def test_a_list_is_found_however_its_path_is_written(desk: Syncro, path: str) -> None:
    new_contact(desk)

    assert ids(desk.get(path)) != []


def test_two_slashes_may_stand_before_everything(desk: Syncro) -> None:
    """A script joins its host and the path with one slash too many."""
    answer = desk.client.request(
        "GET", "http://desk.example//api/v1/customers", key=None, params={"api_key": desk.keys["dana"]}
    )

    assert answer.status_code == 200


def test_the_host_does_not_matter(desk: Syncro) -> None:
    assert desk.get("/customers", headers={"Host": "acme.syncromsp.example"}).status_code == 200


# Bodies


RAILS = [
    {"business_name": "Acme", "properties[plan]": "Gold"},
    {"customer[business_name]": "Acme", "customer[properties][plan]": "Gold"},
]


@pytest.mark.parametrize("form", RAILS)
def test_a_form_may_nest_as_rails_does(desk: Syncro, form: dict[str, str]) -> None:
    made = desk.post("/customers", data=form).json()["customer"]

    assert (made["business_name"], made["properties"]["plan"]) == ("Acme", "Gold")


@pytest.mark.parametrize("more", [{}, {"api_key": "x"}])
def test_a_body_may_be_wrapped_in_the_name_of_its_record(desk: Syncro, more: dict[str, str]) -> None:
    made = desk.post("/customers", {"customer": {"business_name": "Acme", "city": "Austin"}, **more}).json()["customer"]
    assert (made["business_name"], made["city"]) == ("Acme", "Austin")

    person = desk.post("/contacts", {"contact": {"customer_id": made["id"], "name": "Jane"}, **more}).json()
    assert person["name"] == "Jane"
    assert desk.put(f"/contacts/{person['id']}", {"contact": {"title": "CFO"}}).json()["title"] == "CFO"


@pytest.mark.parametrize("method", ["POST", "PUT"])
def test_fields_may_stand_in_the_query(desk: Syncro, method: str) -> None:
    path = "/customers" if method == "POST" else f"/customers/{new_customer(desk)}"

    made = desk.request(method, f"{path}?business_name=Query&city=Austin", json={"city": "Boston"}).json()["customer"]

    assert (made["business_name"], made["city"]) == ("Query", "Boston")


def test_ids_and_numbers_may_be_texts(desk: Syncro) -> None:
    owner = new_customer(desk, tax_rate="8.25", zip=62701, phone=5551234567)

    shown = desk.get(f"/customers/{owner}").json()["customer"]
    assert (shown["tax_rate"], shown["zip"], shown["phone"]) == (8.25, "62701", "5551234567")
    assert desk.post("/contacts", {"customer_id": f" {owner} ", "name": "Jane"}).json()["customer_id"] == owner


def test_unknown_fields_do_not_count(desk: Syncro) -> None:
    more = {"shoe_size": 43, "consent": {"sms": True}, "tax_rate_id": 7, "invoice_term_id": 2, "ref_customer_id": None}
    id = new_customer(desk, **more)

    assert desk.put(f"/customers/{id}?shoe_size=44", more).status_code == 200
    assert desk.get(f"/customers/{id}?shoe_size=44").status_code == 200


@pytest.mark.parametrize("body", [b"", b"{}", b"null", b" "])
def test_an_empty_body_changes_nothing(desk: Syncro, body: bytes) -> None:
    id = new_customer(desk, city="Austin")

    answer = desk.put(f"/customers/{id}", content=body, headers={"Content-Type": "application/json"})

    assert answer.json()["customer"]["city"] == "Austin"


def test_a_record_read_may_be_written_back_whole(desk: Syncro) -> None:
    for id, path, one in (
        (new_customer(desk, properties={"plan": "Gold"}, city="Austin"), "customers", "customer"),
        (new_contact(desk, title="CFO", email=fresh_email(), properties={"area": "billing"}), "contacts", "contact"),
    ):
        before = desk.get(f"/{path}/{id}").json()[one]

        after = desk.put(f"/{path}/{id}", before).json()[one]

        assert {name for name in before if after[name] != before[name]} <= {"updated_at"}


# Bodies of a GET


@pytest.mark.parametrize("body", [{"page": 2, "customer_id": None}, {"page": "2"}, {"page": 2, "per_page": 50}])
def test_a_page_may_be_asked_for_in_the_body_of_a_get(desk: Syncro, body: Any) -> None:
    asked = {name: value for name, value in body.items() if value is not None}

    answer = desk.request("GET", "/contacts", json=asked)

    assert answer.json()["meta"]["page"] == 2


def test_a_filter_may_stand_in_the_body_of_a_get(desk: Syncro) -> None:
    owner = new_customer(desk)
    made = [new_contact(desk, customer_id=owner) for _ in range(2)]

    assert ids(desk.request("GET", "/contacts", json={"page": 1, "customer_id": owner})) == made
    assert ids(desk.request("GET", "/contacts", json={"customer_id": owner, "id": made[:1]})) == made[:1]
    assert ids(desk.request("GET", f"/contacts?customer_id={owner}", json={"id[]": made[1:]})) == made[1:]
    assert ids(desk.request("GET", f"/customers?id={owner}", data={"query": "acme"})) == [owner]


@pytest.mark.parametrize("body", [b"[]", b"{}", b"null", b'""'])
def test_an_empty_body_of_a_get_says_nothing(desk: Syncro, body: bytes) -> None:
    id = new_customer(desk)
    headers = {"Content-Type": "application/json"}

    assert ids(desk.request("GET", f"/customers?id={id}", content=body, headers=headers)) == [id]
    assert desk.request("GET", f"/customers/{id}", content=body, headers=headers).status_code == 200


# Answers


LISTS = [on for on in SYNCRO.resources if "{" not in on.path and any(v.many and not v.path for v in on.verbs)]


@pytest.mark.parametrize("path", [on.path for on in LISTS])
def test_every_list_counts_itself(desk: Syncro, path: str) -> None:
    answer = desk.get(f"/{path}?page=3")

    assert answer.json()["meta"].keys() == {"total_pages", "total_entries", "per_page", "page"}
    assert answer.json()["meta"]["page"] == 3


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/customers"),
        ("GET", "/customers/{id}"),
        ("POST", "/customers"),
        ("PUT", "/customers/{id}"),
        ("GET", "/customers/abc"),
        ("GET", "/customers/999999"),
        ("GET", "/nonesuch"),
        ("PATCH", "/customers"),
        ("POST", "/contacts"),
        ("DELETE", "/customers/{id}"),
    ],
)
def test_every_answer_is_json_that_is_not_stored(desk: Syncro, method: str, path: str) -> None:
    answer = desk.request(method, path.format(id=new_customer(desk)), json={} if method in ("POST", "PUT") else None)

    assert answer.json()
    assert answer.headers["content-type"] == "application/json; charset=utf-8"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-request-id"]


def test_no_two_keys_differ_in_case_alone(desk: Syncro) -> None:
    """PowerShell's reader fails on such an object."""

    def look(value: Any) -> None:
        if isinstance(value, dict):
            assert len({name.casefold() for name in value}) == len(value)
            for one in value.values():
                look(one)
        elif isinstance(value, list):
            for one in value:
                look(one)

    look(desk.get(f"/customers/{new_customer(desk, properties={'Plan': 'Gold', 'plan': 'Silver'})}").json())
    look(desk.get(f"/contacts/{new_contact(desk, properties={'Title': 'CFO'})}").json())


# Clients, each with what it sends


def test_n8n_creates_a_customer_with_joined_addresses(desk: Syncro) -> None:
    body = {
        "business_name": "Acme",
        "firstname": "John",
        "email": "john@acme.example",
        "invoice_cc_emails": "",
        "no_email": False,
        "get_sms": True,
        "address": "1 Main Street",
        "referred_by": "Web",
    }
    answer = desk.request("POST", "/customers", key=None, params={"api_key": desk.keys["dana"]}, json=body)

    assert answer.json()["customer"].items() >= body.items()


def test_n8n_creates_a_contact_with_an_address_block(desk: Syncro) -> None:
    query = {"api_key": desk.keys["dana"]}
    body = {
        "customer_id": new_customer(desk),
        "name": "Jane Doe",
        "email": fresh_email(),
        "address": "1 Main Street",
        "address1": "1 Main Street",
        "address2": "",
        "city": "Denver",
        "state": "CO",
        "zip": "80202",
        "notes": "",
        "phone": "555-1",
        "mobile": "",
    }
    made = desk.request("POST", "/contacts", key=None, params=query, json=body).json()

    assert made["id"] == made["contact"]["id"]
    assert made["address1"] == "1 Main Street"


def test_n8n_walks_pages_until_one_is_empty(syncro: Syncro) -> None:
    made = [new_customer(syncro) for _ in range(5)]

    seen: list[int] = []
    for page in range(1, 10):
        query: dict[str, Any] = {"api_key": syncro.keys["dana"], "page": page, "per_page": 2}
        rows = syncro.request("GET", "/customers", key=None, params=query).json()["customers"]
        if not rows:
            break
        seen += [row["id"] for row in rows]
    assert (seen, page) == (made, 4)


def test_n8n_from_the_community_asks_in_the_body_with_a_small_bearer(desk: Syncro) -> None:
    owner = new_customer(desk)
    made = new_contact(desk, customer_id=owner)
    headers = {"Authorization": f"bearer {desk.keys['dana']}", "Content-Type": "application/json"}

    body = json.dumps({"page": 1, "customer_id": owner}).encode()
    answer = desk.request("GET", "/contacts", key=None, content=body, headers=headers)

    assert (ids(answer), answer.json()["meta"]["total_pages"]) == ([made], 1)


def test_node_syncro_unwraps_both_kinds(desk: Syncro) -> None:
    """It filters by one id, pages by `meta`, expects `customer` and `contact`, and reads `errors` as an object."""
    made = desk.post("/customers", {"business_name": "Node", "email": fresh_email(), "taxable": True}).json()[
        "customer"
    ]
    listed = desk.get(f"/customers?page=1&per_page=25&id={made['id']}&include_disabled=false&sort=business_name ASC")
    assert ids(listed) == [made["id"]]
    assert desk.get(f"/customers?phone=&query=node&email={made['email']}").json()["customers"][0]["id"] == made["id"]
    person = desk.post("/contacts", {"customer_id": made["id"], "name": "Jane"}).json()["contact"]
    assert desk.get(f"/contacts?query=jane&customer_id={made['id']}").json()["contacts"][0]["id"] == person["id"]

    errors = desk.post("/customers", {}).json()["errors"]
    assert errors == {"business_name": ["business_name is required", "Business name can't be blank"]}
    assert isinstance(desk.post("/contacts", {}).json()["error"], str)
    assert desk.delete(f"/contacts/{person['id']}").json()["success"] is True
    assert desk.delete(f"/customers/{made['id']}").json() != {}


def test_the_singer_tap_reads_all_pages_in_the_order_of_its_key(syncro: Syncro) -> None:
    made = [new_customer(syncro) for _ in range(3)]
    seen: list[int] = []

    for page in range(1, 10):
        query = {
            "page": page, "per_page": 2, "sort": "asc", "order_by": "updated_at", "since_updated_at": "2026-01-01T00:00:00Z"
        }  # fmt: skip
        answer = syncro.get("/customers", params=query, headers={"Authorization": syncro.keys["dana"]})
        seen += ids(answer)
        meta = answer.json()["meta"]
        if meta["page"] >= meta["total_pages"]:
            break

    assert seen == made


def test_importr_uploads_forms_to_a_doubled_slash(desk: Syncro) -> None:
    """It counts 200 and nothing else as success, and sends truth as '1'."""
    key = desk.keys["dana"]
    form = {
        "business_name": "Acme",
        "firstname": "John",
        "lastname": "Smith",
        "email": fresh_email(),
        "phone": "555-1",
        "address": "",
        "no_email": "1",
        "get_sms": "0",
        "properties[Legacy Id]": "A-17",
    }
    answer = desk.client.request(
        "POST", f"http://desk.example//api/v1/customers.json?api_key={key}", key=None, data=form
    )

    assert answer.status_code == 200
    made = answer.json()["customer"]
    assert (made["no_email"], made["get_sms"], made["properties"]["Legacy Id"]) == (True, False, "A-17")
    assert (
        desk.client.request("GET", "http://desk.example//api/v1/customers?api_key=wrong", key=None).status_code == 401
    )


def test_the_commit_importer_looks_addresses_up_after_a_refusal(desk: Syncro) -> None:
    """It reads `params.email` of a refused customer, then takes the first one `autocomplete` finds."""
    email = fresh_email("commit")
    there = new_customer(desk, email=email)

    failed = desk.post("/customers.json", {"firstname": "John", "email": email, "api_key": desk.keys["dana"]}, key=None)
    assert (failed.status_code, failed.json()["success"]) == (422, False)
    assert isinstance(failed.json()["message"], list)
    found = desk.get(f"/customers/autocomplete.json?query={failed.json()['params']['email']}").json()["customers"]
    assert found[0]["id"] == there


def test_the_commit_importer_reads_a_contact_or_why_there_is_none(desk: Syncro) -> None:
    body = {"customer_id": str(new_customer(desk)), "name": "Jane Doe", "email": fresh_email(), "address1": None}
    query = {"api_key": desk.keys["dana"]}

    made = desk.request("POST", "/contacts.json", key=None, params=query, data={**body, "address1": ""}).json()
    refusal = desk.request("POST", "/contacts.json", key=None, params=query, json={**body, "email": "nonsense"}).json()

    assert (type(made["id"]), made["name"], made.get("errors")) == (int, "Jane Doe", None)
    assert isinstance(refusal["errors"], str)
    assert refusal["record"]["name"] == "Jane Doe"


def test_the_powershell_module_walks_by_total_pages(syncro: Syncro) -> None:
    made = [new_contact(syncro, email=fresh_email()) for _ in range(3)]
    headers = {
        "Authorization": syncro.keys["dana"],
        "Content-Type": "application/json",
        "User-Agent": "Mozilla/5.0 (Windows NT; Windows NT 10.0; en-US) WindowsPowerShell/5.1.19041.4648",
    }

    seen, page, pages = [], 1, 1
    while page <= pages:
        answer = syncro.request("GET", f"/contacts?per_page=2&page={page}", key=None, headers=headers)
        pages = answer.json()["meta"]["total_pages"]
        seen += ids(answer)
        page += 1

    assert seen == made
    (owner,) = {row["customer_id"] for row in syncro.get(f"/contacts?id={made[0]}").json()["contacts"]}
    body = json.dumps({"properties": {"Tier": "1"}}).encode()
    assert syncro.request("PUT", f"/customers/{owner}", key=None, content=body, headers=headers).status_code == 200


def test_a_shop_takes_the_first_customer_of_an_address(desk: Syncro) -> None:
    email = fresh_email("shop")
    new_customer(desk, email=f"not.{email}")
    wanted = new_customer(desk, email=email.upper())

    assert desk.get(f"/customers?email={email}").json()["customers"][0]["id"] == wanted


def test_an_older_client_sends_an_empty_list_with_every_get(desk: Syncro) -> None:
    id = new_customer(desk)
    headers = {"Content-Type": "application/json"}
    query = {"api_key": desk.keys["dana"], "id": id}

    assert ids(desk.request("GET", "/customers", key=None, params=query, content=b"[]", headers=headers)) == [id]


def test_a_sync_to_a_database_asks_every_list_since_a_moment(desk: Syncro) -> None:
    id = new_customer(desk)

    assert id in ids(desk.get("/customers?since_updated_at=2026-02-08T10:11:12.123456Z&per_page=100&sort=id DESC"))
    assert ids(desk.get("/contacts?since_updated_at=2099-01-01 00:00")) == []


@pytest.mark.parametrize("moment", ["soon", "2026-13-01", "2026-02-30", "20260", "2026-02-01T25:00:00Z", "1/2/2026"])
def test_a_moment_that_is_none_is_refused(desk: Syncro, moment: str) -> None:
    refused(desk.get("/customers", params={"since_updated_at": moment}), 400, "Invalid parameters")
