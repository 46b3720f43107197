"""What the desk knows."""

from quarterdeck.desk.knowledge.actions import change, create, remove
from quarterdeck.desk.knowledge.inputs import Changes, Filter, New
from quarterdeck.desk.knowledge.queries import READING, get, seen
from quarterdeck.desk.knowledge.records import Article

__all__ = ["READING", "Article", "Changes", "Filter", "New", "change", "create", "get", "remove", "seen"]
