"""People of the customers who may sign in at the portal."""

from quarterdeck.desk.portal.actions import change, create, invite, remove
from quarterdeck.desk.portal.inputs import Changes, Filter, Invitation, New
from quarterdeck.desk.portal.queries import READING, get, seen
from quarterdeck.desk.portal.records import PortalUser

__all__ = [
    "READING",
    "Changes",
    "Filter",
    "Invitation",
    "New",
    "PortalUser",
    "change",
    "create",
    "get",
    "invite",
    "remove",
    "seen",
]
