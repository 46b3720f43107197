"""Contracts that Atera's clients make and change."""

from typing import Any

import pytest

import make
from conftest import Client, Stage
from quarterdeck.desk.access import NewKey, give_key

TERMS = {"BillingPeriod": "Monthly", "Quantity": 3, "RateID": 4}


@pytest.fixture
def sent(stage: Stage) -> dict[str, Any]:
    return {
        "ContractName": "Managed Gold",
        "CustomerID": stage.do(make.customer),
        "ContractType": "RetainerFlatFee",
        "StartDate": "2026-01-01T00:00:00Z",
        "EndDate": "2026-12-31T00:00:00Z",
        "Taxable": True,
        "RetainerFlatFeeContract": TERMS,
        "HourlyContract": {"HourlyRateID": 1},
    }


def test_a_contract_is_made_with_the_terms_of_its_kind(client: Client, sent: dict[str, Any]) -> None:
    answer = client.post("/contracts", sent)

    assert answer.status_code == 201
    made = answer.json()
    assert made["ActionID"] == made["ContractID"]
    contract = client.get(f"/contracts/{made['ContractID']}").json()
    assert contract.items() >= {**sent, "HourlyContract": None, "Active": True, "Default": False}.items()


@pytest.mark.parametrize("method", ["POST", "PUT"])
def test_a_change_touches_the_terms_that_are_named(client: Client, sent: dict[str, Any], method: str) -> None:
    id = client.post("/contracts", sent).json()["ContractID"]

    body = {"Active": False, "RetainerFlatFeeContract": {"Quantity": 5}, "BlockHoursContract": {"HoursIncluded": 9}}
    answer = client.request(method, f"/contracts/{id}", json=body)

    assert answer.status_code == 200
    contract = client.get(f"/contracts/{id}").json()
    assert (contract["Active"], contract["ContractName"]) == (False, "Managed Gold")
    assert contract["RetainerFlatFeeContract"] == {**TERMS, "Quantity": 5}
    assert contract["BlockHoursContract"] is None


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("ContractName", None, "ContractName required"),
        ("CustomerID", None, "CustomerID required"),
        ("CustomerID", 99, "Invalid customer ID"),
        ("ContractType", None, "ContractType required"),
    ],
)
def test_a_contract_says_what_it_lacks(
    client: Client, sent: dict[str, Any], name: str, value: Any, message: str
) -> None:
    answer = client.post("/contracts", {**sent, name: value})

    assert (answer.status_code, answer.json()["Message"]) == (400, message)


def test_a_contract_stays_with_its_customer(stage: Stage, client: Client, sent: dict[str, Any]) -> None:
    id = client.post("/contracts", sent).json()["ContractID"]
    other = stage.do(make.customer)

    assert client.put(f"/contracts/{id}", {"CustomerID": sent["CustomerID"]}).status_code == 200
    assert client.put(f"/contracts/{id}", {"CustomerID": other}).status_code == 400


def test_one_customers_key_touches_no_contract_of_another(stage: Stage, client: Client, sent: dict[str, Any]) -> None:
    id = client.post("/contracts", sent).json()["ContractID"]
    own, key = stage.do(
        lambda work: (
            customer := make.customer(work),
            give_key(work, NewKey(name="Olga's", technician_id=1, customer_id=customer))[1],
        )
    )

    assert client.put(f"/contracts/{id}", {"ContractName": "Mine"}, key=key).status_code == 404
    assert client.post("/contracts", sent, key=key).status_code == 400
    assert client.post("/contracts", {**sent, "CustomerID": own}, key=key).status_code == 201


def test_a_contract_made_in_syncro_is_a_retainer_that_waits(stage: Stage, client: Client) -> None:
    customer = stage.do(make.customer)
    body = {"customer_id": customer, "name": "Support tier 1", "billing_frequency": "monthly"}
    headers = {"Authorization": f"Bearer {stage.keys['dana']}"}
    made = client.request("POST", "/api/v1/contracts", key=None, headers=headers, json=body).json()

    contract = client.get(f"/contracts/{made['id']}").json()
    assert (contract["ContractType"], contract["Active"]) == ("RetainerFlatFee", False)

    client.put(f"/contracts/{made['id']}", {"Active": True, "RetainerFlatFeeContract": {"Quantity": 2}})
    contract = client.get(f"/contracts/{made['id']}").json()
    assert contract["RetainerFlatFeeContract"] == {"Quantity": 2, "BillingPeriod": "Monthly"}
    shown = client.request("GET", f"/api/v1/contracts/{made['id']}", key=None, headers=headers).json()
    assert shown["status"] == "Active"
