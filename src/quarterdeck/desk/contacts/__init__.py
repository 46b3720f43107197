"""The people who call."""

from quarterdeck.desk.contacts.actions import change, create, remove_department, settled, take_over
from quarterdeck.desk.contacts.inputs import Changes, ChangesByMail, Filter, New, NewByMail, NewByName
from quarterdeck.desk.contacts.queries import READING, by_email, get, seen
from quarterdeck.desk.contacts.records import Contact

__all__ = [
    "READING",
    "Changes",
    "ChangesByMail",
    "Contact",
    "Filter",
    "New",
    "NewByMail",
    "NewByName",
    "by_email",
    "change",
    "create",
    "get",
    "remove_department",
    "seen",
    "settled",
    "take_over",
]
