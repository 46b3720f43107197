"""What the address of a report asks for: which one, from which day to which, and of whom."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from quarterdeck.desk.errors import Invalid, NotFound
from quarterdeck.desk.figures import Narrowed
from quarterdeck.web.kit import Visit
from quarterdeck.web.people import customer_called
from quarterdeck.web.wording import N_

# The longest period, and how many rows a page shows; the file holds them all.
DAYS_MAX, SHOWN = 366, 200
# How far a report looks back where nobody says; one that shows a course looks further.
MONTH, COURSE = timedelta(days=30), timedelta(weeks=11)
KINDS = {
    "ages": N_("Open by age"),
    "flow": N_("Created and resolved"),
    "promises": N_("Response and resolution"),
    "technicians": N_("Time by technician"),
    "customers": N_("Time by customer"),
    "unbilled": N_("Unbilled time"),
}
COURSES = ("flow", "promises")


@dataclass(frozen=True)
class Asked:
    """What an address asks for."""

    kind: str
    first: date
    last: date
    narrowed: Narrowed
    problems: dict[str, str]
    # How many rows are asked for, of a report that may have very many.
    most: int = SHOWN


def read(visit: Visit) -> Asked:
    """Which report, from which day to which, of whom; and what of it cannot be."""
    kind = visit.request.params["kind"]
    if kind not in KINDS:
        raise NotFound("report")
    problems: dict[str, str] = {}
    last = day(visit, "to", today(visit), problems)
    usual = week_of(visit, last) - COURSE if kind in COURSES else last - MONTH
    first = day(visit, "from", usual, problems)
    if first > last or (last - first).days > DAYS_MAX:
        problems["from"] = f"has to be at most {DAYS_MAX} days before the other"
        first = usual
    narrowed: dict[str, Any] = {"since": midnight(visit, first), "until": midnight(visit, last + timedelta(days=1))}
    if technician := visit.query.get("technician"):
        narrowed["technician_id"] = technician
    if customer := visit.query.get("customer", "").strip():
        try:
            narrowed["customer_id"] = customer_called(visit.work, customer)
        except Invalid as invalid:
            problems |= invalid.problems
    return Asked(kind, first, last, Narrowed.check(narrowed), problems)


def today(visit: Visit) -> date:
    return visit.speech.now.astimezone(visit.speech.zone).date()


def day(visit: Visit, name: str, usual: date, problems: dict[str, str]) -> date:
    try:
        found = date.fromisoformat(visit.query[name]) if name in visit.query else usual
    except ValueError:
        found = date.min
    if not 1990 <= found.year < 2200:
        problems[name] = "is not a date"
        return usual
    return found


def midnight(visit: Visit, on: date) -> datetime:
    return datetime.combine(on, time(), visit.speech.zone)


def periods(visit: Visit, asked: Asked) -> list[tuple[str, str, bool]]:
    """Periods that are asked for often: address, name, whether it is this one."""
    speech, now = visit.speech, today(visit)
    month = now.replace(day=1)
    before = month - timedelta(days=1)
    offered = (
        (speech._("This week"), week_of(visit, now), now),
        (speech._("This month"), month, now),
        (speech._("Last month"), before.replace(day=1), before),
        (speech._("12 weeks"), week_of(visit, now) - COURSE, now),
        (speech._("A year"), now - timedelta(days=364), now),
    )
    return [
        (
            address(f"/reports/{asked.kind}", {**visit.query, "from": str(first), "to": str(last)}),
            name,
            (first, last) == (asked.first, asked.last),
        )
        for name, first, last in offered
    ]


def week_of(visit: Visit, on: date) -> date:
    """When the week of a day began, by the customs of the language."""
    return on - timedelta(days=(on.weekday() - visit.speech.locale.first_week_day) % 7)


def weeks_of(visit: Visit, asked: Asked) -> list[date]:
    """When each week of the period begins; the first begins with the period."""
    first = week_of(visit, asked.first)
    return [max(asked.first, first + timedelta(weeks=n)) for n in range((asked.last - first).days // 7 + 1)]


def address(path: str, asked: dict[str, str]) -> str:
    return f"{path}?{urlencode(asked)}" if asked else path
