"""Long work."""

from quarterdeck.desk.jobs.records import Job, State

__all__ = ["Job", "State"]
