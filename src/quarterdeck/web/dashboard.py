"""The dashboard: what burns now, how old what is open has become, and whether more comes than goes."""

from datetime import timedelta

from quarterdeck.desk import figures, queues
from quarterdeck.desk.figures import Narrowed
from quarterdeck.desk.queues import Order
from quarterdeck.edge.http import Answer
from quarterdeck.web.kit import Visit, page
from quarterdeck.web.queue import shown
from quarterdeck.web.reports.asked import midnight, today, week_of
from quarterdeck.web.reports.told import age_rows, flow_chart

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
    week = week_of(visit, today(visit))
    days = [week - timedelta(weeks=back) for back in reversed(range(WEEKS))]
    begins = [midnight(visit, on) for on in days]
    weeks = figures.flow(
        visit.work, Narrowed(since=begins[0], until=midnight(visit, week + timedelta(weeks=1))), begins
    )
    urgent = queues.page(visit.work, URGENT, Order.read("due"), size=MOST)
    return visit.page(
        "dashboard/dashboard.html",
        board=board,
        ages=age_rows(visit, board.ages, {}),
        weeks=list(zip(days, weeks, strict=True)),
        flow=flow_chart(visit, days, weeks),
        period=f"from={days[0]}&to={today(visit)}",
        urgent=[shown(speech, row) for row in urgent.rows],
        more=board.overdue + board.soon - len(urgent.rows),
    )


ROUTES = (page("/dashboard", dashboard),)
