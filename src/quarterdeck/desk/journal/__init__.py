"""The journal: activity feed, audit log and outbox in one table."""

from quarterdeck.desk.journal.actions import record
from quarterdeck.desk.journal.queries import about
from quarterdeck.desk.journal.records import Entry

__all__ = ["Entry", "about", "record"]
