"""The tabs of the settings, and a page among them."""

from typing import Any

from quarterdeck.edge.http import Answer
from quarterdeck.web.kit import Visit
from quarterdeck.web.wording import N_

# Where each is, what it is called, what one must be allowed.
TABS = (
    ("", N_("Provider"), None),
    ("/technicians", N_("Technicians"), "access:read"),
    ("/keys", N_("API keys"), "access:read"),
    ("/fields", N_("Custom fields"), "fields:read"),
    ("/words", N_("Ticket words"), None),
    ("/replies", N_("Canned replies"), "replies:read"),
    ("/audit", N_("Audit log"), "journal:read"),
    ("/system", N_("System"), "access:write"),
)


def shown(visit: Visit, template: str, here: str, **context: Any) -> Answer:
    tabs = [
        (f"/settings{where}", visit.speech._(name), where == here)
        for where, name, right in TABS
        if right is None or visit.visitor.may(right)
    ]
    return visit.page(f"settings/{template}.html", tabs=tabs, **context)
