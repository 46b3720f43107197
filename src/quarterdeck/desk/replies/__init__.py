"""Canned replies."""

from quarterdeck.desk.replies.actions import (
    change,
    change_category,
    create,
    create_category,
    remove,
    remove_category,
)
from quarterdeck.desk.replies.filling import filled
from quarterdeck.desk.replies.inputs import CategoryFilter, Changes, Filter, New, NewCategory
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
    "NewCategory",
    "Reply",
    "change",
    "change_category",
    "create",
    "create_category",
    "filled",
    "get",
    "remove",
    "remove_category",
    "seen",
    "subjects",
]
