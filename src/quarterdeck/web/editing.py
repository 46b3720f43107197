"""Small forms that change a few fields in place. Each brings along what its fields held when it was shown, so that two
people who change different fields both win, and of two who change the same one the second is asked."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from quarterdeck.desk import fields
from quarterdeck.desk.errors import Invalid, NotFound
from quarterdeck.desk.fields import Target, Type
from quarterdeck.desk.paging import Page
from quarterdeck.web.kit import Visit

WAS = "was."
# Begins the name of a custom field's box.
OWN = "field-"
DEFINITIONS = fields.DEFINITIONS.view(["id", "name", "type", "description", "options"])
VALUES = fields.VALUES.view(["field_id", "text"])
FIELDS_MAX = 200
PRICE_MAX = Decimal(10) ** 11


def said(value: Any) -> str:
    """A value as a form holds it."""
    if value is None or value is False:
        return ""
    return "1" if value is True else str(value).replace("\r\n", "\n")


def parted(text: str) -> list[str]:
    """What was typed with commas between."""
    return [part for one in text.split(",") if (part := one.strip())]


def changed(form: Mapping[str, Any], names: Iterable[str], record: Any, ticks: Iterable[str] = ()) -> dict[str, Any]:
    """What somebody changed in a form of these fields and ticks. A field that somebody else has changed since to
    something else is refused."""
    changes: dict[str, Any] = {}
    problems: dict[str, str] = {}
    marked = set(ticks)
    for name in (*names, *marked):
        typed = said(form.get(name, ""))
        was, is_now = said(form.get(WAS + name, "")), said(getattr(record, name))
        if typed == was or (name not in form and name not in marked):
            continue
        if is_now not in (was, typed):
            problems[name] = changed_meanwhile(is_now)
        changes[name] = bool(typed) if name in marked else (typed or None)
    if problems:
        raise Invalid(problems)
    return changes


def midnight(visit: Visit, name: str, text: str, *, days: int = 0) -> datetime:
    """The beginning of a day as a form sends it, or of one so many days later, where the person is."""
    try:
        day = datetime.fromisoformat(text).date() + timedelta(days=days)
        return datetime.combine(day, time(), visit.speech.zone).astimezone(UTC)
    except (ValueError, OverflowError):
        raise Invalid({name: "is not a day"}) from None


def cents(name: str, text: str) -> int:
    """A price as people write it, with either sign before the cents."""
    try:
        price = Decimal(text.strip().replace(",", "."))
    except InvalidOperation:
        raise Invalid({name: "is not an amount"}) from None
    if not price.is_finite() or abs(price) > PRICE_MAX or price != round(price, 2):
        raise Invalid({name: "is not an amount"})
    return int(price * 100)


def price(cents: int) -> str:
    """A price as a form holds it."""
    return f"{Decimal(cents) / 100:.2f}"


def changed_meanwhile(now: str) -> str:
    return f"was changed meanwhile, to “{now[:80] or '–'}”: save again to change it still"


def choices(rows: Iterable[Any], name: str = "name") -> list[tuple[Any, str]]:
    """What a list of records offers to choose from, and nothing."""
    return [("", ""), *((row.id, getattr(row, name) or f"#{row.id}") for row in rows)]


def part_of(visit: Visit, parts: Mapping[str, Any]) -> Any:
    """Which of a page's forms was sent."""
    part = str(visit.form.get("part"))
    if part not in parts:
        raise NotFound("form")
    return parts[part]


def custom(visit: Visit, target: Target, id: int) -> list[dict[str, Any]]:
    """The custom fields of a kind of record, each with what this one holds."""
    work = visit.work
    if not visit.visitor.may("fields:read"):
        return []
    kept = VALUES.page(work, fields.ValueFilter.check({"target": target, "record_id": id}), Page(size=FIELDS_MAX))
    values = {row.field_id: row.text for row in VALUES.read(work, kept.items)}
    return [
        {
            "id": row.id,
            "name": row.name,
            "type": row.type,
            "hint": row.description,
            "choices": [("", ""), *((option, option) for option in row.options)],
            "key": f"{OWN}{row.id}",
            "said": values.get(row.id, "")[: 10 if row.type is Type.DATE else None],
            "told": told(visit, row.type, values.get(row.id, "")),
        }
        for row in definitions(visit, target)
    ]


def told(visit: Visit, type: Type, text: str) -> str:
    """A value for people to read."""
    return visit.speech.day(date.fromisoformat(text[:10])) if type is Type.DATE and text else text


def definitions(visit: Visit, target: Target) -> list[Any]:
    """The custom fields of a kind of record."""
    found = DEFINITIONS.page(visit.work, fields.Filter.check({"target": target}), Page(size=FIELDS_MAX))
    return DEFINITIONS.read(visit.work, found.items)


def cells(visit: Visit, target: Target, ids: Sequence[int], field_ids: Sequence[int]) -> list[list[str]]:
    """What each of some records holds in its custom fields."""
    rows = VALUES.under(visit.work, "record_id", ids, {"target": target}) if field_ids else []
    held = {(row[-2], row[0]): row[1] for row in rows}
    return [[held.get((id, field_id), "") for field_id in field_ids] for id in ids]


def keep_custom(visit: Visit, target: Target, id: int) -> None:
    """Keep what was typed into custom fields."""
    if not any(name.startswith(OWN) for name in visit.form):
        return
    problems: dict[str, str] = {}
    for one in custom(visit, target, id):
        key = one["key"]
        typed = said(visit.form.get(key))
        was, is_now = said(visit.form.get(WAS + key)), one["said"]
        if key not in visit.form or typed == was:
            continue
        if is_now not in (was, typed):
            problems[key] = changed_meanwhile(is_now)
            continue
        try:
            fields.write(visit.work, target, id, one["name"], typed or None)
        except Invalid as invalid:
            problems[key] = next(iter(invalid.problems.values()))
    if problems:
        raise Invalid(problems)
