"""The Syncro customers document, example by example and row by row."""

from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from clients import fresh_email, ids, new_contact, new_customer, new_ticket, refused

import make
from conftest import Client, Databases, Stage, Syncro, desk_on, stage_on


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def desk(request: pytest.FixtureRequest, databases: Databases) -> Iterator[Syncro]:
    """A desk that many cases share."""
    with desk_on(databases, request.param) as client:
        yield Syncro(client, client.stage)


# Customer fields: a value to write, or what the document says of it ("System").
SYSTEM = "System"
CUSTOMER_FIELDS = {
    "id": (int, SYSTEM),
    "business_name": (str, "Acme Corporation"),
    "firstname": (str, "John"),
    "lastname": (str, "Smith"),
    "email": (str, "john.smith@acme.example.com"),
    "phone": (str, "555-123-4567"),
    "mobile": (str, "(555) 987-6543"),
    "address": (str, "123 Main Street"),
    "address_2": (str, "Suite 400"),
    "city": (str, "Springfield"),
    "state": (str, "IL"),
    "zip": (str, "02701"),
    "notes": (str, "Referred by ABC Company\nAsks for Kim"),
    "referred_by": (str, "ABC Company"),
    "tax_rate": (float, 8.25),
}
CONTACT_FIELDS = {
    "id": (int, SYSTEM),
    "customer_id": (int, SYSTEM),
    "name": (str, "Jane Doe"),
    "email": (str, "jane.doe@acme.example.com"),
    "phone": (str, "555-123-4568"),
    "mobile": (str, "+1 555 987-6543 x2"),
    "title": (str, "IT Manager"),
    "notes": (str, "Primary technical contact"),
}
CUSTOMER_WRITABLE = {name: value for name, (_, value) in CUSTOMER_FIELDS.items() if value is not SYSTEM}
CONTACT_WRITABLE = {name: value for name, (_, value) in CONTACT_FIELDS.items() if value is not SYSTEM}
CUSTOMER_TYPES = ("Business", "Residential", "Government", "Non-Profit")


def customer(desk: Syncro, id: int) -> dict[str, Any]:
    shown: dict[str, Any] = desk.get(f"/customers/{id}").json()["customer"]
    return shown


def contact(desk: Syncro, id: int) -> dict[str, Any]:
    shown: dict[str, Any] = desk.get(f"/contacts/{id}").json()["contact"]
    return shown


# Field tables


@pytest.mark.parametrize(("name", "kind"), [(name, kind) for name, (kind, _) in CUSTOMER_FIELDS.items()])
def test_a_customer_has_every_field_of_the_table(desk: Syncro, name: str, kind: type) -> None:
    id = new_customer(desk, **CUSTOMER_WRITABLE)

    assert type(customer(desk, id)[name]) is kind
    (row,) = desk.get(f"/customers?id={id}").json()["customers"]
    assert row[name] == customer(desk, id)[name]


@pytest.mark.parametrize("name", CUSTOMER_WRITABLE)
def test_a_field_of_a_customer_is_taken_on_create(desk: Syncro, name: str) -> None:
    id = new_customer(desk, **{name: CUSTOMER_WRITABLE[name]})

    assert customer(desk, id)[name] == CUSTOMER_WRITABLE[name]


# What is made of names.
DERIVED = {"fullname", "business_then_name", "business_and_full_name"}


@pytest.mark.parametrize("name", CUSTOMER_WRITABLE)
def test_a_field_of_a_customer_is_taken_on_update_alone(desk: Syncro, name: str) -> None:
    id = new_customer(desk, business_name="Acme", city="Chicago")
    before = customer(desk, id)

    answer = desk.put(f"/customers/{id}", {name: CUSTOMER_WRITABLE[name]})

    after = customer(desk, id)
    assert answer.json()["customer"] == after
    assert after[name] == CUSTOMER_WRITABLE[name]
    assert {key for key in before if after[key] != before[key]} <= {name, "updated_at", *DERIVED}


@pytest.mark.parametrize(
    ("name", "value"),
    [("id", 999_999), ("created_at", "2001-01-01T00:00:00Z"), ("updated_at", "2001-01-01T00:00:00Z")],
)
def test_a_system_field_of_a_customer_is_ignored_on_write(desk: Syncro, name: str, value: Any) -> None:
    id = new_customer(desk, **{name: value})
    assert customer(desk, id)[name] != value

    assert desk.put(f"/customers/{id}", {name: value}).status_code == 200
    assert customer(desk, id)[name] != value


@pytest.mark.parametrize(("name", "kind"), [(name, kind) for name, (kind, _) in CONTACT_FIELDS.items()])
def test_a_contact_has_every_field_of_the_table(desk: Syncro, name: str, kind: type) -> None:
    id = new_contact(desk, **{**CONTACT_WRITABLE, "email": fresh_email()})

    assert type(contact(desk, id)[name]) is kind


@pytest.mark.parametrize("name", CONTACT_WRITABLE)
def test_a_field_of_a_contact_is_taken_on_create(desk: Syncro, name: str) -> None:
    value = fresh_email() if name == "email" else CONTACT_WRITABLE[name]

    assert contact(desk, new_contact(desk, **{name: value}))[name] == value


@pytest.mark.parametrize("name", CONTACT_WRITABLE)
def test_a_field_of_a_contact_is_taken_on_update_alone(desk: Syncro, name: str) -> None:
    value = fresh_email() if name == "email" else CONTACT_WRITABLE[name]
    id = new_contact(desk, name="Kim")
    before = contact(desk, id)

    answer = desk.put(f"/contacts/{id}", {name: value})

    after = contact(desk, id)
    assert answer.json()["contact"] == after
    assert after[name] == value
    derived = {"updated_at", "processed_phone", "processed_mobile", "properties"}
    assert {key for key in before if after[key] != before[key]} <= {name, *derived}


@pytest.mark.parametrize("kind", CUSTOMER_TYPES)
@pytest.mark.parametrize(
    "place", [lambda kind: {"customer_type": kind}, lambda kind: {"properties": {"customer_type": kind}}]
)
def test_a_customer_is_of_one_of_four_types(desk: Syncro, kind: str, place: Any) -> None:
    id = new_customer(desk, **place(kind))

    shown = customer(desk, id)
    assert shown["customer_type"] == shown["properties"]["customer_type"] == kind
    assert desk.put(f"/customers/{id}", place("Business")).json()["customer"]["customer_type"] == "Business"


# API patterns, in the document's order


ACME = {
    "business_name": "Acme Corporation",
    "firstname": "John",
    "lastname": "Smith",
    "email": "john.smith@acme.example.com",
    "phone": "555-123-4567",
    "address": "123 Main Street",
    "city": "Springfield",
    "state": "IL",
    "zip": "62701",
    "notes": "Referred by ABC Company",
}
JANE = {
    "name": "Jane Doe",
    "email": "jane.doe@acme.example.com",
    "phone": "555-123-4568",
    "title": "IT Manager",
    "notes": "Primary technical contact",
}


def test_a_customer_is_created_as_in_the_example(syncro: Syncro) -> None:
    answer = syncro.post("/customers", ACME)

    assert answer.status_code == 200
    made = answer.json()
    assert list(made) == ["customer"]
    assert type(made["customer"]["id"]) is int
    assert made["customer"].items() >= ACME.items()
    assert customer(syncro, made["customer"]["id"]) == made["customer"]


def test_customers_are_searched_by_name(syncro: Syncro) -> None:
    acme = new_customer(syncro, business_name="Acme Corporation")
    shouting = new_customer(syncro, business_name="THE ACME GROUP")
    new_customer(syncro, business_name="Harbor Law")

    assert ids(syncro.get("/customers?query=acme")) == [acme, shouting]


def test_customers_are_listed_with_pages(syncro: Syncro) -> None:
    made = [new_customer(syncro) for _ in range(27)]

    first, second, third = (syncro.get(f"/customers?page={page}") for page in (1, 2, 3))

    assert (ids(first), ids(second), ids(third)) == (made[:25], made[25:], [])
    assert first.json()["meta"] == {"total_pages": 2, "total_entries": 27, "per_page": 25, "page": 1}
    assert [one.json()["meta"]["page"] for one in (second, third)] == [2, 3]
    assert ids(syncro.get("/customers")) == made[:25]


@pytest.mark.parametrize("email", ["john.smith@acme.example.com", "JOHN.SMITH@Acme.Example.com"])
def test_customers_are_filtered_by_mail_address(syncro: Syncro, email: str) -> None:
    john = new_customer(syncro, **ACME)
    new_customer(syncro, email="old.john.smith@acme.example.com")

    assert ids(syncro.get("/customers", params={"email": email})) == [john]
    assert ids(syncro.get("/customers?email=smith@acme.example.com")) == []


def test_the_details_of_a_customer_hold_all_the_document_names(stage: Stage, syncro: Syncro) -> None:
    """Contacts, recent tickets, assets summary, invoice history."""
    id, other = new_customer(syncro, **ACME), new_customer(syncro)
    jane = new_contact(syncro, customer_id=id, **JANE)
    new_contact(syncro, customer_id=other)
    tickets = stage.do(lambda work: [make.ticket(work, customer_id=id, title=f"Ticket {n}") for n in range(12)])
    stage.do(lambda work: make.ticket(work, customer_id=other))
    asset = stage.do(lambda work: make.agent(work, customer_id=id, name="ACME-WS-01"))
    stage.do(lambda work: make.agent(work, customer_id=other))

    shown = customer(syncro, id)

    assert shown.items() >= ACME.items()
    assert [one["id"] for one in shown["contacts"]] == [jane]
    assert shown["contacts"][0].items() >= JANE.items()
    assert [one["id"] for one in shown["tickets"]] == tickets[::-1][:10]
    assert shown["tickets"][0]["subject"] == "Ticket 11"
    assert [(one["id"], one["name"]) for one in shown["assets"]] == [(asset, "ACME-WS-01")]
    assert shown["invoices"] == []


def test_a_customer_is_updated_as_in_the_example(syncro: Syncro) -> None:
    id = new_customer(syncro, **ACME)
    body = {"phone": "555-987-6543", "notes": "Updated contact information per request"}

    answer = syncro.put(f"/customers/{id}", body)

    assert answer.status_code == 200
    assert answer.json()["customer"].items() >= {**ACME, **body, "id": id}.items()


def test_a_contact_is_created_as_in_the_example(syncro: Syncro) -> None:
    body = {"customer_id": new_customer(syncro), **JANE}

    answer = syncro.post("/contacts", body)

    assert answer.status_code == 200
    made = answer.json()
    assert made["contact"].items() >= body.items()
    assert made.items() >= body.items()
    assert made == {**made["contact"], "contact": made["contact"]}


def test_contacts_are_listed_for_a_customer(syncro: Syncro) -> None:
    one, other = new_customer(syncro), new_customer(syncro)
    made = [new_contact(syncro, customer_id=one) for _ in range(2)]
    new_contact(syncro, customer_id=other)

    assert ids(syncro.get(f"/contacts?customer_id={one}")) == made


def test_contacts_are_searched_by_mail_address(syncro: Syncro) -> None:
    jane = new_contact(syncro, **JANE)
    new_contact(syncro, email="mary.jane.doe@acme.example.com")

    assert ids(syncro.get("/contacts?email=jane.doe@acme.example.com")) == [jane]
    assert ids(syncro.get("/contacts?email=JANE.DOE@ACME.EXAMPLE.COM")) == [jane]
    assert ids(syncro.get("/contacts?email=nobody@acme.example.com")) == []


def test_a_contact_is_updated_as_in_the_example(syncro: Syncro) -> None:
    id = new_contact(syncro, **JANE)
    body = {"title": "IT Director", "phone": "555-123-4569"}

    answer = syncro.put(f"/contacts/{id}", body)

    assert answer.status_code == 200
    assert answer.json()["contact"].items() >= {**JANE, **body, "id": id}.items()


def test_a_contact_is_deleted(desk: Syncro) -> None:
    id = new_contact(desk)

    answer = desk.delete(f"/contacts/{id}")

    assert (answer.status_code, answer.json()) == (200, {"success": True})
    refused(desk.get(f"/contacts/{id}"), 404, "Contact not found", "Not found")


def test_a_customer_is_deleted(desk: Syncro) -> None:
    id = new_customer(desk)
    person = new_contact(desk, customer_id=id)

    answer = desk.delete(f"/customers/{id}")

    assert (answer.status_code, answer.json()) == (200, {"message": "Customer was deleted from the system."})
    refused(desk.get(f"/customers/{id}"), 404, "Customer not found", "Not found")
    refused(desk.get(f"/contacts/{person}"), 404, "Contact not found")


# Response examples


def test_a_customer_looks_as_in_the_response_example(client: Client, syncro: Syncro) -> None:
    client.stage.clock.now = datetime(2024, 1, 15, 10, 30, tzinfo=UTC)
    id = new_customer(syncro, **ACME)
    client.stage.clock.now = datetime(2024, 2, 10, 14, 22, tzinfo=UTC)
    syncro.put(f"/customers/{id}", {"notes": "Called"})

    shown = syncro.get(f"/customers/{id}").json()["customer"]

    kept = {name: value for name, value in ACME.items() if name != "notes"}
    assert shown.items() >= {"id": id, **kept}.items()
    assert datetime.fromisoformat(shown["created_at"]) == datetime(2024, 1, 15, 10, 30, tzinfo=UTC)
    assert datetime.fromisoformat(shown["updated_at"]) == datetime(2024, 2, 10, 14, 22, tzinfo=UTC)
    assert shown["created_at"] == "2024-01-15T10:30:00.000Z"


def test_a_contact_looks_as_in_the_response_example(client: Client, syncro: Syncro) -> None:
    client.stage.clock.now = datetime(2024, 1, 15, 11, 0, tzinfo=UTC)
    owner = new_customer(syncro)
    sent = {"customer_id": owner, **JANE, "mobile": "555-987-6543"}
    id = new_contact(syncro, **sent)

    shown = syncro.get(f"/contacts/{id}").json()["contact"]

    assert shown.items() >= {"id": id, **sent, "created_at": "2024-01-15T11:00:00.000Z"}.items()
    assert (shown["processed_phone"], shown["processed_mobile"]) == ("5551234568", "5559876543")


# Errors


UNREADABLE = (
    ("GET", "/customers/abc"),
    ("GET", "/customers/0"),
    ("GET", "/customers/-1"),
    ("GET", "/customers/1.5"),
    ("PUT", "/customers/abc"),
    ("DELETE", "/contacts/abc"),
    ("GET", "/contacts/abc"),
    ("GET", "/contacts?customer_id=abc"),
    ("GET", "/contacts?customer_id=0"),
    ("GET", "/contacts?page=two"),
    ("GET", "/customers?page=two"),
    ("GET", "/customers?per_page=many"),
    ("GET", "/customers?id[]=abc"),
    ("GET", "/customers?include_disabled=perhaps"),
    ("GET", "/customers?since_updated_at=soon"),
    ("GET", "/customers/abc/phones"),
)
ABSENT = (
    ("GET", "/customers/999999", "Customer not found"),
    ("PUT", "/customers/999999", "Customer not found"),
    ("DELETE", "/customers/999999", "Customer not found"),
    ("GET", "/customers/999999999999999999999999999999", "Customer not found"),
    ("GET", "/customers/999999/phones", "Customer not found"),
    ("POST", "/customers/999999/sites", "Customer not found"),
    ("GET", "/contacts/999999", "Contact not found"),
    ("PUT", "/contacts/999999", "Contact not found"),
    ("DELETE", "/contacts/999999", "Contact not found"),
)


@pytest.mark.parametrize(("method", "path"), UNREADABLE)
def test_a_question_that_cannot_be_read_has_invalid_parameters(desk: Syncro, method: str, path: str) -> None:
    refused(desk.request(method, path, json={} if method == "PUT" else None), 400, "Invalid parameters")


@pytest.mark.parametrize("body", ["{", "[]", '"text"', "7", "{'business_name': 'Acme'}"])
@pytest.mark.parametrize("path", ["/customers", "/contacts"])
def test_a_body_that_cannot_be_read_has_invalid_parameters(desk: Syncro, path: str, body: str) -> None:
    answer = desk.post(path, content=body.encode(), headers={"Content-Type": "application/json"})

    refused(answer, 400, "Invalid parameters")


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/customers"),
        ("POST", "/customers"),
        ("GET", "/customers/1"),
        ("DELETE", "/contacts/abc"),
        ("GET", "/x"),
    ],
)
@pytest.mark.parametrize("key", [None, "wrong"])
def test_a_stranger_is_unauthorized(desk: Syncro, method: str, path: str, key: str | None) -> None:
    answer = desk.request(method, path, key=key)

    assert (answer.status_code, answer.json()) == (401, {"error": "Unauthorized", "message": "Unauthorized"})


@pytest.mark.parametrize(("method", "path", "words"), ABSENT)
def test_what_is_not_there_is_not_found(desk: Syncro, method: str, path: str, words: str) -> None:
    body = {"name": "Jane"} if method in ("PUT", "POST") else None

    refused(desk.request(method, path, json=body), 404, words, "Not found")


def test_a_contact_of_nobodys_is_not_made(desk: Syncro) -> None:
    refused(desk.post("/contacts", {"customer_id": 999_999, "name": "Jane"}), 404, "Customer not found", "Not found")
    refused(desk.put(f"/contacts/{new_contact(desk)}", {"customer_id": 999_999}), 404, "Customer not found")


def test_who_calls_too_often_is_rate_limited(database: str) -> None:
    client = Client(stage_on(database, syncro_calls_per_minute=3))
    syncro = Syncro(client, client.stage)
    answers = [syncro.get("/customers") for _ in range(4)]
    client.close()
    client.stage.storage.close()

    assert [one.status_code for one in answers] == [200, 200, 200, 429]
    refused(answers[-1], 429, "Rate limited", "Rate limit exceeded. Please wait before making more requests.")
    assert 1 <= int(answers[-1].headers["retry-after"]) <= 60


BLANK = (None, "", "   ")


@pytest.mark.parametrize("name", BLANK)
def test_a_customer_must_have_a_name(desk: Syncro, name: Any) -> None:
    refused(desk.post("/customers", {"business_name": name, "firstname": "Jo"}), 422, "business_name is required")
    refused(desk.put(f"/customers/{new_customer(desk)}", {"business_name": name}), 422, "business_name is required")


def test_a_customer_without_any_name_is_refused(desk: Syncro) -> None:
    answer = desk.post("/customers", {"firstname": "John", "email": "john@acme.example"})

    refused(answer, 422, "business_name is required")
    assert answer.json()["errors"]["business_name"][0] == "business_name is required"
    assert answer.json()["params"] == {"firstname": "John", "email": "john@acme.example"}


@pytest.mark.parametrize(
    "email", ["john", "john@", "@acme.com", "john@@acme.com", "john smith@acme.com", "j@acme..com"]
)
def test_a_malformed_mail_address_is_refused(desk: Syncro, email: str) -> None:
    words = ("Invalid email format", "Email is not an email")
    owner = new_customer(desk)

    refused(desk.post("/customers", {"business_name": "Acme", "email": email}), 422, *words)
    refused(desk.put(f"/customers/{owner}", {"email": email}), 422, *words)
    refused(desk.post("/contacts", {"customer_id": owner, "name": "Jane", "email": email}), 422, *words)
    refused(desk.put(f"/contacts/{new_contact(desk)}", {"email": email}), 422, *words)


@pytest.mark.parametrize("more", [{}, {"customer_id": None}, {"customer_id": ""}])
def test_a_contact_must_belong_to_a_customer(desk: Syncro, more: dict[str, Any]) -> None:
    answer = desk.post("/contacts", {"name": "Jane Doe", **more})

    refused(answer, 422, "customer_id required")
    assert answer.json()["errors"].split(",")[0] == "customer_id required"
    assert answer.json()["record"].items() >= {"id": None, "name": "Jane Doe"}.items()


@pytest.mark.parametrize("name", BLANK)
def test_a_contact_must_have_a_name(desk: Syncro, name: Any) -> None:
    refused(desk.post("/contacts", {"customer_id": new_customer(desk), "name": name}), 422, "name is required")
    refused(desk.put(f"/contacts/{new_contact(desk)}", {"name": name}), 422, "name is required")


def test_all_that_is_wrong_is_said_at_once(desk: Syncro) -> None:
    answer = desk.post("/customers", {"email": "nonsense", "tax_rate": "lots", "customer_type": "Alien"})

    assert answer.status_code == 422
    assert set(answer.json()["errors"]) == {"business_name", "email", "tax_rate", "customer_type"}


def test_a_refused_record_is_not_made(syncro: Syncro) -> None:
    syncro.post("/customers", {"business_name": "Acme", "email": "nonsense"})
    syncro.post("/contacts", {"name": "Jane", "customer_id": None})

    assert ids(syncro.get("/customers")) == ids(syncro.get("/contacts")) == []


# Workflows


def test_a_new_client_is_taken_on_board(syncro: Syncro) -> None:
    made = syncro.post(
        "/customers",
        {
            "business_name": "New Company Inc",
            "tax_rate": 8.25,
            "referred_by": "ABC Company",
            "customer_type": "Business",
        },
    ).json()["customer"]
    id = made["id"]
    decider = new_contact(
        syncro, customer_id=id, name="Jane Doe", email="jane@newcompany.example", title="Owner", notes="Calls, no mail"
    )
    technical = new_contact(syncro, customer_id=id, name="Kim Ray", properties={"role": "technical"})
    billing = new_contact(syncro, customer_id=id, name="Bo Fox", properties={"notification_billing": "1"})
    asset = syncro.post(
        "/customer_assets", {"name": "NCI-WS-01", "asset_type_name": "Syncro Device", "customer_id": id}
    ).json()["asset"]["id"]
    contract = syncro.post(
        "/contracts",
        {
            "customer_id": id,
            "name": "Managed",
            "contract_amount": "500",
            "start_date": "2026-04-01",
            "status": "Active",
        },
    ).json()["id"]
    schedule = syncro.post(
        "/schedules", {"customer_id": id, "name": "Managed", "frequency": "Monthly", "next_run": "2026-04-01"}
    ).json()["schedule"]["id"]

    whole = customer(syncro, id)
    assert (whole["tax_rate"], whole["referred_by"], whole["customer_type"]) == (8.25, "ABC Company", "Business")
    assert [one["id"] for one in whole["contacts"]] == [decider, technical, billing]
    assert [one["id"] for one in whole["assets"]] == [asset]
    assert [one["id"] for one in whole["contracts"]] == [contract]
    assert contact(syncro, technical)["properties"]["role"] == "technical"
    assert contact(syncro, billing)["properties"]["notification_billing"] == "1"
    assert syncro.get(f"/schedules/{schedule}").json()["schedule"]["frequency"] == "Monthly"
    assert syncro.get(f"/schedules?customer_id={id}").json()["schedules"][0]["id"] == schedule


def test_contacts_are_kept_in_order(syncro: Syncro) -> None:
    """Search before creating, update titles, archive who leaves, note who may authorise."""
    owner = new_customer(syncro)
    assert ids(syncro.get(f"/contacts?email={JANE['email']}")) == []
    jane = new_contact(syncro, customer_id=owner, **JANE)
    assert ids(syncro.get(f"/contacts?email={JANE['email']}")) == [jane]
    again = syncro.post("/contacts", {"customer_id": owner, **JANE})
    refused(again, 422, "Email has already been taken")

    syncro.put(
        f"/contacts/{jane}", {"title": "IT Director", "properties": {"may_authorise": "yes", "area": "technical"}}
    )
    kim = new_contact(syncro, customer_id=owner, name="Kim Ray", properties={"area": "billing"})
    syncro.put(f"/contacts/{kim}", {"archived": True})

    shown = contact(syncro, jane)
    assert shown["title"] == shown["properties"]["title"] == "IT Director"
    assert (shown["properties"]["may_authorise"], shown["properties"]["area"]) == ("yes", "technical")
    assert ids(syncro.get(f"/contacts?customer_id={owner}&archived=false")) == [jane]
    assert ids(syncro.get(f"/contacts?customer_id={owner}&archived=true")) == [kim]


def duplicates(syncro: Syncro) -> tuple[int, int, int, int, int]:
    """Two customers that are one: the one to keep, the other, and a contact, a ticket and a device of the other."""
    kept, double = new_customer(syncro, **ACME), new_customer(syncro, business_name="ACME Corp.")
    person = new_contact(syncro, customer_id=double, **JANE)
    ticket = new_ticket(syncro, customer_id=double)
    asset = syncro.post(
        "/customer_assets", {"name": "ACME-WS-01", "asset_type_name": "Syncro Device", "customer_id": double}
    ).json()["asset"]["id"]
    return kept, double, person, ticket, asset


def test_a_duplicate_is_cleaned_up_by_hand(syncro: Syncro) -> None:
    kept, double, person, ticket, asset = duplicates(syncro)

    assert [customer(syncro, id)["assets"] == [] for id in (kept, double)] == [True, False]
    for path in (f"/tickets/{ticket}", f"/contacts/{person}", f"/customer_assets/{asset}"):
        assert syncro.put(path, {"customer_id": kept}).status_code == 200
    syncro.put(f"/customers/{double}", {"disabled": True})

    assert ids(syncro.get("/customers")) == [kept]
    assert ids(syncro.get("/customers?include_disabled=true")) == [kept, double]
    whole = customer(syncro, kept)
    assert [[one["id"] for one in whole[name]] for name in ("contacts", "tickets", "assets")] == [
        [person],
        [ticket],
        [asset],
    ]
    assert syncro.delete(f"/customers/{double}").status_code == 200
    assert [customer(syncro, kept)[name] for name in ("contacts", "tickets")] == [whole["contacts"], whole["tickets"]]


def test_a_duplicate_is_merged(syncro: Syncro) -> None:
    kept, double, person, ticket, asset = duplicates(syncro)

    assert syncro.post(f"/customers/{kept}/merge", {"duplicate_id": double}).status_code == 200

    whole = customer(syncro, kept)
    assert [[one["id"] for one in whole[name]] for name in ("contacts", "tickets", "assets")] == [
        [person],
        [ticket],
        [asset],
    ]
    assert customer(syncro, double) == whole
    assert ids(syncro.get("/customers?include_disabled=true")) == [kept]


# Best practices


def test_numbers_are_kept_exactly(desk: Syncro) -> None:
    """Appropriate tax rates prevent billing errors only when none is rounded."""
    for rate in ("8.25", "0", "10.12345", "7.7"):
        id = new_customer(desk, tax_rate=rate)
        assert Decimal(desk.get(f"/customers/{id}").text.partition('"tax_rate":')[2].partition(",")[0]) == Decimal(rate)


def test_two_customers_may_be_alike(desk: Syncro) -> None:
    """Duplicates are searched for and cleaned up, so they can be made."""
    one, other = (new_customer(desk, business_name="Twin", email="twin@twin.example") for _ in range(2))

    assert ids(desk.get("/customers?email=twin@twin.example")) == [one, other]
