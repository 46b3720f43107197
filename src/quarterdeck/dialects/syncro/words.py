"""Syncro's words for ours, and its ways to write values."""

import itertools
from dataclasses import replace
from decimal import Decimal
from typing import Any

from quarterdeck.desk.customers import Category
from quarterdeck.desk.errors import Why
from quarterdeck.desk.input import digits
from quarterdeck.desk.tickets import Priority, Stage
from quarterdeck.wire.codecs import (
    INT,
    Choice,
    Codec,
    Unreadable,
    bool_from,
    decimal_from,
    int_from,
    json_out,
    moment_from,
    nullable,
)

CATEGORY = Choice(
    Category,
    business="Business",
    residential="Residential",
    government="Government",
    non_profit="Non-Profit",
    also={"Nonprofit": Category.NON_PROFIT},
)
STATUS = Choice(
    Stage,
    open="New",
    pending="Waiting on Customer",
    resolved="Resolved",
    closed="Closed",
    free=True,
)
PRIORITIES = Choice(
    Priority,
    critical="0 Urgent",
    high="1 High",
    medium="2 Normal",
    low="3 Low",
    also={
        "Urgent": Priority.CRITICAL,
        "Critical": Priority.CRITICAL,
        "High": Priority.HIGH,
        "Normal": Priority.MEDIUM,
        "Medium": Priority.MEDIUM,
        "Low": Priority.LOW,
    },
)
# Accounts number their priorities as they like: it is the word that counts.
PRIORITY = replace(
    PRIORITIES,
    decode=lambda value: PRIORITIES.decode(value.lstrip("0123456789. ") if isinstance(value, str) else value),
)


def millis_out(value: str | None) -> str | None:
    """`2024-02-15T09:00:00.000Z`: readers of the vendor's insist on three digits of a second."""
    return None if value is None else f"{value[:19]}.{value[20:23].rstrip('Z').ljust(3, '0')}Z"


def moment_in(value: Any) -> Any:
    """ISO 8601, also `2024-4-20`, and with or without fraction and zone."""
    if isinstance(value, str):
        day, sep, time = value.strip().partition(" " if " " in value.strip() else "T")
        parts = day.split("-")
        if len(parts) == 3 and all(part.isascii() and part.isdigit() for part in parts):
            value = "-".join((parts[0], parts[1].zfill(2), parts[2].zfill(2))) + sep + time
    return moment_from(value)


def day_in(value: Any) -> Any:
    """A moment; a day without a time is all of that day."""
    moment = moment_in(value)
    whole = isinstance(value, str) and ":" not in value
    return moment.replace(hour=23, minute=59, second=59, microsecond=999999) if whole else moment


def ids_from(value: Any) -> list[int]:
    """Ids as a list, as one, or in a text with commas."""
    several = value if isinstance(value, list) else [value]
    texts = (one.split(",") if isinstance(one, str) else [one] for one in several)
    return [int_from(one) for one in itertools.chain(*texts) if not isinstance(one, str) or one.strip()]


def cents_from(value: Any) -> int:
    """An amount of money in units, as cents."""
    amount = decimal_from(value) * 100
    if amount != amount.to_integral_value():
        raise Unreadable("has more than two decimals")
    return int(amount)


def tags_from(value: Any) -> list[str]:
    if isinstance(value, str):
        return [part.strip() for part in value.split(",") if part.strip()]
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return [one for one in value if one.strip()]
    raise Unreadable("is not a list of words")


MILLIS = Codec(nullable("string", format="date-time"), millis_out, moment_in)
UNTIL = Codec(MILLIS.schema, millis_out, day_in)
# An exact number, as a number.
EXACT = Codec(nullable("number"), lambda text: None if text is None else Decimal(text), decimal_from)
# An amount in cents, as a number of units.
MONEY = Codec(nullable("number"), lambda cents: None if cents is None else Decimal(cents) / 100, cents_from)
# A phone number as its digits alone.
DIGITS = Codec(nullable("string"), digits)
# "1" and "0".
FLAG = Codec(nullable("string"), lambda value: None if value is None else ("1" if value else "0"), bool_from)
IDS = Codec({"type": "array", "items": INT.schema}, None, ids_from)
NAMES = Codec({"type": ["array", "null"], "items": {"type": "string"}}, json_out, tags_from)


def said(text: str, vendor: str | None = None) -> tuple[str, str]:
    """What is wrong with a field in the words scripts look for, and in the vendor's own where they differ."""
    return text, vendor or text


BAD_EMAIL = {("email", Why.MALFORMED): said("Invalid email format", "Email is not an email")}
NO_CUSTOMER = {
    ("customer_id", Why.MISSING): said("customer_id required", "Customer can't be blank"),
    ("customer_id", Why.UNKNOWN): said("Customer not found"),
}
