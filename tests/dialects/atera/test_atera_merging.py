"""Duplicates over Atera's face."""

import make
from conftest import Client, Stage
from quarterdeck.desk.work import Work


def test_customers_are_cleaned_up(stage: Stage, client: Client) -> None:
    def settle(work: Work) -> tuple[int, int, int, int]:
        primary = make.customer(work, name="Acme GmbH", domain=None)
        duplicate = make.customer(work, name="ACME", domain=None, business_number="HRB 17")
        contact = make.contact(work, customer_id=duplicate)
        return primary, duplicate, contact, make.ticket(work, contact_id=contact)

    primary, duplicate, contact, ticket = stage.do(settle)

    (found,) = client.get("/customers/duplicates").json()["items"]
    assert (found["Customer"]["CustomerID"], found["Duplicate"]["CustomerID"]) == (primary, duplicate)
    assert found["Reasons"] == ["name"]
    preview = client.get(f"/customers/{primary}/merge?DuplicateID={duplicate}").json()
    assert (preview["Moves"], preview["Fills"]) == ({"tickets": 1, "contacts": 1}, ["BusinessNumber"])
    merge = client.post(f"/customers/{primary}/merge", {"DuplicateID": duplicate}).json()
    assert (merge["RecordType"], merge["PrimaryID"], merge["DuplicateID"]) == ("customer", primary, duplicate)

    assert client.get(f"/customers/{duplicate}").json()["CustomerID"] == primary
    assert client.get(f"/tickets?customerId={duplicate}").json()["items"][0]["TicketID"] == ticket
    assert client.get(f"/customers/{duplicate}/contacts").json()["items"][0]["EndUserID"] == contact
    made = client.post("/tickets", {"TicketTitle": "Printer", "CustomerID": duplicate}).json()
    assert made["CustomerID"] == primary
    client.put(f"/customvalues/customerfield/{duplicate}/Level", {"Value": "gold"})
    client.post(f"/customvalues/customer/{duplicate}", {"FieldName": "Level", "Value": "gold"})
    assert client.get(f"/customvalues/customerfields/{duplicate}").json()[0]["ItemId"] == primary
    assert client.delete(f"/customers/{duplicate}").status_code == 404

    undone = client.post(f"/merges/{merge['MergeID']}/undo")
    assert (undone.status_code, undone.json()["UndoneOn"] is None) == (200, False)
    assert client.get(f"/customers/{duplicate}").json()["BusinessNumber"] == "HRB 17"


def test_contacts_become_one(stage: Stage, client: Client) -> None:
    def settle(work: Work) -> tuple[int, int]:
        pat = make.contact(work, phone="555 010 0100")
        customer_id = work.db.exec_driver_sql("SELECT max(id) FROM customers").scalar()
        return pat, make.contact(work, customer_id=customer_id, job_title="CFO")

    pat, other = stage.do(settle)

    merge = client.post(f"/contacts/{pat}/merge", {"DuplicateID": other})

    assert merge.status_code == 200
    assert client.get(f"/contacts/{other}").json()["EndUserID"] == pat
    assert client.get(f"/contacts/{pat}").json()["JobTitle"] == "CFO"
    assert client.get("/merges?recordType=contact").json()["totalItemCount"] == 1


def test_a_duplicate_has_to_be_named(stage: Stage, client: Client) -> None:
    primary = stage.do(make.customer)

    for sent in ({}, {"DuplicateID": primary}, {"DuplicateID": 2**62}):
        assert client.post(f"/customers/{primary}/merge", sent).status_code == 400
    assert client.get(f"/customers/{primary}/merge").status_code == 400
