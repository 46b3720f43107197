"""People who may become customers."""

from quarterdeck.desk.leads.actions import change, convert, create, remove
from quarterdeck.desk.leads.inputs import Changes, Conversion, Filter, New
from quarterdeck.desk.leads.queries import READING, get, seen
from quarterdeck.desk.leads.records import Lead

__all__ = [
    "READING",
    "Changes",
    "Conversion",
    "Filter",
    "Lead",
    "New",
    "change",
    "convert",
    "create",
    "get",
    "remove",
    "seen",
]
