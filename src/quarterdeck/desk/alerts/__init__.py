"""What monitoring reports."""

from quarterdeck.desk.alerts.actions import create
from quarterdeck.desk.alerts.inputs import Filter, New
from quarterdeck.desk.alerts.queries import READING, get, seen
from quarterdeck.desk.alerts.records import Alert, Category, Severity

__all__ = [
    "READING",
    "Alert",
    "Category",
    "Filter",
    "New",
    "Severity",
    "create",
    "get",
    "seen",
]
