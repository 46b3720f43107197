"""When somebody goes where."""

from quarterdeck.desk.appointments.actions import (
    add_type,
    change,
    change_type,
    create,
    remove,
    remove_type,
)
from quarterdeck.desk.appointments.inputs import Changes, Filter, New, NewType, TypeChanges, TypeFilter
from quarterdeck.desk.appointments.queries import READING, TYPE, TYPES, get, seen
from quarterdeck.desk.appointments.records import Appointment, Place, Type

__all__ = [
    "READING",
    "TYPE",
    "TYPES",
    "Appointment",
    "Changes",
    "Filter",
    "New",
    "NewType",
    "Place",
    "Type",
    "TypeChanges",
    "TypeFilter",
    "add_type",
    "change",
    "change_type",
    "create",
    "get",
    "remove",
    "remove_type",
    "seen",
]
