"""What was sold."""

from quarterdeck.desk.contracts.actions import change, create
from quarterdeck.desk.contracts.inputs import Changes, Filter, New, NewOfKind
from quarterdeck.desk.contracts.queries import READING, get, seen
from quarterdeck.desk.contracts.records import ACTIVE, Contract, Kind

__all__ = [
    "ACTIVE",
    "READING",
    "Changes",
    "Contract",
    "Filter",
    "Kind",
    "New",
    "NewOfKind",
    "change",
    "create",
    "get",
    "seen",
]
