"""The dashboard: what burns now, how old what is open has become, and whether more comes than goes."""

from datetime import timedelta

from quarterdeck.desk import figures, queues
from quarterdeck.desk.queues import Order
from quarterdeck.edge.http import Answer
from quarterdeck.web import charts
from quarterdeck.web.kit import Visit, page
from quarterdeck.web.queue import shown

WEEKS = 12
URGENT = {
    "all": [
        {"field": "stage", "is": "one of", "value": ["open", "pending"]},
        {"field": "due", "is": "before", "value": "in 2 hours"},
    ]
}
MOST = 8


def dashboard(visit: Visit) -> Answer:
    speech = visit.speech
    board = figures.board(visit.work)
    begins = speech.week()
    weeks = figures.weeks(visit.work, [begins - timedelta(weeks=back) for back in reversed(range(WEEKS))])
    urgent = queues.page(visit.work, URGENT, Order.read("due"), size=MOST)
    ages = [
        speech._("under a day"),
        speech._("1 to 3 days"),
        speech._("3 to 7 days"),
        speech._("1 to 2 weeks"),
        speech._("2 to 4 weeks"),
        speech._("over 30 days"),
    ]
    by_age = charts.bars(
        speech._("Open tickets by age"),
        speech._("The table below says the same in numbers."),
        ages,
        [(speech._("open"), board.ages)],
    )
    flow = charts.bars(
        speech._("Created and resolved by week"),
        speech._("The table below says the same in numbers."),
        [speech.day(week.since, "d MMM") for week in weeks],
        [
            (speech._("created"), [week.created for week in weeks]),
            (speech._("resolved"), [week.resolved for week in weeks]),
        ],
    )
    return visit.page(
        "dashboard/dashboard.html",
        board=board,
        ages=list(zip(ages, board.ages, strict=True)),
        weeks=weeks,
        by_age=by_age,
        flow=flow,
        urgent=[shown(speech, row) for row in urgent.rows],
    )


ROUTES = (page("/dashboard", dashboard),)
