"""Appointments and their types as Syncro's clients know them."""

from typing import Any

import pytest

import make
from conftest import Stage, Syncro

SENT = {"summary": "Server maintenance", "start_at": "2026-02-10T09:00:00Z", "end_at": "2026-02-10T11:00:00Z"}


@pytest.fixture
def customer(stage: Stage) -> int:
    id: int = stage.do(lambda work: make.customer(work, address="1 Main Street", city="Springfield"))
    return id


def test_an_appointment_is_answered_wrapped_and_flat(syncro: Syncro, customer: int) -> None:
    made = syncro.post("/appointments", {**SENT, "customer_id": customer, "notes": "Bring a ladder"})

    assert made.status_code == 201
    item = made.json()["appointment"]
    expected = {
        "summary": "Server maintenance",
        "description": "Bring a ladder",
        "notes": "Bring a ladder",
        "start_at": "2026-02-10T09:00:00.000Z",
        "end_at": "2026-02-10T11:00:00.000Z",
        "duration": 2,
        "start_at_label": "Tue 02-10-26 09:00 AM",
        "all_day": False,
        "do_not_email": "1",
        "user_id": 1,
        "ticket_id": None,
        "ticket": None,
        "appointment_location_type": None,
    }
    assert {name: item[name] for name in expected} == expected
    assert item["customer"]["business_name"] == "Acme Dental"
    shown = syncro.get(f"/appointments/{item['id']}").json()
    assert shown["id"] == shown["appointment"]["id"] == item["id"]


def test_rows_are_flat_and_wrapped_again(syncro: Syncro) -> None:
    id = syncro.post("/appointments", SENT).json()["appointment"]["id"]

    listed = syncro.get("/appointments").json()

    (row,) = listed["appointments"]
    assert row["id"] == row["appointment"]["id"] == id
    assert listed["meta"] == {"total_pages": 1, "total_entries": 1, "per_page": 25, "page": 1}


@pytest.mark.parametrize(
    "sent",
    [
        pytest.param({"summary": "Visit", "start_at": "2026-02-10 09:00", "duration": "1.5"}, id="the vendor's"),
        pytest.param({"subject": "Visit", "start_time": "2026-02-10T09:00:00Z", "end_time": "2026-02-10T10:30:00Z"}, id="older"),
        pytest.param({"summary": "Visit", "start_at": "2026-02-10T09:00:00Z", "appointment_duration": 1.5}, id="newer"),
    ],
)  # fmt: skip
def test_fields_go_by_several_names(syncro: Syncro, sent: dict[str, Any]) -> None:
    item = syncro.post("/appointments", sent).json()["appointment"]

    assert (item["summary"], item["end_at"], item["duration"]) == ("Visit", "2026-02-10T10:30:00.000Z", 1.5)


def test_an_appointment_may_be_sent_as_a_form(syncro: Syncro) -> None:
    made = syncro.request("POST", "/appointments.json", data={**SENT, "do_not_email": "0", "user_ids[]": "1"})

    item = made.json()["appointment"]
    assert (item["do_not_email"], item["user_ids"]) == ("0", [1])


def test_whom_to_tell_may_be_said_the_other_way_round(syncro: Syncro) -> None:
    assert syncro.post("/appointments", {**SENT, "email_customer": True}).json()["appointment"]["do_not_email"] == "0"


def test_an_appointment_for_a_ticket_is_with_its_customer(stage: Stage, syncro: Syncro, customer: int) -> None:
    ticket = stage.do(lambda work: make.ticket(work, customer_id=customer))
    type = syncro.post("/appointment_types", {"name": "Onsite", "location_type": 0}).json()["appointment_type"]

    sent = {**SENT, "ticket_id": str(ticket), "appointment_type_id": type["id"]}
    item = syncro.post("/appointments", sent).json()["appointment"]

    assert (item["customer_id"], item["ticket"]["number"]) == (customer, ticket)
    assert item["description"] == f"Ticket {ticket}: Printer on fire\nCustomer: Acme Dental"
    assert (item["location"], item["appointment_location_type"]) == ("1 Main Street, Springfield", "customer")
    (row,) = syncro.get(f"/tickets/{ticket}").json()["ticket"]["appointments"]
    assert (row["id"], row["duration"]) == (item["id"], 2)


def test_appointments_are_filtered(stage: Stage, syncro: Syncro, customer: int) -> None:
    tess = stage.do(make.technician)
    first = syncro.post("/appointments", {**SENT, "customer_id": customer}).json()["appointment"]["id"]
    later = {"summary": "Later", "start_at": "2026-03-10T09:00:00Z", "duration": 1, "user_id": tess}
    second = syncro.post("/appointments", later).json()["appointment"]["id"]

    def found(query: str) -> list[int]:
        return [row["id"] for row in syncro.get(f"/appointments?{query}").json()["appointments"]]

    assert found("date_from=2026-02-11") == found("start_date=2026-2-11") == [second]
    # A day is the whole of it.
    assert found("date_to=2026-02-10") == found("end_date=2026-02-10") == [first]
    assert found("mine=true") == found(f"customer_id={customer}") == [first]
    assert found(f"user_id={tess}") == [second]
    assert found("since_updated_at=2030-01-01") == []
    assert found("sort=start_at DESC") == [second, first]
    assert syncro.get("/appointments?date_from=soon").status_code == 400


def test_an_appointment_is_changed_and_deleted(syncro: Syncro) -> None:
    id = syncro.post("/appointments", SENT).json()["appointment"]["id"]

    changed = syncro.put(f"/appointments/{id}", {"start_at": "2026-02-11T09:00:00Z"}).json()["appointment"]
    assert (changed["end_at"], changed["summary"]) == ("2026-02-11T11:00:00.000Z", "Server maintenance")

    gone = syncro.delete(f"/appointments/{id}")
    assert (gone.status_code, gone.json()) == (200, {"message": "deleted"})
    assert syncro.get(f"/appointments/{id}").json() == {"error": "Appointment not found", "message": "Not found"}


def test_what_is_missing_is_said_at_once(syncro: Syncro) -> None:
    refused = syncro.post("/appointments", {"description": "Something"})
    assert refused.status_code == 422
    assert set(refused.json()["message"]) == {"Summary can't be blank", "Start at can't be blank"}

    endless = syncro.post("/appointments", {"summary": "Visit", "start_at": "2026-02-10"})
    assert (endless.status_code, endless.json()["error"]) == (422, "End at can't be blank")


def test_types_are_kept(syncro: Syncro) -> None:
    sent = {"name": "Shop", "location_type": "2", "location_hard_code": "Our office", "email_instructions": "Ring"}
    made = syncro.post("/appointment_types", sent)

    assert made.status_code == 200
    type = made.json()["appointment_type"]
    expected = {
        "account_id": 1,
        "name": "Shop",
        "location_type": "hard_code",
        "location_hard_code": "Our office",
        "email_instructions": "Ring",
        "buffer": None,
        "appointment_reminders_schedule_id": None,
    }
    assert {name: type[name] for name in expected} == expected
    assert syncro.get(f"/appointment_types/{type['id']}").json()["name"] == "Shop"
    changed = syncro.put(f"/appointment_types/{type['id']}", {"location_type": 1}).json()
    assert changed["location_type"] == changed["appointment_type"]["location_type"] == "manual_entry"
    assert [row["name"] for row in syncro.get("/appointment_types").json()["appointment_types"]] == ["Shop"]
    assert syncro.delete(f"/appointment_types/{type['id']}").json() == {"success": True}
    assert syncro.get(f"/appointment_types/{type['id']}").status_code == 404


def test_what_is_wrong_with_a_type_is_one_text(syncro: Syncro) -> None:
    refused = syncro.post("/appointment_types", {"email_instructions": "Ring"})

    assert refused.status_code == 422
    assert set(refused.json()["errors"].split(",")) == {"Name can't be blank", "Location type can't be blank"}
    assert refused.json()["record"] == {"id": None, "email_instructions": "Ring"}


def test_who_may_only_look_is_told_so(syncro: Syncro) -> None:
    assert syncro.get("/appointments", key="vic").status_code == 200
    assert syncro.post("/appointments", SENT, key="vic").status_code == 401
