"""When technicians come and go."""

from quarterdeck.desk.shifts.actions import punch
from quarterdeck.desk.shifts.inputs import Filter, Punch
from quarterdeck.desk.shifts.queries import READING, get, last, seen
from quarterdeck.desk.shifts.records import Shift

__all__ = ["READING", "Filter", "Punch", "Shift", "get", "last", "punch", "seen"]
