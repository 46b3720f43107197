"""Conditions as a form: a row for each test, in people's words; whatever a form cannot say is written as JSON."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from quarterdeck.desk import customers, fields
from quarterdeck.desk.errors import Invalid
from quarterdeck.desk.input import fold, whole
from quarterdeck.desk.paging import Page
from quarterdeck.desk.queues import FIELDS, Condition, Is, kind_of
from quarterdeck.desk.tickets import KNOWN, Priority, Stage, Type
from quarterdeck.desk.work import Work
from quarterdeck.web import terms
from quarterdeck.web.speech import Speech
from quarterdeck.web.wording import N_

ROWS_MAX = 12
SPARE = 2
LABELS = {
    "status": N_("Status"),
    "stage": N_("Stage"),
    "priority": N_("Priority"),
    "type": N_("Type"),
    "customer": N_("Customer"),
    "contact": N_("Contact"),
    "technician": N_("Technician"),
    "tags": N_("Tags"),
    "turn": N_("Waits on"),
    "problem": N_("Sort of problem"),
    "created": N_("Created"),
    "updated": N_("Changed"),
    "activity": N_("Last activity"),
    "due": N_("Due"),
    "text": N_("Words"),
}
WAYS = {
    "one of": N_("is one of"),
    "none of": N_("is none of"),
    "contains": N_("contains"),
    "within": N_("is within"),
    "before": N_("is before"),
    "after": N_("is after"),
}
CUSTOMERS = customers.READING.view(("id", "name"))
DEFINITIONS = fields.DEFINITIONS.view(("name", "options"))
OWN_MAX = 200


@dataclass(frozen=True)
class Row:
    """One test as the form shows it."""

    field: str = ""
    way: str = ""
    value: str = ""


BLANK = Row()


@dataclass
class Builder:
    """Reads and writes conditions in people's words: technicians and customers by their names."""

    work: Work
    people: Sequence[tuple[int, str]]
    speech: Speech

    @cached_property
    def own(self) -> list[Any]:
        """The custom fields of tickets."""
        asked = fields.Filter.check({"target": fields.Target.TICKET})
        return DEFINITIONS.read(self.work, DEFINITIONS.page(self.work, asked, Page(size=OWN_MAX)).items)

    @property
    def fields(self) -> list[tuple[str, str]]:
        return [("", "–"), *((name, LABELS[name]) for name in FIELDS)]

    @property
    def ways(self) -> list[tuple[str, str]]:
        return [("", "–"), *WAYS.items()]

    @property
    def examples(self) -> list[str]:
        """What a value may be."""
        spans = ("last 7 days", "last 24 hours", "next 4 hours", "now", "3 days ago", "in 2 hours")
        words = [terms.spoken(self.speech, "stage", one) for one in (*Stage, *Priority, *Type, *KNOWN, *spans)]
        mine = [terms.spoken(self.speech, "technician", one) for one in ("me", "nobody", "us", "them")]
        own = [option for one in self.own for option in one.options]
        return [*mine, *(name for _, name in self.people), *dict.fromkeys(words), *own]

    def rows(self, condition: Condition) -> tuple[str, list[Row], str]:
        """How the tests are joined, a row for each, and the whole as JSON where rows cannot say it."""
        condition = flat(condition)
        (join, tests), *_ = condition.items() if "field" not in condition else [("all", [condition])]
        simple = join in ("all", "any") and all("field" in one for one in tests) and len(tests) <= ROWS_MAX
        if not simple:
            return "all", [], json.dumps(condition, indent=1, ensure_ascii=False)
        return join, [self.row(one) for one in tests], ""

    def row(self, test: Condition) -> Row:
        name, value = test["field"], test.get("value")
        values = value if isinstance(value, list) else [value]
        known = kind_of(name)
        way = test.get("is") or (known.ways[0] if known else "")
        return Row(name, str(way), ", ".join(self.spoken(name, one) for one in values))

    def spoken(self, name: str, value: Any) -> str:
        id = whole(str(value))
        if id is None:
            return terms.spoken(self.speech, name, str(value))
        if name == "technician":
            return dict(self.people).get(id, str(value))
        if name == "customer" and (customer := customers.seen(self.work, id)) is not None:
            return f"{customer.name}"
        return str(value)

    def typed(self, form: Mapping[str, Any]) -> list[Row]:
        """The rows of a form that has been sent."""
        rows = [
            Row(*(str(form.get(f"{part}{n}", "")).strip() for part in ("field", "is", "value")))
            for n in range(ROWS_MAX)
        ]
        return [row for row in rows if row.field]

    def read(self, form: Mapping[str, Any]) -> Any:
        """The condition a form describes."""
        if whole := str(form.get("whole", "")).strip():
            try:
                return json.loads(whole)
            except (ValueError, RecursionError):
                raise Invalid({"whole": "is not JSON"}) from None
        join = "any" if form.get("join") == "any" else "all"
        return {join: [self.test(row) for row in self.typed(form)]}

    def test(self, row: Row) -> Condition:
        known = kind_of(row.field)
        way = row.way or str(known.ways[0] if known else "")
        if row.field == "text" or way in (Is.CONTAINS, Is.BEFORE, Is.AFTER, Is.WITHIN):
            return {"field": row.field, "is": way, "value": terms.meant(self.speech, row.field, row.value)}
        values = [self.meant(row.field, one.strip()) for one in self.parted(row) if one.strip()]
        return {"field": row.field, "is": way, "value": values}

    def parted(self, row: Row) -> list[str]:
        """The values of a row: names may hold commas themselves."""
        if row.field == "customer" and self.customer(row.value) is not None:
            return [row.value]
        return row.value.split(",")

    def meant(self, name: str, value: str) -> Any:
        """What a person means by a word: an id where it is somebody's name."""
        value = terms.meant(self.speech, name, value)
        id = whole(value)
        if name == "technician":
            named = {fold(one): id for id, one in self.people}
            if fold(value) in ("me", "nobody") or fold(value) not in named:
                return value.lower() if id is None else id
            return named[fold(value)]
        if name == "customer":
            found = self.customer(value)
            if found is None and id is None:
                raise Invalid({"condition": f"names no customer: {value[:80]}"})
            return found or id
        if name in ("stage", "priority", "type"):
            return value.lower()
        return id if name == "contact" and id is not None else value

    def customer(self, name: str) -> int | None:
        asked = customers.Filter.check({"name": name}) if 0 < len(name) <= 250 else None
        rows = CUSTOMERS.page(self.work, asked, Page(size=20)).items if asked else []
        return next((row[0] for row in rows if fold(row[1]) == fold(name)), None)


def flat(condition: Condition) -> Condition:
    """A condition without lists of one in lists."""
    if "all" not in condition:
        return condition
    parts: list[Condition] = []
    for one in condition["all"]:
        inner = flat(one)
        parts += inner.get("all", [inner])
    return parts[0] if len(parts) == 1 and "any" in parts[0] else {"all": parts}
