"""When promises fall due."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quarterdeck.desk.sla import ALWAYS, due_at

LISBON = ZoneInfo("Europe/Lisbon")


class Office:
    """Nine to five in Lisbon, Monday to Friday."""

    opens, closes = time(9), time(17)

    def spans_from(self, start: datetime) -> Iterator[tuple[datetime, datetime]]:
        day = start.astimezone(LISBON).date()
        while True:
            if day.weekday() < 5:
                yield self.span(day)
            day += timedelta(days=1)

    def span(self, day: date) -> tuple[datetime, datetime]:
        begins, ends = (datetime.combine(day, one, LISBON).astimezone(UTC) for one in (self.opens, self.closes))
        return begins, ends


class Night(Office):
    """A shift over the hour that summer time skips or repeats: midnight to six."""

    opens, closes = time(0), time(6)


OFFICE = Office()


def utc(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


def worked(start: datetime, end: datetime, hours: Office) -> timedelta:
    """How much of a span of time is open, day by day."""
    total, day = timedelta(), start.astimezone(LISBON).date()
    while day <= end.astimezone(LISBON).date():
        if day.weekday() < 5:
            opens, closes = hours.span(day)
            total += max(min(end, closes) - max(start, opens), timedelta())
        day += timedelta(days=1)
    return total


@pytest.mark.parametrize(
    ("opened", "hours", "due"),
    [
        pytest.param(utc(3, 2, 10), 4, utc(3, 2, 14), id="fits in the day"),
        pytest.param(utc(3, 2, 15), 4, utc(3, 3, 11), id="runs over night"),
        pytest.param(utc(3, 6, 16), 2, utc(3, 9, 10), id="runs over the weekend"),
        pytest.param(utc(3, 2, 6), 1, utc(3, 2, 10), id="begins when the office opens"),
        pytest.param(utc(3, 7, 12), 1, utc(3, 9, 10), id="waits for Monday"),
        pytest.param(utc(3, 2, 13), 4, utc(3, 2, 17), id="ends as the office closes"),
        pytest.param(utc(3, 27, 16), 2, utc(3, 30, 9), id="over the change to summer time"),
        pytest.param(utc(10, 23, 15), 2, utc(10, 26, 10), id="over the change to winter time"),
        pytest.param(utc(3, 2, 10), 40, utc(3, 9, 10), id="a week of work"),
    ],
)
def test_a_promise_counts_open_hours_only(opened: datetime, hours: int, due: datetime) -> None:
    assert due_at(opened, timedelta(hours=hours), OFFICE) == due


def test_round_the_clock_a_promise_counts_every_hour() -> None:
    assert due_at(utc(3, 28, 23), timedelta(hours=24)) == utc(3, 29, 23)


def test_no_time_at_all_is_due_at_once() -> None:
    assert due_at(utc(3, 2, 10), timedelta(), OFFICE) == utc(3, 2, 10)


MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))
SPANS = st.timedeltas(timedelta(microseconds=1), timedelta(days=20))


@given(start=MOMENTS, allowed=SPANS)
def test_always_uses_an_allowance_up_exactly(start: datetime, allowed: timedelta) -> None:
    assert due_at(start, allowed, ALWAYS) - start == allowed


@pytest.mark.parametrize("hours", [Office(), Night()])
@given(start=MOMENTS, allowed=SPANS)
def test_open_hours_use_an_allowance_up_exactly(hours: Office, start: datetime, allowed: timedelta) -> None:
    due = due_at(start, allowed, hours)

    assert worked(start, due, hours) == allowed
    assert worked(start, due - timedelta(microseconds=1), hours) < allowed


@given(start=MOMENTS, shorter=SPANS, more=SPANS)
def test_a_longer_promise_is_never_due_earlier(start: datetime, shorter: timedelta, more: timedelta) -> None:
    assert due_at(start, shorter, OFFICE) < due_at(start, shorter + more, OFFICE)
