"""Running timers."""

from quarterdeck.desk.timers.actions import change, discard, start, stop
from quarterdeck.desk.timers.inputs import Changes, Filter, New
from quarterdeck.desk.timers.queries import READING, get, running, seen
from quarterdeck.desk.timers.records import Timer

__all__ = [
    "READING",
    "Changes",
    "Filter",
    "New",
    "Timer",
    "change",
    "discard",
    "get",
    "running",
    "seen",
    "start",
    "stop",
]
