"""Whom a ticket is for, and who sees to it."""

from typing import Any

from quarterdeck.desk import access, contacts, customers
from quarterdeck.desk.errors import Invalid
from quarterdeck.desk.paging import Page
from quarterdeck.desk.work import Work

TECHNICIANS = access.READING.view(("id", "full_name"))
CUSTOMERS = customers.READING.view(("id", "name"))
CONTACTS = contacts.READING.view(("id", "full_name", "email", "customer_id", "customer.name"))
FOUND_MAX = 8
MANY = 500
NAME_MAX = 200


def technicians(work: Work) -> list[Any]:
    """Those who work here now."""
    rows = TECHNICIANS.page(work, access.Filter.check({"active": True}), Page(size=200)).items
    return sorted(((row[0], row[1]) for row in rows), key=lambda one: one[1].casefold())


def found(work: Work, asked: str) -> tuple[list[Any], list[Any]]:
    """Customers and contacts by the words in them."""
    few = Page(size=FOUND_MAX)
    return (
        list(CUSTOMERS.page(work, customers.Filter.check({"like": asked}), few).items),
        list(CONTACTS.page(work, contacts.Filter.check({"like": asked}), few).items),
    )


def customer_called(work: Work, name: str) -> int:
    """The customer of this name, or the only one whose name has it within."""
    rows = CUSTOMERS.page(work, customers.Filter.check({"like": name[:NAME_MAX]}), Page(size=MANY)).items
    fits = [row for row in rows if row[1].casefold() == name.casefold()] or rows
    if len(fits) != 1:
        raise Invalid({"customer": "fits several customers: give the whole name" if fits else "names no customer"})
    return int(fits[0][0])


def contacts_of(work: Work, customer_id: int) -> list[Any]:
    rows = CONTACTS.page(work, contacts.Filter.check({"customer_id": customer_id}), Page(size=200)).items
    return sorted(rows, key=lambda row: row[1].casefold())
