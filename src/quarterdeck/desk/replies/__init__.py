"""Canned replies."""

from quarterdeck.desk.replies.actions import change, create, remove
from quarterdeck.desk.replies.filling import filled
from quarterdeck.desk.replies.inputs import CategoryFilter, Changes, Filter, New
from quarterdeck.desk.replies.queries import CATEGORIES, READING, get, seen, subjects
from quarterdeck.desk.replies.records import Category, Reply

__all__ = [
    "CATEGORIES",
    "READING",
    "Category",
    "CategoryFilter",
    "Changes",
    "Filter",
    "New",
    "Reply",
    "change",
    "create",
    "filled",
    "get",
    "remove",
    "seen",
    "subjects",
]
