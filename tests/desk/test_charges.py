"""Rules of lines."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

import make
from desk.looking import acting, ids, last_entry, later
from quarterdeck.desk import charges, hours, tickets
from quarterdeck.desk.charges import Changes, Charge, Filter
from quarterdeck.desk.errors import Forbidden, Invalid, NotFound, Stale
from quarterdeck.desk.work import Work


def line(work: Work, id: int) -> Charge:
    return charges.get(work, id)


def test_a_line_takes_what_is_not_said_from_its_product(work: Work) -> None:
    product = make.product(
        work, name="Dock", description="For laptops", price_cents=21900, cost_cents=16400, taxable=False, barcode="77"
    )

    id = charges.create(work, charges.New.check({"ticket_id": make.ticket(work), "product_id": product, "quantity": 2}))

    made = line(work, id)
    assert (made.name, made.description, made.price_cents, made.cost_cents) == ("Dock", "For laptops", 21900, 16400)
    assert (made.taxable, made.barcode, made.quantity) == (False, "77", "2")


@given(
    quantity=st.decimals(-1000, 1000, places=4),
    price=st.integers(-(10**9), 10**9),
    percent=st.none() | st.decimals(0, 100, places=2),
)
def test_a_line_comes_to_its_price_times_its_quantity_less_the_discount_to_the_last_part_of_a_cent(
    quantity: Decimal, price: int, percent: Decimal | None
) -> None:
    off = None if percent is None else str(percent)

    assert Fraction(charges.amount(str(quantity), price, off)) == Fraction(quantity) * price * (
        1 - Fraction(percent or 0) / 100
    )


def test_what_is_said_of_a_line_outweighs_its_product(work: Work) -> None:
    product = make.product(work, name="Dock", price_cents=21900)

    made = line(work, make.line(work, product_id=product, name="Dock, used", price_cents=9900, quantity="0.5"))

    assert (made.name, made.price_cents, made.quantity) == ("Dock, used", 9900, "0.5")


def test_a_line_without_a_name_is_called_after_its_description(work: Work) -> None:
    made = line(work, make.line(work, name=None, description="\n Odd job \nwith details"))

    assert made.name == "Odd job"


def test_a_line_without_any_words_is_refused(work: Work) -> None:
    with pytest.raises(Invalid) as refused:
        make.line(work, name=" ")

    assert refused.value.problems.keys() == {"name"}


@pytest.mark.parametrize("field", ["ticket_id", "product_id", "technician_id"])
def test_what_a_line_names_must_be_there(work: Work, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        make.line(work, **{field: 2**62})

    assert refused.value.problems.keys() == {field}


def test_lines_of_a_ticket_have_places(work: Work) -> None:
    ticket = make.ticket(work)

    made = [make.line(work, ticket_id=ticket) for _ in range(2)]
    made.append(make.line(work, ticket_id=ticket, position=7))
    made.append(make.line(work, ticket_id=ticket))

    assert [line(work, id).position for id in made] == [1, 2, 7, 8]
    assert ids(work, charges.READING, Filter(ticket_id=ticket)) == made


def test_a_line_is_activity_on_its_ticket(work: Work) -> None:
    ticket = make.ticket(work)
    afterwards = later(work)

    make.line(afterwards, ticket_id=ticket)

    assert tickets.get(work, ticket).last_activity_at == afterwards.now


def test_another_product_brings_its_own_prices(work: Work) -> None:
    cable, dock = make.product(work, name="Cable", price_cents=900), make.product(work, name="Dock", price_cents=21900)
    id = make.line(work, name=None, product_id=cable)

    charges.change(work, id, Changes.check({"product_id": dock, "price_cents": 100}))

    assert (line(work, id).name, line(work, id).price_cents) == ("Dock", 100)


def test_the_same_product_again_changes_nothing_else(work: Work) -> None:
    cable = make.product(work, name="Cable", price_cents=900)
    id = make.line(work, name="Cable, short", price_cents=500, product_id=cable)

    charges.change(work, id, Changes.check({"product_id": cable, "quantity": "3"}))

    assert (line(work, id).name, line(work, id).price_cents, line(work, id).quantity) == ("Cable, short", 500, "3")


def test_a_change_is_written_down(work: Work) -> None:
    ticket = make.ticket(work)
    id = make.line(work, ticket_id=ticket, price_cents=500)

    charges.change(work, id, Changes(price_cents=600))

    entry = last_entry(work)
    assert (entry.what, entry.record_id, entry.customer_id) == (
        "line item.changed",
        id,
        tickets.get(work, ticket).customer_id,
    )
    assert (entry.before, entry.after) == ({"price_cents": 500}, {"price_cents": 600})


def test_a_change_to_another_version_is_refused(work: Work) -> None:
    id = make.line(work)
    charges.change(work, id, Changes(price_cents=600))

    with pytest.raises(Stale):
        charges.change(work, id, Changes(price_cents=700), version=1)
    with pytest.raises(Stale):
        hours.remove_charge(work, id, version=1)


def test_a_line_is_removed(work: Work) -> None:
    id = make.line(work, ticket_id=make.ticket(work))

    hours.remove_charge(work, id)

    assert last_entry(work).what == "line item.deleted"
    with pytest.raises(NotFound):
        line(work, id)


def test_lines_need_rights(work: Work) -> None:
    id = make.line(work)
    vic = acting(work, rights=work.actor.rights - {"charges:write"})

    for act in (
        lambda: make.line(vic),
        lambda: charges.change(vic, id, Changes(price_cents=1)),
        lambda: hours.remove_charge(vic, id),
        lambda: charges.get(acting(work, rights=frozenset()), id),
    ):
        with pytest.raises(Forbidden):
            act()


def test_someone_of_another_customer_sees_no_lines(work: Work) -> None:
    ticket = make.ticket(work)
    id, alone = make.line(work, ticket_id=ticket), make.line(work)
    olga = acting(work, customer_id=make.customer(work, name="Birch"))

    assert ids(olga, charges.READING, Filter()) == []
    for one in (id, alone):
        for act in (
            lambda one=one: charges.get(olga, one),
            lambda one=one: charges.change(olga, one, Changes(price_cents=1)),
            lambda one=one: hours.remove_charge(olga, one),
        ):
            with pytest.raises(NotFound, match="line item"):
                act()


def test_someone_of_one_customer_makes_lines_on_its_tickets_only(work: Work) -> None:
    acme = make.customer(work)
    pat = acting(work, customer_id=acme)

    assert make.line(pat, ticket_id=make.ticket(work, customer_id=acme))
    for wrong in ({}, {"ticket_id": make.ticket(work)}):
        with pytest.raises(Invalid) as refused:
            make.line(pat, **wrong)
        assert refused.value.problems.keys() == {"ticket_id"}
