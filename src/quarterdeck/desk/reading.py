"""A list of dotted paths becomes one SELECT, compiled once, that keeps to what the actor may see.

A room says how its record is read: which filters and orders there are, and which column tells whose it is. A face says
which paths it shows. Together they are a `View`: rows as plain tuples in the order of the paths, no objects.
"""

from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from quarterdeck.desk.aliases import leads_to
from quarterdeck.desk.errors import Invalid, NotFound, Problem, Why
from quarterdeck.desk.input import Input, digits, fold
from quarterdeck.desk.paging import Found, Page, read_key, write_key
from quarterdeck.desk.record import Instant, Record
from quarterdeck.desk.statement import Row, Several, Statement, among
from quarterdeck.desk.work import Counter, Work

# A row of a view ends with two values more than was asked for: of one record its version and id, of a list the value
# it is ordered by and the id.
TAIL = 2

# Statements kept for each list, one for every combination of filters, order and page size that was asked for.
STATEMENTS_MAX = 500


@dataclass(frozen=True)
class Where:
    """A condition on a list: the parameter's place in it, its type where that is not the column's, its preparation,
    and a shorter way to count what meets it alone, where there is one."""

    condition: Callable[[Any], Any]
    type: sa.types.TypeEngine[Any] | None = None
    prepare: Callable[[Any], Any] | None = None
    count: Callable[[Any], Any] | None = None


def containing(column: Any) -> Where:
    """The column, kept folded, contains the text."""
    return Where(lambda value: column.like(value, escape="\\"), sa.Text(), lambda text: f"%{escaped(fold(text))}%")


def dialled(*columns: Any) -> Where:
    """One of the columns, phone numbers as people write them, contains the digits."""
    return Where(
        lambda value: sa.or_(*(bare(column).like(value) for column in columns)),
        sa.Text(),
        lambda text: f"%{digits(text) or escaped(text)}%",
    )


def having(texts: Sequence[Any], numbers: Sequence[Any]) -> Where:
    """A column, kept folded, contains the text; or a phone number does, where the text could be part of one."""

    def condition(value: Any) -> Any:
        dialled = sa.func.nullif(bare(value), sa.literal("%%"))
        return sa.or_(
            *(text.like(value, escape="\\") for text in texts), *(bare(number).like(dialled) for number in numbers)
        )

    return Where(condition, sa.Text(), lambda text: f"%{escaped(fold(text))}%")


def folded(column: Any) -> Any:
    """A text as `fold` spells it, as far as databases can."""
    return sa.func.replace(sa.func.lower(column), "ß", "ss")


def bare(column: Any) -> Any:
    """A phone number without what people put between its digits."""
    found: Any = sa.func.coalesce(column, sa.literal(""))
    for one in " -()./+":
        found = sa.func.replace(found, one, "")
    return found


def one_of(column: Any) -> Where:
    """The column is one of several ids."""
    return Where(lambda values: among(column, values), Several())


def one_word_of(column: Any) -> Where:
    """The column, kept folded, is one of several words."""
    return Where(
        lambda values: among(column, values), Several(words=True), lambda words: [fold(word) for word in words]
    )


def none_of(column: Any) -> Where:
    return Where(lambda values: sa.not_(among(column, values)), Several())


def escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


@dataclass(frozen=True)
class Reading:
    """How one kind of record is read."""

    record: type[Record]
    right: str
    filters: Mapping[str, Where]
    # The names a list may be ordered by, besides `id`, and the columns behind them.
    orders: Mapping[str, Any] = field(default_factory=dict)
    # The column that names the customer the record belongs to; none where everybody sees all.
    belongs: Any = None

    def view(self, paths: Sequence[str]) -> "View":
        return View(self, tuple(paths))


class View:
    """The columns behind some paths of a record, and the statements that read them."""

    def __init__(self, reading: Reading, paths: tuple[str, ...]) -> None:
        self.reading = reading
        self.record = reading.record
        self.paths = paths
        self.joins: dict[str, tuple[Any, Any]] = {}
        self.columns = [self.column(path).label(f"c{place}") for place, path in enumerate(paths)]
        self.lists: dict[Any, Statement] = {}
        self.counts: dict[Any, Statement] = {}
        version = getattr(self.record, "version", sa.literal(1))
        show = self.select(version).where(self.record.id == sa.bindparam("id"))
        self.shows = {False: Statement(show), True: Statement(show.where(self.own))} if self.own is not None else {}
        self.shows.setdefault(False, Statement(show))
        self.shape = named(paths)

    def read(self, work: Work, rows: Sequence[Row]) -> list[Any]:
        """Raw rows in the desk's own values, under the names of their paths: `customer.name` is `customer_name`."""
        statement, width = self.shows[False], len(self.paths)
        if work.link.dialect not in statement.readers:
            statement.compile(work.link.dialect)
        readers = [one for one in statement.readers[work.link.dialect] if one[0] < width]
        return [self.shape(*statement.read(row, readers)[:width]) for row in rows]

    @property
    def own(self) -> Any:
        belongs = self.reading.belongs
        return None if belongs is None else belongs == sa.bindparam("only_customer")

    def column(self, path: str) -> Any:
        """The column a dotted path leads to, over outer joins along the records' relations."""
        source: Any = self.record
        *relations, name = path.split(".")
        for depth, relation in enumerate(relations):
            key = ".".join(relations[: depth + 1])
            if key not in self.joins:
                link = getattr(source, relation)
                target = aliased(link.property.mapper.class_, name=key.replace(".", "_"))
                self.joins[key] = (target, link.of_type(target))
            source = self.joins[key][0]
        return getattr(source, name)

    def select(self, key: Any) -> sa.Select[Any]:
        statement = sa.select(*self.columns, key.label("tail_key"), self.record.id.label("tail_id"))
        statement = statement.select_from(self.record)
        for _, on in self.joins.values():
            statement = statement.outerjoin(on)
        return statement

    def one(self, work: Work, id: int) -> Row:
        """The values of one record, raw as the driver gives them, then its version and id; or `NotFound`."""
        work.require(self.reading.right)
        limited = work.actor.customer_id is not None and self.own is not None
        given = {"id": id, "only_customer": work.actor.customer_id} if limited else {"id": id}
        rows = self.shows[limited].raw(work.link, given)
        if not rows and (new_id := leads_to(work.link, self.record.kind, id)) is not None:
            rows = self.shows[limited].raw(work.link, {**given, "id": new_id})
        if not rows:
            raise NotFound(self.record.kind, id)
        return rows[0]

    def under(
        self,
        work: Work,
        by: str,
        owners: Sequence[int],
        only: Mapping[str, Any] | None = None,
        *,
        newest: bool = False,
        most: int | None = None,
    ) -> list[Row]:
        """Raw rows whose column `by` names one of the owners, in one statement: each ends with the owner and its own
        id. `only` are filters of the list; of the newest or oldest, `most` for each owner."""
        work.require(self.reading.right)
        given = {**(only or {}), "owners": owners}
        if work.actor.customer_id is not None and self.reading.belongs is not None:
            given["only_customer"] = work.actor.customer_id
        shape = ("under", by, tuple(sorted(given)), newest, most)
        if shape not in self.lists:
            self.lists[shape] = Statement(self.nested(by, sorted(given.keys() - {"owners"}), newest, most))
        return self.lists[shape].raw(work.link, given)

    def nested(self, by: str, names: Sequence[str], newest: bool, most: int | None) -> sa.Select[Any]:
        owner, id = getattr(self.record, by), self.record.id
        wanted = [among(owner, sa.bindparam("owners", type_=Several())), *self.conditions(names)]
        order = id.desc() if newest else id.asc()
        if most is not None:
            place = sa.func.row_number().over(partition_by=owner, order_by=order).label("place")
            placed = sa.select(id.label("id"), place).where(*wanted).subquery()
            wanted = [id.in_(sa.select(placed.c.id).where(placed.c.place <= sa.literal_column(f"{most:d}")))]
        return self.select(owner).where(*wanted).order_by(owner, order)

    def page(self, work: Work, where: Input, page: Page) -> Found[Row]:
        """A page of raw rows that meet the filter."""
        work.require(self.reading.right)
        given = self.given(work, where)
        total = self.total(work, given)
        if not total and (renewed := self.renewed(work, given)) != given:
            given, total = renewed, self.total(work, renewed)
        if page.after is None and page.before is None and (page.number - 1) * page.size >= total:
            return Found((), total, page)
        # One row more than is shown tells whether there is another page, also while rows come and go.
        rows = self.list(tuple(sorted(given)), page).raw(work.link, {**given, **self.place(page)})
        further, rows = len(rows) > page.size, rows[: page.size]
        if page.before is not None:
            rows.reverse()
        if not rows:
            return Found((), total, page)
        first, last = (write_key(row[-2], row[-1]) for row in (rows[0], rows[-1]))
        return Found(rows, total, page, first, last, further)

    def given(self, work: Work, where: Input) -> dict[str, Any]:
        """The parameters of the filters that were sent."""
        filters = self.reading.filters
        given = {}
        for name, value in where.sent.items():
            prepare = filters[name].prepare
            given[name] = prepare(value) if prepare else value
        if work.actor.customer_id is not None and self.reading.belongs is not None:
            given["only_customer"] = work.actor.customer_id
        return given

    def renewed(self, work: Work, given: dict[str, Any]) -> dict[str, Any]:
        """The parameters of a question that found nothing, with the ids of merged records changed for those of the
        records that answer in their place: `customer_id` is the id of a customer, `ids` are of the list's own kind."""

        def new(kind: str, id: Any) -> Any:
            return (leads_to(work.link, kind, id) if isinstance(id, int) else None) or id

        renewed = {name: new(name.removesuffix("_id"), id) for name, id in given.items() if name.endswith("_id")}
        if "ids" in given:
            renewed["ids"] = [new(self.record.kind, id) for id in given["ids"]]
        return {**given, **renewed}

    def conditions(self, names: Sequence[str]) -> list[Any]:
        conditions = []
        for name in names:
            if name == "only_customer":
                conditions.append(self.own)
                continue
            filter = self.reading.filters[name]
            conditions.append(filter.condition(sa.bindparam(name, type_=filter.type)))
        return conditions

    def total(self, work: Work, given: dict[str, Any]) -> int:
        names = tuple(sorted(given))
        statement = self.counts.get(names)
        if statement is None:
            statement = self.counts[names] = Statement(self.counting(names))
        return int(statement.raw(work.link, given)[0][0] or 0)

    def counting(self, names: tuple[str, ...]) -> sa.Select[Any]:
        if not names and self.record.counted:
            slots = sa.cast(sa.func.sum(Counter.n), sa.BigInteger())
            return sa.select(slots).where(Counter.counted_kind == sa.literal(self.record.kind))
        if len(names) == 1 and names[0] in self.reading.filters:
            filter = self.reading.filters[names[0]]
            if filter.count is not None:
                return sa.select(filter.count(sa.bindparam(names[0], type_=filter.type)))
        return sa.select(sa.func.count()).select_from(self.record).where(*self.conditions(names))

    def list(self, names: tuple[str, ...], page: Page) -> Statement:
        """The statement for these filters, this order and this way of finding the place; made once."""
        deep = page.after is None and page.before is None and page.number > 1
        null = page.after is not None or page.before is not None
        null = null and self.key(page)[0] is None
        ways = (page.order, page.descending, page.after is not None, page.before is not None, null, deep, page.size)
        shape = (names, *ways)
        if shape not in self.lists:
            if len(self.lists) >= STATEMENTS_MAX:
                self.lists.clear()
            self.lists[shape] = Statement(self.listing(names, page, deep=deep, null=null))
        return self.lists[shape]

    def listing(self, names: tuple[str, ...], page: Page, *, deep: bool, null: bool) -> sa.Select[Any]:
        column, id = self.ordered(page.order), self.record.id
        descending = page.descending != (page.before is not None)
        order = [one.desc() if descending else one.asc() for one in ((id,) if column is id else (column, id))]
        if nullable(column):
            # Rows without a value come last, whichever way the list runs; read from the end, first.
            order[0] = order[0].nulls_first() if page.before is not None else order[0].nulls_last()
        wanted = self.conditions(names)
        if page.after is not None or page.before is not None:
            wanted.append(beyond(column, id, descending=descending, null=null, backwards=page.before is not None))
        # Not parameters: not knowing how many rows are wanted, PostgreSQL makes a new plan every time.
        limit: sa.ColumnElement[int] = sa.literal_column(f"{page.size + 1:d}")
        if not deep:
            return self.select(column).where(*wanted).order_by(*order).limit(limit)
        # The ids of a deep page come from an index alone; only its own rows are then joined.
        ids = (
            sa.select(id).where(*wanted).order_by(*order).limit(limit).offset(sa.bindparam("offset", type_=sa.Integer))
        )
        return self.select(column).where(id.in_(ids)).order_by(*order)

    def place(self, page: Page) -> dict[str, Any]:
        if page.after is None and page.before is None:
            return {} if page.number == 1 else {"offset": (page.number - 1) * page.size}
        value, id = self.key(page)
        column = self.ordered(page.order)
        return {"key_id": id} if column is self.record.id or value is None else {"key_id": id, "key_value": value}

    def key(self, page: Page) -> tuple[Any, int]:
        column = self.ordered(page.order)
        kind = datetime if isinstance(column.type, Instant) else column.type.python_type
        value, id = read_key(page.after or page.before or "", kind)
        if value is None and not nullable(column):
            raise Invalid({"after": "is not a key of this list"})
        return value, id

    def ordered(self, name: str) -> Any:
        if name == "id":
            return self.record.id
        try:
            return self.reading.orders[name]
        except KeyError:
            raise Invalid({"order": Problem("is not a field this list can be ordered by", Why.UNKNOWN)}) from None


def named(paths: Sequence[str]) -> Any:
    # Of `customer_id` and `customer.id`, which are the same value, the first has the name.
    return namedtuple(
        "row", [path.replace(".", "_") for path in paths], rename=True
    )  # made from the paths, at run time


def nullable(column: Any) -> bool:
    return bool(getattr(column, "nullable", False) or getattr(getattr(column, "expression", None), "nullable", False))


def beyond(column: Any, id: Any, *, descending: bool, null: bool, backwards: bool) -> Any:
    """The rows that come after a key in the direction of reading."""
    key_id = sa.bindparam("key_id", type_=sa.BigInteger)
    further_id = id < key_id if descending else id > key_id
    if column is id:
        return further_id
    if null:
        among_null = sa.and_(column.is_(None), further_id)
        return sa.or_(among_null, column.is_not(None)) if backwards else among_null
    value = sa.bindparam("key_value", type_=column.type)
    further = column < value if descending else column > value
    after = sa.or_(further, sa.and_(column == value, further_id))
    if not nullable(column):
        # The first part alone bounds the walk along the index; the second only settles ties.
        bound = column <= value if descending else column >= value
        return sa.and_(bound, after)
    return after if backwards else sa.or_(after, column.is_(None))
