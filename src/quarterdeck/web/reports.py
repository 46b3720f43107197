"""Reports: what is open, what came and went, promises kept, where the time went, and what is still to be billed.
Period and filters are the address."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from markupsafe import Markup

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
from quarterdeck.web.speech import Speech
from quarterdeck.web.wording import N_, word

PEOPLE = access.READING.view(("id", "full_name"))
CUSTOMERS = customers.READING.view(("id", "name"))
MANY = 500
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
AGES = (
    N_("under a day"),
    N_("1 to 3 days"),
    N_("3 to 7 days"),
    N_("1 to 2 weeks"),
    N_("2 to 4 weeks"),
    N_("over 30 days"),
)


@dataclass(frozen=True)
class Row:
    """One line of a report: its cells, as plain as a file wants them, where it leads, and bars that follow some of its
    cells."""

    cells: list[Any]
    link: str | None = None
    bars: dict[int, Markup] = field(default_factory=dict)


@dataclass(frozen=True)
class Told:
    """A whole report. `words` are the columns that hold words; the others hold numbers."""

    header: list[str]
    rows: list[Row]
    words: tuple[int, ...] = (0,)
    chart: Markup | None = None
    # What the colours of the chart or the bars are: which series, and its name.
    legend: list[tuple[int, str]] = field(default_factory=list)
    note: str = ""
    total: str = ""
    # How many rows there are where these are not all of them.
    of: int | None = None


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


def report(visit: Visit) -> Answer:
    asked = read(visit)
    told = TELL[asked.kind](visit, asked)
    visit.problems = asked.problems
    people = PEOPLE.page(visit.work, access.Filter.check({}), Page(size=MANY))
    whole = {**visit.query, "from": asked.first.isoformat(), "to": asked.last.isoformat()}
    return visit.page(
        "reports/report.html",
        kind=asked.kind,
        name=visit.speech._(KINDS[asked.kind]),
        tabs=[
            (address(f"/reports/{one}", visit.query), visit.speech._(name), one == asked.kind)
            for one, name in KINDS.items()
        ],
        file=address(f"/reports/{asked.kind}.csv", whole),
        asked=whole,
        first=asked.first,
        last=asked.last,
        periods=[] if asked.kind == "ages" else periods(visit, asked),
        told=told,
        shown=told.rows[:SHOWN],
        all=told.of or len(told.rows),
        filed=sheets.ROWS_MAX,
        cell=cell,
        people=choices(PEOPLE.read(visit.work, people.items), "full_name"),
    )


def address(path: str, asked: dict[str, str]) -> str:
    return f"{path}?{urlencode(asked)}" if asked else path


def start(visit: Visit) -> Answer:
    return visit.go(f"/reports/{next(iter(KINDS))}")


def file(visit: Visit) -> Answer:
    asked = read(visit)
    if asked.problems:
        raise Invalid(asked.problems)
    told = TELL[asked.kind](visit, replace(asked, most=sheets.ROWS_MAX))
    name = f"{asked.kind}-{asked.first}-{asked.last}.csv"
    headers = [(b"content-disposition", f'attachment; filename="{name}"'.encode())]
    return Answer(
        200, sheets.written(told.header, [[str(one) for one in row.cells] for row in told.rows]), headers, CSV
    )


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
        found = CUSTOMERS.page(visit.work, customers.Filter.check({"like": customer[:200]}), Page(size=MANY)).items
        rows = CUSTOMERS.read(visit.work, found)
        fits = [row for row in rows if row.name.casefold() == customer.casefold()] or rows
        if len(fits) == 1:
            narrowed["customer_id"] = fits[0].id
        else:
            problems["customer"] = "fits several customers: give the whole name" if fits else "names no customer"
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


def ages(visit: Visit, asked: Asked) -> Told:
    speech = visit.speech
    counted = figures.ages(visit.work, asked.narrowed)
    whose = {
        name: str(id)
        for name, id in (("technician", asked.narrowed.technician_id), ("customer", asked.narrowed.customer_id))
        if id
    }
    return Told([speech._("Age"), speech._("Open")], age_rows(visit, counted, whose), note=speech._("As it is now."))


def age_rows(visit: Visit, counted: Sequence[int], whose: dict[str, str]) -> list[Row]:
    """A row for each age, which leads to its tickets in the queue."""
    speech, most = visit.speech, max(counted, default=0)
    edges = [None, *(f"{days} days ago" for days in figures.AGES), None]
    rows = []
    for at, (name, n) in enumerate(zip(AGES, counted, strict=True)):
        within = {"older": edges[at], "newer": edges[at + 1]}
        asked = {"view": "open", **whose, **{key: value for key, value in within.items() if value}}
        rows.append(Row([speech._(name), n], f"/queue?{urlencode(asked)}", {0: charts.bar([(0, n)], most)}))
    return rows


def flow(visit: Visit, asked: Asked) -> Told:
    speech = visit.speech
    begins = weeks_of(visit, asked)
    weeks = figures.flow(visit.work, asked.narrowed, [midnight(visit, one) for one in begins])
    header = [speech._("Week from"), speech._("Created"), speech._("Resolved")]
    rows = [Row([on, week.created, week.resolved]) for on, week in zip(begins, weeks, strict=True)]
    return Told(header, rows[::-1], chart=flow_chart(visit, begins, weeks), legend=list(enumerate(header[1:])))


def flow_chart(visit: Visit, begins: Sequence[date], weeks: Sequence[figures.Week]) -> Markup:
    speech = visit.speech
    return charts.course(
        speech._("Created and resolved by week"),
        speech._("The table below says the same in numbers."),
        [speech.date(on) for on in begins],
        [
            (speech._("created"), [week.created for week in weeks]),
            (speech._("resolved"), [week.resolved for week in weeks]),
        ],
    )


def promises(visit: Visit, asked: Asked) -> Told:
    speech = visit.speech
    kept_of = [speech._("In time"), speech._("On average")]
    header = [
        *(speech._("Priority"), speech._("Target"), speech._("Tickets")),
        *(speech._("Answered"), *kept_of, speech._("Resolved"), *kept_of),
    ]
    begins = weeks_of(visit, asked)
    kept, weeks = figures.promises(visit.work, asked.narrowed, [midnight(visit, on) for on in begins])
    names = [speech._("answered in time"), speech._("resolved in time")]
    chart = charts.course(
        speech._("Share in time by week, in percent"),
        speech._("Of the tickets that came in a week. The table below says it by priority."),
        [speech.date(on) for on in begins],
        [
            (names[0], [percent(week.answered_in_time, week.answers_due) for week in weeks]),
            (names[1], [percent(week.resolved_in_time, week.resolutions_due) for week in weeks]),
        ],
        top=100,
    )
    return Told(
        header,
        [promise(visit, one, kept[one]) for one in reversed(Priority) if one in kept],
        chart=chart if kept else None,
        legend=[(turn, speech._("%(name)s, in percent", name=name)) for turn, name in enumerate(names)],
        note=speech._("Of tickets that came in the period. Times are hours and minutes, round the clock."),
    )


def promise(visit: Visit, priority: Priority, kept: figures.Kept) -> Row:
    speech = visit.speech

    def taken(seconds: float | None) -> str:
        return "" if seconds is None else speech.span(float(seconds))

    def share(part: int, of: int) -> str:
        found = percent(part, of)
        return "" if found is None else f"{found} %"

    def drawn(turn: int, part: int, of: int) -> Markup:
        return charts.bar([(turn, part)], of) if of else Markup("")

    return Row(
        [
            word(speech, priority),
            speech.span(TARGETS[priority].total_seconds()),
            kept.tickets,
            kept.answered,
            share(kept.answered_in_time, kept.answers_due),
            taken(kept.answer_seconds),
            kept.resolved,
            share(kept.resolved_in_time, kept.resolutions_due),
            taken(kept.resolution_seconds),
        ],
        bars={
            4: drawn(0, kept.answered_in_time, kept.answers_due),
            7: drawn(1, kept.resolved_in_time, kept.resolutions_due),
        },
    )


def percent(part: int, of: int) -> int | None:
    return 100 * part // of if of else None


def cell(speech: Speech, value: Any) -> str:
    """A cell as a person reads it."""
    if isinstance(value, date):
        return speech.day(value)
    return speech.number(value) if isinstance(value, int) else str(value)


def spent(by: str, called: str) -> Callable[[Visit, Asked], Told]:
    """Time by technician or by customer."""

    def tell(visit: Visit, asked: Asked) -> Told:
        speech = visit.speech
        found = figures.spent(visit.work, asked.narrowed, by)
        most = max((one.seconds for one in found), default=0)
        rows = [
            Row(
                [
                    one.name or speech._("Nobody"),
                    one.entries,
                    *(speech.span(seconds) for seconds in (one.seconds, one.billable, one.owed)),
                ],
                f"/customers/{one.id}" if by == "customer" and one.id else None,
                {0: charts.bar(parts(one), most)} if place < SHOWN else {},
            )
            for place, one in enumerate(found)
        ]
        return Told(
            [speech._(name) for name in (called, N_("Entries"), N_("Hours"), N_("Billable"), N_("Unbilled"))],
            rows,
            legend=[(0, speech._("still to be billed")), (1, speech._("billed")), (3, speech._("not billable"))],
            total=speech._("%(hours)s hours", hours=speech.span(sum(one.seconds for one in found))),
        )

    return tell


def parts(one: figures.Spent) -> list[tuple[int, float]]:
    return [(0, one.owed), (1, one.billable - one.owed), (3, one.seconds - one.billable)]


def unbilled(visit: Visit, asked: Asked) -> Told:
    speech = visit.speech
    n, seconds = figures.owed(visit.work, asked.narrowed)
    found = figures.unbilled(visit.work, asked.narrowed, asked.most)
    header = [N_("Day"), N_("Customer"), N_("Ticket"), N_("Technician"), N_("Notes"), N_("Hours")]
    rows = [
        Row(
            [
                row.starts_at.astimezone(speech.zone).date(),
                row.customer,
                f"#{row.ticket_id} {row.title}",
                row.technician or "",
                row.notes or "",
                speech.span(row.seconds),
            ],
            f"/tickets/{row.ticket_id}",
        )
        for row in found
    ]
    return Told(
        [speech._(one) for one in header],
        rows,
        words=(0, 1, 2, 3, 4),
        total=speech._("%(hours)s hours", hours=speech.span(seconds)),
        of=n,
    )


TELL: dict[str, Callable[[Visit, Asked], Told]] = {
    "ages": ages,
    "flow": flow,
    "promises": promises,
    "technicians": spent("technician", N_("Technician")),
    "customers": spent("customer", N_("Customer")),
    "unbilled": unbilled,
}


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
