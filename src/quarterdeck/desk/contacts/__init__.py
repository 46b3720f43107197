"""The people who call."""

from quarterdeck.desk.contacts.actions import change, create, remove_department
from quarterdeck.desk.contacts.inputs import Changes, Filter, New
from quarterdeck.desk.contacts.queries import READING, by_email, get, seen
from quarterdeck.desk.contacts.records import Contact

__all__ = [
    "READING",
    "Changes",
    "Contact",
    "Filter",
    "New",
    "by_email",
    "change",
    "create",
    "get",
    "remove_department",
    "seen",
]
