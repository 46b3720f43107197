"""A storm of writes, and a journal of what was acknowledged in it."""

import asyncio
import random
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from servers import Cut, Gone, Line, Reply, line

FIELD = "Rack"


@dataclass
class Written:
    """One write: what was sent under which key, and what was answered, once it was."""

    path: str
    body: dict[str, Any]
    key: str = field(default_factory=lambda: str(uuid4()))
    reply: Reply | None = None

    @property
    def id(self) -> int:
        assert self.reply is not None
        return int(self.reply.json()["ActionID"])


@dataclass
class Journal:
    """Everything the writers sent."""

    written: list[Written] = field(default_factory=list)

    def of(self, kind: str) -> list[Written]:
        return [one for one in self.written if kind_of(one.path) == kind]

    @property
    def open(self) -> list[Written]:
        """What nobody acknowledged so far."""
        return [one for one in self.written if one.reply is None]


def kind_of(path: str) -> str:
    return "values" if path.startswith("/customvalues") else path.rsplit("/", 1)[-1]


class Writer:
    """Files tickets, and says, books and notes something on those it filed."""

    def __init__(self, journal: Journal, number: int, customer: int) -> None:
        self.journal = journal
        self.number = number
        self.customer = customer
        self.tickets: list[int] = []
        self.choose = random.Random(number)

    async def run(self, port: int, key: str, until: asyncio.Event) -> None:
        """Write until told to stop, or until the server is gone."""
        try:
            await self.write(port, key, until)
        except (Gone, Cut):
            return

    async def write(self, port: int, key: str, until: asyncio.Event) -> None:
        async with line(port, key) as to:
            while not until.is_set():
                written = self.next()
                self.journal.written.append(written)
                await put(to, written)
                if kind_of(written.path) == "tickets":
                    self.tickets.append(written.id)

    def next(self) -> Written:
        n = len(self.journal.written)
        choice = self.choose.randrange(4) if self.tickets else 0
        on = f"/tickets/{self.choose.choice(self.tickets)}" if self.tickets else ""
        match choice:
            case 0:
                title = f"Storm {self.number}-{n}"
                return Written("/tickets", {"TicketTitle": title, "CustomerID": self.customer, "Description": "x" * n})
            case 1:
                return Written(f"{on}/comments", {"CommentText": f"Said {n}"})
            case 2:
                times = {"StartWorkHour": "2026-03-02T08:00:00Z", "EndWorkHour": "2026-03-02T08:01:00Z"}
                return Written(f"{on}/workhours", {**times, "Description": f"Worked {n}"})
            case _:
                return Written(f"/customvalues/ticket/{on.rsplit('/', 1)[-1]}", {"FieldName": FIELD, "Value": str(n)})


async def put(to: Line, written: Written) -> None:
    reply = await to.ask("POST", written.path, written.body, {"Idempotency-Key": written.key})
    assert reply.status in (200, 201), f"{written.path} answered {reply.status}: {reply.body[:300]!r}"
    written.reply = reply


async def everything(to: Line, path: str) -> list[Any]:
    """All items of a list, page by page, along the links of the answers."""
    found: list[Any] = []
    for _ in range(10_000):
        page = (await to.ask("GET", path)).json()
        found += page["items"]
        if not page["nextLink"]:
            break
        path = page["nextLink"].partition("desk.example")[2]
    assert page["totalItemCount"] == len(found)
    return found


async def check(to: Line, journal: Journal) -> None:
    """Each acknowledged write is there once and whole, and nothing else is there."""
    tickets = await everything(to, "/tickets?itemsInPage=50")
    shown = [(one["TicketID"], one["TicketTitle"], one["Description"]) for one in tickets]
    sent = [(one.id, one.body["TicketTitle"], one.body["Description"]) for one in journal.of("tickets")]
    assert sorted(shown) == sorted(sent)

    entries = await everything(to, "/workhours?itemsInPage=50")
    worked = [(one.id, one.body["Description"]) for one in journal.of("workhours")]
    assert sorted((one["WorkHoursID"], one["Description"]) for one in entries) == sorted(worked)
    seconds = {one["TicketID"]: one["TotalDurationSeconds"] for one in tickets}
    counted: dict[int, int] = defaultdict(int)
    for one in entries:
        counted[one["TicketID"]] += 60
    assert {id: sum for id, sum in seconds.items() if sum} == counted

    await check_parts(to, journal)


async def check_parts(to: Line, journal: Journal) -> None:
    """The comments and custom values of each ticket that has some."""
    said, noted = defaultdict(list), dict[str, str]()
    for one in journal.of("comments"):
        said[one.path].append((one.id, one.body["CommentText"]))
    for one in journal.of("values"):
        noted[one.path] = one.body["Value"]
    for path, comments in said.items():
        shown = await everything(to, f"{path}?itemsInPage=50")
        assert sorted((one["CommentID"], one["CommentText"]) for one in shown) == sorted(comments)
    for path, value in noted.items():
        assert [one["ValueAsString"] for one in (await to.ask("GET", path)).json()] == [value]
