"""Leads as Syncro's clients know them."""

from typing import Any

import make
from conftest import Stage, Syncro

SENT = {"first_name": "Lea", "last_name": "Park", "email": "lea@park.example", "ticket_subject": "New laptops"}


def lead(syncro: Syncro, **more: Any) -> Any:
    made = syncro.post("/leads", {**SENT, **more})
    assert made.status_code == 200, made.json()
    return made.json()["lead"]


def test_a_lead_is_kept_and_shown(syncro: Syncro) -> None:
    made = lead(syncro, opportunity_amount_dollars="1200.50", likelihood="40", hidden_notes="Call back")

    expected = {
        **SENT,
        "phone": None,
        "address": "",
        "city": "",
        "state": "",
        "zip": "",
        "business_then_name": "Lea Park",
        "status": "New",
        "message_read": False,
        "has_attachments": False,
        "mailbox_id": None,
        "customer_id": None,
        "opportunity_amount_dollars": 1200.5,
        "likelihood": 40,
        "hidden_notes": "Call back",
        "emails": [],
        "attachments": [],
        "appointments": [],
    }
    assert {name: made[name] for name in expected} == expected
    assert syncro.get(f"/leads/{made['id']}").json() == {"lead": made}
    (row,) = syncro.get("/leads").json()["leads"]
    assert row["id"] == made["id"]
    assert "emails" not in row


def test_leads_are_filtered(stage: Stage, syncro: Syncro) -> None:
    tess, ticket = stage.do(make.technician), stage.do(make.ticket)
    first = lead(syncro, status="New", source="Web")["id"]
    second = lead(syncro, status="Won", email="sam@elsewhere.example", user_id=tess, ticket_id=ticket)["id"]
    third = lead(syncro, status="In Negotiation", email=None, converted=True, business_name="Zebra")["id"]

    def found(query: str) -> list[int]:
        return [row["id"] for row in syncro.get(f"/leads?{query}").json()["leads"]]

    assert found("statuses[]=new&statuses[]=Won") == found("status_list=New,Won") == [first, second]
    assert found("status=In%20Negotiation") == [third]
    assert found(f"users[]={tess}") == found("has_ticket=true") == found("query=sam") == [second]
    assert found("has_ticket=false") == [first, third]
    assert found("source=web") == found("email=LEA@park.example") == [first]
    assert found("converted=true") == found("query=zebra") == [third]
    assert found("mailbox_ids[]=4") == [first, second, third]


def test_a_lead_deleted_is_put_away(syncro: Syncro) -> None:
    id = lead(syncro)["id"]

    assert syncro.delete(f"/leads/{id}").json() == {"success": True}

    assert syncro.get("/leads").json()["leads"] == []
    assert syncro.get(f"/leads/{id}").json()["lead"]["disabled"] is True
    for query in ("include_disabled=true", "disabled=true"):
        assert [row["id"] for row in syncro.get(f"/leads?{query}").json()["leads"]] == [id]


def test_a_lead_becomes_a_customer_with_a_ticket(syncro: Syncro) -> None:
    id = lead(syncro, business_name="Park & Sons")["id"]

    made = syncro.post(f"/leads/{id}/convert", {"create_ticket": "true", "ticket_subject": "Quote laptops"}).json()

    assert made.keys() == {"customer_id", "ticket_id"}
    customer = syncro.get(f"/customers/{made['customer_id']}").json()["customer"]
    assert (customer["business_name"], customer["contacts"][0]["name"]) == ("Park & Sons", "Lea Park")
    ticket = syncro.get(f"/tickets/{made['ticket_id']}").json()["ticket"]
    assert (ticket["subject"], ticket["customer_id"]) == ("Quote laptops", made["customer_id"])
    shown = syncro.get(f"/leads/{id}").json()["lead"]
    assert (shown["converted"], shown["customer_id"], shown["ticket_id"]) == (True, *made.values())


def test_a_lead_may_become_a_customer_alone(syncro: Syncro) -> None:
    made = syncro.post(f"/leads/{lead(syncro)['id']}/convert").json()

    assert made["ticket_id"] is None


def test_a_lead_is_changed(syncro: Syncro) -> None:
    id = lead(syncro)["id"]

    changed = syncro.put(f"/leads/{id}", {"lead": {"status": "Lost", "message_read": "1"}}).json()["lead"]

    assert (changed["status"], changed["message_read"], changed["email"]) == ("Lost", True, "lea@park.example")


def test_what_is_wrong_is_said_in_the_vendors_words(syncro: Syncro) -> None:
    refused = syncro.post("/leads", {"email": "nowhere", "from_check_in": True})
    assert refused.status_code == 422
    assert refused.json()["message"] == ["Invalid email format", "Email is not an email"]
    assert refused.json()["params"] == {"email": "nowhere", "from_check_in": True}

    silent = syncro.post("/leads", {"from_check_in": "1"})
    assert (silent.status_code, silent.json()["error"]) == (422, "Ticket description can't be blank")
    assert syncro.get("/leads/99").json() == {"error": "Lead not found", "message": "Not found"}
    assert syncro.get("/leads/first").status_code == 400


def test_a_key_of_one_customer_sees_no_leads_of_others(stage: Stage, syncro: Syncro) -> None:
    id = lead(syncro)["id"]
    olga = stage.do(make.key_of_one_customer)

    assert syncro.get("/leads", key=olga).json()["leads"] == []
    for method, path in (("GET", f"/leads/{id}"), ("DELETE", f"/leads/{id}"), ("POST", f"/leads/{id}/convert")):
        assert syncro.request(method, path, key=olga).status_code == 404
