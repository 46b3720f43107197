"""When a schedule runs next: pure arithmetic with days."""

from calendar import monthrange
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal, localcontext

from quarterdeck.desk.schedules.records import Frequency

DAYS = {Frequency.DAILY: 1, Frequency.WEEKLY: 7, Frequency.BIWEEKLY: 14}
MONTHS = {
    Frequency.MONTHLY: 1,
    Frequency.QUARTERLY: 3,
    Frequency.SEMI_ANNUALLY: 6,
    Frequency.ANNUALLY: 12,
    Frequency.BIENNIALLY: 24,
    Frequency.TRIENNIALLY: 36,
}
# More digits than any sum of lines has: none is to be lost.
PRECISION = 60


def next_after(day: date, frequency: Frequency, month_day: int | None = None) -> date:
    """The run after one on this day. In a month without such a day it is the last one; `month_day`, the day of the
    month it was begun on, lets it find back afterwards."""
    if frequency in DAYS:
        return day + timedelta(days=DAYS[frequency])
    years, month = divmod(day.month - 1 + MONTHS[frequency], 12)
    last = monthrange(day.year + years, month + 1)[1]
    return date(day.year + years, month + 1, min(month_day or day.day, last))


def subtotal(lines: Iterable[tuple[str, int]]) -> Decimal:
    """What quantities at prices in cents come to, in units; each line is rounded to whole cents."""
    with localcontext(prec=PRECISION):
        cents = sum((Decimal(quantity) * price).quantize(Decimal(1), ROUND_HALF_UP) for quantity, price in lines)
        return Decimal(cents) / 100
