"""What each report says."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import urlencode

from markupsafe import Markup

from quarterdeck.desk import figures
from quarterdeck.desk.tickets import TARGETS, Priority
from quarterdeck.web import charts
from quarterdeck.web.kit import Visit
from quarterdeck.web.reports.asked import SHOWN, Asked, midnight, weeks_of
from quarterdeck.web.wording import N_, word

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
