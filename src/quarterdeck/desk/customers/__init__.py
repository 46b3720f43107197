"""Companies under care, and their sites."""

from quarterdeck.desk.customers.actions import add_site, change, create
from quarterdeck.desk.customers.inputs import Changes, Filter, New, NewSite
from quarterdeck.desk.customers.queries import READING, by_mail, by_name, get, seen
from quarterdeck.desk.customers.records import Customer, Site

__all__ = [
    "READING",
    "Changes",
    "Customer",
    "Filter",
    "New",
    "NewSite",
    "Site",
    "add_site",
    "by_mail",
    "by_name",
    "change",
    "create",
    "get",
    "seen",
]
