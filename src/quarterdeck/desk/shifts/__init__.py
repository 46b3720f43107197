"""When technicians come and go."""

from quarterdeck.desk.shifts.records import Shift

__all__ = ["Shift"]
