"""Customers named by mail, number or name in place of an id."""

import pytest

import make
from desk.looking import acting
from quarterdeck.desk import customers
from quarterdeck.desk.errors import Forbidden, Invalid, Why
from quarterdeck.desk.work import Work


def test_a_mail_address_says_more_than_a_number(work: Work) -> None:
    by_mail = make.customer(work, name="Acme", email="front@acme.example")
    by_phone = make.customer(work, name="Bolt", phone="(555) 123-4567")

    assert customers.known_as(work, "Acme", "Front@ACME.example", "555 123 4567") == by_mail
    assert customers.known_as(work, "Acme", "else@acme.example", "555.123.4567") == by_phone


def test_a_name_counts_in_any_case_where_nothing_else_is_known(work: Work) -> None:
    id = make.customer(work, name="Acme Dental")

    assert customers.known_as(work, "ACME dental", "new@acme.example", "555") == id


def test_somebody_nobody_knows_becomes_a_customer(work: Work) -> None:
    id = customers.known_as(work, "Bolt", "front@bolt.example", "555-0100")

    made = customers.get(work, id)
    assert (made.name, made.email, made.phone) == ("Bolt", "front@bolt.example", "555-0100")
    assert customers.known_as(work, email="front@bolt.example") == id


@pytest.mark.parametrize("by", [{"email": "front@bolt.example"}, {"phone": "555-0100"}])
def test_a_customer_may_be_made_without_a_name(work: Work, by: dict[str, str]) -> None:
    assert customers.get(work, customers.known_as(work, **by)).name == next(iter(by.values()))


def test_nothing_said_names_nobody(work: Work) -> None:
    with pytest.raises(Invalid) as refused:
        customers.known_as(work, "", None, "")

    assert refused.value.problems["customer_id"].why is Why.MISSING


def test_a_key_of_one_customer_finds_itself_alone(work: Work) -> None:
    acme, bolt = make.customer(work, name="Acme"), make.customer(work, name="Bolt")
    olga = acting(work, customer_id=bolt)

    assert customers.known_as(olga, "Bolt") == bolt
    with pytest.raises(Forbidden):
        customers.known_as(olga, "Acme")
    assert acme != bolt
