"""The list of tickets behind a view: one page of it, how many there are, and what of it has changed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from quarterdeck.desk import search
from quarterdeck.desk.access import Technician
from quarterdeck.desk.contacts import Contact
from quarterdeck.desk.customers import Customer
from quarterdeck.desk.journal import Entry
from quarterdeck.desk.queues.comparing import Asker
from quarterdeck.desk.queues.conditions import Built, Condition, build
from quarterdeck.desk.queues.ordering import Order, Place, Stretch, past, place_of, read_place
from quarterdeck.desk.queues.records import Seen
from quarterdeck.desk.reading import named
from quarterdeck.desk.statement import Compiled, Several, Statement, among
from quarterdeck.desk.tickets import SETTLED, Ticket
from quarterdeck.desk.work import Work

SIZE = 50
# Up to so many tickets are found first and then put in order; more are walked in their order. Nor are more counted.
FEW = 500
# Up to so many tickets, the newest, are found by words.
FOUND = 1000
STATEMENTS_MAX = 500

COLUMNS: dict[str, Any] = {
    "id": Ticket.id,
    "title": Ticket.title,
    "status": Ticket.status,
    "stage": Ticket.stage,
    "priority": Ticket.priority,
    "type": Ticket.type,
    "tags": Ticket.tags,
    "customer_id": Ticket.customer_id,
    "customer": Customer.name,
    "contact_id": Ticket.contact_id,
    "contact": Contact.full_name,
    "technician_id": Ticket.technician_id,
    "technician": Technician.full_name,
    "created_at": Ticket.created_at,
    "due_at": Ticket.due_at,
    "due_by_hand": Ticket.due_by_hand,
    "resolved_at": Ticket.resolved_at,
    "last_activity_at": Ticket.last_activity_at,
    "awaits_us": Ticket.awaits_us,
    "seen_at": Seen.at,
    "version": Ticket.version,
}
Row = named((*COLUMNS, "unread"))


@dataclass(frozen=True)
class Listed:
    """A page of tickets, and the keys of its neighbours where there are any."""

    rows: list[Any] = field(default_factory=list)
    before: str | None = None
    after: str | None = None
    # How many there are in all, and whether there are still more than that.
    count: int = 0
    more: bool = False


# Tickets that have been found already, few enough to be put in any order.
THESE = Built(among(Ticket.id, sa.bindparam("ids", type_=Several())), {})


class Asked:
    """A condition as somebody asks it now: its expressions and their parameters."""

    def __init__(self, work: Work, built: Built, given: dict[str, Any] | None = None) -> None:
        self.work = work
        self.built = built
        self.only = work.actor.customer_id
        self.given = built.given(Asker(work.actor.technician_id, work.now)) if given is None else given
        if self.only is not None:
            self.given["only_customer"] = self.only

    @property
    def shape(self) -> tuple[Any, ...]:
        return (self.built.number, self.only is not None)

    @property
    def conditions(self) -> list[Any]:
        return [self.built.expression, *self.mine]

    @property
    def mine(self) -> list[Any]:
        return [] if self.only is None else [Ticket.customer_id == sa.bindparam("only_customer")]


LISTS: dict[Any, Statement] = {}


class Walked(Statement):
    """A statement that SQLite answers over an index named here. Without figures about the tables it takes every `=` to
    find next to nothing, and would sort ten thousand tickets rather than walk past a few in their order."""

    def __init__(self, statement: Any, index: str | None, table: str = "tickets") -> None:
        super().__init__(statement)
        self.index = index
        self.table = table

    def compile(self, name: str) -> Compiled:
        made = super().compile(name)
        if name == "sqlite" and self.index is not None:
            made.sql = made.sql.replace(f"FROM {self.table} ", f"FROM {self.table} {self.index} ", 1)
            inner = f" CROSS JOIN tickets INDEXED BY ix_tickets_of_{self.table.removesuffix('s')} "
            made.sql = made.sql.replace(" JOIN tickets ", inner, 1)
        return made


def kept(shape: tuple[Any, ...], make: Callable[[], Statement]) -> Statement:
    if shape not in LISTS:
        if len(LISTS) >= STATEMENTS_MAX:
            LISTS.clear()
        LISTS[shape] = make()
    return LISTS[shape]


def page(
    work: Work,
    condition: Condition,
    order: Order,
    *,
    after: str | None = None,
    before: str | None = None,
    size: int = SIZE,
) -> Listed:
    """The tickets of which a condition is true, in an order, beyond a place."""
    built, few = build(condition), some(work, condition)
    most = enough(built)
    # What is found by words is put in order as far as it is found: walking would look the words up again and again.
    walked = len(few) > most and not built.searches
    asked = Asked(work, built) if walked else Asked(work, THESE, {"ids": few[:most]})
    stretches = order.stretches(work)
    place = read_place(after or before or "", stretches) if after or before else None
    back = before is not None and after is None
    begin = place.stretch if place else 0
    found: list[tuple[int, Any]] = []
    for turn in range(begin, -1, -1) if back else range(begin, len(stretches)):
        beyond = place if place and turn == place.stretch else None
        rows = walk(asked, stretches[turn], order.descending != back, beyond, size + 1 - len(found))
        found += [(turn, row) for row in rows]
        if len(found) > size:
            break
    further, found = len(found) > size, found[:size]
    if back:
        found.reverse()
    if not found:
        return Listed()
    first, last = (place_of(stretches, *one) for one in (found[0], found[-1]))
    has_before, has_after = (further, True) if back else (place is not None, further)
    rows = unread(work, [Row(*row[: len(COLUMNS)], False) for _, row in found])
    return Listed(
        rows, first if has_before else None, last if has_after else None, min(len(few), most), len(few) > most
    )


def walk(asked: Asked, stretch: Stretch, descending: bool, beyond: Place | None, most: int) -> list[Any]:
    """The next tickets of one stretch."""
    shape = (*asked.shape, stretch.shape, descending, beyond is not None, most)
    statement = kept(shape, lambda: listing(asked, stretch, descending, beyond is not None, most))
    given = asked.given | {"me": asked.work.actor.technician_id or 0}
    if stretch.value is not None:
        given["stretch"] = stretch.value
    if beyond is not None:
        given |= {"key_id": beyond.id} | ({} if stretch.column is Ticket.id else {"key_value": beyond.value})
    return statement.rows(asked.work.link, given)


def listing(asked: Asked, stretch: Stretch, descending: bool, placed: bool, most: int) -> Statement:
    column, id = stretch.column, Ticket.id
    conditions = asked.conditions
    if stretch.condition is not None:
        conditions.append(stretch.condition)
    if placed:
        conditions.append(past(column, id, descending))
    order = (id,) if column is id else (column, id)
    wanted = (
        sa.select(*(one.label(name) for name, one in COLUMNS.items()), column.label("place"))
        .select_from(tables(stretch))
        .outerjoin(Technician, Technician.id == Ticket.technician_id)
        .outerjoin(Seen, sa.and_(Seen.ticket_id == Ticket.id, Seen.technician_id == sa.bindparam("me")))
        .where(*conditions)
        .order_by(*(one.desc() if descending else one.asc() for one in order))
        .limit(sa.literal_column(f"{most:d}"))
    )
    if asked.built is THESE:
        return Statement(wanted)
    return Walked(wanted, stretch.index and stretch.index(asked.built), stretch.table)


def tables(stretch: Stretch) -> Any:
    """Tickets with their customers and contacts; first what the order is of."""
    of_customer, of_contact = Customer.id == Ticket.customer_id, Contact.id == Ticket.contact_id
    match stretch.table:
        case "customers":
            return sa.join(Customer, Ticket, of_customer).outerjoin(Contact, of_contact)
        case "contacts":
            return sa.join(Contact, Ticket, of_contact).join(Customer, of_customer)
    return sa.join(Ticket, Customer, of_customer).outerjoin(Contact, of_contact)


def enough(built: Built) -> int:
    return FOUND if built.searches else FEW


def some(work: Work, condition: Condition) -> list[int]:
    """The tickets of which a condition is true; where there are more than enough, one more than that. Of those found
    by words, the newest."""
    work.require("tickets:read")
    asked = Asked(work, build(condition))

    def make() -> Statement:
        most: Any = sa.literal_column(f"{enough(asked.built) + 1:d}")
        wanted = sa.select(Ticket.id).where(*asked.conditions).limit(most)
        if not asked.built.searches:
            return Walked(wanted, asked.built.index)
        if work.link.dialect == "sqlite":
            return having_words(asked, most)
        return Statement(wanted.order_by(Ticket.id.desc()))

    return [row[0] for row in kept((*asked.shape, "some", work.link.dialect), make).raw(work.link, asked.given)]


class Streamed(Statement):
    """A statement that SQLite answers in the order of its tables: ticket by ticket as words find them."""

    def compile(self, name: str) -> Compiled:
        made = super().compile(name)
        made.sql = made.sql.replace(" JOIN tickets ", " CROSS JOIN tickets ", 1)
        return made


def having_words(asked: Asked, most: Any) -> Statement:
    """The newest tickets that words find, as SQLite has them soonest: one by one until there are enough, among those
    that meet the rest of the condition where these are few, and else with a look at each."""
    built, kept = asked.built, search.table_of(Ticket.kind)
    rest, newest = [built.rest, *asked.mine], kept.c.rowid.desc()
    wanted = sa.select(kept.c.rowid).where(search.having(Ticket, built.words)).order_by(newest).limit(most)
    if not built.narrow and asked.only is None:
        return Streamed(wanted.join(Ticket, Ticket.id == kept.c.rowid).where(*rest))
    # With a sign before it, it is compared with what the words find, and not looked up among them one by one.
    row = sa.literal_column(f"+{kept.name}.rowid", sa.BigInteger())
    return Walked(wanted.where(row.in_(sa.select(Ticket.id).where(*rest))), built.index)


def count(work: Work, condition: Condition) -> tuple[int, bool]:
    """How many tickets meet a condition, and whether there are still more: they are counted only so far."""
    n, most = len(some(work, condition)), enough(build(condition))
    return min(n, most), n > most


def bounded(condition: Condition) -> bool:
    """Whether tickets of which a condition is true are looked for among few, and not among all there are."""
    built = build(condition)
    return built.going_on or built.narrow or built.searches


def among_these(work: Work, condition: Condition, ids: Sequence[int]) -> list[int]:
    """Which of these tickets meet a condition."""
    work.require("tickets:read")
    asked = Asked(work, build(condition))

    def make() -> Statement:
        these = among(Ticket.id, sa.bindparam("ids", type_=Several()))
        return Statement(sa.select(Ticket.id).where(these, *asked.conditions).order_by(Ticket.id))

    found = kept((*asked.shape, "among"), make).raw(work.link, asked.given | {"ids": list(ids)})
    return [row[0] for row in found]


def meets(work: Work, condition: Condition, ticket_id: int) -> bool:
    """Whether a condition is true of one ticket."""
    return bool(among_these(work, condition, [ticket_id]))


LATEST = Statement(
    sa.select(Entry.record_id, Entry.technician_id).where(
        Entry.id.in_(
            sa.select(sa.func.max(Entry.id))
            .where(
                Entry.kind_of == sa.literal_column("'ticket'"),
                among(Entry.record_id, sa.bindparam("ids", type_=Several())),
            )
            .group_by(Entry.record_id)
        )
    )
)


def unread(work: Work, rows: list[Any]) -> list[Any]:
    """Mark the tickets that are not over and on which others have done something since the asker looked at them."""
    news = [
        row.id
        for row in rows
        if row.stage not in SETTLED and (row.seen_at is None or row.last_activity_at > row.seen_at)
    ]
    if not news:
        return rows
    mine = {id for id, who in LATEST.raw(work.link, {"ids": news}) if who == work.actor.technician_id}
    return [row._replace(unread=row.id in news and row.id not in mine) for row in rows]
