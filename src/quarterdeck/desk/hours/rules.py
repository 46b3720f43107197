"""When time begins and ends, and how much of it there is. Pure: values in, values out."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from quarterdeck.desk.errors import MISSING, Invalid

LONGEST = timedelta(days=31)
HOUR = Decimal(3600)


def span(sent: Mapping[str, Any], now: datetime) -> tuple[datetime, datetime]:
    """Start and end of what was entered: both as given, or one by the length, or by the length alone up to now. Kept
    to the millisecond, as faces show them: what is sent back as it was shown changes nothing."""
    start, end, minutes = (sent.get(name) for name in ("starts_at", "ends_at", "minutes"))
    if start is None and minutes is None:
        raise Invalid({"starts_at": MISSING})
    if end is None and minutes is None:
        raise Invalid({"ends_at": MISSING})
    length = timedelta(minutes=minutes or 0)
    try:
        if start is None:
            end = end or now
            start = end - length
        elif end is None:
            end = start + length
    except OverflowError:
        raise Invalid({"minutes": "is out of range"}) from None
    return whole(start), whole(end)


def whole(moment: datetime) -> datetime:
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


def seconds(start: datetime, end: datetime) -> int:
    """How long it is, where it can be so long."""
    if end < start:
        raise Invalid({"ends_at": "is before the start"})
    if end - start > LONGEST:
        raise Invalid({"ends_at": "is more than 31 days after the start"})
    return int((end - start).total_seconds())


def in_hours(seconds: int) -> Decimal:
    """As many hours as a line bills, to a third of a second."""
    return round(Decimal(seconds) / HOUR, 4).normalize()
