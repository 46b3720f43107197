"""Rules of schedules, and the arithmetic of their days."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

import make
from desk.looking import acting, how_many, ids, last_entry, later, only
from quarterdeck.desk import schedules
from quarterdeck.desk.errors import Forbidden, Invalid, NotFound, Stale
from quarterdeck.desk.products import Product
from quarterdeck.desk.schedules import Frequency, Line, Schedule, next_after, subtotal
from quarterdeck.desk.work import Work

MONTHLY = {"name": "Bundle", "frequency": "monthly", "next_run": "2026-04-01T15:00:00Z"}
DAYS = st.dates(date(1970, 1, 1), date(2200, 1, 1))
BY_MONTHS = [one for one in Frequency if one not in (Frequency.DAILY, Frequency.WEEKLY, Frequency.BIWEEKLY)]


def schedule(work: Work, **given: object) -> int:
    if "customer_id" not in given:
        given["customer_id"] = make.customer(work)
    return schedules.create(work, schedules.New.check({**MONTHLY, **given}))


def line(work: Work, schedule_id: int, **given: object) -> int:
    return schedules.add_line(work, schedules.NewLine.check({"schedule_id": schedule_id, "name": "Seat", **given}))


@pytest.mark.parametrize(
    ("day", "frequency", "wanted"),
    [
        ((2026, 1, 31), Frequency.MONTHLY, (2026, 2, 28)),
        ((2024, 1, 31), Frequency.MONTHLY, (2024, 2, 29)),
        ((2026, 12, 31), Frequency.MONTHLY, (2027, 1, 31)),
        ((2026, 11, 30), Frequency.QUARTERLY, (2027, 2, 28)),
        ((2026, 8, 31), Frequency.SEMI_ANNUALLY, (2027, 2, 28)),
        ((2024, 2, 29), Frequency.ANNUALLY, (2025, 2, 28)),
        ((2024, 2, 29), Frequency.BIENNIALLY, (2026, 2, 28)),
        ((2024, 2, 29), Frequency.TRIENNIALLY, (2027, 2, 28)),
        ((2026, 2, 28), Frequency.DAILY, (2026, 3, 1)),
        ((2026, 12, 29), Frequency.WEEKLY, (2027, 1, 5)),
        ((2026, 2, 20), Frequency.BIWEEKLY, (2026, 3, 6)),
    ],
)
def test_the_next_run(day: tuple[int, int, int], frequency: Frequency, wanted: tuple[int, int, int]) -> None:
    assert next_after(date(*day), frequency) == date(*wanted)


def test_the_last_of_a_month_finds_back() -> None:
    february = next_after(date(2026, 1, 31), Frequency.MONTHLY, 31)

    assert next_after(february, Frequency.MONTHLY, 31) == date(2026, 3, 31)


@given(DAYS, st.sampled_from(list(Frequency)))
def test_the_next_run_is_later(day: date, frequency: Frequency) -> None:
    assert day < next_after(day, frequency) <= day + timedelta(days=3 * 366)


@given(DAYS, st.sampled_from(BY_MONTHS))
def test_the_next_run_is_on_the_same_day_or_the_last_one(day: date, frequency: Frequency) -> None:
    following = next_after(day, frequency)

    assert following.day == day.day or (following + timedelta(days=1)).day == 1
    assert following.day <= day.day


@given(DAYS)
def test_shorter_steps_lead_to_where_longer_ones_do(day: date) -> None:
    def steps(frequency: Frequency, times: int) -> date:
        found = day
        for _ in range(times):
            found = next_after(found, frequency, day.day)
        return found

    year = next_after(day, Frequency.ANNUALLY)
    assert steps(Frequency.MONTHLY, 12) == steps(Frequency.QUARTERLY, 4) == steps(Frequency.SEMI_ANNUALLY, 2) == year
    assert steps(Frequency.MONTHLY, 24) == next_after(day, Frequency.BIENNIALLY)
    assert steps(Frequency.WEEKLY, 2) == next_after(day, Frequency.BIWEEKLY)


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        ([], "0"),
        ([("3", 4999)], "149.97"),
        ([("1.25", 9999)], "124.99"),
        ([("0.5", 1), ("0.5", 1)], "0.02"),
        ([("-1", 500), ("2", 500)], "5"),
        ([("999999999999999", 10**13)], "99999999999999900000000000"),
    ],
)
def test_lines_make_the_sum(lines: list[tuple[str, int]], wanted: str) -> None:
    assert subtotal(lines) == Decimal(wanted)


def test_a_schedule_runs_when_its_day_begins(work: Work) -> None:
    kept = schedules.get(work, schedule(work))

    assert kept.next_run.isoformat() == "2026-04-01T00:00:00+00:00"


def test_a_change_is_written_down(work: Work) -> None:
    id = schedule(work)

    schedules.change(later(work), id, schedules.Changes(paused=True))

    entry = last_entry(work)
    assert (entry.what, entry.before, entry.after) == ("schedule.changed", {"paused": False}, {"paused": True})
    assert schedules.get(work, id).version == 2


def test_a_schedule_goes_with_its_lines(work: Work) -> None:
    id = schedule(work)
    line(work, id)

    schedules.remove(work, id)

    assert (how_many(work, Schedule), how_many(work, Line)) == (0, 0)
    assert last_entry(work).what == "schedule.deleted"


def test_a_line_stands_behind_those_before_it(work: Work) -> None:
    id = schedule(work)

    made = [line(work, id), line(work, id, position=7), line(work, id)]

    assert [schedules.line(work, one).position for one in made] == [1, 7, 8]


def test_a_schedule_has_changed_when_its_lines_have(work: Work) -> None:
    id = schedule(work)

    one = line(later(work), id)
    schedules.change_line(later(work, hours=2), one, schedules.LineChanges(name="Desk"))
    schedules.remove_line(later(work, hours=3), one)

    kept = schedules.get(work, id)
    assert (kept.version, kept.updated_at) == (4, later(work, hours=3).now)


def test_a_line_takes_what_it_does_not_say_from_its_product(work: Work) -> None:
    seat = work.insert(
        Product,
        name="Seat",
        name_key="seat",
        description="By the month",
        price_cents=900,
        cost_cents=300,
        taxable=False,
    )
    id = schedule(work)

    one = schedules.add_line(work, schedules.NewLine.check({"schedule_id": id, "product_id": seat, "price_cents": 850}))
    kept = schedules.line(work, one)
    assert (kept.name, kept.description, kept.price_cents, kept.cost_cents, kept.taxable) == (
        "Seat",
        "By the month",
        850,
        300,
        False,
    )
    assert (kept.quantity, kept.once) == ("1", False)


def test_another_product_brings_its_own_price(work: Work) -> None:
    seat = work.insert(Product, name="Seat", name_key="seat", price_cents=900)
    one = line(work, schedule(work), name="By hand", price_cents=5)

    schedules.change_line(work, one, schedules.LineChanges(product_id=seat, name="My seat"))
    schedules.change_line(work, one, schedules.LineChanges(product_id=seat, price_cents=7))
    schedules.change_line(work, one, schedules.LineChanges(product_id=seat))

    kept = schedules.line(work, one)
    assert (kept.name, kept.price_cents) == ("My seat", 7)


@pytest.mark.parametrize("given", [{"name": ""}, {"product_id": 99_999}, {"technician_id": 99_999}])
def test_a_line_has_to_be_of_something(work: Work, given: dict[str, object]) -> None:
    id = schedule(work)

    with pytest.raises(Invalid, match=only(list(given))):
        line(work, id, **given)


def test_a_schedule_of_another_customer_is_not_there(work: Work) -> None:
    id = schedule(work)
    one = line(work, id)
    own = make.customer(work)
    olga = acting(work, customer_id=own)
    mine = schedule(olga, customer_id=own)

    for act in (
        lambda: schedules.get(olga, id),
        lambda: schedules.line(olga, one),
        lambda: schedules.change(olga, id, schedules.Changes(paused=True)),
        lambda: schedules.remove(olga, id),
        lambda: schedules.change_line(olga, one, schedules.LineChanges(name="Mine")),
        lambda: schedules.remove_line(olga, one),
    ):
        with pytest.raises(NotFound):
            act()
    with pytest.raises(Invalid):
        line(olga, id)
    with pytest.raises(Invalid):
        schedules.change(olga, mine, schedules.Changes(customer_id=schedules.get(work, id).customer_id))
    assert ids(olga, schedules.READING, schedules.Filter()) == [mine]
    assert ids(olga, schedules.LINES, schedules.LineFilter()) == []


def test_who_may_only_look_changes_no_schedule(work: Work) -> None:
    id = schedule(work)
    one = line(work, id)
    vic = acting(work, rights=frozenset({"schedules:read"}))

    for act in (
        lambda: schedule(vic, customer_id=1),
        lambda: schedules.change(vic, id, schedules.Changes(paused=True)),
        lambda: schedules.remove(vic, id),
        lambda: line(vic, id),
        lambda: schedules.change_line(vic, one, schedules.LineChanges(name="Mine")),
        lambda: schedules.remove_line(vic, one),
    ):
        with pytest.raises(Forbidden):
            act()


def test_a_change_of_another_version_is_refused(work: Work) -> None:
    id = schedule(work)
    one = line(work, id)

    with pytest.raises(Stale):
        schedules.change(work, id, schedules.Changes(paused=True), version=9)
    with pytest.raises(Stale):
        schedules.remove(work, id, version=9)
    with pytest.raises(Stale):
        schedules.change_line(work, one, schedules.LineChanges(name="Mine"), version=9)
    with pytest.raises(Stale):
        schedules.remove_line(work, one, version=9)
