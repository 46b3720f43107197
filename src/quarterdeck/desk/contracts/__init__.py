"""What was sold."""

from quarterdeck.desk.contracts.actions import create
from quarterdeck.desk.contracts.inputs import Filter, New
from quarterdeck.desk.contracts.queries import READING, get, seen
from quarterdeck.desk.contracts.records import Contract, Kind

__all__ = [
    "READING",
    "Contract",
    "Filter",
    "Kind",
    "New",
    "create",
    "get",
    "seen",
]
