"""Departments that contacts belong to."""

from quarterdeck.desk.departments.actions import change, create
from quarterdeck.desk.departments.inputs import Changes, Filter, New
from quarterdeck.desk.departments.queries import READING, by_name, get, seen
from quarterdeck.desk.departments.records import Department

__all__ = [
    "READING",
    "Changes",
    "Department",
    "Filter",
    "New",
    "by_name",
    "change",
    "create",
    "get",
    "seen",
]
