"""How records leave: with a check before, an archive kept, and everything that hangs on them."""

from quarterdeck.desk.leaving.actions import remove_agent, remove_contact, remove_customer, remove_ticket
from quarterdeck.desk.leaving.queries import READING, Check, check, content
from quarterdeck.desk.leaving.records import Archive

__all__ = [
    "READING",
    "Archive",
    "Check",
    "check",
    "content",
    "remove_agent",
    "remove_contact",
    "remove_customer",
    "remove_ticket",
]
