"""The customers document, example by example and row by row."""

import io
import json
import zipfile
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from shared import desk_on, fresh_email, ids, new_contact, new_customer, new_ticket, refused

import make
from conftest import Client, Databases


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def desk(request: pytest.FixtureRequest, databases: Databases) -> Iterator[Client]:
    """A desk that many cases share."""
    with desk_on(databases, request.param) as client:
        yield client


# Customer fields: name, type, what the document says of writing it ("System", or a value to write).
SYSTEM = "System"
CUSTOMER_FIELDS = {
    "CustomerID": (int, SYSTEM),
    "CustomerName": (str, "Acme Corporation"),
    "BusinessNumber": (str, "12-3456789"),
    "Domain": (str, "acme.com"),
    "Address": (str, "123 Main Street"),
    "City": (str, "New York"),
    "State": (str, "NY"),
    "Country": (str, "United States"),
    "ZipCodeStr": (str, "01001"),
    "Phone": (str, "555-123-4567"),
    "Fax": (str, "555-123-4568"),
    "Notes": (str, "Enterprise customer - 24/7 support"),
    "Website": (str, "https://www.acme.com"),
    "CreatedOn": (datetime, SYSTEM),
    "LastModified": (datetime, SYSTEM),
}
CONTACT_FIELDS = {
    "EndUserID": (int, SYSTEM),
    "CustomerID": (int, None),
    "CustomerName": (str, SYSTEM),
    "FirstName": (str, "John"),
    "LastName": (str, "Smith"),
    "Email": (str, "john.smith@acme.com"),
    "Phone": (str, "555-123-4567 x101"),
    "JobTitle": (str, "IT Manager"),
    "IsContactPerson": (bool, True),
    "InIgnoreMode": (bool, True),
    "CreatedOn": (datetime, SYSTEM),
}
CUSTOMER_WRITABLE = {name: value for name, (_, value) in CUSTOMER_FIELDS.items() if value is not SYSTEM}
CONTACT_WRITABLE = {name: value for name, (_, value) in CONTACT_FIELDS.items() if value not in (SYSTEM, None)}


def is_of(value: Any, kind: type) -> bool:
    if kind is datetime:
        return isinstance(value, str) and datetime.strptime(value, "%Y-%m-%dT%H:%M:%SZ") is not None
    return type(value) is kind


# Field tables


@pytest.mark.parametrize(("name", "kind"), [(name, kind) for name, (kind, _) in CUSTOMER_FIELDS.items()])
def test_a_customer_has_every_field_of_the_table(desk: Client, name: str, kind: type) -> None:
    customer = desk.get(f"/customers/{new_customer(desk, **CUSTOMER_WRITABLE)}").json()

    assert is_of(customer[name], kind)


@pytest.mark.parametrize("name", CUSTOMER_WRITABLE)
def test_a_field_of_a_customer_is_taken_on_create(desk: Client, name: str) -> None:
    id = new_customer(desk, **{name: CUSTOMER_WRITABLE[name]})

    assert desk.get(f"/customers/{id}").json()[name] == CUSTOMER_WRITABLE[name]


@pytest.mark.parametrize("name", CUSTOMER_WRITABLE)
def test_a_field_of_a_customer_is_taken_on_update_alone(desk: Client, name: str) -> None:
    id = new_customer(desk, City="Chicago")
    before = desk.get(f"/customers/{id}").json()

    answer = desk.post(f"/customers/{id}", {name: CUSTOMER_WRITABLE[name]})

    assert answer.status_code == 200
    after = desk.get(f"/customers/{id}").json()
    # Links is the vendor's own name for the same address.
    twins = {"Website", "Links"} if name == "Website" else {name}
    assert after[name] == CUSTOMER_WRITABLE[name]
    assert {key for key in before if after[key] != before[key]} <= {*twins, "LastModified"}


@pytest.mark.parametrize(("name", "value"), [("CustomerID", 999_999), ("LastModified", "2001-01-01T00:00:00Z")])
def test_a_system_field_of_a_customer_is_ignored_on_write(desk: Client, name: str, value: Any) -> None:
    id = new_customer(desk, **{name: value})
    assert desk.get(f"/customers/{id}").json()[name] != value

    assert desk.post(f"/customers/{id}", {name: value}).status_code == 200
    assert desk.get(f"/customers/{id}").json()[name] != value


def test_the_creation_date_of_a_customer_does_not_change(desk: Client) -> None:
    id = new_customer(desk)
    created = desk.get(f"/customers/{id}").json()["CreatedOn"]

    desk.post(f"/customers/{id}", {"CreatedOn": "2001-01-01T00:00:00Z"})

    assert desk.get(f"/customers/{id}").json()["CreatedOn"] == created


def test_a_customer_changed_later_says_when(client: Client) -> None:
    id = new_customer(client)
    client.stage.clock.now = client.stage.clock.now.replace(hour=14, minute=30)
    client.post(f"/customers/{id}", {"Notes": "Updated"})

    customer = client.get(f"/customers/{id}").json()

    assert customer["CreatedOn"] == "2026-03-02T09:30:00Z"
    assert customer["LastModified"] == "2026-03-02T14:30:00Z"


@pytest.mark.parametrize(("name", "kind"), [(name, kind) for name, (kind, _) in CONTACT_FIELDS.items()])
def test_a_contact_has_every_field_of_the_table(desk: Client, name: str, kind: type) -> None:
    id = new_contact(desk, **{**CONTACT_WRITABLE, "Email": fresh_email()})

    assert is_of(desk.get(f"/contacts/{id}").json()[name], kind)


@pytest.mark.parametrize("name", CONTACT_WRITABLE)
def test_a_field_of_a_contact_is_taken_on_create(desk: Client, name: str) -> None:
    value = fresh_email() if name == "Email" else CONTACT_WRITABLE[name]

    assert desk.get(f"/contacts/{new_contact(desk, **{name: value})}").json()[name] == value


@pytest.mark.parametrize("name", CONTACT_WRITABLE)
def test_a_field_of_a_contact_is_taken_on_update_alone(desk: Client, name: str) -> None:
    id = new_contact(desk, MobilePhone="555-000-0000")
    before = desk.get(f"/contacts/{id}").json()
    value = fresh_email() if name == "Email" else CONTACT_WRITABLE[name]

    assert desk.post(f"/contacts/{id}", {name: value}).status_code == 200

    after = desk.get(f"/contacts/{id}").json()
    assert after[name] == value
    changed = {key for key in before if after[key] != before[key]}
    assert changed <= {name, name.replace("Name", "name"), "LastModified"}


def test_a_contact_can_move_to_another_customer(desk: Client) -> None:
    other = new_customer(desk, CustomerName="Harbor Law")
    id = new_contact(desk)

    desk.post(f"/contacts/{id}", {"CustomerID": other})

    contact = desk.get(f"/contacts/{id}").json()
    assert (contact["CustomerID"], contact["CustomerName"]) == (other, "Harbor Law")


@pytest.mark.parametrize(
    ("name", "value"),
    [("EndUserID", 999_999), ("CustomerName", "Nobody's Company"), ("CreatedOn", "2001-01-01T00:00:00Z")],
)
def test_a_system_field_of_a_contact_is_ignored_on_write(desk: Client, name: str, value: Any) -> None:
    id = new_contact(desk, **{name: value})
    assert desk.get(f"/contacts/{id}").json()[name] != value

    assert desk.post(f"/contacts/{id}", {name: value}).status_code == 200
    assert desk.get(f"/contacts/{id}").json()[name] != value


# Examples


ACME = {
    "CustomerName": "Acme Corporation",
    "BusinessNumber": "12-3456789",
    "Domain": "acme.com",
    "Address": "123 Main Street",
    "City": "New York",
    "State": "NY",
    "Country": "United States",
    "ZipCodeStr": "10001",
    "Phone": "555-123-4567",
    "Fax": "555-123-4568",
    "Website": "https://www.acme.com",
    "Notes": "Enterprise customer - 24/7 support",
}


def test_customers_are_listed_as_in_the_example(client: Client) -> None:
    client.stage.do(lambda work: [make.customer(work, name=f"Company {n}") for n in range(149)])
    id = new_customer(client, **ACME, CreatedOn="2023-01-15T10:00:00Z")

    page = client.get("/customers?page=3&itemsInPage=50").json()

    assert {name: page[name] for name in ("totalItems", "page", "itemsInPage", "totalPages")} == {
        "totalItems": 150,
        "page": 3,
        "itemsInPage": 50,
        "totalPages": 3,
    }
    assert len(page["items"]) == 50
    shown = page["items"][-1]
    assert shown.items() >= {"CustomerID": id, **ACME, "CreatedOn": "2023-01-15T10:00:00Z"}.items()


def test_a_customer_is_shown_as_in_the_example(desk: Client) -> None:
    id = new_customer(desk, **ACME, CreatedOn="2023-01-15T10:00:00Z")

    answer = desk.get(f"/customers/{id}")

    assert answer.status_code == 200
    assert answer.json().items() >= {"CustomerID": id, **ACME, "CreatedOn": "2023-01-15T10:00:00Z"}.items()
    assert answer.headers["content-type"] == "application/json; charset=utf-8"


def test_a_customer_is_created_as_in_the_example(desk: Client) -> None:
    body = {
        "CustomerName": "New Company Inc",
        "Domain": "newcompany.com",
        "Address": "456 Oak Avenue",
        "City": "Chicago",
        "State": "IL",
        "Country": "United States",
        "ZipCodeStr": "60601",
        "Phone": "555-987-6543",
        "Website": "https://www.newcompany.com",
        "Notes": "Referred by Acme Corporation",
    }

    answer = desk.post("/customers", body)

    assert answer.status_code == 201
    made = answer.json()
    assert made["ActionID"] == made["CustomerID"]
    assert type(made["ActionID"]) is int
    assert made["CustomerName"] == "New Company Inc"
    assert desk.get(f"/customers/{made['CustomerID']}").json().items() >= body.items()


def test_a_customer_is_updated_as_in_the_example(desk: Client) -> None:
    id = new_customer(desk, **ACME)
    body = {"Phone": "555-987-6544", "Notes": "Updated contact information", "Address": "789 New Street"}

    answer = desk.post(f"/customers/{id}", body)

    assert answer.status_code == 200
    assert answer.json()["ActionID"] == id
    assert desk.get(f"/customers/{id}").json().items() >= {**ACME, **body}.items()


def test_a_customer_is_deleted_as_in_the_example(client: Client) -> None:
    """With contacts, agents and tickets, as the document warns."""
    customer_id, other = new_customer(client), new_customer(client)
    contact_id = new_contact(client, CustomerID=customer_id)
    ticket_id = new_ticket(client, EndUserID=contact_id)
    agent_id = client.stage.do(lambda work: make.agent(work, customer_id=customer_id))
    kept = [new_contact(client, CustomerID=other), new_ticket(client, CustomerID=other)]

    answer = client.delete(f"/customers/{customer_id}")

    assert answer.status_code == 200
    assert answer.json() == {"ActionID": customer_id, "Success": True}
    gone = [f"/customers/{customer_id}", f"/contacts/{contact_id}", f"/tickets/{ticket_id}", f"/agents/{agent_id}"]
    assert [client.get(path).status_code for path in gone] == [404] * 4
    assert client.get(f"/contacts/{kept[0]}").status_code == client.get(f"/tickets/{kept[1]}").status_code == 200


JOHN = {
    "FirstName": "John",
    "LastName": "Smith",
    "Phone": "555-123-4567 x101",
    "JobTitle": "IT Manager",
    "IsContactPerson": True,
}


def test_contacts_are_listed_as_in_the_example(client: Client) -> None:
    customer_id = new_customer(client, CustomerName="Acme Corporation")
    id = new_contact(client, CustomerID=customer_id, Email="john.smith@acme.com", **JOHN)

    page = client.get("/contacts?page=1&itemsInPage=50").json()

    counts = {"totalItems": 1, "page": 1, "itemsInPage": 50, "totalPages": 1}
    assert page.items() >= counts.items()
    (shown,) = page["items"]
    known = {"EndUserID": id, "CustomerID": customer_id, "CustomerName": "Acme Corporation"}
    assert shown.items() >= {**known, **JOHN, "Email": "john.smith@acme.com"}.items()
    assert shown["CreatedOn"] == "2026-03-02T09:30:00Z"


def test_a_contact_is_shown_alone_as_in_its_list(desk: Client) -> None:
    customer_id = new_customer(desk)
    id = new_contact(desk, CustomerID=customer_id, **JOHN)

    answer = desk.get(f"/contacts/{id}")

    assert answer.status_code == 200
    assert [answer.json()] == desk.get(f"/contacts?customerId={customer_id}").json()["items"]


def test_a_contact_is_created_as_in_the_example(desk: Client) -> None:
    body = {
        "CustomerID": new_customer(desk),
        "FirstName": "Jane",
        "LastName": "Doe",
        "Email": "jane.doe@acme.com",
        "Phone": "555-123-4567 x102",
        "JobTitle": "CFO",
        "IsContactPerson": False,
    }

    answer = desk.post("/contacts", body)

    assert answer.status_code == 201
    made = answer.json()
    assert made["ActionID"] == made["EndUserID"]
    assert type(made["ActionID"]) is int
    assert desk.get(f"/contacts/{made['EndUserID']}").json().items() >= body.items()


def test_a_contact_is_updated_as_in_the_example(desk: Client) -> None:
    id = new_contact(desk, FirstName="Jane", JobTitle="CFO")
    body = {"Phone": "555-123-4567 x103", "JobTitle": "COO", "IsContactPerson": True}

    answer = desk.post(f"/contacts/{id}", body)

    assert answer.status_code == 200
    assert answer.json()["ActionID"] == id
    assert desk.get(f"/contacts/{id}").json().items() >= {**body, "FirstName": "Jane"}.items()


def test_a_contact_is_deleted(desk: Client) -> None:
    id = new_contact(desk)

    answer = desk.delete(f"/contacts/{id}")

    assert (answer.status_code, answer.json()) == (200, {"ActionID": id, "Success": True})
    refused(desk.get(f"/contacts/{id}"), 404, "Contact not found")


@pytest.mark.parametrize(("kind", "make_one"), [("customer", new_customer), ("contact", new_contact)])
def test_a_custom_value_is_set_read_deleted_as_in_the_example(desk: Client, kind: str, make_one: Any) -> None:
    id = make_one(desk)
    path = f"/customvalues/{kind}/{id}"
    assert desk.get(path).json() == []

    answer = desk.post(path, {"FieldName": "ContractType", "Value": "Managed Services"})
    assert answer.status_code == 200

    (value,) = desk.get(path).json()
    assert value["FieldName"] == "ContractType"
    assert value["Value"] == value["ValueAsString"] == "Managed Services"
    assert desk.delete(f"{path}/ContractType").status_code == 200
    assert desk.get(path).json() == []


# Errors


def error_cases() -> Iterator[Any]:
    """Status and words of the document, and every request that earns them."""
    for path in ("/customers/abc", "/customers/0", "/customers/-1", "/customers/1.5", "/customvalues/customer/abc"):
        yield pytest.param("GET", path, None, "dana", 400, "Invalid customer ID", id=f"400 {path}")
    for path in ("/contacts/customer/abc", "/customers/abc/contacts", "/contacts?customerId=abc"):
        yield pytest.param("GET", path, None, "dana", 400, "Invalid customer ID", id=f"400 {path}")
    for id in (999_999, "abc", 0, -1, 10**30):
        body = {"CustomerID": id, "Email": fresh_email()}
        yield pytest.param("POST", "/contacts", body, "dana", 400, "Invalid customer ID", id=f"400 CustomerID {id}")
    for key in (None, "wrong"):
        yield pytest.param("GET", "/customers", None, key, 401, "Unauthorized", id=f"401 key {key}")
        yield pytest.param("POST", "/customers", {}, key, 401, "Unauthorized", id=f"401 write with key {key}")
    for method, path in (("POST", "/customers"), ("POST", "/contacts"), ("DELETE", "/customers/1")):
        yield pytest.param(method, path, {}, "vic", 403, "Forbidden", id=f"403 {method} {path}")
    for method, path in (
        ("GET", "/customers/999999"),
        ("POST", "/customers/999999"),
        ("PUT", "/customers/999999"),
        ("DELETE", "/customers/999999"),
        ("GET", "/customvalues/customer/999999"),
        ("GET", "/customers/999999/contacts"),
        ("GET", "/customers/999999999999999999999999999999"),
    ):
        yield pytest.param(method, path, {}, "dana", 404, "Customer not found", id=f"404 {method} {path}")


@pytest.mark.parametrize(("method", "path", "body", "key", "status", "words"), list(error_cases()))
def test_an_error_has_the_documents_status_and_words(
    desk: Client, method: str, path: str, body: Any, key: str | None, status: int, words: str
) -> None:
    refused(desk.request(method, path, json=body, key=key), status, words)


def test_a_mail_address_of_another_contact_already_exists(desk: Client) -> None:
    email = fresh_email()
    new_contact(desk, Email=email)
    other = new_contact(desk)
    again = {"CustomerID": new_customer(desk), "Email": email.upper()}

    refused(desk.post("/contacts", again), 400, "Email already exists", "Duplicate email")
    refused(desk.post(f"/contacts/{other}", {"Email": email}), 400, "Email already exists", "Duplicate email")
    refused(desk.put(f"/contacts/{other}", {"Email": email}), 400, "Email already exists", "Duplicate email")


def test_a_contact_may_keep_its_own_mail_address(desk: Client) -> None:
    email = fresh_email()
    id = new_contact(desk, Email=email)

    assert desk.post(f"/contacts/{id}", {"Email": email.upper()}).status_code == 200


BLANK = (None, "", "   ")


@pytest.mark.parametrize("name", BLANK)
def test_a_customer_needs_a_name(desk: Client, name: Any) -> None:
    refused(desk.post("/customers", {"CustomerName": name}), 400, "Name required")
    refused(desk.post(f"/customers/{new_customer(desk)}", {"CustomerName": name}), 400, "Name required")


def test_a_customer_without_any_name_is_refused(desk: Client) -> None:
    refused(desk.post("/customers", {"Domain": "acme.com"}), 400, "Name required")


@pytest.mark.parametrize("email", BLANK)
def test_a_contact_needs_a_mail_address(desk: Client, email: Any) -> None:
    refused(desk.post("/contacts", {"CustomerID": new_customer(desk), "Email": email}), 400, "Email required")
    refused(desk.post(f"/contacts/{new_contact(desk)}", {"Email": email}), 400, "Email required")


def test_a_contact_without_any_mail_address_is_refused(desk: Client) -> None:
    refused(desk.post("/contacts", {"CustomerID": new_customer(desk), "FirstName": "Jane"}), 400, "Email required")


@pytest.mark.parametrize(
    "email", ["jane", "jane@", "@acme.com", "jane@@acme.com", "jane doe@acme.com", "jane@acme..com"]
)
def test_a_malformed_mail_address_is_refused(desk: Client, email: str) -> None:
    refused(desk.post("/contacts", {"CustomerID": new_customer(desk), "Email": email}), 400, "Invalid email")
    refused(desk.post(f"/contacts/{new_contact(desk)}", {"Email": email}), 400, "Invalid email")


def test_a_contact_needs_a_customer(desk: Client) -> None:
    refused(desk.post("/contacts", {"Email": fresh_email()}), 400, "CustomerID required")


def test_all_that_is_wrong_is_said_at_once(desk: Client) -> None:
    refused(desk.post("/contacts", {"CustomerID": "x", "Email": "y"}), 400, "Invalid customer ID", "Invalid email")


def test_a_refused_record_is_not_made(client: Client) -> None:
    client.post("/contacts", {"CustomerID": new_customer(client), "Email": "nonsense"})

    assert client.get("/contacts").json()["totalItems"] == 0


# Workflows


def test_a_new_customer_is_taken_on_board(client: Client) -> None:
    customer = client.post("/customers", {"CustomerName": "New Company Inc", "Domain": "newcompany.example"}).json()
    id = customer["CustomerID"]

    contact = client.post(
        "/contacts",
        {"CustomerID": id, "FirstName": "Jane", "Email": "jane@newcompany.example", "IsContactPerson": True},
    ).json()
    for name, value in (("ContractType", "Managed Services"), ("BillingCycle", "Monthly")):
        client.post(f"/customvalues/customer/{id}", {"FieldName": name, "Value": value})
    client.stage.do(lambda work: make.agent(work, customer_id=id, name="NCI-WS-01"))
    client.stage.do(lambda work: make.alert(work, customer_id=id, title="Disk almost full"))

    (primary,) = client.get(f"/customers/{id}/contacts").json()["items"]
    assert (primary["EndUserID"], primary["IsContactPerson"]) == (contact["EndUserID"], True)
    values = {one["FieldName"]: one["Value"] for one in client.get(f"/customvalues/customer/{id}").json()}
    assert values == {"ContractType": "Managed Services", "BillingCycle": "Monthly"}
    assert [one["AgentName"] for one in client.get(f"/agents/customer/{id}").json()["items"]] == ["NCI-WS-01"]
    assert [one["Title"] for one in client.get(f"/customers/{id}/alerts").json()["items"]] == ["Disk almost full"]


def test_a_customer_is_searched_for(client: Client) -> None:
    """By name, then by domain, then the whole record, then its contacts."""
    east = new_customer(client, CustomerName="Acme East", Domain="east.example")
    west = new_customer(client, CustomerName="ACME West", Domain="west.example", Notes="Asks for Kim")
    new_customer(client, CustomerName="Harbor Law", Domain="harbor.example")
    kim = new_contact(client, CustomerID=west, FirstName="Kim")
    new_contact(client, CustomerID=east, FirstName="Eve")

    assert ids(client.get("/customers?name=acme"), "CustomerID") == [east, west]
    assert ids(client.get("/customers?name=acme&domain=West.example"), "CustomerID") == [west]
    assert client.get(f"/customers/{west}").json()["Notes"] == "Asks for Kim"
    assert ids(client.get(f"/contacts?customerId={west}"), "EndUserID") == [kim]
    assert ids(client.get(f"/contacts/customer/{west}"), "EndUserID") == [kim]


def test_a_customer_is_deactivated(client: Client) -> None:
    """Review, close and transfer tickets, remove the agents, delete, fetch the archive."""
    leaving, staying = new_customer(client, CustomerName="Old Mill"), new_customer(client)
    new_contact(client, CustomerID=leaving, Email="pat@oldmill.example")
    to_close, to_move = (new_ticket(client, CustomerID=leaving, TicketTitle=title) for title in ("Close", "Move"))
    agent = client.stage.do(lambda work: make.agent(work, customer_id=leaving))
    client.post(f"/customvalues/customer/{leaving}", {"FieldName": "ContractType", "Value": "Gold"})

    review = client.get(f"/customers/{leaving}/deactivation").json()
    assert [ticket["TicketID"] for ticket in review["OpenTickets"]] == [to_close, to_move]
    assert [one["AgentID"] for one in review["Agents"]] == [agent]

    for status in ("Resolved", "Closed"):
        assert client.post(f"/tickets/{to_close}", {"TicketStatus": status}).status_code == 200
    assert client.post(f"/tickets/{to_move}", {"CustomerID": staying}).status_code == 200
    assert client.delete(f"/agents/{agent}").status_code == 200
    review = client.get(f"/customers/{leaving}/deactivation").json()
    assert (review["OpenTickets"], review["Agents"]) == ([], [])

    gone = client.delete(f"/customers/{leaving}")
    assert gone.json() == {"ActionID": leaving, "Success": True}
    refused(client.get(f"/customers/{leaving}"), 404, "Customer not found")
    assert client.get(f"/tickets/{to_close}").status_code == 404
    assert client.get(f"/tickets/{to_move}").json()["CustomerID"] == staying

    (listed,) = client.get("/archives").json()["items"]
    archive = client.get(f"/archives/{listed['ArchiveID']}")
    assert archive.headers["content-type"] == "application/zip"
    assert f"/archives/{listed['ArchiveID']}>" in gone.headers["link"]
    with zipfile.ZipFile(io.BytesIO(archive.content)) as files:
        kept = {name: [json.loads(line) for line in files.read(name).splitlines()] for name in files.namelist()}
    assert [one["name"] for one in kept["customer.jsonl"]] == ["Old Mill"]
    assert [one["email"] for one in kept["contacts.jsonl"]] == ["pat@oldmill.example"]
    assert [one["title"] for one in kept["tickets.jsonl"]] == ["Close"]
    assert [(one["field"], one["text"]) for one in kept["custom_values.jsonl"]] == [("ContractType", "Gold")]


def test_a_deleted_customers_id_is_never_given_again(client: Client) -> None:
    id = new_customer(client)
    client.delete(f"/customers/{id}")

    assert new_customer(client) > id
