"""Time spent on tickets."""

from quarterdeck.desk.hours.actions import change, charge, create, enter, remove, remove_charge
from quarterdeck.desk.hours.inputs import Changes, Filter, Marking, New, NewFrom, NewLasting
from quarterdeck.desk.hours.line import Line, read_line
from quarterdeck.desk.hours.owing import Worked, unbilled, worked_for
from quarterdeck.desk.hours.queries import READING, Sum, get, seen, sums
from quarterdeck.desk.hours.records import TimeEntry

__all__ = [
    "READING",
    "Changes",
    "Filter",
    "Line",
    "Marking",
    "New",
    "NewFrom",
    "NewLasting",
    "Sum",
    "TimeEntry",
    "Worked",
    "change",
    "charge",
    "create",
    "enter",
    "get",
    "read_line",
    "remove",
    "remove_charge",
    "seen",
    "sums",
    "unbilled",
    "worked_for",
]
