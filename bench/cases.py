"""What is measured, and the targets: data."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from random import Random
from typing import Any

from bench import words
from bench.bare import Reads, Writes
from bench.data import CUSTOMERS
from bench.processes import Server
from quarterdeck.desk import tickets
from quarterdeck.desk.paging import Page
from quarterdeck.desk.work import Work
from quarterdeck.dialects.atera.tickets import TICKETS
from quarterdeck.dialects.syncro.tickets import TICKETS as SYNCRO_TICKETS
from quarterdeck.edge.nesting import Form

PAGE = 50
TICKET = "/api/v3/tickets/7"
VARIANTS = 500
FLOOR, LIST_FLOOR, ASGI = "floor", "floor, size of a list", "bare ASGI"
SHOW, LIST, DEEP, KEYED = "ticket by id", "list of 50", "page 1,000", "page 1,000 by key"
FILTER, SEARCH, CREATE = "filtered list", "search", "create"
SYNCRO_SHOW, SYNCRO_LIST = "Syncro ticket by id", "Syncro list of 50"
QUEUE_PAGE, TICKET_PAGE, SEARCH_PAGE = "queue page", "ticket page", "search page"
MEMORY, START = "peak memory", "start to first answer"
DRIVER, INSERTS, GROWN = "bare driver", "raw durable inserts", "10 times the tickets"


@dataclass(frozen=True)
class Target:
    """A ratio to reach: of one case against another, or against the bare driver."""

    case: str
    against: str
    sqlite: float
    postgresql: float
    at_most: bool = False

    def on(self, database: str) -> float:
        return self.sqlite if database == "sqlite" else self.postgresql

    def met(self, database: str, figure: float) -> bool:
        return figure <= self.on(database) if self.at_most else figure >= self.on(database)


TARGETS = (
    Target(FLOOR, ASGI, 0.50, 0.50),
    Target(SHOW, FLOOR, 0.50, 0.20),
    Target(LIST, DRIVER, 0.60, 0.60),
    Target(DEEP, LIST, 0.50, 0.50),
    Target(KEYED, LIST, 0.50, 0.50),
    Target(SEARCH, DRIVER, 0.80, 0.80),
    Target(CREATE, INSERTS, 1.00, 0.40),
    Target(MEMORY, "MiB", 200, 200, at_most=True),
    Target(START, "seconds", 2, 2, at_most=True),
    Target(SHOW, GROWN, 1.3, 1.3, at_most=True),
    Target(LIST, GROWN, 1.3, 1.3, at_most=True),
)


@dataclass(frozen=True)
class Stage:
    """A loaded database with servers on it."""

    database: str
    url: str
    key: str
    session: str
    tickets: int
    desk: Server
    asgi: Server

    def get(self, path: str) -> str:
        """A request of either face: each has its own way to send a key."""
        key = f"authorization: Bearer {self.key}" if path.startswith("/api/v1/") else f"x-api-key: {self.key}"
        return f"GET {path} HTTP/1.1\r\nhost: 127.0.0.1\r\n{key}\r\n\r\n"

    def look(self, path: str) -> str:
        """A request of somebody who has signed in."""
        return f"GET {path} HTTP/1.1\r\nhost: 127.0.0.1\r\ncookie: session={self.session}\r\n\r\n"

    def post(self, path: str, body: Any) -> str:
        text = json.dumps(body)
        head = f"POST {path} HTTP/1.1\r\nhost: 127.0.0.1\r\nx-api-key: {self.key}\r\n"
        return f"{head}content-type: application/json\r\ncontent-length: {len(text)}\r\n\r\n{text}"


@dataclass(frozen=True)
class Case:
    """Requests for the server, the constant answer of like size, and the same work for the bare driver."""

    name: str
    requests: Callable[[Stage], list[str]]
    floor: str | None = None
    reference: Callable[[Stage], Reads | Writes] | None = None
    asgi: bool = False


def page_number(stage: Stage) -> int:
    """The 1,000th page of a full load; of a smaller one, a page as deep as half of it."""
    return min(1_000, max(1, stage.tickets // PAGE // 2))


def listed(stage: Stage, more: str = "") -> str:
    return f"/api/v3/tickets?itemsInPage={PAGE}{more}"


def size(stage: Stage, path: str) -> int:
    return len(stage.desk.get(path))


def constant(size: int) -> str:
    """Where the gate answers with so many bytes and does nothing else."""
    return f"/bench/floor/{size}"


def by_key(stage: Stage) -> str:
    """The link from the page before, which finds its place by a key."""
    before = json.loads(stage.desk.get(listed(stage, f"&page={page_number(stage) - 1}")))
    link: str = before["nextLink"]
    return link.removeprefix(stage.desk.base)


def ids(stage: Stage) -> list[int]:
    random = Random(1)
    return [random.randint(1, stage.tickets) for _ in range(VARIANTS)]


def filters() -> list[tuple[int, str]]:
    random = Random(2)
    return [(random.randint(1, CUSTOMERS), random.choice(["open", "pending", "closed"])) for _ in range(VARIANTS)]


def questions() -> list[str]:
    random = Random(3)
    return [words.question(random) for _ in range(VARIANTS)]


def newcomers() -> list[dict[str, Any]]:
    random = Random(4)
    return [
        {
            "TicketTitle": words.title(random),
            "Description": words.description(random),
            "EndUserID": random.randint(1, 10_000),
            "TicketPriority": random.choice(["Low", "Medium", "High"]),
            "TechnicianContactID": random.randint(1, 6),
        }
        for _ in range(VARIANTS)
    ]


def shown(id: int, work: Work) -> Any:
    return TICKETS.form.view.one(work, id)


def found(page: Page, asked: dict[str, Any], work: Work) -> Any:
    return TICKETS.form.view.page(work, tickets.Filter.check(asked), page)


def whole(form: Form, id: int, work: Work) -> Any:
    """A record with all that is nested in it, in as many statements."""
    return form.encoded(work, [form.view.one(work, id)])


def page_of(form: Form, work: Work) -> Any:
    return form.encoded(work, form.view.page(work, tickets.Filter(), Page(size=PAGE, descending=True)).items)


def made(body: dict[str, Any], work: Work) -> int:
    values, _ = TICKETS.shape.decode(body)
    return tickets.create(work, tickets.New.check(values))


def reads(stage: Stage, asked: Sequence[dict[str, Any]], page: Page | None = None) -> Reads:
    return Reads(stage.url, [partial(found, page or Page(size=PAGE), one) for one in asked])


CASES = (
    Case(ASGI, lambda stage: [stage.get(f"/{size(stage, TICKET)}")], asgi=True),
    Case(FLOOR, lambda stage: [stage.get(constant(size(stage, TICKET)))]),
    Case(LIST_FLOOR, lambda stage: [stage.get(constant(size(stage, listed(stage))))]),
    Case(
        SHOW,
        lambda stage: [stage.get(f"/api/v3/tickets/{id}") for id in ids(stage)],
        FLOOR,
        lambda stage: Reads(stage.url, [partial(shown, id) for id in ids(stage)]),
    ),
    Case(LIST, lambda stage: [stage.get(listed(stage))], LIST_FLOOR, lambda stage: reads(stage, [{}])),
    Case(
        DEEP,
        lambda stage: [stage.get(listed(stage, f"&page={page_number(stage)}"))],
        LIST_FLOOR,
        lambda stage: reads(stage, [{}], Page(number=page_number(stage), size=PAGE)),
    ),
    Case(KEYED, lambda stage: [stage.get(by_key(stage))], LIST_FLOOR),
    Case(
        FILTER,
        lambda stage: [stage.get(listed(stage, f"&customerId={id}&ticketStatus={word}")) for id, word in filters()],
        LIST_FLOOR,
        lambda stage: reads(stage, [{"customer_id": id, "status": word} for id, word in filters()]),
    ),
    Case(
        SEARCH,
        lambda stage: [stage.get(listed(stage, f"&q={text.replace(' ', '+')}")) for text in questions()],
        LIST_FLOOR,
        lambda stage: reads(stage, [{"text": text} for text in questions()]),
    ),
    Case(
        SYNCRO_SHOW,
        lambda stage: [stage.get(f"/api/v1/tickets/{id}") for id in ids(stage)],
        None,
        lambda stage: Reads(stage.url, [partial(whole, SYNCRO_TICKETS.form, id) for id in ids(stage)]),
    ),
    Case(
        SYNCRO_LIST,
        lambda stage: [stage.get(f"/api/v1/tickets?per_page={PAGE}")],
        LIST_FLOOR,
        lambda stage: Reads(stage.url, [partial(page_of, SYNCRO_TICKETS.row)]),
    ),
    Case(QUEUE_PAGE, lambda stage: [stage.look("/queue?view=open")], LIST_FLOOR),
    Case(TICKET_PAGE, lambda stage: [stage.look(f"/tickets/{id}") for id in ids(stage)], LIST_FLOOR),
    Case(
        SEARCH_PAGE,
        lambda stage: [stage.look(f"/search?q={text.replace(' ', '+')}") for text in questions()],
        LIST_FLOOR,
    ),
    Case(
        CREATE,
        lambda stage: [stage.post("/api/v3/tickets", body) for body in newcomers()],
        FLOOR,
        lambda stage: Writes(stage.url, [partial(made, body) for body in newcomers()]),
    ),
)
NAMES = tuple(case.name for case in CASES)
