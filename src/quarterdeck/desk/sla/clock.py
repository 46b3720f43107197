"""When a promise falls due. Pure arithmetic: values in, a value out."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Protocol


class Hours(Protocol):
    """The open hours of a desk: spans in time order, without end, beginning at or before a moment."""

    def spans_from(self, start: datetime) -> Iterator[tuple[datetime, datetime]]: ...


class Always:
    """Round the clock."""

    def spans_from(self, start: datetime) -> Iterator[tuple[datetime, datetime]]:
        day = timedelta(days=1)
        while True:
            yield start, start + day
            start += day


ALWAYS = Always()


def due_at(start: datetime, allowed: timedelta, hours: Hours = ALWAYS) -> datetime:
    """Walk through the open hours after `start` until `allowed` is used up."""
    left = allowed
    for opens, closes in hours.spans_from(start):
        begins = max(start, opens)
        if begins + left <= closes:
            return begins + left
        left -= max(closes - begins, timedelta())
    raise AssertionError("unreachable: the spans never end")
