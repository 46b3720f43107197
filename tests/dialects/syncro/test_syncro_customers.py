"""Customers as Syncro's clients know them: lists, look-ups, numbers, sites."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from clients import ids, new_contact, new_customer, refused

import make
from conftest import Client, Databases, Stage, Syncro, desk_on, stage_on
from quarterdeck.desk import access
from quarterdeck.desk.work import Work
from quarterdeck.dialects.syncro.contacts import CONTACTS
from quarterdeck.dialects.syncro.customers import CUSTOMERS


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def desk(request: pytest.FixtureRequest, databases: Databases) -> Iterator[Syncro]:
    """A desk that many cases share."""
    with desk_on(databases, request.param) as client:
        yield Syncro(client, client.stage)


# Filters


def january(work: Work) -> None:
    acme = make.customer(
        work,
        name="Acme Dental",
        first_name="John",
        last_name="Müller",
        email="John@Acme.example",
        phone="(303) 555-0111",
        city="Denver",
    )
    make.contact(
        work, customer_id=acme, first_name="Pat", last_name="Öberg", email="pat@acme.example", phone="303.555.0112"
    )


def february(work: Work) -> None:
    harbor = make.customer(
        work, name="Harbor Law", first_name="Zoë", last_name="Kim", email="zoe@harbor.example", mobile="+44 20 7946"
    )
    make.contact(
        work,
        customer_id=harbor,
        first_name="Kim",
        last_name="Ray",
        email="kim@harbor.example",
        mobile="404 555 0222",
        archived=True,
    )


def march(work: Work) -> None:
    make.customer(work, name="100% Off_Shore", archived=True)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def year(request: pytest.FixtureRequest, databases: Databases) -> Iterator[Syncro]:
    """A desk with a customer and a contact of January, others of February, and in March one more who is archived."""
    with desk_on(databases, request.param) as client:
        for month, build in enumerate((january, february, march), start=1):
            client.stage.clock.now = datetime(2026, month, 5, 9, tzinfo=UTC)
            client.stage.do(build)
        yield Syncro(client, client.stage)


# Filter, what is asked, what is found.
FOUND = {
    "customers": {
        "query": [
            ("acme", [1]),
            ("DENTAL", [1]),
            ("john", [1]),
            ("müller", [1]),
            ("MÜLLER", [1]),
            ("John Müll", [1]),
            ("zoë k", [2]),
            ("acme.example", [1]),
            ("5550111", [1]),
            ("555-0111", [1]),
            ("(303) 555", [1]),
            ("+44 20", [2]),
            ("a", [1, 2]),
            ("100%", []),
            ("%", []),
            ("_", []),
            ("-", []),
            ("\\", []),
            ("", [1, 2]),
            ("nobody", []),
        ],
        "email": [("john@acme.example", [1]), ("ZOE@HARBOR.EXAMPLE", [2]), ("acme.example", []), ("%", [])],
        "business_name": [("ACME", [1]), ("law", [2]), ("r", [2]), ("%", [])],
        "firstname": [("jo", [1]), ("ZOË", [2]), ("kim", [])],
        "lastname": [("MÜLL", [1]), ("i", [2]), ("john", [])],
        "phone": [("3035550111", [1]), ("555-0111", [1]), ("44 20", [2]), ("999", [])],
        "id": [("1", [1]), ("1,2", [1, 2]), ("2, 99", [2]), ("99", [])],
        "not_id": [("1", [2]), ("1,2", []), ("99", [1, 2])],
        "include_disabled": [("true", [1, 2, 3]), ("1", [1, 2, 3]), ("false", [1, 2]), ("0", [1, 2]), ("", [1, 2])],
        "since_updated_at": [
            ("2026-02-01", [2]),
            ("2026-2-1", [2]),
            ("2026-02-05 09:00", [2]),
            ("2026-02-05T09:00:00.000Z", [2]),
            ("2026-02-05T10:00:00+01:00", [2]),
            ("2026-02-05T09:00:00.000001Z", []),
            ("2026-02-05T09:00:00.123456Z", []),
            ("2001-01-01", [1, 2]),
        ],
    },
    "contacts": {
        "customer_id": [("1", [1]), ("2", [2]), ("99", [])],
        "email": [("pat@acme.example", [1]), ("KIM@harbor.example", [2]), ("acme", [])],
        "name": [("pat ö", [1]), ("RAY", [2])],
        "phone": [("3035550112", [1]), ("404-555-0222", [2])],
        "query": [("ÖBERG", [1]), ("kim", [2]), ("harbor", [2]), ("555-0112", [1]), ("4045550222", [2]), ("-", [])],
        "id": [("2", [2]), ("1,2", [1, 2])],
        "not_id": [("2", [1])],
        "archived": [("true", [2]), ("0", [1])],
        "since_updated_at": [("2026-02-05T09:00:00Z", [2]), ("2026-1-1", [1, 2])],
    },
}
CASES = [
    pytest.param(path, name, value, found, id=f"{path}?{name}={value}")
    for path, filters in FOUND.items()
    for name, cases in filters.items()
    for value, found in cases
]


@pytest.mark.parametrize(("path", "name", "value", "found"), CASES)
def test_a_filter_finds_what_meets_it(year: Syncro, path: str, name: str, value: str, found: list[int]) -> None:
    answer = year.get(f"/{path}", params={name: value})

    assert ids(answer) == found
    assert answer.json()["meta"]["total_entries"] == len(found)


def test_every_filter_is_in_the_table() -> None:
    for on in (CUSTOMERS, CONTACTS):
        assert {one.name for one in on.filters.fields} <= FOUND[on.path].keys()


def test_filters_narrow_each_other(year: Syncro) -> None:
    assert ids(year.get("/customers?query=a&lastname=kim&id[]=2&id[]=1")) == [2]
    assert ids(year.get("/customers?query=acme&lastname=kim")) == []


@pytest.mark.parametrize("name", ["id", "not_id"])
@pytest.mark.parametrize(
    "query", ["{0}[]=1&{0}[]=2", "{0}=1&{0}=2", "{0}=1,2", "{0}[]=1,2", "{0}[]=1&{0}=2", "ID%5B%5D=1&{0}=2"]
)
def test_several_ids_are_sent_in_many_ways(year: Syncro, name: str, query: str) -> None:
    asked = query.format(name).replace("ID", name.upper())

    assert ids(year.get(f"/customers?{asked}&include_disabled=1")) == ([1, 2] if name == "id" else [3])


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("sort=business_name ASC", [3, 1, 2]),
        ("sort=business_name DESC", [2, 1, 3]),
        ("sort=business_name", [3, 1, 2]),
        ("sort=firstname desc", [2, 1, 3]),
        ("sort=created_at DESC", [3, 2, 1]),
        ("sort=id desc", [3, 2, 1]),
        ("sort=desc&order_by=business_name", [2, 1, 3]),
        ("sort=asc&order_by=updated_at", [1, 2, 3]),
        ("sort=desc", [1, 2, 3]),
        ("sort=shoe_size DESC", [1, 2, 3]),
    ],
)
def test_customers_are_sorted(year: Syncro, query: str, found: list[int]) -> None:
    assert ids(year.get(f"/customers?include_disabled=true&{query}")) == found


def test_customers_are_looked_up_while_typing(year: Syncro) -> None:
    assert ids(year.get("/customers/autocomplete?query=har")) == [2]
    assert ids(year.get("/customers/autocomplete.json?query=ZOE@harbor.example")) == [2]
    assert ids(year.get("/customers/autocomplete?query=nobody")) == []


def test_the_customer_made_last_is_the_latest(syncro: Syncro) -> None:
    refused(syncro.get("/customers/latest"), 404, "Customer not found")
    new_customer(syncro)
    last = new_customer(syncro, business_name="Harbor Law")

    assert syncro.get("/customers/latest").json()["customer"]["id"] == last


def test_what_a_customer_is_made_of_can_be_asked(desk: Syncro) -> None:
    assert {"business_name", "tax_rate"} <= set(desk.get("/customers/new").json()["fields"])


# Pages


@pytest.mark.parametrize(
    ("query", "size", "page"),
    [
        ("", 25, 1),
        ("page=0", 25, 1),
        ("page=-3", 25, 1),
        ("page=7", 25, 7),
        ("page=", 25, 1),
        ("per_page=2", 2, 1),
        ("per_page=100", 100, 1),
        ("per_page=5000", 100, 1),
        ("per_page=0", 1, 1),
        ("page=2&per_page=1", 1, 2),
    ],
)
def test_a_page_says_which_it_is(year: Syncro, query: str, size: int, page: int) -> None:
    meta = year.get(f"/customers?{query}").json()["meta"]

    assert meta == {"total_pages": -(-2 // size), "total_entries": 2, "per_page": size, "page": page}


def test_nothing_is_one_empty_page(syncro: Syncro) -> None:
    meta = {"total_pages": 1, "total_entries": 0, "per_page": 25, "page": 1}

    assert syncro.get("/customers").json() == {"customers": [], "meta": meta}
    assert syncro.get("/contacts").json() == {"contacts": [], "meta": {**meta, "per_page": 50}}


# Fields


def test_names_are_put_together(desk: Syncro) -> None:
    whole = new_customer(desk, business_name="Acme", firstname="John", lastname="Smith")
    bare = new_customer(desk, business_name="Acme")

    shown = [desk.get(f"/customers/{id}").json()["customer"] for id in (whole, bare)]
    assert [one["fullname"] for one in shown] == ["John Smith", ""]
    assert [one["business_then_name"] for one in shown] == ["Acme", "Acme"]
    assert [one["business_and_full_name"] for one in shown] == ["Acme - John Smith", "Acme"]


FLAGS = {
    "get_billing": "notification_billing",
    "get_marketing": "notification_marketing",
    "get_reports": "notification_reports",
}


@pytest.mark.parametrize(("sent", "shown"), FLAGS.items())
@pytest.mark.parametrize(
    ("value", "text"), [(False, "0"), (True, "1"), ("0", "0"), ("1", "1"), (0, "0"), ("false", "0")]
)
def test_what_is_wanted_comes_back_among_the_properties(
    desk: Syncro, sent: str, shown: str, value: Any, text: str
) -> None:
    id = new_customer(desk, **{sent: value})
    assert desk.get(f"/customers/{id}").json()["customer"]["properties"][shown] == text

    desk.put(f"/customers/{id}", {"properties": {shown: "1"}})
    assert desk.get(f"/customers/{id}").json()["customer"]["properties"][shown] == "1"


@pytest.mark.parametrize("name", ["get_sms", "opt_out", "no_email", "disabled"])
@pytest.mark.parametrize("value", [True, "true", "1", 1])
def test_a_flag_is_sent_in_many_ways(desk: Syncro, name: str, value: Any) -> None:
    id = new_customer(desk)
    assert desk.get(f"/customers/{id}").json()["customer"][name] is False

    assert desk.put(f"/customers/{id}", {name: value}).json()["customer"][name] is True


@pytest.mark.parametrize("name", ["notification_email", "invoice_cc_emails"])
def test_further_addresses_are_kept(desk: Syncro, name: str) -> None:
    id = new_customer(desk, **{name: "billing@acme.example"})

    assert desk.get(f"/customers/{id}").json()["customer"][name] == "billing@acme.example"
    assert desk.put(f"/customers/{id}", {name: ""}).json()["customer"][name] == ("" if "cc" in name else None)


def test_properties_are_merged_into_those_there_are(desk: Syncro) -> None:
    id = new_customer(desk, properties={"plan": "Gold", "seats": 12, "vip": True})

    def shown() -> Any:
        return desk.get(f"/customers/{id}").json()["customer"]["properties"]

    assert shown().items() >= {"plan": "Gold", "seats": "12", "vip": "true"}.items()
    desk.put(f"/customers/{id}", {"properties": {"plan": "Silver"}})
    assert shown().items() >= {"plan": "Silver", "seats": "12"}.items()
    desk.put(f"/customers/{id}", {"properties": {"plan": None}})
    assert "plan" not in shown()
    assert shown()["seats"] == "12"
    for nothing in (None, {}, ""):
        assert desk.put(f"/customers/{id}", {"properties": nothing}).status_code == 200
    refused(desk.put(f"/customers/{id}", {"properties": "Gold"}), 422, "properties is not an object")
    assert shown()["seats"] == "12"


def test_properties_stand_in_lists(desk: Syncro) -> None:
    id = new_customer(desk, properties={"plan": "Gold"})

    (row,) = desk.get(f"/customers?id={id}").json()["customers"]
    assert row["properties"]["plan"] == "Gold"


def test_null_clears_and_empty_text_stays_empty(desk: Syncro) -> None:
    id = new_customer(desk, city="Austin", notes="Asks for Kim")

    shown = desk.put(f"/customers/{id}", {"city": None, "notes": ""}).json()["customer"]

    assert (shown["city"], shown["notes"]) == (None, "")


def test_an_archived_customer_is_still_shown_by_its_id(desk: Syncro) -> None:
    id = new_customer(desk)
    desk.put(f"/customers/{id}", {"disabled": True})

    assert desk.get(f"/customers/{id}").json()["customer"]["disabled"] is True
    assert id not in ids(desk.get("/customers?per_page=100"))


# Names where the setting makes them optional


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def lenient(request: pytest.FixtureRequest, databases: Databases) -> Iterator[Syncro]:
    with desk_on(databases, request.param, syncro_names_optional=True) as client:
        yield Syncro(client, client.stage)


@pytest.mark.parametrize(
    ("sent", "name"),
    [
        ({"firstname": "John", "lastname": "Smith"}, "John Smith"),
        ({"firstname": " John ", "business_name": ""}, "John"),
        ({"lastname": "Smith", "email": "john@acme.example", "business_name": None}, "Smith"),
        ({"email": " john@acme.example "}, "john@acme.example"),
        ({"business_name": "Acme", "firstname": "John"}, "Acme"),
    ],
)
def test_a_person_or_an_address_may_be_name_enough(lenient: Syncro, sent: dict[str, Any], name: str) -> None:
    made = lenient.post("/customers", sent).json()["customer"]

    assert made["business_name"] == made["business_then_name"] == name


@pytest.mark.parametrize("sent", [{}, {"phone": "555-1"}, {"firstname": " ", "email": ""}])
def test_somebody_must_be_named_all_the_same(lenient: Syncro, sent: dict[str, Any]) -> None:
    refused(lenient.post("/customers", sent), 422, "business_name is required")


# Numbers and sites


def test_a_number_is_added_changed_removed(desk: Syncro) -> None:
    id = new_customer(desk)
    where = f"/customers/{id}/phones"

    one = desk.post(where, {"label": "Mobile", "number": "555-987-6543", "extension": "12"}).json()
    two = desk.post(where, {"number": "555-1"}).json()

    assert one.items() >= {"label": "Mobile", "number": "555-987-6543", "extension": "12", "customer_id": id}.items()
    assert [row["id"] for row in desk.get(where).json()["phones"]] == [two["id"], one["id"]]
    assert desk.put(f"{where}/{one['id']}", {"label": "Office"}).json()["number"] == "555-987-6543"
    assert desk.get(f"/customers/{id}").json()["customer"]["phones"][0]["label"] == "Office"
    assert desk.delete(f"{where}/{one['id']}").json() == {"success": True}
    assert [row["id"] for row in desk.get(where).json()["phones"]] == [two["id"]]


@pytest.mark.parametrize("number", [None, "", "  "])
def test_a_number_must_be_one(desk: Syncro, number: Any) -> None:
    refused(desk.post(f"/customers/{new_customer(desk)}/phones", {"number": number}), 422, "Number can't be blank")


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_a_number_of_another_customer_is_not_found(desk: Syncro, method: str) -> None:
    one, other = new_customer(desk), new_customer(desk)
    phone = desk.post(f"/customers/{one}/phones", {"number": "555-1"}).json()["id"]

    refused(desk.request(method, f"/customers/{other}/phones/{phone}", json={}), 404, "Phone not found")


def test_a_site_is_added_changed_shown(desk: Syncro) -> None:
    id = new_customer(desk)
    where = f"/customers/{id}/sites"

    made = desk.post(where, {"name": "Warehouse", "address": "1 Dock Road", "city": "Oakland"}).json()

    assert made["site"].items() >= {"name": "Warehouse", "address1": "1 Dock Road", "customer_id": id}.items()
    assert desk.put(f"{where}/{made['id']}", {"city": "Alameda"}).json()["city"] == "Alameda"
    assert ids(desk.get(where)) == [made["id"]]
    assert desk.get(f"{where}/{made['id']}").json()["address1"] == "1 Dock Road"
    assert [one["name"] for one in desk.get(f"/customers/{id}").json()["customer"]["addresses"]] == ["Warehouse"]
    refused(desk.get(f"/customers/{new_customer(desk)}/sites/{made['id']}"), 404, "Site not found")


def test_a_customer_leaves_with_numbers_sites_people(desk: Syncro) -> None:
    id = new_customer(desk, properties={"plan": "Gold"})
    desk.post(f"/customers/{id}/phones", {"number": "555-1"})
    desk.post(f"/customers/{id}/sites", {"name": "Warehouse"})
    new_contact(desk, customer_id=id)

    assert desk.delete(f"/customers/{id}").status_code == 200
    refused(desk.get(f"/customers/{id}/phones"), 404, "Customer not found")


# Who may see whom


@pytest.fixture
def olga(stage: Stage) -> str:
    """A key of another customer's, whose id is 1."""

    def give(work: Work) -> str:
        id = make.customer(work, name="Harbor Law")
        return access.give_key(work, access.NewKey(name="Olga", technician_id=1, customer_id=id))[1]

    key: str = stage.do(give)
    return key


def test_olga_sees_none_of_it(syncro: Syncro, olga: str) -> None:
    acme = new_customer(syncro, business_name="Acme")
    contact = new_contact(syncro, customer_id=acme)
    phone = syncro.post(f"/customers/{acme}/phones", {"number": "555-1"}).json()["id"]

    for path in ("/customers", "/customers/autocomplete?query=a", f"/customers?id={acme},1", "/customers?query=o"):
        assert ids(syncro.get(path, key=olga)) == [1]
    assert syncro.get("/customers/latest", key=olga).json()["customer"]["id"] == 1
    assert ids(syncro.get(f"/contacts?customer_id={acme}", key=olga)) == []
    for path in (f"/customers/{acme}", f"/customers/{acme}/phones", f"/contacts/{contact}", f"/customers/{acme}/sites"):
        assert syncro.get(path, key=olga).status_code == 404
    for path in (f"/customers/{acme}", f"/contacts/{contact}", f"/customers/{acme}/phones/{phone}"):
        assert syncro.put(path, {"name": "Mine"}, key=olga).status_code == 404
        assert syncro.delete(path, key=olga).status_code == 404
    for path in (f"/customers/{acme}/phones", f"/customers/{acme}/sites"):
        assert syncro.post(path, {"number": "1", "name": "Mine"}, key=olga).status_code == 404


def test_olga_writes_nothing_for_others(syncro: Syncro, olga: str) -> None:
    acme = new_customer(syncro, business_name="Acme")

    refused(syncro.post("/contacts", {"customer_id": acme, "name": "Spy"}, key=olga), 404, "Customer not found")
    own = syncro.post("/contacts", {"customer_id": 1, "name": "Olga"}, key=olga).json()["id"]
    refused(syncro.put(f"/contacts/{own}", {"customer_id": acme}, key=olga), 404, "Customer not found")
    assert syncro.post("/customers", {"business_name": "Mine"}, key=olga).status_code == 401


def test_vic_changes_nothing(desk: Syncro) -> None:
    words = "Not authorized. Please ask account admin to update your group permissions."
    id = new_customer(desk)

    assert desk.get(f"/customers/{id}", key="vic").status_code == 200
    refused(desk.post("/customers", {}, key="vic"), 401, words)
    refused(desk.put(f"/customers/{id}", {}, key="vic"), 401, words)
    refused(desk.delete(f"/customers/{id}", key="vic"), 401, words)


def test_a_limit_counts_addresses_before_keys(database: str) -> None:
    client = Client(stage_on(database, syncro_calls_per_minute=2))
    syncro = Syncro(client, client.stage)
    answers = [syncro.get("/customers", key=key).status_code for key in ("dana", "wrong", "vic", None)]
    client.close()
    client.stage.storage.close()

    assert answers == [200, 401, 429, 429]
