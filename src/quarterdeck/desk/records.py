"""Every table of the desk, for those who need them all: migrations and checks."""

from quarterdeck.desk import (
    access,
    alerts,
    assets,
    calls,
    contacts,
    contracts,
    customers,
    departments,
    fields,
    hours,
    journal,
    leaving,
    provider,
    repeats,
    tickets,
    work,
)
from quarterdeck.desk.record import Record

ROOMS = (
    access,
    alerts,
    assets,
    calls,
    contacts,
    contracts,
    customers,
    departments,
    fields,
    hours,
    journal,
    leaving,
    provider,
    repeats,
    tickets,
    work,
)
METADATA = Record.metadata

__all__ = ["METADATA", "ROOMS"]
