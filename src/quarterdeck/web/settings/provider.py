"""Whose desk this is: name, address, time zone."""

from quarterdeck.desk import provider
from quarterdeck.edge.http import Answer
from quarterdeck.web.kit import Visit, act, page
from quarterdeck.web.me import ZONES
from quarterdeck.web.settings.forms import differing, typed
from quarterdeck.web.settings.tabs import shown

ADDRESS = ("name", "address", "city", "state", "zip", "country", "phone", "time_zone")
# The rest may be empty.
NEEDED = ("name", "time_zone")


def provider_page(visit: Visit) -> Answer:
    return shown(visit, "provider", "", provider=provider.get(visit.work), zones=ZONES)


def change_provider(visit: Visit) -> Answer:
    asked = {name: value.strip() for name, value in typed(visit, ADDRESS).items()}
    if asked.get("time_zone") not in ZONES:
        visit.refuse(time_zone="is no time zone")
    changes = {name: value if name in NEEDED else value or None for name, value in asked.items()}
    changed = differing(changes, provider.get(visit.work))
    if changed:
        provider.change(visit.work, provider.Changes.check(changed))
    return visit.go("/settings", visit.speech._("Kept."))


ROUTES = (
    page("/settings", provider_page),
    act("/settings", change_provider, again=provider_page),
)
