"""The one language of conditions on tickets: views are made of it, and rules.

A condition is plain data: `{"all": […]}`, `{"any": […]}`, `{"not": …}`, or a test such as
`{"field": "priority", "is": "one of", "value": ["high", "critical"]}`. It becomes one SQL expression, whose values are
parameters: the same condition is compiled once, whoever asks and whenever.
"""

import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec
import sqlalchemy as sa

from quarterdeck.desk.queues.comparing import FIELDS, Asker, Is, kind_of, listed, texts, wrong
from quarterdeck.desk.search import Question
from quarterdeck.desk.tickets import Stage

DEPTH_MAX = 5
TESTS_MAX = 40

Condition = Mapping[str, Any]
# Tickets that are not over. It stands in the statement as it stands in the indexes of such tickets.
GOING_ON: Any = sa.literal_column("tickets.stage IN ('open', 'pending')")
NUMBERS = itertools.count(1)


@dataclass
class Built:
    """What a condition has become: an expression, and what computes each of its parameters."""

    expression: Any
    parameters: dict[str, Callable[[Asker], Any]]
    # Whether it can only be true of tickets that are not over, and of those of one technician or nobody.
    going_on: bool = False
    of_technician: bool = False
    # Where words are looked for: the question, what else is asked, and whether that leaves few tickets.
    words: Any = None
    rest: Any = None
    narrow: bool = False
    # What SQLite is to look for such tickets over.
    index: str | None = None
    # Tells its statements from those of others; never given twice.
    number: int = field(default_factory=lambda: next(NUMBERS))

    @property
    def searches(self) -> bool:
        return self.words is not None

    def given(self, asked: Asker) -> dict[str, Any]:
        return {name: made(asked) for name, made in self.parameters.items()}


@dataclass
class Builder:
    """Builds one condition; every problem names where it is."""

    parameters: dict[str, Callable[[Asker], Any]] = field(default_factory=dict)
    tests: int = 0

    def bind(self, type: Any, made: Callable[[Asker], Any]) -> Any:
        name = f"v{len(self.parameters)}"
        self.parameters[name] = made
        return sa.bindparam(name, type_=type)

    def build(self, condition: Any, depth: int = 0) -> Any:
        if not isinstance(condition, Mapping) or not condition:
            raise wrong("has to be an object with all, any, not or field")
        if depth > DEPTH_MAX:
            raise wrong(f"is nested deeper than {DEPTH_MAX} levels")
        if "field" in condition:
            self.tests += 1
            if self.tests > TESTS_MAX:
                raise wrong(f"has more than {TESTS_MAX} tests")
            return self.test(condition)
        (word, *more) = condition
        if more or word not in ("all", "any", "not"):
            raise wrong("has to have one of all, any, not or field")
        inner = condition[word]
        if word == "not":
            return sa.not_(sa.func.coalesce(self.build(inner, depth + 1), sa.false()))
        if not isinstance(inner, Sequence) or isinstance(inner, str):
            raise wrong(f"has to have a list under {word}")
        parts = [self.build(one, depth + 1) for one in inner]
        if word == "all":
            return sa.and_(sa.true(), *parts)
        return sa.or_(sa.false(), *parts)

    def test(self, test: Condition) -> Any:
        if test.keys() - {"field", "is", "value"}:
            raise wrong("may have field, is and value only")
        name = test["field"]
        known = kind_of(name)
        if known is None:
            raise wrong(f"names no field: {str(name)[:40]!r} is not one of {', '.join(FIELDS)}")
        how = test.get("is", next(iter(known.ways)))
        if how not in known.ways:
            raise wrong(f"cannot ask whether {name} is {str(how)[:40]!r}: use one of {', '.join(known.ways)}")
        return known.build(self.bind, name, Is(how), test.get("value"))


MADE: dict[bytes, Built] = {}
MADE_MAX = 500


def build(condition: Condition) -> Built:
    """What a condition means; `Invalid` says what is wrong with it."""
    try:
        key = msgspec.json.encode(condition)
    except (TypeError, ValueError, RecursionError):
        raise wrong("is not plain data") from None
    if key not in MADE:
        builder = Builder()
        expression = builder.build(condition)
        going_on = unfinished(condition)
        if going_on:
            expression = sa.and_(GOING_ON, expression)
        made = Built(expression, builder.parameters, going_on, of_technician(condition))
        rest = condition
        if text := next((test for test in required(condition) if test["field"] == "text"), None):
            rest = without(condition, text)
            asked = texts("text", text["value"])[0]
            made.words = builder.bind(Question(), lambda _: asked)
            made.rest = sa.and_(GOING_ON if going_on else sa.true(), Builder(builder.parameters).build(rest))
        made.index = index_for(rest, going_on)
        made.narrow = made.index is not None or any(equal(test, "customer", "contact") for test in required(rest))
        if len(MADE) >= MADE_MAX:
            MADE.clear()
        MADE[key] = made
    return MADE[key]


def unfinished(condition: Condition) -> bool:
    """Whether a condition, seen to be sound, can only be true of tickets that are not over."""
    if "all" in condition:
        return any(unfinished(one) for one in condition["all"])
    if "any" in condition:
        return bool(condition["any"]) and all(unfinished(one) for one in condition["any"])
    if condition.get("field") != "stage":
        return False
    given = set(listed("stage", condition.get("value")))
    over = {Stage.RESOLVED, Stage.CLOSED}
    return given >= over if condition.get("is") == Is.NONE_OF else not given & over


def required(condition: Condition) -> list[Condition]:
    """The tests of which every one has to be true."""
    if "all" in condition:
        return [test for one in condition["all"] for test in required(one)]
    return [condition] if "field" in condition else []


def without(condition: Condition, test: Condition) -> Condition:
    """A condition less one of the tests that it requires."""
    if condition is test:
        return {"all": []}
    return {"all": [without(one, test) for one in condition["all"]]} if "all" in condition else condition


def equal(test: Condition, *fields: str) -> bool:
    """Whether a test asks for one value of a field that names a record."""
    one = test["field"] in fields and test.get("is", Is.ONE_OF) == Is.ONE_OF
    return one and len(listed(test["field"], test.get("value"))) == 1


def of_technician(condition: Condition) -> bool:
    return any(equal(test, "technician") for test in required(condition))


def index_for(condition: Condition, going_on: bool) -> str | None:
    """The index over which fewest tickets are looked at; none where the database sees it on its own."""
    tests = required(condition)
    if any(equal(test, "customer", "contact") for test in tests):
        return None
    for test in tests:
        if test["field"] in RECENT and test.get("is", Is.WITHIN) == Is.WITHIN and str(test["value"]).startswith("last"):
            return f"INDEXED BY {RECENT[test['field']]}"
    if going_on:
        return f"INDEXED BY ix_tickets_queue{'_of_technician' if of_technician(condition) else ''}"
    return None


# Where the tickets of the last days are found.
RECENT = {
    "created": "ix_tickets_by_creation",
    "updated": "ix_tickets_by_change",
    "activity": "ix_tickets_by_activity",
}
