"""Reports: promises kept, where the time went, and what is still to be billed. Period and filters are the address."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from quarterdeck.desk import access, customers, figures, sheets
from quarterdeck.desk.errors import Invalid, NotFound
from quarterdeck.desk.figures import Narrowed
from quarterdeck.desk.paging import Page
from quarterdeck.desk.tickets import TARGETS, Priority
from quarterdeck.edge.http import Answer
from quarterdeck.web import charts
from quarterdeck.web.directory import CSV
from quarterdeck.web.editing import choices
from quarterdeck.web.kit import Visit, page
from quarterdeck.web.wording import N_, word

PEOPLE = access.READING.view(("id", "full_name"))
CUSTOMERS = customers.READING.view(("id", "name"))
MANY = 500
# The longest period, and how many rows a page shows; the file holds them all.
DAYS_MAX, SHOWN = 366, 200
USUAL = timedelta(days=30)
KINDS = {
    "promises": N_("Response and resolution"),
    "technicians": N_("Time by technician"),
    "customers": N_("Time by customer"),
    "unbilled": N_("Unbilled time"),
}
Table = tuple[list[str], list[list[str]]]


def report(visit: Visit) -> Answer:
    kind, days, asked, problems = read(visit)
    header, rows = tables(visit, kind, asked)
    visit.problems = problems
    people = PEOPLE.page(visit.work, access.Filter.check({}), Page(size=MANY))
    whole = {**visit.query, "from": days[0].isoformat(), "to": days[1].isoformat()}
    address = urlencode(whole)
    return visit.page(
        "reports/report.html",
        kind=kind,
        name=visit.speech._(KINDS[kind]),
        tabs=[(f"/reports/{one}?{address}", visit.speech._(name), one == kind) for one, name in KINDS.items()],
        file=f"/reports/{kind}.csv?{address}",
        asked=whole,
        header=header,
        rows=rows[:SHOWN],
        total=len(rows),
        chart=chart(visit, kind, header, rows),
        people=choices(PEOPLE.read(visit.work, people.items), "full_name"),
    )


def start(visit: Visit) -> Answer:
    return visit.go("/reports/promises")


def file(visit: Visit) -> Answer:
    kind, days, asked, problems = read(visit)
    if problems:
        raise Invalid(problems)
    header, rows = tables(visit, kind, asked)
    name = f"{kind}-{days[0]}-{days[1]}.csv"
    headers = [(b"content-disposition", f'attachment; filename="{name}"'.encode())]
    return Answer(200, sheets.written(header, rows), headers, CSV)


def read(visit: Visit) -> tuple[str, tuple[date, date], Narrowed, dict[str, str]]:
    """What an address asks for: which report, from which day to which, of whom; and what of it cannot be."""
    kind = visit.request.params["kind"]
    if kind not in KINDS:
        raise NotFound("report")
    problems: dict[str, str] = {}
    today = visit.speech.now.astimezone(visit.speech.zone).date()
    last = day(visit, "to", today, problems)
    first = day(visit, "from", last - USUAL, problems)
    if first > last or (last - first).days > DAYS_MAX:
        problems["from"] = f"has to be at most {DAYS_MAX} days before the other"
        first = last - USUAL
    narrowed: dict[str, Any] = {"since": midnight(visit, first), "until": midnight(visit, last + timedelta(days=1))}
    if technician := visit.query.get("technician"):
        narrowed["technician_id"] = technician
    if customer := visit.query.get("customer", "").strip():
        found = CUSTOMERS.page(visit.work, customers.Filter.check({"like": customer[:200]}), Page(size=MANY)).items
        rows = CUSTOMERS.read(visit.work, found)
        fits = [row for row in rows if row.name.casefold() == customer.casefold()] or rows
        if len(fits) == 1:
            narrowed["customer_id"] = fits[0].id
        else:
            problems["customer"] = "fits several customers: give the whole name" if fits else "names no customer"
    return kind, (first, last), Narrowed.check(narrowed), problems


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


def tables(visit: Visit, kind: str, asked: Narrowed) -> Table:
    """The header and rows of a report."""
    speech = visit.speech
    if kind == "promises":
        kept = figures.by_priority(visit.work, asked)
        header = [
            "Priority",
            "Target",
            "Tickets",
            "Answered",
            "In time",
            "On average",
            "Resolved",
            "In time",
            "On average",
        ]
        return [speech._(one) for one in header], [
            promise(visit, one, kept[one]) for one in reversed(Priority) if one in kept
        ]
    if kind == "unbilled":
        header = ["Day", "Customer", "Ticket", "Technician", "Notes", "Hours"]
        return [speech._(one) for one in header], [
            [
                row.starts_at.astimezone(speech.zone).date().isoformat(),
                row.customer,
                f"{row.ticket_id}: {row.title}",
                row.technician or "",
                row.notes or "",
                speech.span(row.seconds),
            ]
            for row in figures.unbilled(visit.work, asked)
        ]
    header = ["Technician" if kind == "technicians" else "Customer", "Entries", "Hours", "Billable", "Unbilled"]
    return [speech._(one) for one in header], [
        [
            one.name or speech._("Nobody"),
            str(one.entries),
            *(speech.span(seconds) for seconds in (one.seconds, one.billable, one.owed)),
        ]
        for one in figures.spent(visit.work, asked, kind.removesuffix("s"))
    ]


def promise(visit: Visit, priority: Priority, kept: figures.Kept) -> list[str]:
    speech = visit.speech

    def taken(seconds: float | None) -> str:
        return "" if seconds is None else speech.span(float(seconds))

    def share(part: int, of: int) -> str:
        return f"{100 * part // of} %" if of else ""

    return [
        word(speech, priority),
        speech.span(TARGETS[priority].total_seconds()),
        str(kept.tickets),
        str(kept.answered),
        share(kept.answered_in_time, kept.answered),
        taken(kept.answer_seconds),
        str(kept.resolved),
        share(kept.resolved_in_time, kept.resolved),
        taken(kept.resolution_seconds),
    ]


def chart(visit: Visit, kind: str, header: Sequence[str], rows: Sequence[Sequence[str]]) -> Any:
    """The first rows as bars."""
    if kind == "unbilled" or not rows:
        return None
    says = visit.speech._("The table below says the same in numbers.")
    title = visit.speech._(KINDS[kind])
    if kind == "promises":
        series = [(header[place], [float(row[place]) for row in rows]) for place in (2, 3, 6)]
        return charts.bars(title, says, [row[0] for row in rows], series)
    first = rows[:8]
    series = [(header[place], [hours(row[place]) for row in first]) for place in (2, 3, 4)]
    return charts.bars(title, says, [row[0][:14] for row in first], series)


def hours(span: str) -> float:
    whole, _, minutes = span.partition(":")
    return int(whole) + int(minutes) / 60


def named(kind: str) -> Callable[[Visit], Answer]:
    """The file of one report: its address ends in `.csv`."""

    def saved(visit: Visit) -> Answer:
        visit.request.params["kind"] = kind
        return file(visit)

    return saved


ROUTES = (
    page("/reports", start),
    page("/reports/{kind}", report),
    *(page(f"/reports/{kind}.csv", named(kind)) for kind in KINDS),
)
