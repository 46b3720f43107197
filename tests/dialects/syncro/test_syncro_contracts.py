"""Contracts as Syncro's clients know them."""

from typing import Any

import pytest

import make
from conftest import Stage, Syncro
from quarterdeck.desk.access import NewKey, give_key

SENT = {"name": "Support tier 1", "contract_amount": "500", "start_date": "2026-03-01", "likelihood": 80}


@pytest.fixture
def customer(stage: Stage) -> int:
    return stage.do(make.customer)


def test_a_contract_is_answered_flat_and_wrapped_at_once(syncro: Syncro, customer: int) -> None:
    answer = syncro.post("/contracts", {**SENT, "customer_id": customer, "description": "By the month"})

    assert answer.status_code == 200
    made = answer.json()
    assert made["name"] == made["contract"]["name"] == "Support tier 1"
    kept = syncro.get(f"/contracts/{made['id']}").json()
    assert kept == made
    wanted = {"status": "Opportunity", "likelihood": 80, "apply_to_all": False, "sla_id": None, "end_date": None}
    assert kept.items() >= {**wanted, "contract_amount": "500", "start_date": "2026-03-01T00:00:00.000Z"}.items()
    assert kept["description"] == kept["notes"] == "By the month"


@pytest.mark.parametrize(
    ("amount", "value"), [("500", 500), (500, 500), ("1,500.50", 1500.5), ("$99", 99), ("500 a month", None)]
)
def test_what_a_contract_is_worth_is_kept_in_its_own_words(
    syncro: Syncro, customer: int, amount: Any, value: float | None
) -> None:
    made = syncro.post("/contracts", {**SENT, "customer_id": customer, "contract_amount": amount}).json()

    assert (made["contract_amount"], made["value"]) == (str(amount), value)


def test_other_clients_call_some_things_otherwise(syncro: Syncro, customer: int) -> None:
    theirs = {"contract_type": "Managed services", "value": 750, "billing_frequency": "annually", "notes": "New"}

    made = syncro.post("/contracts", {**SENT, "contract_amount": None, "customer_id": customer, **theirs}).json()

    assert made.items() >= {**theirs, "contract_amount": "750", "description": "New"}.items()


def test_a_change_touches_what_it_names(syncro: Syncro, customer: int) -> None:
    id = syncro.post("/contracts", {**SENT, "customer_id": customer}).json()["id"]

    changed = syncro.put(f"/contracts/{id}", {"status": "Active", "apply_to_all": "1", "customer_id": customer}).json()

    assert (changed["status"], changed["apply_to_all"], changed["name"]) == ("Active", True, "Support tier 1")
    assert syncro.client.get(f"/contracts/{id}").json()["Active"] is True


def test_a_contract_stays_with_its_customer(stage: Stage, syncro: Syncro, customer: int) -> None:
    id = syncro.post("/contracts", {**SENT, "customer_id": customer}).json()["id"]

    answer = syncro.put(f"/contracts/{id}", {"customer_id": stage.do(make.customer)})

    assert (answer.status_code, answer.json()["error"]) == (422, "customer_id cannot be changed")


def test_a_contract_switched_off_in_the_other_face_stands_so_here(syncro: Syncro, customer: int) -> None:
    id = syncro.post("/contracts", {**SENT, "customer_id": customer, "status": "Active"}).json()["id"]

    syncro.client.put(f"/contracts/{id}", {"Active": False})

    assert syncro.get(f"/contracts/{id}").json()["status"] == "Inactive"


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        ({"name": "A"}, "customer_id required"),
        ({"customer_id": 1}, "name is required"),
    ],
)
def test_a_contract_says_what_it_lacks_as_one_text(
    syncro: Syncro, customer: int, sent: dict[str, Any], message: str
) -> None:
    answer = syncro.post("/contracts", sent)

    assert (answer.status_code, answer.json()["error"]) == (422, message)
    assert answer.json()["errors"].startswith(message)


def test_tickets_outlive_the_contract_they_were_under(stage: Stage, syncro: Syncro, customer: int) -> None:
    id = syncro.post("/contracts", {**SENT, "customer_id": customer}).json()["id"]
    ticket = stage.do(lambda work: make.ticket(work, customer_id=customer, contract_id=id))

    assert syncro.delete(f"/contracts/{id}").json() == {"success": True}

    answer = syncro.get(f"/contracts/{id}")
    assert (answer.status_code, answer.json()["error"]) == (404, "Contract not found")
    assert syncro.client.get(f"/tickets/{ticket}").json()["ContractID"] is None


def test_contracts_are_listed_and_found(stage: Stage, syncro: Syncro, customer: int) -> None:
    syncro.post("/contracts", {**SENT, "customer_id": customer})
    syncro.post("/contracts", {"name": "Backup", "status": "Active", "customer_id": stage.do(make.customer)})

    body = syncro.get("/contracts").json()
    assert [one["id"] for one in body["contracts"]] == [1, 2]
    assert body["meta"] == {"total_pages": 1, "total_entries": 2, "per_page": 50, "page": 1}
    for query, wanted in (
        (f"customer_id={customer}", [1]),
        ("query=BACK", [2]),
        ("status=active", [2]),
        ("sort=name ASC", [2, 1]),
        ("since_updated_at=2027-01-01", []),
    ):
        assert [one["id"] for one in syncro.get(f"/contracts?{query}").json()["contracts"]] == wanted, query


def test_one_customers_key_touches_no_contract_of_another(stage: Stage, syncro: Syncro, customer: int) -> None:
    id = syncro.post("/contracts", {**SENT, "customer_id": customer}).json()["id"]
    key = stage.do(
        lambda work: give_key(work, NewKey(name="Olga's", technician_id=1, customer_id=make.customer(work)))[1]
    )

    assert syncro.get("/contracts", key=key).json()["contracts"] == []
    for method in ("GET", "PUT", "DELETE"):
        assert syncro.request(method, f"/contracts/{id}", key=key, json={"name": "Mine"}).status_code == 404
    assert syncro.post("/contracts", {**SENT, "customer_id": customer}, key=key).status_code == 404
