"""Time spent on tickets."""

from quarterdeck.desk.hours.actions import create
from quarterdeck.desk.hours.inputs import Filter, New
from quarterdeck.desk.hours.queries import READING, Sum, get, sums
from quarterdeck.desk.hours.records import TimeEntry

__all__ = ["READING", "Filter", "New", "Sum", "TimeEntry", "create", "get", "sums"]
