"""The orders a list of tickets may have, and places in them.

An order is one or several stretches, read one after the other: those with a due time and then those without, or each
priority in its turn. So every page costs the walk along one index, and a place in the list is the stretch, a value
and an id.
"""

import base64
import binascii
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import msgspec
import sqlalchemy as sa

from quarterdeck.desk.access import Technician
from quarterdeck.desk.contacts import Contact
from quarterdeck.desk.customers import Customer
from quarterdeck.desk.errors import Invalid, Problem, Why
from quarterdeck.desk.input import aware, storable
from quarterdeck.desk.queues.conditions import Built
from quarterdeck.desk.record import Instant
from quarterdeck.desk.statement import Statement
from quarterdeck.desk.tickets import Priority, Ticket
from quarterdeck.desk.work import Work

TECHNICIANS_MAX = 200


@dataclass(frozen=True)
class Stretch:
    """A part of an order: which tickets it holds and what they are ordered by, before their ids."""

    condition: Any = None
    column: Any = field(default_factory=lambda: Ticket.id)
    # The value of the parameter `stretch`, where the condition has one.
    value: Any = None
    # What SQLite is to walk, by the condition of the list, and the table that is an index of.
    index: Callable[[Built], str | None] | None = None
    table: str = "tickets"

    @property
    def shape(self) -> tuple[Any, ...]:
        return (str(self.condition), str(self.column))


def over(name: str) -> Callable[[Built], str | None]:
    return lambda _: f"INDEXED BY {name}"


def by_due(built: Built) -> str:
    if not built.going_on:
        return "INDEXED BY ix_tickets_by_due"
    return "INDEXED BY ix_tickets_queue_of_technician" if built.of_technician else "INDEXED BY ix_tickets_queue"


def by_status(built: Built) -> str:
    return f"INDEXED BY ix_tickets_{'queue_by_status' if built.going_on else 'by_status'}"


def in_turn(column: Any, values: Sequence[Any], index: str) -> list[Stretch]:
    condition = column == sa.bindparam("stretch", type_=column.type)
    return [Stretch(condition, value=value, index=over(index)) for value in values]


def along(column: Any, index: Callable[[Built], str | None], table: str = "tickets") -> Stretch:
    return Stretch(column=column, index=index, table=table)


NAMES = Statement(sa.select(Technician.id).order_by(Technician.full_name, Technician.id).limit(TECHNICIANS_MAX))


def by_technician(work: Work) -> list[Stretch]:
    found = [row[0] for row in NAMES.raw(work.link, {})]
    return [
        *in_turn(Ticket.technician_id, found, "ix_tickets_of_technician"),
        Stretch(Ticket.technician_id.is_(None), index=over("ix_tickets_of_technician")),
    ]


# What a list may be ordered by. Ascending, the most urgent comes first.
ORDERS: dict[str, Any] = {
    "number": [Stretch(index=lambda _: "NOT INDEXED")],
    "title": [along(Ticket.title, over("ix_tickets_by_title"))],
    "customer": [along(Customer.name_key, over("ix_customers_by_name"), "customers")],
    "contact": [
        Stretch(Ticket.contact_id.is_not(None), Contact.name_key, index=over("ix_contacts_by_name"), table="contacts"),
        Stretch(Ticket.contact_id.is_(None), index=over("ix_tickets_of_contact")),
    ],
    "technician": by_technician,
    "status": [along(Ticket.status_key, by_status)],
    "priority": in_turn(Ticket.priority, list(reversed(Priority)), "ix_tickets_by_priority"),
    "due": [
        Stretch(Ticket.due_at.is_not(None), Ticket.due_at, index=by_due),
        Stretch(Ticket.due_at.is_(None), index=by_due),
    ],
    "activity": [along(Ticket.last_activity_at, over("ix_tickets_by_activity"))],
    "created": [along(Ticket.created_at, over("ix_tickets_by_creation"))],
}


@dataclass(frozen=True)
class Order:
    """`due`, or `-activity`: from the latest to the earliest."""

    by: str = "due"
    descending: bool = False

    @classmethod
    def read(cls, text: str) -> "Order":
        by = text.removeprefix("-")
        if by not in ORDERS:
            raise Invalid({"order": Problem(f"is not one of {', '.join(ORDERS)}", Why.UNKNOWN)})
        return cls(by, text.startswith("-"))

    def __str__(self) -> str:
        return f"-{self.by}" if self.descending else self.by

    def stretches(self, work: Work) -> list[Stretch]:
        found = ORDERS[self.by]
        made: list[Stretch] = found(work) if callable(found) else found
        if not self.descending:
            return made
        # Where there is nothing to compare comes last either way.
        last = [one for one in made if len(made) > 1 and one.value is None and one.column is Ticket.id]
        return [*reversed([one for one in made if one not in last]), *last]


@dataclass(frozen=True)
class Place:
    """Beyond which ticket a page begins."""

    stretch: int
    value: Any
    id: int

    def write(self) -> str:
        return base64.urlsafe_b64encode(msgspec.json.encode([self.stretch, self.value, self.id])).decode().rstrip("=")


def read_place(key: str, stretches: Sequence[Stretch]) -> Place:
    """The place that a key stands for; `Invalid` where it stands for none in this order."""
    try:
        padded = key.encode("ascii") + b"=" * (-len(key) % 4)
        said = msgspec.json.decode(base64.b64decode(padded, altchars=b"-_", validate=True), type=tuple[int, Any, int])
        number, value, id = said
        column = stretches[number].column
        if number < 0 or not 0 <= id < 2**63:
            raise ValueError
        if column is Ticket.id:
            value = None
        elif isinstance(column.type, Instant):
            value = aware(datetime.fromisoformat(value))
        else:
            value = storable(value)
    except (binascii.Error, msgspec.DecodeError, ValueError, TypeError, IndexError, AttributeError) as error:
        raise Invalid({"after": "is not a place in this list"}) from error
    return Place(number, value, id)


def place_of(stretches: Sequence[Stretch], number: int, row: Any) -> str:
    """The key of the place where a ticket stands."""
    column = stretches[number].column
    value = None if column is Ticket.id else row[-1]
    return Place(number, value, row[0]).write()


def past(column: Any, id: Any, descending: bool) -> Any:
    key_id = sa.bindparam("key_id", type_=sa.BigInteger)
    further_id = id < key_id if descending else id > key_id
    if column is id:
        return further_id
    value = sa.bindparam("key_value", type_=column.type)
    # The first part alone bounds the walk along the index; the second only settles ties.
    bound, further = (column <= value, column < value) if descending else (column >= value, column > value)
    return sa.and_(bound, sa.or_(further, sa.and_(column == value, further_id)))
