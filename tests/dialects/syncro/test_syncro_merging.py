"""Duplicates over Syncro's face: found, merged, and taken apart again."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

import make
from conftest import Client, Stage, Syncro
from quarterdeck.desk import access
from quarterdeck.desk.work import Work


@pytest.fixture
def acme(stage: Stage) -> dict[str, int]:
    """Acme twice, once with Pat and a ticket of hers."""

    def settle(work: Work) -> dict[str, int]:
        made = {
            "primary": make.customer(work, name="Acme Corporation", phone="555-010-0100"),
            "duplicate": make.customer(work, name="ACME Corp.", email="it@acme.example"),
        }
        made["contact"] = make.contact(work, customer_id=made["duplicate"], first_name="Pat")
        made["ticket"] = make.ticket(work, contact_id=made["contact"])
        return made

    made: dict[str, int] = stage.do(settle)
    return made


def test_customers_are_cleaned_up(acme: dict[str, int], syncro: Syncro, client: Client) -> None:
    """Find the duplicate, choose the primary, look at what moves, merge; the old id goes on answering."""
    primary, duplicate = acme["primary"], acme["duplicate"]

    (found,) = syncro.get("/customers/duplicates").json()["duplicates"]
    assert (found["customer"]["id"], found["duplicate"]["id"]) == (primary, duplicate)
    assert found["reasons"] == ["name", "domain"]

    preview = syncro.get(f"/customers/{primary}/merge", params={"duplicate_id": duplicate}).json()
    assert preview["moves"] == {"tickets": 1, "contacts": 1}
    assert preview["fills"] == ["email"]
    assert (preview["customer"]["business_name"], preview["duplicate"]["business_name"]) == (
        "Acme Corporation",
        "ACME Corp.",
    )

    merged = syncro.post(f"/customers/{primary}/merge", {"duplicate_id": duplicate}).json()["merge"]
    assert (merged["record_type"], merged["primary_id"], merged["duplicate_id"]) == ("customer", primary, duplicate)

    assert syncro.get(f"/customers/{duplicate}").json()["customer"]["id"] == primary
    assert syncro.get("/tickets", params={"customer_id": duplicate}).json()["tickets"][0]["id"] == acme["ticket"]
    assert syncro.get("/contacts", params={"customer_id": duplicate}).json()["contacts"][0]["id"] == acme["contact"]
    assert client.get(f"/customers/{duplicate}").json()["CustomerID"] == primary
    assert client.get(f"/customers/{duplicate}/contacts").json()["totalItems"] == 1
    assert syncro.get("/customers/duplicates").json()["duplicates"] == []
    assert [one["id"] for one in syncro.get("/merges").json()["merges"]] == [merged["id"]]


def test_a_merge_is_taken_back(acme: dict[str, int], syncro: Syncro) -> None:
    body = {"duplicate_id": acme["duplicate"]}
    merge = syncro.post(f"/customers/{acme['primary']}/merge", body).json()["merge"]

    undone = syncro.post(f"/merges/{merge['id']}/undo")

    assert undone.status_code == 200
    assert undone.json()["merge"]["undone_at"] is not None
    assert syncro.get(f"/customers/{acme['duplicate']}").json()["customer"]["email"] == "it@acme.example"
    assert syncro.get(f"/tickets/{acme['ticket']}").json()["ticket"]["customer_id"] == acme["duplicate"]
    again = syncro.post(f"/merges/{merge['id']}/undo")
    assert (again.status_code, again.json()["error"]) == (409, "Has been undone")


def test_contacts_are_cleaned_up(acme: dict[str, int], stage: Stage, syncro: Syncro) -> None:
    pat = stage.do(lambda work: make.contact(work, customer_id=acme["duplicate"], first_name="PAT", email=None))

    (found,) = syncro.get("/contacts/duplicates").json()["duplicates"]
    assert (found["contact"]["id"], found["duplicate"]["id"]) == (acme["contact"], pat)
    preview = syncro.get(f"/contacts/{pat}/merge", params={"duplicate_id": acme["contact"]}).json()
    assert (preview["moves"], preview["fills"]) == ({"tickets": 1}, ["email"])
    syncro.post(f"/contacts/{pat}/merge", {"duplicate_id": acme["contact"]})

    assert syncro.get(f"/contacts/{acme['contact']}").json()["contact"]["id"] == pat
    assert syncro.get(f"/tickets/{acme['ticket']}").json()["ticket"]["contact_id"] == pat


def test_through_an_old_id_a_record_is_changed_but_never_deleted(acme: dict[str, int], syncro: Syncro) -> None:
    primary, duplicate = acme["primary"], acme["duplicate"]
    syncro.post(f"/customers/{primary}/merge", {"duplicate_id": duplicate})

    changed = syncro.put(f"/customers/{duplicate}", {"notes": "Merged", "properties": {"Level": "gold"}})
    assert changed.json()["customer"]["id"] == primary
    assert changed.json()["customer"]["properties"]["Level"] == "gold"
    assert syncro.delete(f"/customers/{duplicate}").status_code == 404
    assert syncro.get(f"/customers/{primary}").json()["customer"]["notes"] == "Merged"


MADE_OF_A_CUSTOMER: list[tuple[str, dict[str, Any]]] = [
    ("tickets", {"subject": "Printer"}),
    ("contacts", {"name": "Jane Doe"}),
    ("customer_assets", {"name": "WS-1", "asset_type_name": "Laptop"}),
    ("contracts", {"name": "Care"}),
    ("appointments", {"summary": "Visit", "start_at": "2026-03-03T09:00:00Z", "end_at": "2026-03-03T10:00:00Z"}),
    ("rmm_alerts", {"description": "Disk full"}),
    ("wiki_pages", {"name": "Router", "body": "Under the stairs"}),
    ("schedules", {"name": "Monthly", "frequency": "Monthly", "next_run": "2026-04-01"}),
    ("leads", {"first_name": "Lee", "ticket_description": "New office"}),
    ("portal_users", {"email": "jane@acme.example"}),
]


@pytest.mark.parametrize(("path", "body"), MADE_OF_A_CUSTOMER, ids=[path for path, _ in MADE_OF_A_CUSTOMER])
def test_what_is_made_for_an_old_id_is_the_primarys(
    acme: dict[str, int], syncro: Syncro, path: str, body: dict[str, Any]
) -> None:
    primary, duplicate = acme["primary"], acme["duplicate"]
    syncro.post(f"/customers/{primary}/merge", {"duplicate_id": duplicate})

    answer = syncro.post(f"/{path}", {"customer_id": duplicate, **body})

    assert answer.status_code in (200, 201), answer.text
    whole = answer.json()
    records = [whole, *(one for one in whole.values() if isinstance(one, dict))]
    owners = {str(one["customer_id"]) for one in records if one.get("customer_id") is not None}
    assert owners == {str(primary)}


@pytest.mark.parametrize("sent", [{}, {"duplicate_id": ""}, {"duplicate_id": "x"}, {"duplicate_id": 2**62}])
def test_a_duplicate_has_to_be_named(acme: dict[str, int], syncro: Syncro, sent: dict[str, Any]) -> None:
    assert syncro.post(f"/customers/{acme['primary']}/merge", sent).status_code == 422
    assert syncro.get(f"/customers/{acme['primary']}/merge", params=sent).status_code == 400


def test_who_may_only_look_merges_nothing(acme: dict[str, int], syncro: Syncro) -> None:
    path, body = f"/customers/{acme['primary']}/merge", {"duplicate_id": acme["duplicate"]}

    assert syncro.post(path, body, key="vic").status_code == 401
    assert syncro.get(path, params=body, key="vic").status_code == 200


def test_of_merges_nobody_hears_by_a_key_of_one_customer(acme: dict[str, int], stage: Stage, syncro: Syncro) -> None:
    merge = syncro.post(f"/customers/{acme['primary']}/merge", {"duplicate_id": acme["duplicate"]}).json()["merge"]
    asked = {"name": "Olga", "technician_id": 1, "customer_id": acme["primary"]}
    key = stage.do(lambda work: access.give_key(work, access.NewKey.check(asked)))[1]

    assert syncro.get("/merges", key=key).json()["merges"] == []
    assert syncro.get(f"/merges/{merge['id']}", key=key).status_code == 404
    for path in ("/customers/duplicates", "/contacts/duplicates"):
        assert syncro.get(path, key=key).status_code == 401
    assert syncro.post(f"/merges/{merge['id']}/undo", key=key).status_code == 401


def test_of_two_merges_the_wrong_way_round_one_is_done(acme: dict[str, int], syncro: Syncro) -> None:
    ways = [(acme["primary"], acme["duplicate"]), (acme["duplicate"], acme["primary"])]

    with ThreadPoolExecutor() as pool:
        answers = list(pool.map(lambda way: syncro.post(f"/customers/{way[0]}/merge", {"duplicate_id": way[1]}), ways))

    assert sorted(answer.status_code for answer in answers) == [200, 422]
    assert syncro.get("/customers").json()["meta"]["total_entries"] == 1
    first, second = (syncro.get(f"/customers/{id}").json()["customer"]["id"] for id in ways[0])
    assert first == second
