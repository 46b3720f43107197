"""Contacts as Syncro's clients know them."""

from collections.abc import Iterator
from typing import Any

import pytest
from clients import fresh_email, ids, new_contact, new_customer, refused

import make
from conftest import Databases, Stage, Syncro, desk_on


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def desk(request: pytest.FixtureRequest, databases: Databases) -> Iterator[Syncro]:
    """A desk that many cases share."""
    with desk_on(databases, request.param) as client:
        yield Syncro(client, client.stage)


def contact(desk: Syncro, id: int) -> dict[str, Any]:
    shown: dict[str, Any] = desk.get(f"/contacts/{id}").json()["contact"]
    return shown


def test_a_contact_is_answered_flat_and_wrapped_at_once(desk: Syncro) -> None:
    id = new_contact(desk, title="IT Manager")

    for answer in (desk.get(f"/contacts/{id}"), desk.put(f"/contacts/{id}", {"name": "Jane Doe"})):
        body = answer.json()
        assert body == {**body["contact"], "contact": body["contact"]}
        assert body["title"] == body["properties"]["title"] == "IT Manager"


def test_rows_of_a_list_are_flat(desk: Syncro) -> None:
    id = new_contact(desk)

    (row,) = desk.get(f"/contacts?id={id}").json()["contacts"]
    assert row == contact(desk, id)


# Keys of the vendor's own example.
KEYS = """id name address1 address2 city state zip email phone mobile title latitude longitude customer_id account_id
    notes created_at updated_at vendor_id properties opt_out extension processed_phone processed_mobile
    ticket_matching_emails"""


def test_a_contact_has_every_key_of_the_vendors(desk: Syncro) -> None:
    assert contact(desk, new_contact(desk)).keys() >= set(KEYS.split())


FIELDS = {
    "address1": "1 Main Street",
    "address2": "Suite 4",
    "city": "Denver",
    "state": "CO",
    "zip": "80202",
    "extension": "12",
    "opt_out": True,
}


@pytest.mark.parametrize("name", FIELDS)
def test_a_field_beyond_the_document_is_taken_too(desk: Syncro, name: str) -> None:
    id = new_contact(desk, **{name: FIELDS[name]})
    assert contact(desk, id)[name] == FIELDS[name]

    other = new_contact(desk)
    assert desk.put(f"/contacts/{other}", {name: FIELDS[name]}).json()[name] == FIELDS[name]


def test_an_address_has_two_names(desk: Syncro) -> None:
    assert contact(desk, new_contact(desk, address="1 Main Street"))["address1"] == "1 Main Street"
    both = {"address": "1 Main Street", "address1": "2 Main Street"}
    assert contact(desk, new_contact(desk, **both))["address1"] == "2 Main Street"


@pytest.mark.parametrize("place", [lambda title: {"title": title}, lambda title: {"properties": {"title": title}}])
def test_a_title_is_taken_at_either_place(desk: Syncro, place: Any) -> None:
    id = new_contact(desk, **place("CFO"))
    assert contact(desk, id)["title"] == contact(desk, id)["properties"]["title"] == "CFO"

    desk.put(f"/contacts/{id}", place("COO"))
    assert contact(desk, id)["title"] == contact(desk, id)["properties"]["title"] == "COO"
    desk.put(f"/contacts/{id}", place(None))
    assert contact(desk, id)["title"] is None


@pytest.mark.parametrize(
    "name",
    [
        "Jane Doe",
        "Cher",
        "Mary Ann Lee",
        "Jane  Doe",
        "Jane   van  der Doe",
        "Jane\tDoe",
        "Jane \t Doe",
        "Jane\u00a0Doe",
        "Doe, Jane",
        "李小龍",
        "Ünï Ö.",
        "O'Neil-Smith Jr.",
        "x" * 250,
    ],
)
def test_a_name_comes_back_as_it_was_sent(desk: Syncro, name: str) -> None:
    id = new_contact(desk, name=name)
    assert contact(desk, id)["name"] == name

    other = new_contact(desk)
    assert desk.put(f"/contacts/{other}", {"name": name}).json()["name"] == name
    assert id in ids(desk.get("/contacts", params={"name": name, "per_page": 100}))


def test_blanks_around_a_name_do_not_count(desk: Syncro) -> None:
    assert contact(desk, new_contact(desk, name="  Jane Doe \n"))["name"] == "Jane Doe"


def test_a_contact_moves_to_another_customer(desk: Syncro) -> None:
    here, there = new_customer(desk), new_customer(desk)
    id = new_contact(desk, customer_id=here)

    assert desk.put(f"/contacts/{id}", {"customer_id": str(there)}).json()["customer_id"] == there
    assert (ids(desk.get(f"/contacts?customer_id={here}")), ids(desk.get(f"/contacts?customer_id={there}"))) == (
        [],
        [id],
    )


def test_who_moves_leaves_the_site(stage: Stage, syncro: Syncro) -> None:
    """A site is one customer's; who moves within it stays."""
    here, there = new_customer(syncro), new_customer(syncro)
    site = syncro.post(f"/customers/{here}/sites", {"name": "Warehouse"}).json()["id"]
    id = stage.do(lambda work: make.contact(work, customer_id=here, site_id=site))

    for customer, found in ((here, site), (there, None)):
        syncro.put(f"/contacts/{id}", {"customer_id": customer})
        assert stage.do(lambda work: make.contacts.get(work, id)).site_id == found


@pytest.mark.parametrize("name", ["archived", "disabled"])
def test_a_contact_who_left_is_archived(desk: Syncro, name: str) -> None:
    id = new_contact(desk)

    assert desk.put(f"/contacts/{id}", {name: "1"}).json()["archived"] is True


def test_a_mail_address_is_one_persons(desk: Syncro) -> None:
    email = fresh_email()
    new_contact(desk, email=email)
    other = new_contact(desk)

    again = desk.post("/contacts", {"customer_id": new_customer(desk), "name": "Jane", "email": email.upper()})
    refused(again, 422, "Email has already been taken")
    refused(desk.put(f"/contacts/{other}", {"email": email}), 422, "Email has already been taken")


@pytest.mark.parametrize("nothing", [None, "", {}])
def test_contacts_need_no_mail_address(desk: Syncro, nothing: Any) -> None:
    more = {} if nothing == {} else {"email": nothing}

    assert [contact(desk, new_contact(desk, **more))["email"] for _ in range(2)] == [None, None]


@pytest.mark.parametrize("way", ["asc", "desc"])
@pytest.mark.parametrize("order", ["name", "email", "created_at", "updated_at"])
def test_contacts_are_sorted(desk: Syncro, order: str, way: str) -> None:
    owner = new_customer(desk)
    for name in ("Bo", "Ann", "Cy"):
        new_contact(desk, customer_id=owner, name=name, email=fresh_email(name))

    rows = desk.get(f"/contacts?customer_id={owner}&sort={order} {way.upper()}").json()["contacts"]

    values = [row[order] for row in rows]
    assert values == sorted(values, reverse=way == "desc")


def test_what_is_wrong_stands_in_one_text(desk: Syncro) -> None:
    """A reader of the vendor's declares `errors` as a text and fails on anything else."""
    body = desk.post("/contacts", {"email": "nonsense", "api_key": desk.keys["dana"], "title": "CFO"}).json()

    assert set(body["errors"].split(",")) == set(body["message"])
    assert {"customer_id required", "name is required", "Invalid email format"} <= set(body["message"])
    assert body["record"] == {"id": None, "email": "nonsense", "title": "CFO"}
    assert desk.keys["dana"] not in str(body)
