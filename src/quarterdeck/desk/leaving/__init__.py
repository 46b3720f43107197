"""How records leave: with a check before, an archive kept, and everything that hangs on them."""

from quarterdeck.desk.leaving.actions import (
    remove_agent,
    remove_contact,
    remove_contract,
    remove_customer,
    remove_ticket,
)
from quarterdeck.desk.leaving.hanging import called, naming
from quarterdeck.desk.leaving.queries import READING, Check, check, content, counts, require_all
from quarterdeck.desk.leaving.records import Archive

__all__ = [
    "READING",
    "Archive",
    "Check",
    "called",
    "check",
    "content",
    "counts",
    "naming",
    "remove_agent",
    "remove_contact",
    "remove_contract",
    "remove_customer",
    "remove_ticket",
    "require_all",
]
