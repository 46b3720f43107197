"""Schedules as Syncro's clients know them, and where the onboarding of a customer ends."""

from typing import Any

import pytest

import make
from conftest import Stage, Syncro
from quarterdeck.desk.access import NewKey, give_key

LINE = {"name": "Managed workstation", "quantity": "3", "cost_cents": 500, "retail_cents": 4999}


@pytest.fixture
def sent(stage: Stage) -> dict[str, Any]:
    customer = stage.do(make.customer)
    return {"customer_id": customer, "name": "MSP bundle", "frequency": "Monthly", "next_run": "2026-4-1"}


def product(syncro: Syncro) -> int:
    asked = {"name": "Backup", "price_retail": 12.5, "price_cost": 4, "description": "Off site", "taxable": False}
    made = syncro.post("/products", asked).json()
    return int((made.get("product") or made)["id"])


def test_a_schedule_is_kept_as_it_was_agreed(syncro: Syncro, sent: dict[str, Any]) -> None:
    answer = syncro.post("/schedules", {**sent, "email_customer": "1", "paused": True})

    assert answer.status_code == 200
    made = answer.json()["schedule"]
    assert made == syncro.get(f"/schedules/{made['id']}").json()["schedule"]
    assert made.items() >= {**sent, "next_run": "2026-04-01T00:00:00.000Z", "email_customer": True}.items()
    assert (made["paused"], made["snail_mail"], made["charge_mop"], made["lines"], made["subtotal"]) == (
        True,
        False,
        False,
        [],
        0,
    )


@pytest.mark.parametrize(
    "word",
    [
        "Daily",
        "Weekly",
        "Biweekly",
        "Monthly",
        "Quarterly",
        "Semi-Annually",
        "Annually",
        "Biennially",
        "Triennially",
    ],
)
def test_a_schedule_runs_as_often_as_it_says(syncro: Syncro, sent: dict[str, Any], word: str) -> None:
    assert syncro.post("/schedules", {**sent, "frequency": word}).json()["schedule"]["frequency"] == word


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("customer_id", None, "customer_id required"),
        ("name", "", "Name can't be blank"),
        ("frequency", None, "Frequency can't be blank"),
        ("frequency", "Hourly", None),
        ("next_run", None, "Next run can't be blank"),
        ("next_run", "soon", None),
    ],
)
def test_a_schedule_says_what_it_lacks(
    syncro: Syncro, sent: dict[str, Any], name: str, value: Any, message: str | None
) -> None:
    answer = syncro.post("/schedules", {**sent, name: value})

    assert answer.status_code == 422
    assert list(answer.json()["errors"]) == [name]
    assert message in (None, answer.json()["error"])


def test_a_schedule_is_changed_and_deleted(syncro: Syncro, sent: dict[str, Any]) -> None:
    id = syncro.post("/schedules", sent).json()["schedule"]["id"]
    syncro.post(f"/schedules/{id}/add_line_item", LINE)

    changed = syncro.put(f"/schedules/{id}", {"paused": "1", "next_run": "2026-05-01T13:00:00Z"}).json()["schedule"]
    assert (changed["paused"], changed["next_run"], changed["name"]) == (
        True,
        "2026-05-01T00:00:00.000Z",
        "MSP bundle",
    )

    assert syncro.delete(f"/schedules/{id}").json() == {"success": True}
    answer = syncro.get(f"/schedules/{id}")
    assert (answer.status_code, answer.json()["error"]) == (404, "Schedule not found")


def test_schedules_are_listed_by_customer(stage: Stage, syncro: Syncro, sent: dict[str, Any]) -> None:
    syncro.post("/schedules", sent)
    syncro.post("/schedules", {**sent, "customer_id": stage.do(make.customer), "paused": True})

    assert [one["id"] for one in syncro.get("/schedules").json()["schedules"]] == [1, 2]
    assert [one["id"] for one in syncro.get(f"/schedules?customer_id={sent['customer_id']}").json()["schedules"]] == [1]
    assert [one["id"] for one in syncro.get("/schedules?paused=true").json()["schedules"]] == [2]
    assert syncro.get("/schedules?page=2").json() == {
        "schedules": [],
        "meta": {"total_pages": 1, "total_entries": 2, "per_page": 25, "page": 2},
    }


def test_lines_make_the_sum(syncro: Syncro, sent: dict[str, Any]) -> None:
    id = syncro.post("/schedules", sent).json()["schedule"]["id"]

    line = syncro.post(f"/schedules/{id}/add_line_item", {**LINE, "one_time_charge": True, "recurring_type_id": 2})
    syncro.post(f"/schedules/{id}/add_line_item", {"name": "Hours", "quantity": 1.25, "retail_cents": 9999})

    assert line.status_code == 200
    made = line.json()["schedule_line_item"]
    assert (made["quantity"], made["price_retail"], made["price_cost"], made["position"]) == ("3.0", 49.99, 5, 1)
    assert (made["taxable"], made["one_time_charge"], made["recurring_type_id"]) == (True, True, 2)
    schedule = syncro.get(f"/schedules/{id}").json()["schedule"]
    assert [one["name"] for one in schedule["lines"]] == ["Managed workstation", "Hours"]
    # 3 times 49.99, and 124.9875 rounded to cents.
    assert schedule["subtotal"] == 274.96


def test_a_line_takes_what_it_does_not_say_from_its_product(syncro: Syncro, sent: dict[str, Any]) -> None:
    id = syncro.post("/schedules", sent).json()["schedule"]["id"]

    line = syncro.post(f"/schedules/{id}/add_line_item", {"product_id": product(syncro), "quantity": 2}).json()

    made = line["schedule_line_item"]
    assert (made["name"], made["description"], made["retail_cents"], made["cost_cents"], made["taxable"]) == (
        "Backup",
        "Off site",
        1250,
        400,
        False,
    )


def test_a_line_is_changed_where_it_stands(syncro: Syncro, sent: dict[str, Any]) -> None:
    id = syncro.post("/schedules", sent).json()["schedule"]["id"]
    line = syncro.post(f"/schedules/{id}/add_line_item", LINE).json()["schedule_line_item"]["id"]

    changed = syncro.put(f"/schedules/{id}/line_items/{line}", {"quantity": 4, "name": "Workstation"}).json()

    made = changed["schedule_line_item"]
    assert (made["name"], made["quantity"], made["retail_cents"]) == ("Workstation", "4.0", 4999)
    other = syncro.post("/schedules", sent).json()["schedule"]["id"]
    assert syncro.put(f"/schedules/{other}/line_items/{line}", {"quantity": 5}).status_code == 404


@pytest.mark.parametrize(
    "body", [b"1", b'"1"', b'{"schedule_line_item_id": 1}', b'{"line_item_id": "1"}', b'{"id": 1}']
)
def test_a_line_is_removed_however_it_is_named(syncro: Syncro, sent: dict[str, Any], body: bytes) -> None:
    id = syncro.post("/schedules", sent).json()["schedule"]["id"]
    syncro.post(f"/schedules/{id}/add_line_item", LINE)

    headers = {"content-type": "application/json"}
    answer = syncro.post(f"/schedules/{id}/remove_line_item", content=body, headers=headers)

    assert answer.json() == {"success": True}
    assert syncro.get(f"/schedules/{id}").json()["schedule"]["lines"] == []


@pytest.mark.parametrize(("body", "status"), [(b"99", 404), (b"{}", 422), (b'{"id": "x"}', 422), (b"[1]", 400)])
def test_a_line_nobody_names_is_not_removed(syncro: Syncro, sent: dict[str, Any], body: bytes, status: int) -> None:
    id = syncro.post("/schedules", sent).json()["schedule"]["id"]
    syncro.post(f"/schedules/{id}/add_line_item", LINE)

    headers = {"content-type": "application/json"}
    answer = syncro.post(f"/schedules/{id}/remove_line_item", content=body, headers=headers)

    assert answer.status_code == status
    assert len(syncro.get(f"/schedules/{id}").json()["schedule"]["lines"]) == 1


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ({}, "name"),
        ({"product_id": 99}, "product_id"),
        ({"name": "Odd", "user_id": 99}, "user_id"),
        ({"name": "Odd", "quantity": "many"}, "quantity"),
        ({"name": "Odd", "recurring_type_id": 7}, "recurring_type_id"),
    ],
)
def test_a_line_says_what_is_wrong(syncro: Syncro, sent: dict[str, Any], asked: dict[str, Any], name: str) -> None:
    id = syncro.post("/schedules", sent).json()["schedule"]["id"]

    answer = syncro.post(f"/schedules/{id}/add_line_item", asked)

    assert answer.status_code == 422
    assert list(answer.json()["errors"]) == [name]


def test_one_customers_key_sees_no_schedule_of_another(stage: Stage, syncro: Syncro, sent: dict[str, Any]) -> None:
    id = syncro.post("/schedules", sent).json()["schedule"]["id"]
    line = syncro.post(f"/schedules/{id}/add_line_item", LINE).json()["schedule_line_item"]["id"]
    own, key = stage.do(
        lambda work: (
            customer := make.customer(work),
            give_key(work, NewKey(name="Olga's", technician_id=1, customer_id=customer))[1],
        )
    )

    assert syncro.get("/schedules", key=key).json()["schedules"] == []
    for method, path in (
        ("GET", f"/schedules/{id}"),
        ("PUT", f"/schedules/{id}"),
        ("DELETE", f"/schedules/{id}"),
        ("POST", f"/schedules/{id}/add_line_item"),
        ("POST", f"/schedules/{id}/remove_line_item"),
        ("PUT", f"/schedules/{id}/line_items/{line}"),
    ):
        assert syncro.request(method, path, key=key, json={"id": line, "name": "Mine"}).status_code == 404, path
    assert syncro.post("/schedules", sent, key=key).status_code == 404
    mine = syncro.post("/schedules", {**sent, "customer_id": own}, key=key).json()["schedule"]["id"]
    assert syncro.put(f"/schedules/{mine}", {"customer_id": sent["customer_id"]}, key=key).status_code == 404
    assert syncro.post(f"/schedules/{mine}/remove_line_item", {"id": line}, key=key).status_code == 404


def test_the_onboarding_of_a_customer_ends_with_contract_and_schedule(syncro: Syncro) -> None:
    """The steps of the document, one after the other, by what each answers."""
    asked = {"business_name": "Acme Corporation", "tax_rate": 8.25, "referred_by": "ABC Company"}
    customer = syncro.post("/customers", asked).json()["customer"]["id"]
    for name, title in (("Jane Doe", "Owner"), ("Sam Roe", "IT Manager"), ("Kim Poe", "Billing")):
        body = {"customer_id": customer, "name": name, "title": title, "email": f"{name[:3].lower()}@acme.example"}
        assert syncro.post("/contacts", body).status_code == 200
    asset = syncro.post(
        "/customer_assets",
        {
            "customer_id": customer,
            "name": "ACME-WKS-001",
            "asset_type_name": "Desktop",
            "asset_serial": "ABC123456",
            "properties": {"os": "Windows 11 Pro"},
        },
    )
    assert asset.status_code == 200
    contract = syncro.post(
        "/contracts",
        {
            "customer_id": customer,
            "name": "Managed services",
            "contract_amount": "500",
            "start_date": "2026-03-01",
            "status": "Active",
        },
    )
    assert contract.status_code == 200
    schedule = syncro.post(
        "/schedules",
        {"customer_id": customer, "name": "Managed services", "frequency": "Monthly", "next_run": "2026-04-01"},
    ).json()["schedule"]["id"]
    assert syncro.post(f"/schedules/{schedule}/add_line_item", LINE).status_code == 200

    whole = syncro.get(f"/customers/{customer}").json()["customer"]
    assert [one["name"] for one in whole["contacts"]] == ["Jane Doe", "Sam Roe", "Kim Poe"]
    assert [one["asset_serial"] for one in whole["assets"]] == ["ABC123456"]
    assert [(one["name"], one["status"], one["contract_amount"]) for one in whole["contracts"]] == [
        ("Managed services", "Active", "500")
    ]
    (kept,) = syncro.get(f"/schedules?customer_id={customer}").json()["schedules"]
    assert (kept["frequency"], kept["next_run"], kept["subtotal"]) == ("Monthly", "2026-04-01T00:00:00.000Z", 149.97)
