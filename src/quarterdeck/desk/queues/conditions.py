"""The one language of conditions on tickets: views are made of it, and rules.

A condition is plain data: `{"all": […]}`, `{"any": […]}`, `{"not": …}`, or a test such as
`{"field": "priority", "is": "one of", "value": ["high", "critical"]}`. It becomes one SQL expression, whose values are
parameters: the same condition is compiled once, whoever asks and whenever.
"""

import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from quarterdeck.desk import search
from quarterdeck.desk.errors import Invalid, Problem, Why
from quarterdeck.desk.fields import Field, Target, Value
from quarterdeck.desk.input import aware, fold, storable, whole
from quarterdeck.desk.reading import escaped, folded
from quarterdeck.desk.record import ID_MAX
from quarterdeck.desk.search import Question
from quarterdeck.desk.statement import Several, among
from quarterdeck.desk.tickets import Priority, Stage, Ticket, Type

DEPTH_MAX = 5
TESTS_MAX = 40
VALUES_MAX = 100
LENGTH_MAX = 250
SPAN_MAX = 3_660

Condition = Mapping[str, Any]


class Is(StrEnum):
    """How a field is compared."""

    ONE_OF = "one of"
    NONE_OF = "none of"
    CONTAINS = "contains"
    BEFORE = "before"
    AFTER = "after"
    WITHIN = "within"


ME, NOBODY = "me", "nobody"
TURNS = US, THEM = ("us", "them")
# Begins the name of a custom field.
CUSTOM = "field:"
YES_OR_NO = {"yes": "true", "no": "false"}
UNITS = {"minutes": 60, "hours": 3600, "days": 86_400, "weeks": 604_800}
# Tickets that are not over. It stands in the statement as it stands in the indexes of such tickets.
GOING_ON: Any = sa.literal_column("tickets.stage IN ('open', 'pending')")
NUMBERS = itertools.count(1)


@dataclass
class Built:
    """What a condition has become: an expression, and what computes each of its parameters."""

    expression: Any
    parameters: dict[str, Callable[["Asker"], Any]]
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

    def given(self, asked: "Asker") -> dict[str, Any]:
        return {name: made(asked) for name, made in self.parameters.items()}


@dataclass(frozen=True)
class Asker:
    """Who asks, and when: what `me` and `last 7 days` mean."""

    technician_id: int | None
    now: datetime


class tagged(FunctionElement[bool]):
    """True where a ticket has one of the tags."""

    type = sa.Boolean()
    inherit_cache = True

    def __init__(self, values: Any) -> None:
        super().__init__(Ticket.tags, values)

    def self_group(self, against: Any = None) -> "tagged":
        # Else it is compared with 1 where a database has no booleans.
        return self


@compiles(tagged, "sqlite")
def tagged_in_sqlite(element: tagged, compiler: Any, **kw: Any) -> str:
    tags, values = (compiler.process(clause, **kw) for clause in element.clauses)
    return (
        f"EXISTS (SELECT 1 FROM json_each({tags}) AS has JOIN json_each({values}) AS asked "  # noqa: S608
        "ON replace(lower(has.value), 'ß', 'ss') = asked.value)"
    )


@compiles(tagged, "postgresql")
def tagged_in_postgresql(element: tagged, compiler: Any, **kw: Any) -> str:
    tags, values = (compiler.process(clause, **kw) for clause in element.clauses)
    return (
        f"EXISTS (SELECT 1 FROM jsonb_array_elements_text({tags}) AS has "  # noqa: S608
        f"WHERE replace(lower(has), 'ß', 'ss') = ANY({values}::text[]))"
    )


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
        return known.build(self, name, Is(how), test.get("value"))


def wrong(text: str) -> Invalid:
    return Invalid({"condition": Problem(text, Why.MALFORMED)})


@dataclass(frozen=True)
class Kind:
    """A kind of field: how it can be compared, and what becomes of that."""

    ways: tuple[Is, ...]
    build: Callable[[Builder, str, Is, Any], Any]


def listed(name: str, value: Any) -> list[Any]:
    """One value or several."""
    values = list(value) if isinstance(value, Sequence) and not isinstance(value, str) else [value]
    if not values or len(values) > VALUES_MAX or any(one is None or one == "" for one in values):
        raise wrong(f"needs a value for {name}, at most {VALUES_MAX}")
    return values


def texts(name: str, value: Any) -> list[str]:
    values = listed(name, value)
    if not all(isinstance(one, str) and len(one) <= LENGTH_MAX for one in values):
        raise wrong(f"needs texts of at most {LENGTH_MAX} characters for {name}")
    return [text(one) for one in values]


def text(value: str) -> str:
    try:
        return storable(value)
    except ValueError:
        raise wrong("holds text that cannot be kept") from None


def negated(how: Is, expression: Any) -> Any:
    return sa.not_(sa.func.coalesce(expression, sa.false())) if how is Is.NONE_OF else expression


def words(column: Any, known: type[StrEnum]) -> Kind:
    """A field that holds one of our own words: they stand in the statement itself, where an index may look for them."""

    def build(builder: Builder, name: str, how: Is, value: Any) -> Any:
        given = texts(name, value)
        if strange := [one for one in given if one not in set(known)]:
            raise wrong(f"cannot have {name} {strange[0][:40]!r}: it is one of {', '.join(known)}")
        if how is Is.NONE_OF:
            given = [one for one in known if one not in given]
        found: list[Any] = [sa.literal_column(f"'{known(one)}'") for one in dict.fromkeys(given)]
        return column.in_(found) if found else sa.false()

    return Kind((Is.ONE_OF, Is.NONE_OF), build)


def turn(builder: Builder, name: str, how: Is, value: Any) -> Any:
    """Whose turn it is: ours, where the customer wrote last, or theirs."""
    given = texts(name, value)
    if strange := [one for one in given if one not in TURNS]:
        raise wrong(f"cannot have {name} {strange[0][:40]!r}: it is one of {', '.join(TURNS)}")
    chosen = set(given) if how is Is.ONE_OF else set(TURNS) - set(given)
    if len(chosen) == 1:
        return Ticket.awaits_us if US in chosen else sa.not_(Ticket.awaits_us)
    return sa.true() if chosen else sa.false()


def ids(column: Any, *, people: bool = False) -> Kind:
    """A field that names a record; `nobody` where it names none, and of technicians `me`."""

    def build(builder: Builder, name: str, how: Is, value: Any) -> Any:
        given = listed(name, value)
        special = {NOBODY} if column.expression.nullable else set()
        special |= {ME} if people else set()
        numbers = [number(name, one, special) for one in given if one not in special]
        parts = []
        if NOBODY in given and NOBODY in special:
            parts.append(column.is_(None))
        if ME in given and people and not numbers:
            parts.append(column == builder.bind(sa.BigInteger(), lambda asked: asked.technician_id))
        elif len(numbers) == 1 and ME not in given:
            parts.append(column == builder.bind(sa.BigInteger(), lambda _: numbers[0]))
        elif numbers:
            mine = ME in given
            bound = builder.bind(Several(), lambda asked: [*numbers, *([asked.technician_id or 0] if mine else [])])
            parts.append(among(column, bound))
        return negated(how, sa.or_(*parts) if len(parts) != 1 else parts[0])

    return Kind((Is.ONE_OF, Is.NONE_OF), build)


def number(name: str, value: Any, special: set[str]) -> int:
    if isinstance(value, str):
        value = whole(value)
    if isinstance(value, bool) or not isinstance(value, int) or not 0 < value <= ID_MAX:
        raise wrong(f"needs ids{''.join(f' or {one}' for one in sorted(special))} for {name}")
    return value


def named(key: Any) -> Kind:
    """A field that holds a word of the provider's own, kept folded or made so by the database."""

    def build(builder: Builder, name: str, how: Is, value: Any) -> Any:
        given = [fold(one) for one in texts(name, value)]
        if how is Is.CONTAINS:
            return key.like(builder.bind(sa.Text(), lambda _: f"%{escaped(given[0])}%"), escape="\\")
        if len(given) == 1:
            return negated(how, key == builder.bind(sa.Text(), lambda _: given[0]))
        return negated(how, among(key, builder.bind(Several(words=True), lambda _: given)))

    return Kind((Is.ONE_OF, Is.NONE_OF, Is.CONTAINS), build)


def tags(builder: Builder, name: str, how: Is, value: Any) -> Any:
    given = [fold(one) for one in texts(name, value)]
    return negated(how, tagged(builder.bind(Several(words=True), lambda _: given)))


def searched(builder: Builder, name: str, how: Is, value: Any) -> Any:
    (asked, *more) = texts(name, value)
    if more or not search.words(asked):
        raise wrong("needs one text with words in it for text")
    return search.matches(Ticket, builder.bind(Question(), lambda _: asked))


def own(builder: Builder, name: str, how: Is, value: Any) -> Any:
    """What a ticket holds in a custom field, by its text; or by its date where it is compared with a moment."""
    called = fold(text(name.removeprefix(CUSTOM)))
    if how in MOMENTS.ways:
        holds = MOMENTS.build(builder, name, how, value)
    else:
        given = [fold(one) for one in texts(name, value)]
        given += [YES_OR_NO[one] for one in given if one in YES_OR_NO]
        held = folded(Value.text)
        if how is Is.CONTAINS:
            holds = held.like(builder.bind(sa.Text(), lambda _: f"%{escaped(given[0])}%"), escape="\\")
        else:
            holds = among(held, builder.bind(Several(words=True), lambda _: given))
    found: Any = (
        sa.select(sa.literal_column("1"))
        .select_from(sa.join(Value, Field, Field.id == Value.field_id))
        .where(
            Value.target == sa.literal_column(f"'{Target.TICKET}'"),
            Value.record_id == Ticket.id,
            Field.name_key == builder.bind(sa.Text(), lambda _: called),
            holds,
        )
        .correlate(Ticket)
    )
    return negated(how, found.exists())


def moments(column: Any) -> Kind:
    """A field that holds a moment, compared with another or with one counted from now."""

    def build(builder: Builder, name: str, how: Is, value: Any) -> Any:
        if not isinstance(value, str):
            raise wrong(f"needs a text such as '7 days ago' for {name}")
        if how is Is.WITHIN:
            since, until = (reach(name, value, one) for one in (0, 1))
            return sa.and_(column >= builder.bind(column.type, since), column <= builder.bind(column.type, until))
        bound = builder.bind(column.type, moment(name, value))
        return column < bound if how is Is.BEFORE else column > bound

    return Kind((Is.WITHIN, Is.BEFORE, Is.AFTER), build)


def moment(name: str, value: str) -> Callable[[Asker], datetime]:
    """`now`, `3 days ago`, `in 2 hours`, or a moment as ISO 8601 writes it."""
    said = value.strip().lower()
    if said == "now":
        return lambda asked: asked.now
    match said.split():
        case [n, unit, "ago"]:
            back = span(name, n, unit)
            return lambda asked: asked.now - back
        case ["in", n, unit]:
            on = span(name, n, unit)
            return lambda asked: asked.now + on
    try:
        at = aware(datetime.fromisoformat(value.strip()))
    except ValueError:
        raise wrong(f"needs 'now', '3 days ago', 'in 2 hours' or a date for {name}, not {value[:40]!r}") from None
    return lambda _: at


def reach(name: str, value: str, end: int) -> Callable[[Asker], datetime]:
    """One end of `last 7 days` or `next 2 hours`."""
    match value.strip().lower().split():
        case ["last", n, unit]:
            back = span(name, n, unit)
            return (lambda asked: asked.now) if end else (lambda asked: asked.now - back)
        case ["next", n, unit]:
            on = span(name, n, unit)
            return (lambda asked: asked.now + on) if end else (lambda asked: asked.now)
    raise wrong(f"needs a span such as 'last 7 days' or 'next 2 hours' for {name}, not {value[:40]!r}")


def span(name: str, n: str, unit: str) -> timedelta:
    seconds = UNITS.get(unit if unit.endswith("s") else f"{unit}s")
    if seconds is None or not (n.isascii() and n.isdigit() and len(n) < 6):
        raise wrong(f"needs a number of {', '.join(UNITS)} for {name}")
    found = timedelta(seconds=seconds * int(n))
    if found > timedelta(days=SPAN_MAX):
        raise wrong(f"cannot reach further than {SPAN_MAX} days for {name}")
    return found


FIELDS: dict[str, Kind] = {
    "status": named(Ticket.status_key),
    "stage": words(Ticket.stage, Stage),
    "priority": words(Ticket.priority, Priority),
    "type": words(Ticket.type, Type),
    "customer": ids(Ticket.customer_id),
    "contact": ids(Ticket.contact_id),
    "technician": ids(Ticket.technician_id, people=True),
    "tags": Kind((Is.ONE_OF, Is.NONE_OF), tags),
    "turn": Kind((Is.ONE_OF, Is.NONE_OF), turn),
    "problem": named(Ticket.problem_key),
    "created": moments(Ticket.created_at),
    "updated": moments(Ticket.updated_at),
    "activity": moments(Ticket.last_activity_at),
    "due": moments(Ticket.due_at),
    "text": Kind((Is.CONTAINS,), searched),
}

MOMENTS = moments(Value.date)
OWN_FIELD = Kind((Is.ONE_OF, Is.NONE_OF, Is.CONTAINS, *MOMENTS.ways), own)


def kind_of(name: Any) -> Kind | None:
    """How a field can be compared: one of ours, or one that a provider has added."""
    if not isinstance(name, str) or len(name) > LENGTH_MAX:
        return None
    return OWN_FIELD if name.startswith(CUSTOM) and name != CUSTOM else FIELDS.get(name)


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
