"""What is billed again and again."""

from quarterdeck.desk.schedules.records import Frequency, Line, Schedule

__all__ = ["Frequency", "Line", "Schedule"]
