"""The journal: activity feed, audit log and outbox in one table."""

from quarterdeck.desk.journal.actions import record
from quarterdeck.desk.journal.queries import about
from quarterdeck.desk.journal.records import Entry
from quarterdeck.desk.journal.search import Filter, Looked, search

__all__ = ["Entry", "Filter", "Looked", "about", "record", "search"]
