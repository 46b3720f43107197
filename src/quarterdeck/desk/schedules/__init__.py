"""What is billed again and again."""

from quarterdeck.desk.schedules.actions import add_line, change, change_line, create, remove, remove_line
from quarterdeck.desk.schedules.calendar import next_after, subtotal
from quarterdeck.desk.schedules.inputs import Changes, Filter, LineChanges, LineFilter, New, NewLine
from quarterdeck.desk.schedules.queries import LINES, READING, get, line, seen
from quarterdeck.desk.schedules.records import Frequency, Line, Schedule

__all__ = [
    "LINES",
    "READING",
    "Changes",
    "Filter",
    "Frequency",
    "Line",
    "LineChanges",
    "LineFilter",
    "New",
    "NewLine",
    "Schedule",
    "add_line",
    "change",
    "change_line",
    "create",
    "get",
    "line",
    "next_after",
    "remove",
    "remove_line",
    "seen",
    "subtotal",
]
