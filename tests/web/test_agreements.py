"""Contracts and schedules of a customer: made, read and changed on pages."""

import pytest

import make
from conftest import Browser, Stage
from quarterdeck.desk import contracts, schedules
from quarterdeck.desk.paging import Page
from quarterdeck.desk.work import Work

LINES = schedules.LINES.view(["name", "quantity", "price_cents"])


def lines(stage: Stage, id: int) -> list[tuple[str, str, int]]:
    def read(work: Work) -> list[tuple[str, str, int]]:
        return [row[:3] for row in LINES.page(work, schedules.LineFilter(schedule_id=id), Page(size=10)).items]

    return stage.do(read)


def test_a_contract_is_made_and_changed_with_its_days_as_they_were_typed(browser: Browser, stage: Stage) -> None:
    id = stage.do(make.customer)
    typed = {
        "part": "contract",
        "name": "Silver",
        "billed_as": "hourly",
        "starts_at": "2027-01-01",
        "amount": "90 a month",
    }

    made = browser.send(f"/customers/{id}/contracts", typed)

    where = made.headers["location"]
    told = browser.get(where).text
    assert "Silver" in told
    assert "Jan 1, 2027" in told
    browser.send(f"{where}/changes", {"part": "contract", "name": "Gold", "was.name": "Silver", "was.active": "1"})
    kept = stage.do(lambda work: contracts.get(work, int(where.rsplit("/", 1)[1])))
    assert (kept.name, kept.active, kept.billed_as) == ("Gold", False, "hourly")


def test_a_schedule_adds_up_what_it_bills(browser: Browser, stage: Stage) -> None:
    id = stage.do(make.customer)
    typed = {"part": "schedule", "name": "Monthly care", "frequency": "monthly", "next_run": "2027-01-01"}

    where = browser.send(f"/customers/{id}/schedules", typed).headers["location"]
    browser.send(f"{where}/lines", {"part": "line", "name": "Workstation", "quantity": "12", "price": "39,50"})
    browser.send(f"{where}/lines", {"part": "line", "name": "Server", "quantity": "1.5", "price": "100"})

    assert "624.00" in browser.get(where).text
    schedule = int(where.rsplit("/", 1)[1])
    assert lines(stage, schedule) == [("Workstation", "12", 3950), ("Server", "1.5", 10000)]
    browser.send(f"{where}/lines/1", {"part": "line1", "price": "40", "was.price": "39.50"})
    gone = browser.send(f"{where}/lines/2", {"part": "line2", "do": "remove"})
    once_more = browser.get(gone.headers["location"]).text
    assert all(f'value="{one}"' in once_more for one in ("Server", "1.5", "100.00"))
    assert lines(stage, schedule) == [("Workstation", "12", 4000)]
    assert "480.00" in browser.get(where).text


@pytest.mark.parametrize("price", ["much", "1.005", "NaN", "1e30"])
def test_what_is_no_price_is_told_beside_the_price(browser: Browser, stage: Stage, price: str) -> None:
    id = stage.do(make.customer)
    typed = {"part": "schedule", "name": "Care", "frequency": "monthly", "next_run": "2027-01-01"}
    where = browser.send(f"/customers/{id}/schedules", typed).headers["location"]

    refused = browser.send(f"{where}/lines", {"part": "line", "name": "Seat", "price": price})

    assert refused.status_code == 422
    assert "Is not an amount" in refused.text
    assert lines(stage, int(where.rsplit("/", 1)[1])) == []


def test_a_day_that_is_none_is_told_with_what_was_typed(browser: Browser, stage: Stage) -> None:
    id = stage.do(make.customer)
    typed = {"part": "contract", "name": "Silver", "starts_at": "tomorrow"}

    refused = browser.send(f"/customers/{id}/contracts", typed)

    assert refused.status_code == 422
    assert "Is not a day" in refused.text
    assert 'value="Silver"' in refused.text
