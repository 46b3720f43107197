"""Syncro in words and schemas, for the documents made from the declarations."""

from typing import Any

from quarterdeck.dialects.syncro.assets import ASSETS, PROGRAMS
from quarterdeck.dialects.syncro.contacts import CONTACTS
from quarterdeck.dialects.syncro.customers import CUSTOMERS
from quarterdeck.dialects.syncro.places import PHONES, SITES
from quarterdeck.edge.rest import Outline, Resource

DESCRIPTION = """The Syncro v1 API, served by your own Quarterdeck."""


def listing(items: Any) -> dict[str, Any]:
    return {"type": "object"}


def confirmed(record: Any) -> dict[str, Any]:
    return {"type": "object"}


def paging(on: Resource) -> list[dict[str, Any]]:
    return []


OUTLINE = Outline(
    description=DESCRIPTION,
    records={"Customer": CUSTOMERS, "Contact": CONTACTS, "Phone": PHONES, "Site": SITES, "Asset": ASSETS, "Program": PROGRAMS},
    listing=listing,
    confirmed=confirmed,
    removed={"type": "object"},
    error={"type": "object"},
    paging=paging,
    security={"key": {"type": "http", "scheme": "bearer"}},
    vendor=(),
)
