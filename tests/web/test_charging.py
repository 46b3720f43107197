"""What is charged on a ticket beside time."""

from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa

import make
from conftest import Browser, Stage
from quarterdeck.desk import charges, hours
from quarterdeck.desk.paging import Page
from quarterdeck.desk.work import Work


def charged(stage: Stage, ticket_id: int) -> list[tuple[str, int | None, Decimal, int]]:
    where = charges.Filter(ticket_id=ticket_id)

    def read(work: Work) -> Any:
        view = charges.READING.view(("name", "product_id", "quantity", "price_cents"))
        return [(a, b, Decimal(c), d) for a, b, c, d, *_ in view.read(work, view.page(work, where, Page()).items)]

    return list(stage.do(read))


def test_a_product_is_charged_at_its_own_price_and_anything_else_at_the_one_given(
    browser: Browser, stage: Stage
) -> None:
    id = stage.do(make.ticket)
    product = stage.do(lambda work: make.product(work, name="Patch cable", price_cents=950))
    stage.do(lambda work: make.product(work, name="Patch cable, long", price_cents=1450))

    for form in (
        {"charge": "patch CABLE", "quantity": "3"},
        {"charge": "Trip", "quantity": "1,5", "price": "40,50"},
        {"charge": "Goodwill", "price": "-10"},
    ):
        assert browser.send(f"/tickets/{id}/charges", form).status_code == 303

    assert charged(stage, id) == [
        ("patch CABLE", product, Decimal(3), 950),
        ("Trip", None, Decimal("1.5"), 4050),
        ("Goodwill", None, Decimal(1), -1000),
    ]
    page = browser.get(f"/tickets/{id}").text
    assert '<option value="Patch cable">9.50</option>' in page
    assert "60.75" in page


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"charge": " "}, "Charge is required"),
        ({"charge": "Trip", "quantity": "many"}, "Quantity is not well formed"),
        ({"charge": "Trip", "price": "much"}, "Price is not an amount"),
        ({"charge": "Trip", "price": "1.234"}, "Price is not an amount"),
    ],
)
def test_what_is_wrong_with_a_charge_is_said_beside_it(
    form: dict[str, str], said: str, browser: Browser, stage: Stage
) -> None:
    id = stage.do(make.ticket)
    answer = browser.send(f"/tickets/{id}/charges", form)

    assert answer.status_code == 422
    assert said in answer.text
    assert charged(stage, id) == []


def test_what_hangs_on_another_ticket_than_the_address_names_is_left_alone(browser: Browser, stage: Stage) -> None:
    here, there = stage.do(make.ticket), stage.do(make.ticket)
    browser.send(f"/tickets/{there}/charges", {"charge": "Trip", "price": "40"})
    browser.send(f"/tickets/{there}/hours", {"line": "10m drove"})
    line = stage.do(lambda work: work.db.scalar(sa.select(charges.Charge.id)))
    entry = stage.do(lambda work: work.db.scalar(sa.select(hours.TimeEntry.id)))

    for what in (f"charges/{line}", f"hours/{entry}"):
        assert browser.send(f"/tickets/{here}/{what}/removal").status_code == 404
        assert browser.send(f"/tickets/{there}/{what}/removal").status_code == 303


def test_a_charge_that_is_removed_stands_in_the_form_once_more(browser: Browser, stage: Stage) -> None:
    id = stage.do(make.ticket)
    browser.send(f"/tickets/{id}/charges", {"charge": "Trip", "quantity": "2", "price": "40.50"})
    line = stage.do(lambda work: work.db.scalar(sa.select(charges.Charge.id)))

    gone = browser.send(f"/tickets/{id}/charges/{line}/removal")

    assert charged(stage, id) == []
    page = browser.get(gone.headers["location"]).text
    assert all(f'value="{one}"' in page for one in ("Trip", "2", "40.50"))
