"""What monitoring reports."""

from quarterdeck.desk.alerts.actions import create, remove, resolve, snooze
from quarterdeck.desk.alerts.inputs import Filter, New, NewOfDevice
from quarterdeck.desk.alerts.queries import READING, get, seen
from quarterdeck.desk.alerts.records import Alert, Category, Severity

__all__ = [
    "READING",
    "Alert",
    "Category",
    "Filter",
    "New",
    "NewOfDevice",
    "Severity",
    "create",
    "get",
    "remove",
    "resolve",
    "seen",
    "snooze",
]
