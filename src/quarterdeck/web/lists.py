"""A list of tickets as its address asks for it: a view, what that is narrowed to, its order, and a place in it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlencode

from quarterdeck.desk import queues, search
from quarterdeck.desk.errors import NotFound
from quarterdeck.desk.queues import OWN, Condition, Listed, Order
from quarterdeck.desk.tickets import SETTLED, Stage
from quarterdeck.desk.work import Work
from quarterdeck.web.kit import Visit
from quarterdeck.web.wording import N_

SORTS = {
    "due": N_("Time left"),
    "priority": N_("Priority"),
    "-activity": N_("Latest activity"),
    "-number": N_("Newest"),
    "number": N_("Oldest"),
    "title": N_("Title"),
    "customer": N_("Customer"),
    "contact": N_("Contact"),
    "technician": N_("Technician"),
    "status": N_("Status"),
}
# What other pages ask of a list by its address: when its tickets are due, and when they came.
MOMENTS = {"due": ("due", "within"), "older": ("created", "before"), "newer": ("created", "after")}
NARROWING = ("q", "status", "priority", "technician", "customer", "turn", *MOMENTS)
ASKS = ("view", *NARROWING, "sort", "after", "before")
# A page of a list, and the first ticket of the next: among them is the one to go on with.
NEXT_AMONG = 51


@dataclass
class State:
    """A list as its address says it: the view, and what else is asked of it."""

    asked: dict[str, str]
    view: str
    saved: queues.Saved | None
    condition: Condition
    order: Order
    views: list[queues.Saved] = field(default_factory=list)

    def link(self, **changes: str | None) -> str:
        """This list, asked otherwise, from its beginning."""
        kept = {name: value for name, value in self.asked.items() if name not in ("after", "before")}
        asked = {name: value for name, value in {**kept, **changes}.items() if value}
        return "/queue" + (f"?{urlencode(asked)}" if asked else "")

    def page(self, work: Work, **size: int) -> Listed:
        """The tickets at this place of the list."""
        after, before = (self.asked.get(name) for name in ("after", "before"))
        return queues.page(work, self.condition, self.order, after=after, before=before, **size)

    @property
    def address(self) -> str:
        return f"/queue?{urlencode(self.asked)}" if self.asked else "/queue"

    @property
    def onward(self) -> str:
        """What a ticket's address carries along, so that the next one is of this list too."""
        return "?" + urlencode({"list": urlencode({"view": self.view, **self.asked})})

    @property
    def narrowed(self) -> bool:
        return any(name in self.asked for name in NARROWING)


def state_of(visit: Visit, asked: Mapping[str, str] | None = None) -> State:
    """What the address asks for; a view that is gone gives way to the first."""
    asked = {name: value for name, value in (asked or visit.query).items() if name in ASKS}
    saved = queues.views(visit.work)
    wanted = asked.get("view", "mine")
    mine = next((one for one in saved if str(one.id) == wanted), None)
    if mine is None and wanted not in OWN:
        raise NotFound("view")
    condition, usual = (mine.condition, mine.order) if mine else OWN[wanted]
    order = Order.read(asked.get("sort", usual))
    return State(asked, wanted, mine, {"all": [condition, *filters(asked)]}, order, saved)


def filters(asked: Mapping[str, str]) -> list[Condition]:
    """The tests behind the filters of an address."""
    tests: list[Condition] = []
    for name in ("status", "priority", "technician", "customer", "turn"):
        if value := asked.get(name):
            known = "stage" if name == "status" and value in set(Stage) else name
            tests.append({"field": known, "is": "one of", "value": value})
    for name, (known, way) in MOMENTS.items():
        if value := asked.get(name):
            tests.append({"field": known, "is": way, "value": value})
    if search.words(asked.get("q")):
        tests.append({"field": "text", "is": "contains", "value": asked["q"]})
    return tests


def following(visit: Visit, listed: str, id: int) -> int | None:
    """The ticket after one on a page of a list, past those that are over; behind the last, the first."""
    state = state_of(visit, dict(parse_qsl(listed)))
    rows = state.page(visit.work, size=NEXT_AMONG).rows
    here = next((place for place, row in enumerate(rows) if row.id == id), -1)
    onward = [*rows[here + 1 :], *rows[: max(here, 0)]]
    return next((row.id for row in onward if row.stage not in SETTLED), None)
