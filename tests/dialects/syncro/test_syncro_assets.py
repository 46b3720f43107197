"""Assets of customers as Syncro's clients know them."""

from collections.abc import Iterator
from typing import Any

import pytest

import make
from conftest import Stage, Syncro
from quarterdeck.desk import assets, fields
from quarterdeck.desk.access import NewKey, give_key
from quarterdeck.desk.work import Work

SENT = {
    "name": "ACME-WKS-001",
    "asset_type_name": "Laptop",
    "asset_serial": "ABC123456",
    "properties": {"os": "Windows 11 Pro", "manufacturer": "Dell", "Rack": "B2"},
    "warranty_expires": "2027-1-5",
}


@pytest.fixture
def customer(stage: Stage) -> int:
    return stage.do(make.customer)


def made(syncro: Syncro, **asked: Any) -> Any:
    answer = syncro.post("/customer_assets", {**SENT, **asked})
    assert answer.status_code == 200, answer.json()
    return answer.json()["asset"]


def names(value: Any) -> Iterator[list[str]]:
    """The names in each object of an answer."""
    if isinstance(value, dict):
        yield list(value)
    for one in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from names(one)


def test_an_asset_is_made_with_all_that_is_said_of_it(syncro: Syncro, customer: int) -> None:
    asset = made(syncro, customer_id=customer)

    assert asset == syncro.get(f"/customer_assets/{asset['id']}").json()["asset"]
    known = {"name": "ACME-WKS-001", "asset_type": "Laptop", "asset_serial": "ABC123456", "serial_number": "ABC123456"}
    assert asset.items() >= {**known, "manufacturer": "Dell", "warranty_expires": "2027-01-05"}.items()
    theirs = {"os": "Windows 11 Pro", "os_name": "Windows 11 Pro", "manufacturer": "Dell", "Rack": "B2"}
    assert asset["properties"].items() >= theirs.items()
    assert asset["properties"]["kabuto_information"]["os"]["name"] == "Windows 11 Pro"
    assert asset["customer"]["business_name"] == "Acme Dental"
    assert asset["rmm_store"]["asset_id"] == asset["id"]
    assert asset["rmm_store"]["triggers"]["low_hd_space_triggered"] == "false"
    fixed = {"has_live_chat": False, "snmp_enabled": False, "device_info": {}, "rmm_links": [], "address": None}
    assert asset.items() >= fixed.items()


def test_what_a_device_reports_is_shown_among_its_properties(stage: Stage, syncro: Syncro) -> None:
    disks = [{"drive": "C:", "free": 1, "used": 1, "total": 488_280}]
    given = {"memory_mib": 16384, "disks": disks, "ip_addresses": ["10.0.0.7"], "online": True, "processor": "i7"}
    id = stage.do(lambda work: make.agent(work, **given))

    asset = syncro.get(f"/customer_assets/{id}").json()["asset"]
    wanted = {"ram": "16 GB", "hdd": "476.8 GB", "ip_address": "10.0.0.7", "online": True, "cpu_name": "i7"}
    assert asset["properties"].items() >= wanted.items()
    assert asset["asset_type"] == "Syncro Device"


def test_no_two_names_of_an_asset_differ_in_case_alone(stage: Stage, syncro: Syncro, customer: int) -> None:
    asset = made(syncro, customer_id=customer, properties={"HDD": "1 TB", "av": "Defender", "Online": "no"})
    field = fields.NewValue(name="OS", value="typed in the other face")
    stage.do(lambda work: fields.put(work, fields.Target.AGENT, asset["id"], field))

    shown = syncro.get(f"/customer_assets/{asset['id']}").json()
    assert shown["asset"]["properties"]["HDD"] == "1 TB"
    for one in names(shown):
        assert len({name.casefold() for name in one}) == len(one), one


def test_properties_are_merged(syncro: Syncro, customer: int) -> None:
    id = made(syncro, customer_id=customer)["id"]

    body = {"properties": {"os": "Windows 12", "Shelf": 4, "Rack": None}}
    changed = syncro.put(f"/customer_assets/{id}", body).json()["asset"]

    assert (changed["properties"]["os"], changed["properties"]["Shelf"]) == ("Windows 12", "4")
    assert changed["properties"]["manufacturer"] == "Dell"
    assert "Rack" not in changed["properties"]


@pytest.mark.parametrize(
    ("sent", "shown", "id"),
    [
        ({"asset_type_name": "Printer"}, "Printer", 6),
        ({"asset_type": "Time clock"}, "Time clock", None),
        ({"asset_type_id": 4}, "Server", 4),
        ({"asset_type_id": "1"}, "Syncro Device", 1),
        ({"asset_type_name": "syncro device"}, "Syncro Device", 1),
    ],
)
def test_a_type_is_named_or_numbered(
    syncro: Syncro, customer: int, sent: dict[str, Any], shown: str, id: int | None
) -> None:
    body = {"name": "X", "customer_id": customer, **sent}
    asset = syncro.post("/customer_assets", body).json()["asset"]

    assert asset["asset_type"] == shown
    assert id in (None, asset["asset_type_id"])
    found = syncro.get(f"/customer_assets?asset_type_id={asset['asset_type_id']}").json()["assets"]
    assert [one["id"] for one in found] == [asset["id"]]
    changed = syncro.put(f"/customer_assets/{asset['id']}", {"asset_type_id": asset["asset_type_id"]})
    assert changed.json()["asset"]["asset_type"] == shown


@pytest.mark.parametrize("sent", [{"asset_type_name": ""}, {"asset_type_name": " "}, {"asset_type_id": 999}])
def test_a_type_cannot_be_blank(syncro: Syncro, customer: int, sent: dict[str, Any]) -> None:
    answer = syncro.post("/customer_assets", {"name": "X", "customer_id": customer, **sent})

    assert answer.status_code == 422
    assert "Asset type can't be blank" in answer.json()["message"]


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        ({"name": ""}, "name is required"),
        ({"customer_id": None}, "customer_id required"),
        ({"contact_id": 99}, "contact_id names no contact of this customer"),
        ({"warranty_expires": "never"}, None),
        ({"properties": "none"}, None),
    ],
)
def test_an_asset_says_what_it_lacks(syncro: Syncro, customer: int, sent: dict[str, Any], message: str | None) -> None:
    answer = syncro.post("/customer_assets", {**SENT, "customer_id": customer, **sent})

    assert answer.status_code == 422
    assert message in (None, answer.json()["error"])


def test_a_serial_number_is_taken_once_by_a_customer(stage: Stage, syncro: Syncro, customer: int) -> None:
    first = made(syncro, customer_id=customer)

    answer = syncro.post("/customer_assets", {**SENT, "customer_id": customer, "asset_serial": " abc123456"})
    assert (answer.status_code, answer.json()["error"]) == (422, "Asset serial has already been taken")

    # The vendor's importer then looks the asset up by it, and changes that.
    (found,) = syncro.get("/customer_assets?query=c12345").json()["assets"]
    assert found["id"] == first["id"]
    body = {**SENT, "customer_id": customer, "name": "ACME-WKS-002"}
    assert syncro.put(f"/customer_assets/{found['id']}", body).json()["asset"]["name"] == "ACME-WKS-002"
    made(syncro, customer_id=stage.do(make.customer))
    for _ in range(2):
        made(syncro, customer_id=customer, asset_serial="To be filled by O.E.M.")


@pytest.mark.parametrize(
    "sent", [{"customer_name": "acme dental"}, {"email": "OFFICE@acme.example"}, {"phone": "555 0100"}]
)
def test_an_asset_finds_its_customer(stage: Stage, syncro: Syncro, sent: dict[str, str]) -> None:
    customer = stage.do(lambda work: make.customer(work, email="office@acme.example", phone="555-0100"))

    assert made(syncro, **sent)["customer_id"] == customer


def test_an_importer_brings_a_new_customer_along(syncro: Syncro) -> None:
    assert made(syncro, customer_name="Birch Ltd")["customer"]["business_name"] == "Birch Ltd"


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("customer_id=1", [1, 2]),
        ("customer_id=99", []),
        ("asset_type=laptop", [1]),
        ("asset_type=Syncro Device", [2, 3]),
        ("asset_type_id=3", [1]),
        ("asset_type_id=1", [2, 3]),
        ("asset_type_id=999", []),
        ("asset_serial=abc123456", [1]),
        ("query=srv", [2]),
        ("query=ABC12", [1]),
        ("contact_id=1", [2]),
        ("online=true", [3]),
        ("snmp_enabled=true", []),
        ("snmp_enabled=false", [1, 2, 3]),
        ("id[]=1&id[]=3", [1, 3]),
        ("since_updated_at=2026-03-02", [1, 2, 3]),
        ("since_updated_at=2026-03-03", []),
        ("sort=name DESC", [2, 1, 3]),
    ],
)
def test_assets_are_filtered(stage: Stage, syncro: Syncro, customer: int, query: str, wanted: list[int]) -> None:
    def act(work: Work) -> None:
        contact = make.contact(work, customer_id=customer)
        make.agent(work, customer_id=customer, name="SRV-1", contact_id=contact)
        make.agent(work, name="A", online=True)

    made(syncro, customer_id=customer)
    stage.do(act)

    body = syncro.get(f"/customer_assets?{query}").json()
    assert [one["id"] for one in body["assets"]] == wanted
    assert body["meta"]["total_entries"] == len(wanted)


@pytest.mark.parametrize("query", ["asset_type_id=x", "customer_id=x", "online=maybe", "page=x"])
def test_a_question_that_cannot_be_read_is_refused(syncro: Syncro, query: str) -> None:
    assert syncro.get(f"/customer_assets?{query}").status_code == 400


def test_assets_are_found_where_other_scripts_look(stage: Stage, syncro: Syncro, customer: int) -> None:
    asset = syncro.post("/assets", {**SENT, "customer_id": customer}).json()["asset"]
    stage.do(make.agent)

    assert syncro.get(f"/assets/{asset['id']}").json()["asset"] == asset
    assert [one["id"] for one in syncro.get("/assets").json()["assets"]] == [1, 2]
    assert syncro.get(f"/customers/{customer}/assets").json()["assets"] == [asset]
    assert syncro.get("/customers/99/assets").status_code == 404
    for path in ("/customer_assets/99", "/assets/99", "/assets/99/patches", "/assets/99/installed_applications"):
        assert (syncro.get(path).status_code, syncro.get(path).json()["error"]) == (404, "Asset not found"), path


def test_assets_of_a_contact(stage: Stage, syncro: Syncro, customer: int) -> None:
    contact = stage.do(lambda work: make.contact(work, customer_id=customer))
    asset = made(syncro, customer_id=customer, contact_id=contact)

    assert syncro.get(f"/customer_assets/assets_by_contact/{contact}").json()["assets"] == [asset]
    assert syncro.get("/customer_assets/assets_by_contact/99").status_code == 404


def test_a_deleted_asset_is_gone(syncro: Syncro, customer: int) -> None:
    id = made(syncro, customer_id=customer)["id"]

    assert syncro.delete(f"/customer_assets/{id}").json() == {"success": True}
    assert syncro.get(f"/customer_assets/{id}").status_code == 404


def test_assets_are_named_for_a_chat(stage: Stage, syncro: Syncro) -> None:
    def act(work: Work) -> None:
        for name in ("WS-1", "WS-2", "WS-3"):
            make.agent(work, name=name, customer_id=make.customer(work, first_name="John", last_name="Smith"))

    stage.do(act)

    body = syncro.get("/customer_assets/chat_information_by_ids?ids[]=1&ids[]=3").json()
    assert body["assets"] == [
        {"id": id, "name": f"WS-{id}", "customer": {"id": id, "fullname": "John Smith", "business_name": "Acme Dental"}}
        for id in (1, 3)
    ]
    assert syncro.get("/customer_assets/chat_information_by_ids").status_code == 400
    assert syncro.get("/customer_assets/chat_information_by_ids?ids=x").status_code == 400


def test_patches_are_shown_in_both_forms(stage: Stage, syncro: Syncro) -> None:
    def act(work: Work) -> int:
        id = make.agent(work)
        for day, (code, state) in enumerate(
            [("KB1", "missing"), ("KB2", "failed"), ("KB3", "rejected"), ("KB4", "installed")], 1
        ):
            new = {
                "code": code,
                "title": f"Update {code}",
                "state": state,
                "at": f"2026-02-0{day}",
                "reason": "No room",
            }
            assets.report_patch(work, id, assets.NewPatch.check({**new, "category": "Security Updates"}))
        return id

    id = stage.do(act)

    body = syncro.get(f"/customer_assets/{id}/patches").json()
    common = {"category": "Security Updates", "severity": None}
    assert body["available_patches"] == [
        {
            "kb": "KB1",
            "title": "Update KB1",
            **common,
            "status": "Missing Patches",
            "evaluated_at": "2026-02-01T00:00:00.000Z",
        },
        {
            "kb": "KB2",
            "title": "Update KB2",
            **common,
            "status": "Failed Patches",
            "failure_reason": "No room",
            "attempted_installation": "2026-02-02T00:00:00.000Z",
        },
        {
            "kb": "KB3",
            "title": "Update KB3",
            **common,
            "status": "Rejected Patches",
            "rejected_at": "2026-02-03T00:00:00.000Z",
        },
    ]
    assert [(one["kb"], one["status"], one["installed_at"]) for one in body["installed_patches"]] == [
        ("KB4", "Recently Installed", "2026-02-04T00:00:00.000Z")
    ]
    assert body["available_patches_meta"] == {"total_pages": 1, "total_entries": 3, "per_page": 50, "page": 1}
    assert [one["kb"] for one in body["patches"]["available"]] == ["KB1", "KB2", "KB3"]
    assert body["patches"]["installed"] == [
        {"kb": "KB4", "title": "Update KB4", "installed_date": "2026-02-04T00:00:00.000Z"}
    ]
    second = syncro.get(f"/customer_assets/{id}/patches?per_page=2&page=2").json()
    assert [one["kb"] for one in second["available_patches"]] == ["KB3"]


def test_programs_are_listed(stage: Stage, syncro: Syncro) -> None:
    def act(work: Work) -> int:
        id = make.agent(work)
        found = [
            assets.NewSoftware(name="7-Zip", vendor="Igor Pavlov", release="24.08"),
            assets.NewSoftware(name="VLC"),
        ]
        assets.report_software(work, id, found)
        return id

    id = stage.do(act)

    body = syncro.get(f"/customer_assets/{id}/installed_applications").json()
    assert body["installed_applications"] == [
        {"name": "7-Zip", "vendor": "Igor Pavlov", "version": "24.08"},
        {"name": "VLC", "vendor": None, "version": None},
    ]
    assert body["meta"]["total_entries"] == 2


def test_one_customers_key_sees_no_asset_of_another(stage: Stage, syncro: Syncro, customer: int) -> None:
    id = made(syncro, customer_id=customer)["id"]
    own, key = stage.do(
        lambda work: (
            mine := make.customer(work),
            give_key(work, NewKey(name="Olga's", technician_id=1, customer_id=mine))[1],
        )
    )

    for path in ("/customer_assets", "/assets", f"/customer_assets/chat_information_by_ids?ids={id}"):
        assert syncro.get(path, key=key).json()["assets"] == [], path
    for method, path in (
        ("GET", f"/customer_assets/{id}"),
        ("PUT", f"/customer_assets/{id}"),
        ("DELETE", f"/customer_assets/{id}"),
        ("GET", f"/customer_assets/{id}/patches"),
        ("GET", f"/customer_assets/{id}/installed_applications"),
        ("GET", f"/customers/{customer}/assets"),
        ("POST", "/customer_assets"),
    ):
        body = {**SENT, "customer_id": customer}
        assert syncro.request(method, path, key=key, json=body).status_code == 404, path
    mine = syncro.post("/customer_assets", {**SENT, "customer_id": own}, key=key).json()["asset"]["id"]
    assert syncro.put(f"/customer_assets/{mine}", {"customer_id": customer}, key=key).status_code == 404
    # Nor does it learn of the words others have for theirs.
    made(syncro, customer_id=customer, asset_serial="S2", asset_type_name="Secret kiosk")
    number = syncro.get("/customer_assets?asset_type=secret kiosk").json()["assets"][0]["asset_type_id"]
    assert syncro.put(f"/customer_assets/{mine}", {"asset_type_id": number}, key=key).status_code == 422
