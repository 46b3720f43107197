"""Contacts as Syncro's clients know them."""

import make
from conftest import Stage, Syncro


def test_a_contact_is_answered_flat_and_wrapped_at_once(stage: Stage, syncro: Syncro) -> None:
    customer = stage.do(make.customer)
    made = syncro.post("/contacts", {"customer_id": customer, "name": "Jane Doe", "title": "IT Manager"}).json()
    assert made["name"] == made["contact"]["name"] == "Jane Doe"
    assert made["title"] == made["properties"]["title"] == "IT Manager"
