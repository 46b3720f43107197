"""Customers through HTTP."""

from conftest import Client


def test_a_customer_is_created_with_its_name_trimmed(client: Client) -> None:
    answer = client.post("/customers", {"CustomerName": "  Acme Dental "})

    assert answer.status_code == 201
    assert answer.json()["CustomerName"] == "Acme Dental"
    assert answer.json()["ActionID"] == answer.json()["CustomerID"] == 1
