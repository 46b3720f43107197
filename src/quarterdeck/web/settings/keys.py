"""Keys of programs: as whom each acts, what it may, of which customer and until when."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from quarterdeck.desk import access, customers
from quarterdeck.desk.paging import Page
from quarterdeck.edge.http import Answer
from quarterdeck.web.editing import choices, midnight
from quarterdeck.web.entrance import said
from quarterdeck.web.kit import Visit, act, page
from quarterdeck.web.people import customer_called
from quarterdeck.web.settings.forms import options
from quarterdeck.web.settings.tabs import shown
from quarterdeck.web.speech import Speech
from quarterdeck.web.wording import N_, room

PEOPLE = access.READING.view(("id", "full_name"))
CUSTOMERS = customers.READING.view(("id", "name"))
KEY = ("id", "name", "hint", "email", "scopes", "customer_id", "ends_at", "revoked_at", "used_at")
MANY = 500
# Scopes of a key that are told in a list of keys.
FEW = 3
SCOPES = {
    "*": N_("Everything its technician may do"),
    "*:read": N_("Look at everything"),
    "": N_("Only what is ticked"),
}


def keys_page(visit: Visit) -> Answer:
    """The newest first, and those that open nothing any more after the others."""
    found = [dict(zip(KEY, row, strict=True)) for row in reversed(access.keys(visit.work))]
    keys = sorted(found, key=lambda key: key["revoked_at"] is not None)[:MANY]
    names = names_of_customers(visit, found)
    return shown(visit, "keys", "/keys", keys=keys, customers=names, scoped=partial(scoped, visit.speech))


def names_of_customers(visit: Visit, keys: Iterable[Mapping[str, Any]]) -> dict[int, str]:
    ids = sorted({key["customer_id"] for key in keys if key["customer_id"]})[:MANY]
    found = CUSTOMERS.page(visit.work, customers.Filter.check({"ids": ids}), Page(size=MANY)).items if ids else ()
    return {row.id: row.name for row in CUSTOMERS.read(visit.work, found)}


def scoped(speech: Speech, scopes: Sequence[str]) -> str:
    """What a key may, in words: `Tickets, Customers (look)`."""
    if "*" in scopes:
        return speech._("Everything")
    if "*:read" in scopes:
        return speech._("Everything (look)")
    told = []
    for scope in scopes[:FEW]:
        name, _, verb = scope.partition(":")
        told.append(speech._("%(room)s (look)", room=room(speech, name)) if verb == "read" else room(speech, name))
    if len(scopes) > FEW:
        told.append(speech._("%(n)s more", n=len(scopes) - FEW))
    return ", ".join(told)


def new_key_page(visit: Visit) -> Answer:
    visit.work.require("access:write")
    found = PEOPLE.page(visit.work, access.Filter.check({"active": True}), Page(size=MANY))
    return shown(
        visit,
        "new-key",
        "/keys",
        people=choices(PEOPLE.read(visit.work, found.items), "full_name")[1:],
        me=visit.visitor.technician_id,
        scopes=options(visit, SCOPES),
        rooms=access.ROOMS,
    )


def make_key(visit: Visit) -> Answer:
    whole = said(visit, "scope")
    ticked = [name.removeprefix("scope.") for name, value in visit.form.items() if name.startswith("scope.") and value]
    if whole not in SCOPES or (not whole and not ticked):
        visit.refuse(scope="needs something ticked below")
    customer = said(visit, "customer").strip()
    asked = {
        "name": said(visit, "name"),
        "technician_id": said(visit, "technician_id"),
        "scopes": [whole] if whole else ticked,
        "customer_id": customer_called(visit.work, customer) if customer else None,
        "ends_at": end_of(visit, said(visit, "ends_on")),
    }
    _, text = access.give_key(visit.work, access.NewKey.check(asked))
    return shown(visit, "key", "/keys", name=asked["name"], text=text)


def end_of(visit: Visit, day: str) -> datetime | None:
    """When a day is over, where the person is."""
    if not day:
        return None
    ends = midnight(visit, "ends_on", day, days=1)
    if ends <= visit.work.now:
        visit.refuse(ends_on="is over already")
    return ends


def revoke_key(visit: Visit) -> Answer:
    access.revoke_key(visit.work, visit.id())
    return visit.go("/settings/keys", visit.speech._("The key opens nothing any more, within seconds."))


ROUTES = (
    page("/settings/keys", keys_page),
    page("/settings/keys/new", new_key_page),
    act("/settings/keys/new", make_key, again=new_key_page),
    act("/settings/keys/{id}/revocation", revoke_key),
)
