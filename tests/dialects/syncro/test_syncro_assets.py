"""Assets of customers as Syncro's clients know them."""

import pytest

import make
from conftest import Stage, Syncro
from quarterdeck.desk import assets

SENT = {
    "name": "ACME-WKS-001",
    "asset_type_name": "Laptop",
    "asset_serial": "ABC123456",
    "properties": {"os": "Windows 11 Pro", "manufacturer": "Dell", "Rack": "B2"},
    "warranty_expires": "2027-1-5",
}


def test_an_asset_is_made_with_all_that_is_said_of_it(stage: Stage, syncro: Syncro) -> None:
    customer = stage.do(make.customer)

    answer = syncro.post("/customer_assets", {**SENT, "customer_id": customer})

    assert answer.status_code == 200
    made = answer.json()["asset"]
    assert made == syncro.get(f"/customer_assets/{made['id']}").json()["asset"]
    known = {"name": "ACME-WKS-001", "asset_type": "Laptop", "asset_serial": "ABC123456", "serial_number": "ABC123456"}
    assert made.items() >= {**known, "manufacturer": "Dell", "warranty_expires": "2027-01-05"}.items()
    theirs = {"os": "Windows 11 Pro", "os_name": "Windows 11 Pro", "manufacturer": "Dell", "Rack": "B2"}
    assert made["properties"].items() >= theirs.items()
    assert made["properties"]["kabuto_information"]["os"]["name"] == "Windows 11 Pro"
    assert made["customer"]["business_name"] == "Acme Dental"
    assert made["rmm_store"]["asset_id"] == made["id"]
    assert made["rmm_store"]["triggers"]["low_hd_space_triggered"] == "false"
