"""How the fields of a ticket are compared, one kind of field at a time."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

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

VALUES_MAX = 100
LENGTH_MAX = 250
SPAN_MAX = 3_660


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


@dataclass(frozen=True)
class Asker:
    """Who asks, and when: what `me` and `last 7 days` mean."""

    technician_id: int | None
    now: datetime


# Makes a parameter of a type, and keeps what computes it.
Bind = Callable[[Any, Callable[[Asker], Any]], Any]


@dataclass(frozen=True)
class Kind:
    """A kind of field: how it can be compared, and what becomes of that."""

    ways: tuple[Is, ...]
    build: Callable[[Bind, str, Is, Any], Any]


def wrong(text: str) -> Invalid:
    return Invalid({"condition": Problem(text, Why.MALFORMED)})


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

    def build(bind: Bind, name: str, how: Is, value: Any) -> Any:
        given = texts(name, value)
        if strange := [one for one in given if one not in set(known)]:
            raise wrong(f"cannot have {name} {strange[0][:40]!r}: it is one of {', '.join(known)}")
        if how is Is.NONE_OF:
            given = [one for one in known if one not in given]
        found: list[Any] = [sa.literal_column(f"'{known(one)}'") for one in dict.fromkeys(given)]
        return column.in_(found) if found else sa.false()

    return Kind((Is.ONE_OF, Is.NONE_OF), build)


def turn(bind: Bind, name: str, how: Is, value: Any) -> Any:
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

    def build(bind: Bind, name: str, how: Is, value: Any) -> Any:
        given = listed(name, value)
        special = {NOBODY} if column.expression.nullable else set()
        special |= {ME} if people else set()
        numbers = [number(name, one, special) for one in given if one not in special]
        parts = []
        if NOBODY in given and NOBODY in special:
            parts.append(column.is_(None))
        if ME in given and people and not numbers:
            parts.append(column == bind(sa.BigInteger(), lambda asked: asked.technician_id))
        elif len(numbers) == 1 and ME not in given:
            parts.append(column == bind(sa.BigInteger(), lambda _: numbers[0]))
        elif numbers:
            mine = ME in given
            bound = bind(Several(), lambda asked: [*numbers, *([asked.technician_id or 0] if mine else [])])
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

    def build(bind: Bind, name: str, how: Is, value: Any) -> Any:
        given = [fold(one) for one in texts(name, value)]
        if how is Is.CONTAINS:
            return key.like(bind(sa.Text(), lambda _: f"%{escaped(given[0])}%"), escape="\\")
        if len(given) == 1:
            return negated(how, key == bind(sa.Text(), lambda _: given[0]))
        return negated(how, among(key, bind(Several(words=True), lambda _: given)))

    return Kind((Is.ONE_OF, Is.NONE_OF, Is.CONTAINS), build)


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


def tags(bind: Bind, name: str, how: Is, value: Any) -> Any:
    given = [fold(one) for one in texts(name, value)]
    return negated(how, tagged(bind(Several(words=True), lambda _: given)))


def searched(bind: Bind, name: str, how: Is, value: Any) -> Any:
    (asked, *more) = texts(name, value)
    if more or not search.words(asked):
        raise wrong("needs one text with words in it for text")
    return search.matches(Ticket, bind(Question(), lambda _: asked))


def own(bind: Bind, name: str, how: Is, value: Any) -> Any:
    """What a ticket holds in a custom field, by its text; or by its date where it is compared with a moment."""
    called = fold(text(name.removeprefix(CUSTOM)))
    if how in MOMENTS.ways:
        holds = MOMENTS.build(bind, name, how, value)
    else:
        given = [fold(one) for one in texts(name, value)]
        given += [YES_OR_NO[one] for one in given if one in YES_OR_NO]
        held = folded(Value.text)
        if how is Is.CONTAINS:
            holds = held.like(bind(sa.Text(), lambda _: f"%{escaped(given[0])}%"), escape="\\")
        else:
            holds = among(held, bind(Several(words=True), lambda _: given))
    found: Any = (
        sa.select(sa.literal_column("1"))
        .select_from(sa.join(Value, Field, Field.id == Value.field_id))
        .where(
            Value.target == sa.literal_column(f"'{Target.TICKET}'"),
            Value.record_id == Ticket.id,
            Field.name_key == bind(sa.Text(), lambda _: called),
            holds,
        )
        .correlate(Ticket)
    )
    return negated(how, found.exists())


def moments(column: Any) -> Kind:
    """A field that holds a moment, compared with another or with one counted from now."""

    def build(bind: Bind, name: str, how: Is, value: Any) -> Any:
        if not isinstance(value, str):
            raise wrong(f"needs a text such as '7 days ago' for {name}")
        if how is Is.WITHIN:
            since, until = (reach(name, value, one) for one in (0, 1))
            return sa.and_(column >= bind(column.type, since), column <= bind(column.type, until))
        bound = bind(column.type, moment(name, value))
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
    amount = whole(n) if len(n) < 6 else None
    if seconds is None or amount is None:
        raise wrong(f"needs a number of {', '.join(UNITS)} for {name}")
    found = timedelta(seconds=seconds * amount)
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
