"""RMM alerts as Syncro's clients know them."""

from typing import Any

import pytest

import make
from conftest import Stage, Syncro
from quarterdeck.desk import alerts

SENT = {
    "description": "Low disk space",
    "formatted_output": "C: 4.1 GB free",
    "status": "warning",
    "properties": {"trigger": "low_hd_space", "tech": "Sam"},
}


@pytest.fixture
def device(stage: Stage) -> dict[str, int]:
    def act(work: Any) -> dict[str, int]:
        customer = make.customer(work)
        return {"customer_id": customer, "asset_id": make.agent(work, customer_id=customer, name="ACME-SRV1")}

    return stage.do(act)


def test_an_alert_is_raised_under_both_keys(syncro: Syncro, device: dict[str, int]) -> None:
    answer = syncro.post("/rmm_alerts", {**SENT, **device})

    assert answer.status_code == 201
    body = answer.json()
    assert body["success"] is True
    assert body["alert"] == body["rmm_alert"]
    alert = syncro.get(f"/rmm_alerts/{body['alert']['id']}").json()["rmm_alert"]
    assert alert == body["alert"]
    assert (alert["computer_name"], alert["resolved"], alert["status"]) == ("ACME-SRV1", False, "warning")
    assert alert["properties"] == {"trigger": "low_hd_space", "description": "Low disk space", "tech": "Sam"}
    assert alert["formatted_output"] == "C: 4.1 GB free"
    assert (alert["ticket_id"], alert["ticket_number"], alert["ticket_status"]) == (None, None, None)


def test_an_alert_is_the_customers_whose_device_it_is(syncro: Syncro, device: dict[str, int]) -> None:
    made = syncro.post("/rmm_alerts", {**SENT, "asset_id": device["asset_id"]}).json()["alert"]

    assert made["customer_id"] == device["customer_id"]


def test_what_an_alert_is_called_may_stand_among_its_properties(syncro: Syncro, device: dict[str, int]) -> None:
    made = syncro.post("/rmm_alerts", {**device, "properties": {"subject": "No backup"}, "status": "triggered"})

    assert made.status_code == 201
    assert made.json()["alert"]["description"] == "No backup"


def test_an_alert_needs_a_customer_and_a_description(syncro: Syncro, device: dict[str, int]) -> None:
    answer = syncro.post("/rmm_alerts", {"formatted_output": "?", **device})
    assert answer.status_code == 422
    assert "Description can't be blank" in answer.json()["message"]

    answer = syncro.post("/rmm_alerts", {"description": "Odd noise"})
    assert answer.status_code == 422
    assert answer.json()["error"] == "customer_id required"
    assert syncro.post("/rmm_alerts", {"description": "Odd noise", "asset_id": 99}).status_code == 422


@pytest.mark.parametrize(
    ("query", "wanted"), [("", [1]), ("?status=active", [1]), ("?status=Resolved", [2]), ("?status=all", [1, 2])]
)
def test_alerts_are_listed_by_state(syncro: Syncro, device: dict[str, int], query: str, wanted: list[int]) -> None:
    for _ in range(2):
        syncro.post("/rmm_alerts", {**SENT, **device})
    assert syncro.delete("/rmm_alerts/2").json() == {"success": "true"}

    body = syncro.get(f"/rmm_alerts{query}").json()
    assert [one["id"] for one in body["rmm_alerts"]] == wanted
    assert body["meta"]["total_entries"] == len(wanted)


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("customer_id=1", [1]),
        ("customer_id=99", []),
        ("asset_id=1", [1]),
        ("severity=Critical", [2]),
        ("severity=medium", [1]),
        ("created_after=2026-03-02T09:29:00Z", [1, 2]),
        ("created_after=2026-03-02T09:30:00Z", []),
        ("since_updated_at=2026-03-02", [1, 2]),
    ],
)
def test_alerts_are_filtered(
    stage: Stage, syncro: Syncro, device: dict[str, int], query: str, wanted: list[int]
) -> None:
    syncro.post("/rmm_alerts", {**SENT, **device})
    stage.do(lambda work: make.alert(work, severity="critical"))

    assert [one["id"] for one in syncro.get(f"/rmm_alerts?{query}").json()["rmm_alerts"]] == wanted


@pytest.mark.parametrize("query", ["status=lost", "status=active&status=all", "severity=Loud", "created_after=soon"])
def test_a_question_that_cannot_be_read_is_refused(syncro: Syncro, query: str) -> None:
    assert syncro.get(f"/rmm_alerts?{query}").status_code == 400


@pytest.mark.parametrize(
    ("word", "until"),
    [
        ("1-hour", "2026-03-02T10:30:00.000Z"),
        ("1-day", "2026-03-03T09:30:00.000Z"),
        ("2-days", "2026-03-04T09:30:00.000Z"),
        ("1-week", "2026-03-09T09:30:00.000Z"),
        ("2-weeks", "2026-03-16T09:30:00.000Z"),
        ("1-month", "2026-04-01T09:30:00.000Z"),
        ("forever", "9999-12-31T00:00:00.000Z"),
    ],
)
@pytest.mark.parametrize("place", ["query", "body"])
def test_an_alert_is_muted_for_a_while(
    syncro: Syncro, device: dict[str, int], word: str, until: str, place: str
) -> None:
    syncro.post("/rmm_alerts", {**SENT, **device})

    more: dict[str, Any] = {"params": {"mute_for": word}} if place == "query" else {"json": {"mute_for": word}}
    assert syncro.post("/rmm_alerts/1/mute", **more).json() == {"success": "true"}

    assert syncro.get("/rmm_alerts/1").json()["rmm_alert"]["muted_until"] == until


@pytest.mark.parametrize("word", ["1h", "60", "1_hour", 60, ["1-hour"], None])
def test_an_alert_is_muted_for_no_other_while(syncro: Syncro, device: dict[str, int], word: Any) -> None:
    syncro.post("/rmm_alerts", {**SENT, **device})

    answer = syncro.post("/rmm_alerts/1/mute", {"mute_for": word})

    assert answer.status_code == 422
    assert list(answer.json()["errors"]) == ["mute_for"]


def test_other_clients_resolve_and_mute_by_put(syncro: Syncro, device: dict[str, int]) -> None:
    syncro.post("/rmm_alerts", {**SENT, **device})

    assert syncro.put("/rmm_alerts/1/mute").json()["rmm_alert"]["muted_until"].startswith("9999")
    resolved = syncro.put("/rmm_alerts/1/resolve", {"resolution_note": "Cleaned up"}).json()["rmm_alert"]
    assert (resolved["resolved"], resolved["resolved_at"]) == (True, "2026-03-02T09:30:00.000Z")


def test_a_resolved_alert_stays_to_be_read(syncro: Syncro, device: dict[str, int]) -> None:
    syncro.post("/rmm_alerts", {**SENT, **device})

    for _ in range(2):
        assert syncro.delete("/rmm_alerts/1").json() == {"success": "true"}

    assert syncro.get("/rmm_alerts/1").json()["rmm_alert"]["resolved"] is True


def test_an_alert_names_the_ticket_it_led_to(stage: Stage, syncro: Syncro, device: dict[str, int]) -> None:
    ticket = stage.do(lambda work: make.ticket(work, customer_id=device["customer_id"]))

    alert = syncro.post("/rmm_alerts", {**SENT, **device, "ticket_id": ticket}).json()["alert"]

    assert (alert["ticket_id"], alert["ticket_number"], alert["ticket_status"]) == (ticket, ticket, "New")


def test_an_alert_of_one_face_is_the_same_alert_in_the_other(
    stage: Stage, syncro: Syncro, device: dict[str, int]
) -> None:
    made = syncro.post("/rmm_alerts", {**SENT, **device}).json()["alert"]
    syncro.delete(f"/rmm_alerts/{made['id']}")

    alert = syncro.client.get(f"/alerts/{made['id']}").json()
    assert (alert["Title"], alert["Severity"], alert["AlertMessage"]) == (
        "Low disk space",
        "Warning",
        "C: 4.1 GB free",
    )
    assert alert["Archived"] is True


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/rmm_alerts/99"),
        ("DELETE", "/rmm_alerts/99"),
        ("POST", "/rmm_alerts/99/mute?mute_for=1-hour"),
        ("PUT", "/rmm_alerts/99/resolve"),
    ],
)
def test_an_alert_that_is_not_there_is_not_found(syncro: Syncro, method: str, path: str) -> None:
    answer = syncro.request(method, path)

    assert (answer.status_code, answer.json()["error"]) == (404, "Alert not found")


def test_alerts_of_monitoring_say_what_set_them_off(stage: Stage, syncro: Syncro) -> None:
    stage.do(lambda work: alerts.create(work, alerts.New(customer_id=make.customer(work), title="Hot", trigger="cpu")))

    (alert,) = syncro.get("/rmm_alerts").json()["rmm_alerts"]
    assert alert["properties"] == {"trigger": "cpu", "description": "Hot"}
