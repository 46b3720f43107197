"""The kinds of record that can be merged, and how each is."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from quarterdeck.desk import contacts, customers
from quarterdeck.desk.access import ApiKey
from quarterdeck.desk.contacts import Contact
from quarterdeck.desk.customers import Customer
from quarterdeck.desk.leaving import naming
from quarterdeck.desk.record import Record
from quarterdeck.desk.work import Work


class Kind(StrEnum):
    CUSTOMER = "customer"
    CONTACT = "contact"


ADDRESS = ("address", "address_2", "city", "state", "zip")
PERSON = ("first_name", "last_name")


@dataclass(frozen=True)
class Way:
    """How records of a kind are merged."""

    record: type[Record]
    seen: Callable[[Work, int], Any]
    take_over: Callable[[Work, int, dict[str, Any]], None]
    # What tickets are found by.
    names: tuple[str, ...]
    # Values that only mean something together: those of two records are not mixed.
    together: tuple[tuple[str, ...], ...]
    # What holds of the one that stays when it held of either.
    either: tuple[str, ...]
    # Columns that name such a record and keep doing so when it is deleted.
    also: tuple[Any, ...] = ()

    @property
    def columns(self) -> tuple[Any, ...]:
        """Every column that names such a record."""
        return (*naming(self.record), *self.also)

    @property
    def fillable(self) -> list[str]:
        """The values a record may lack."""
        columns = self.record.__table__.columns
        return [one.key for one in columns if one.nullable and not derived(one.key)]


def derived(name: str) -> bool:
    return name.endswith("_key") or name.startswith("alike_")


WAYS = {
    Kind.CUSTOMER: Way(
        Customer,
        customers.seen,
        customers.take_over,
        names=("name",),
        together=((*ADDRESS, "country", "longitude", "latitude"), PERSON),
        either=("no_email", "opt_out"),
        also=(ApiKey.customer_id,),
    ),
    Kind.CONTACT: Way(
        Contact,
        contacts.seen,
        contacts.take_over,
        names=("first_name", "last_name", "email"),
        together=(ADDRESS, PERSON),
        either=("opt_out", "primary"),
    ),
}
