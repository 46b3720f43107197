"""One value out and back.

Outwards a codec gets the value just as the database's driver gave it, since a list of fifty is written that way: a
moment is text such as `2024-02-15T09:00:00.000000Z`, and truth may be 0 or 1. Inwards it gets what JSON, a form or a
query said: numbers and truth values also as text.
"""

import html
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

import msgspec


class Unreadable(ValueError):
    """A value from outside that cannot be what its field asks for. The text completes "*field* …"."""


@dataclass(frozen=True)
class Codec:
    """How one kind of value is written, read back, and described in a JSON schema."""

    schema: dict[str, Any]
    encode: Callable[[Any], Any] | None = None
    decode: Callable[[Any], Any] = lambda value: value
    # What `encode` does, as an expression of `{0}`: in a long list the call itself is most of its cost.
    inline: str | None = None

    @property
    def wordy(self) -> bool:
        """Whether its values are words, of which the empty one is one."""
        return "string" in self.schema.get("type", "string") and self.schema.get("format") != "date-time"


def text_from(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    raise Unreadable("is not text")


def int_from(value: Any) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        number = value
    elif (isinstance(value, float) and value.is_integer()) or (
        isinstance(value, str) and re.fullmatch(r"\s*[+-]?[0-9]{1,30}\s*", value, re.ASCII)
    ):
        number = int(value)
    else:
        raise Unreadable("is not a whole number")
    if not -(2**63) <= number < 2**63:
        raise Unreadable("is out of range")
    return number


def float_from(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise Unreadable("is not a number")
    try:
        number = float(value)
    except (ValueError, OverflowError):
        raise Unreadable("is not a number") from None
    if not abs(number) < 1e308:
        raise Unreadable("is out of range")
    return number


def decimal_from(value: Any) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | float | str) or len(str(value)) > 60:
        raise Unreadable("is not a number")
    try:
        number = Decimal(str(value).strip())
    except InvalidOperation:
        raise Unreadable("is not a number") from None
    if not number.is_finite() or abs(number.adjusted()) > 30:
        raise Unreadable("is not a number")
    return number


TRUTH = {"true": True, "1": True, "yes": True, "on": True, "false": False, "0": False, "no": False, "off": False}


def bool_from(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    if isinstance(value, int | str) and str(value).strip().lower() in TRUTH:
        return TRUTH[str(value).strip().lower()]
    raise Unreadable("is neither true nor false")


def moment_from(value: Any) -> datetime:
    """ISO 8601 with or without fraction and zone; without a zone it is UTC."""
    if not isinstance(value, str) or len(value) > 60:
        raise Unreadable("is not a date and time")
    # A plus sign in a query is a space, and seven digits of a second are more than can be kept.
    text = value.strip().upper()
    written = re.sub(r"(\.[0-9]{6})[0-9]+", r"\1", text.replace(" ", "+") if "T" in text else text)
    try:
        moment = datetime.fromisoformat(written)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        raise Unreadable("is not a date and time") from None


def seconds_out(value: str | None) -> str | None:
    """`2024-02-15T09:00:00Z`."""
    return value and value[:19] + "Z"


def json_out(value: Any) -> Any:
    return msgspec.json.decode(value) if isinstance(value, str) else value


def paragraph(value: str | None) -> str | None:
    """Plain text as HTML that shows it."""
    return None if value is None else "<p>" + html.escape(value).replace("\n", "<br>") + "</p>"


def bool_out(value: Any) -> bool | None:
    return None if value is None else bool(value)


def nullable(kind: str, **more: Any) -> dict[str, Any]:
    return {"type": [kind, "null"], **more}


def stripped(text: str) -> str:
    """A word without case, spaces and underscores: `Site Down` is `SiteDown`."""
    return re.sub(r"[\s_-]+", "", text).casefold()


def Choice(
    words: type[StrEnum], /, *, also: dict[str, StrEnum] | None = None, free: bool = False, **theirs: str
) -> Codec:
    """Our words as theirs. Fails at import when one of ours is missing. `also` holds further spellings to read; with
    `free`, words of neither vocabulary go through as they are."""
    missing = [word.name for word in words if word.name.lower() not in theirs]
    assert not missing, f"{words.__name__}: no word for {', '.join(missing)}"
    out = {str(word): theirs[word.name.lower()] for word in words}
    back = {stripped(spelling): word for spelling, word in (also or {}).items()}
    back |= {stripped(theirs[word.name.lower()]): word for word in words}
    shown = list(dict.fromkeys(out.values()))

    def through(value: Any) -> Any:
        return out.get(value, value)

    def decode(value: Any) -> Any:
        if not isinstance(value, str):
            raise Unreadable(f"is not one of {', '.join(shown)}")
        if free:
            return back.get(stripped(value), value)
        try:
            return back[stripped(value)]
        except KeyError:
            raise Unreadable(f"is not one of {', '.join(shown)}") from None

    schema = nullable("string") if free else {"type": ["string", "null"], "enum": [*shown, None]}
    return Codec(schema, through if free else out.get, decode)


PLAIN = Codec(nullable("string"), None, text_from)
INT = Codec(nullable("integer"), None, int_from)
ID_TEXT = Codec(nullable("string"), lambda id: id and str(id), int_from, "({0} and str({0}))")
FLOAT = Codec(nullable("number"), None, float_from)
DECIMAL = Codec(nullable("number"), lambda value: 0 if value is None else float(value), decimal_from)
BOOL = Codec(nullable("boolean"), bool_out, bool_from, "(None if {0} is None else {0} != 0)")
INSTANT = Codec(nullable("string", format="date-time"), seconds_out, moment_from, "({0} and {0}[:19] + 'Z')")
TEXTS = Codec({"type": ["array", "null"], "items": {"type": "string"}}, json_out)
HTML = Codec(nullable("string"), paragraph, text_from)
MINUTES = Codec(nullable("integer"), lambda seconds: (seconds or 0) // 60, int_from, "(({0} or 0) // 60)")
EMPTY = Codec(nullable("string"), lambda value: value or "", text_from, "({0} or '')")
