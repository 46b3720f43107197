"""Alerts that Atera's clients raise, resolve and delete."""

from typing import Any

import pytest

import make
from conftest import Client, Stage
from quarterdeck.desk import alerts, assets
from quarterdeck.desk.access import NewKey, give_key


@pytest.fixture
def device(stage: Stage) -> dict[str, Any]:
    def act(work: Any) -> dict[str, Any]:
        customer = make.customer(work)
        id = make.agent(work, customer_id=customer, name="CTO-WS-014")
        return {"customer": customer, "id": id, "guid": assets.get(work, id).guid}

    return stage.do(act)


def test_an_alert_is_raised_for_a_device(client: Client, device: dict[str, Any]) -> None:
    body = {
        "DeviceGuid": device["guid"].upper(),
        "Title": "Disk usage high",
        "Severity": "Warning",
        "AlertCategoryID": "Disk",
        "AdditionalInfo": "C: 92%",
        "Code": 7,
    }
    answer = client.post("/alerts", body)

    assert answer.status_code == 201
    made = answer.json()
    assert made["ActionID"] == made["AlertID"]
    alert = client.get(f"/alerts/{made['AlertID']}").json()
    assert alert.items() >= {**body, "DeviceGuid": device["guid"], "CustomerID": device["customer"]}.items()
    assert (alert["AgentId"], alert["DeviceName"], alert["Archived"]) == (device["id"], "CTO-WS-014", False)


def test_an_alert_is_information_unless_it_says_otherwise(client: Client, device: dict[str, Any]) -> None:
    made = client.post("/alerts", {"DeviceGuid": device["guid"], "Title": "Hello"}).json()

    assert (made["Severity"], made["AlertCategoryID"], made["Source"]) == ("Information", "General", "API")


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({"Title": "Lost"}, "DeviceGuid required"),
        ({"DeviceGuid": "5b0c9f0e-6a2d-4d54-9c1f-0f8b3a77d201", "Title": "Lost"}, "Agent not found"),
    ],
)
def test_an_alert_needs_its_device(client: Client, body: dict[str, Any], message: str) -> None:
    answer = client.post("/alerts", body)

    assert (answer.status_code, answer.json()["Message"]) == (400, message)


@pytest.mark.parametrize("content", [b"", b"null", b"{}", b'{"any": "thing"}', b"[1]"])
def test_an_alert_is_resolved_whatever_the_body_says(client: Client, device: dict[str, Any], content: bytes) -> None:
    id = client.post("/alerts", {"DeviceGuid": device["guid"], "Title": "Hot"}).json()["AlertID"]

    answer = client.put(f"/alerts/{id}", content=content, headers={"content-type": "application/json"})

    assert answer.status_code == 200
    alert = client.get(f"/alerts/{id}").json()
    assert (alert["Archived"], alert["ArchivedDate"]) == (True, "2026-03-02T09:30:00Z")


def test_a_deleted_alert_is_gone(client: Client, device: dict[str, Any]) -> None:
    id = client.post("/alerts", {"DeviceGuid": device["guid"], "Title": "Hot"}).json()["AlertID"]

    assert client.delete(f"/alerts/{id}").json() == {"ActionID": id, "Success": True}

    assert client.get(f"/alerts/{id}").status_code == 404
    assert client.get("/alerts").json()["totalItemCount"] == 0


def test_one_customers_key_raises_no_alert_for_anothers_device(
    stage: Stage, client: Client, device: dict[str, Any]
) -> None:
    def act(work: Any) -> tuple[str, int]:
        key = give_key(work, NewKey(name="Olga's", technician_id=1, customer_id=make.customer(work)))[1]
        return key, alerts.create(work, alerts.New(customer_id=device["customer"], title="Theirs"))

    key, theirs = stage.do(act)

    assert client.post("/alerts", {"DeviceGuid": device["guid"], "Title": "Hi"}, key=key).status_code == 400
    assert client.put(f"/alerts/{theirs}", key=key).status_code == 404
    assert client.delete(f"/alerts/{theirs}", key=key).status_code == 404


def test_a_device_moves_to_another_customer_without_its_people(
    stage: Stage, client: Client, device: dict[str, Any]
) -> None:
    other, contact = stage.do(
        lambda work: (
            make.customer(work),
            make.contact(work, customer_id=device["customer"], default_asset_id=device["id"]),
        )
    )

    answer = client.put(f"/agents/{device['id']}/relations", {"CustomerId": other})

    assert (answer.status_code, answer.json()["CustomerID"]) == (200, other)
    assert client.get(f"/contacts/{contact}").json()["DefaultAgentId"] is None
    assert client.put(f"/agents/{device['id']}/relations", {}).status_code == 400


def test_patches_are_listed_by_the_guid_of_their_device(stage: Stage, client: Client, device: dict[str, Any]) -> None:
    def act(work: Any) -> None:
        for code, state in (("KB1", "missing"), ("KB2", "installed")):
            new = {"code": code, "title": f"Update {code}", "state": state, "at": "2026-03-01T02:00:00Z"}
            assets.report_patch(work, device["id"], assets.NewPatch.check(new))

    stage.do(act)

    available = client.get(f"/agents/{device['guid']}/available-patches").json()
    installed = client.get(f"/agents/{device['guid']}/installed-patches").json()
    assert available == {
        "deviceGuid": device["guid"],
        "timestamp": None,
        "availableUpdates": [{"name": "Update KB1", "class": "", "kbId": "KB1", "status": "Available"}],
    }
    assert installed["installedUpdates"] == [
        {"name": "Update KB2", "class": "", "kbId": "KB2", "installDate": "2026-03-01T02:00:00Z"}
    ]
    assert client.get("/agents/no-such-guid/installed-patches").status_code == 404
