"""Reports: what is open, what came and went, promises kept, where the time went, and what is still to be billed.
Period and filters are the address."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from quarterdeck.desk import access, sheets
from quarterdeck.desk.errors import Invalid
from quarterdeck.desk.paging import Page
from quarterdeck.edge.http import Answer
from quarterdeck.web.directory import CSV
from quarterdeck.web.editing import choices
from quarterdeck.web.kit import Visit, page
from quarterdeck.web.reports.asked import KINDS, SHOWN, address, periods, read
from quarterdeck.web.reports.told import TELL
from quarterdeck.web.speech import Speech

PEOPLE = access.READING.view(("id", "full_name"))
MANY = 500


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


def cell(speech: Speech, value: Any) -> str:
    """A cell as a person reads it."""
    if isinstance(value, date):
        return speech.day(value)
    return speech.number(value) if isinstance(value, int) else str(value)


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
