"""What a client asks about the desk itself, and what comes with billing."""

import pytest

import make
from conftest import Stage, Syncro
from quarterdeck.desk import provider


def test_settings_are_flat_and_once_more_for_readers_of_another_kind(stage: Stage, syncro: Syncro) -> None:
    stage.do(lambda work: provider.change(work, provider.Changes(name="Harbour IT", city="Lisbon")))
    answer = syncro.get("/settings").json()
    assert answer["ticket"]["priorities"] == ["0 Urgent", "1 High", "2 Normal", "3 Low"]
    assert answer["customers"]["required_fields"] == ["business_name"]
    assert len(answer["business_hours"]) == 7
    assert (answer["settings"]["business_name"], answer["settings"]["city"]) == ("Harbour IT", "Lisbon")


def test_settings_name_the_sorts_of_devices_and_tickets_there_are(stage: Stage, syncro: Syncro) -> None:
    stage.do(lambda work: make.agent(work, type="Cash Register"))
    answer = syncro.get("/settings").json()
    names = {one["name"] for one in answer["assets"]["asset_types"]}
    assert {"Syncro Device", "Laptop", "Cash Register"} <= names
    assert {"Problem", "Incident"} <= {one["name"] for one in answer["ticket"]["ticket_types"]}


def test_settings_and_the_list_of_problem_types_name_the_same(stage: Stage, syncro: Syncro) -> None:
    stage.do(lambda work: make.ticket(work, problem="Cabling"))
    listed = syncro.get("/ticket_problem_types").json()["ticket_problem_types"]
    names = syncro.get("/settings").json()["ticket"]["problem_types"]
    assert names == [one["name"] for one in listed]
    assert {"Virus", "Cabling"} <= set(names)


def test_settings_name_the_custom_fields(stage: Stage, syncro: Syncro) -> None:
    id = stage.do(lambda work: make.field(work, target="ticket", name="Building"))
    ticket = syncro.get("/settings").json()["ticket"]
    assert {"id": id, "name": "Building"} in ticket["ticket_type_fields"]


def test_tabs_are_truths(syncro: Syncro) -> None:
    tabs = syncro.get("/settings/tabs").json()["tabs"]
    assert tabs["customers"] is tabs["tickets"] is True
    assert tabs["invoices"] is False


def test_nothing_is_printed_here(syncro: Syncro) -> None:
    assert syncro.get("/settings/printing").json() == {"messaging_channel": "", "registers": []}


def test_the_ways_to_pay_are_the_vendors(syncro: Syncro) -> None:
    answer = syncro.get("/payment_methods").json()
    names = [one["name"] for one in answer["payment_methods"]]
    assert names == ["Credit Card", "Cash", "Check", "Offline CC", "Quick", "Other"]
    assert answer["meta"]["total_entries"] == 6
    assert syncro.get("/payment_methods?page=2").json()["payment_methods"] == []


@pytest.mark.parametrize("kind", ["invoices", "estimates", "payments"])
def test_a_list_of_what_comes_later_is_whole_and_empty(syncro: Syncro, kind: str) -> None:
    assert syncro.get(f"/{kind}").json() == {
        kind: [],
        "meta": {"total_pages": 1, "total_entries": 0, "per_page": 25, "page": 1},
    }
    assert syncro.get(f"/{kind}?page=7&per_page=3").json()["meta"]["page"] == 7


@pytest.mark.parametrize(
    ("kind", "said"), [("invoices", "Invoice"), ("estimates", "Estimate"), ("payments", "Payment")]
)
def test_none_of_what_comes_later_is_found(syncro: Syncro, kind: str, said: str) -> None:
    answer = syncro.get(f"/{kind}/1")
    assert (answer.status_code, answer.json()) == (404, {"error": f"{said} not found", "message": "Not found"})
