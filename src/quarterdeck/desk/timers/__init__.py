"""Running timers."""

from quarterdeck.desk.timers.records import Timer

__all__ = ["Timer"]
