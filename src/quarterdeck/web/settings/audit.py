"""The audit log: who did what to which record, when, and what each field held before."""

from collections.abc import Mapping
from typing import Any

from quarterdeck.desk import journal
from quarterdeck.desk.errors import Invalid
from quarterdeck.desk.input import whole
from quarterdeck.edge.http import Answer
from quarterdeck.web.editing import midnight
from quarterdeck.web.kit import Visit, page
from quarterdeck.web.settings.forms import options
from quarterdeck.web.settings.tabs import shown
from quarterdeck.web.wording import DEEDS, THINGS

SHOWN = 50
ASKED_MAX = 200
BRIEF_MAX = 300
PLACES = {"ticket": "/tickets/", "customer": "/customers/", "contact": "/contacts/", "asset": "/assets/"}


def audit_page(visit: Visit) -> Answer:
    query = visit.query
    asked, problems = asked_for(visit)
    looked = journal.search(visit.work, journal.Filter.check(asked), beyond=query.get("after"), most=SHOWN)
    visit.problems = problems
    return shown(
        visit,
        "audit",
        "/audit",
        looked=looked,
        asked=query,
        changes=changes,
        link=linked,
        things=offered(visit, THINGS, query.get("kind")),
        deeds=offered(visit, {f".{name}": text for name, text in DEEDS.items()}, query.get("what")),
    )


def asked_for(visit: Visit) -> tuple[dict[str, Any], dict[str, str]]:
    """What an address asks for, and what of it makes no sense: that is left out."""
    query = visit.query
    asked: dict[str, Any] = {name: query[name][:ASKED_MAX] for name in ("who", "what", "kind") if name in query}
    problems: dict[str, str] = {}
    if number := query.get("record", "").lstrip("#"):
        if found := whole(number):
            asked["record_id"] = found
        else:
            problems["record"] = "is no number"
    for name, on, days in (("since", "from", 0), ("until", "to", 1)):
        if on in query:
            try:
                asked[name] = midnight(visit, on, query[on], days=days)
            except Invalid as invalid:
                problems |= invalid.problems
    return asked, problems


def offered(visit: Visit, words: Mapping[str, str], asked: str | None) -> list[tuple[str, str]]:
    """Words to choose from, as the person's language orders them; and what an address asks for beside them."""
    found = sorted(options(visit, words), key=lambda one: one[1].casefold())
    return found if not asked or asked in words else [(asked, asked), *found]


def changes(entry: Any) -> list[tuple[str, Any, Any]]:
    """What an entry says of each field: its name, what it held before and what it held then."""
    before, after = entry.before or {}, entry.after or {}
    names = sorted(before.keys() | after.keys())
    return [(name, brief(before.get(name)), brief(after.get(name))) for name in names]


def brief(value: Any) -> Any:
    if value is None or isinstance(value, bool):
        return value
    text = str(value)
    return text if len(text) <= BRIEF_MAX else f"{text[:BRIEF_MAX]}…"


def linked(entry: Any) -> str | None:
    """Where the page of what an entry tells of is."""
    return f"{PLACES[entry.kind_of]}{entry.record_id}" if entry.kind_of in PLACES else None


ROUTES = (page("/settings/audit", audit_page),)
