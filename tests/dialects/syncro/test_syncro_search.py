"""The one box that looks everywhere."""

from typing import Any

import pytest

import make
from conftest import Stage, Syncro
from quarterdeck.desk import access, leads, products
from quarterdeck.desk.work import Work


def desk(work: Work) -> dict[str, Any]:
    acme = make.customer(work, name="Marlow Dental", email="office@marlow.example")
    other = make.customer(work, name="Marlow Bakery")
    contact = make.contact(work, customer_id=acme, first_name="Ida", last_name="Marlow")
    asset = make.agent(work, customer_id=acme, name="MARLOW-SRV")
    product = products.create(work, products.New(name="Marlow cable"))
    lead = leads.create(work, leads.New(business_name="Marlow & Daughters"))
    ticket = make.ticket(work, customer_id=acme, title="The Marlow server is down")
    make.ticket(work, customer_id=other, title="The Marlow oven is cold")
    asked = access.NewKey(name="Olga's portal", technician_id=1, customer_id=other)
    narrow = access.NewKey(name="contacts only", technician_id=1, scopes=["contacts:read"])
    return {
        "customer": acme,
        "asset": asset,
        "product": product,
        "lead": lead,
        "contact": contact,
        "ticket": ticket,
        "olga": access.give_key(work, asked)[1],
        "narrow": access.give_key(work, narrow)[1],
    }


def found(syncro: Syncro, text: str, **more: Any) -> list[tuple[str, int]]:
    answer = syncro.get("/search", params={"query": text}, **more).json()
    assert (answer["quick_result"], answer["error"]) == (None, None)
    return [(one["table"]["_type"], one["table"]["_id"]) for one in answer["results"]]


def test_every_sort_of_record_is_looked_through(stage: Stage, syncro: Syncro) -> None:
    ids = stage.do(desk)
    there = found(syncro, "marlow")
    sorts = ("customer", "contact", "ticket", "asset", "lead", "product")
    assert {(sort, ids[sort]) for sort in sorts} <= set(there)


def test_a_hit_lies_in_the_vendors_nesting(stage: Stage, syncro: Syncro) -> None:
    ids = stage.do(desk)
    (hit,) = syncro.get("/search?query=office@marlow.example").json()["results"]
    assert hit["table"]["_index"] == "customers"
    assert hit["table"]["_source"]["table"] == {
        "id": ids["customer"],
        "firstname": None,
        "lastname": None,
        "email": "office@marlow.example",
        "business_name": "Marlow Dental",
        "phone": None,
        "phones": [],
    }


def test_a_key_of_one_customer_finds_nothing_of_another(stage: Stage, syncro: Syncro) -> None:
    ids = stage.do(desk)
    there = found(syncro, "marlow", key=ids["olga"])
    assert len(there) > 1
    sorts = ("customer", "contact", "ticket", "asset", "lead")
    assert not {(sort, ids[sort]) for sort in sorts} & set(there)


def test_only_what_the_key_may_read_is_looked_through(stage: Stage, syncro: Syncro) -> None:
    ids = stage.do(desk)
    assert {sort for sort, _ in found(syncro, "marlow", key=ids["narrow"])} == {"contact"}


def test_no_more_than_ten_of_a_sort_are_found(stage: Stage, syncro: Syncro) -> None:
    stage.do(lambda work: [make.customer(work, name=f"Quill {n}") for n in range(12)])
    assert len(found(syncro, "quill")) == 10


@pytest.mark.parametrize("path", ["/search", "/search?query=", "/search?query=%20", "/search?query=%25%25"])
def test_nothing_finds_nothing(syncro: Syncro, path: str) -> None:
    assert syncro.get(path).json() == {"quick_result": None, "results": [], "error": None}


@pytest.mark.parametrize("text", ["(", '"', "a OR b", "x" * 500, "NEAR(", "'; DROP TABLE customers;--"])
def test_the_language_of_the_index_is_not_spoken_from_outside(syncro: Syncro, text: str) -> None:
    assert syncro.get("/search", params={"query": text}).json()["results"] == []


def test_what_is_no_text_is_refused_in_words(syncro: Syncro) -> None:
    answer = syncro.get("/search", params={"query": "x" * 501})
    assert (answer.status_code, answer.json()["error"]) == (400, "Invalid parameters")
