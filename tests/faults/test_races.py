"""Many clients at once on the same records: nothing is lost, nothing is given twice, no rule is slipped past."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from servers import Line, Reply, Server, keys, line, serving
from storm import everything

from conftest import Client, Stage
from quarterdeck.desk.record import Record
from quarterdeck.storage import engine_for

# Sixteen parts of one customer that have nothing to do with each other: fields, and custom values.
TEXTS = ("CustomerName", "BusinessNumber", "Domain", "Address", "City", "State", "Country", "Phone", "Fax", "Notes")
PARTS = (*TEXTS, "Website", "ZipCodeStr", "Longitude", "Latitude", "*Rack", "*Door")
# The steps a status may take; from Open none leads to Closed, and from Closed none at all.
STEPS = {
    ("open", "pending"),
    ("open", "resolved"),
    ("pending", "open"),
    ("pending", "resolved"),
    ("pending", "closed"),
    ("resolved", "open"),
    ("resolved", "closed"),
}


@pytest.fixture
def desk(database: str) -> Iterator["Desk"]:
    key = keys(database, "other")
    with serving(database) as server:
        yield Desk(server, key, database)


def asking(*request: Any) -> Callable[[Line], Awaitable[Reply]]:
    """A client that sends this one request."""
    return lambda to: to.ask(*request)


class Desk:
    """A running server, and as many clients side by side as a test wants."""

    def __init__(self, server: Server, keys: dict[str, str], database: str) -> None:
        self.server, self.keys, self.database = server, keys, database

    def together(self, *clients: Callable[[Line], Awaitable[Any]], key: str = "dana") -> list[Any]:
        """Run the clients, each over a connection of its own, and begin when all are connected."""

        async def all_of_them() -> list[Any]:
            ready = asyncio.Barrier(len(clients))

            async def one(client: Callable[[Line], Awaitable[Any]]) -> Any:
                async with line(self.server.port, self.keys[key]) as to:
                    await ready.wait()
                    return await client(to)

            return await asyncio.gather(*map(one, clients))

        return asyncio.run(all_of_them())

    def ask(self, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None) -> Reply:
        (reply,) = self.together(asking(method, path, body, headers))
        assert isinstance(reply, Reply)
        return reply

    def make(self, path: str, **body: Any) -> int:
        return int(self.ask("POST", path, body).json()["ActionID"])


LENGTHS = [25, pytest.param(500, marks=pytest.mark.long)]


@pytest.mark.parametrize("times", LENGTHS)
def test_updates_of_different_fields_never_undo_each_other(desk: Desk, times: int) -> None:
    customer = desk.make("/customers", CustomerName="Acme Dental")

    def changing(part: str) -> Callable[[Line], Awaitable[None]]:
        async def change(to: Line) -> None:
            for n in range(1, times + 1):
                if part.startswith("*"):
                    asked = f"/customvalues/customer/{customer}", {"FieldName": part[1:], "Value": f"{part} {n}"}
                    reply = await to.ask("POST", *asked)
                else:
                    value = n / 10 if part.endswith("itude") else f"{part} {n}"
                    reply = await to.ask("PUT", f"/customers/{customer}", {part: value})
                assert reply.status == 200, reply.body

        return change

    desk.together(*map(changing, PARTS))

    shown = desk.ask("GET", f"/customers/{customer}")
    assert {part: shown.json()[part] for part in TEXTS} == {part: f"{part} {times}" for part in TEXTS}
    assert (shown.json()["Longitude"], shown.json()["ZipCodeStr"]) == (times / 10, f"ZipCodeStr {times}")
    version = int(shown.headers["etag"].strip('W/"').partition("-")[0])
    assert version == 1 + 14 * times
    values = desk.ask("GET", f"/customvalues/customer/{customer}").json()
    assert sorted(one["ValueAsString"] for one in values) == [f"*Door {times}", f"*Rack {times}"]


@pytest.mark.parametrize("races", [10, pytest.param(500, marks=pytest.mark.long)])
@pytest.mark.parametrize("kind", ["customers", "tickets"])
def test_exactly_one_of_those_who_read_the_same_version_wins(desk: Desk, races: int, kind: str) -> None:
    customer = desk.make("/customers", CustomerName="Acme Dental")
    field = {"customers": "CustomerName", "tickets": "TicketTitle"}[kind]
    id = customer if kind == "customers" else desk.make("/tickets", TicketTitle="Race", CustomerID=customer)
    path = f"/{kind}/{id}"

    for race in range(races):
        etag = desk.ask("GET", path).headers["etag"]
        tried = [asking("PUT", path, {field: f"{race} of {n}"}, {"If-Match": etag}) for n in range(16)]
        replies = desk.together(*tried)
        assert Counter(reply.status for reply in replies) == {200: 1, 412: 15}
        (winner,) = (reply.json()[field] for reply in replies if reply.status == 200)
        assert desk.ask("GET", path).json()[field] == winner


@pytest.mark.parametrize("tries", [10, pytest.param(1000, marks=pytest.mark.long)])
def test_an_open_ticket_is_never_closed_in_a_race(desk: Desk, tries: int) -> None:
    customer = desk.make("/customers", CustomerName="Acme Dental")
    words = ("Resolved", "Open", "Closed", "Pending")

    for n in range(tries):
        id = desk.make("/tickets", TicketTitle=f"Try {n}", CustomerID=customer)
        tried = [asking("PUT", f"/tickets/{id}", {"TicketStatus": words[(m + n) % 4]}) for m in range(32)]
        replies = desk.together(*tried)
        assert {reply.status for reply in replies} <= {200, 400}

    told = history(desk.database)
    assert len(told) == tries
    for steps in told.values():
        now = "open"
        for before, after in steps:
            assert before == now
            assert before == after or (before, after) in STEPS
            now = after


def history(database: str) -> dict[int, list[tuple[str, str]]]:
    """The steps of each ticket's status, in the order in which they were made."""
    entries = Record.metadata.tables["journal"]
    engine = engine_for(database)
    steps: dict[int, list[tuple[str, str]]] = {}
    with engine.connect() as connection:
        asked = sa.select(entries.c.record_id, entries.c.what, entries.c.before, entries.c.after).order_by(entries.c.id)
        for id, what, before, after in connection.execute(asked):
            if what == "ticket.created":
                steps[id] = []
            elif what == "ticket.changed" and "status" in after:
                steps[id].append((before["status"], after["status"]))
    engine.dispose()
    return steps


@pytest.mark.parametrize("times", [40, pytest.param(1000, marks=pytest.mark.long)])
def test_every_ticket_gets_a_number_of_its_own_for_good(desk: Desk, times: int) -> None:
    customer = desk.make("/customers", CustomerName="Acme Dental")

    async def file(to: Line) -> tuple[list[int], list[int]]:
        made, gone = [], []
        for n in range(times):
            reply = await to.ask("POST", "/tickets", {"TicketTitle": f"Number {n}", "CustomerID": customer})
            made.append(reply.json()["ActionID"])
            if n % 4 == 3:
                gone.append(made[-1])
                assert (await to.ask("DELETE", f"/tickets/{made[-1]}")).status == 200
        return made, gone

    filed = desk.together(*[file] * 16)
    made = [id for ids, _ in filed for id in ids]
    gone = {id for _, ids in filed for id in ids}
    assert len(set(made)) == len(made) == 16 * times
    (listed,) = desk.together(lambda to: everything(to, "/tickets?itemsInPage=50"))
    assert sorted(one["TicketID"] for one in listed) == sorted(set(made) - gone)

    last = max(made)
    if last not in gone:
        desk.ask("DELETE", f"/tickets/{last}")
    desk.server.kill()
    desk.server.start()
    assert desk.make("/tickets", TicketTitle="After all", CustomerID=customer) > last


def test_a_request_sent_fifty_times_at_once_is_done_once(desk: Desk) -> None:
    body = {"CustomerName": "Acme Dental"}

    replies = desk.together(*[asking("POST", "/customers", body, {"Idempotency-Key": "one"})] * 50)

    assert {reply.status for reply in replies} == {201}
    assert len({reply.body for reply in replies}) == 1
    assert sum("idempotency-replayed" not in reply.headers for reply in replies) == 1
    assert desk.ask("GET", "/customers").json()["totalItems"] == 1


def test_an_answer_given_before_a_kill_is_given_again_after_it(desk: Desk) -> None:
    asked = ("POST", "/customers", {"CustomerName": "Acme Dental"}, {"Idempotency-Key": "one"})
    first = desk.ask(*asked)

    desk.server.kill()
    desk.server.start()

    again = desk.ask(*asked)
    assert (again.status, again.body) == (first.status, first.body)
    assert again.headers["location"] == first.headers["location"]
    assert desk.ask("GET", "/customers").json()["totalItems"] == 1
    other = desk.ask("POST", "/customers", {"CustomerName": "Beta Bakery"}, {"Idempotency-Key": "one"})
    assert other.status == 422


def test_one_callers_idempotency_key_is_not_anothers(desk: Desk) -> None:
    asked = ("POST", "/customers", {"CustomerName": "Acme Dental"}, {"Idempotency-Key": "one"})
    (mine,) = desk.together(asking(*asked))
    (theirs,) = desk.together(asking(*asked), key="other")
    elsewhere = desk.ask("POST", "/departments", {"Name": "Finance"}, {"Idempotency-Key": "one"})

    assert mine.json()["ActionID"] != theirs.json()["ActionID"]
    assert elsewhere.status == 201


def test_an_answer_is_kept_for_a_day_and_then_forgotten(client: Client, stage: Stage) -> None:
    def ask() -> int:
        answer = client.post("/customers", {"CustomerName": "Acme Dental"}, headers={"Idempotency-Key": "one"})
        assert answer.status_code == 201
        return int(answer.json()["ActionID"])

    first = ask()
    stage.clock.now += timedelta(hours=24)
    assert ask() == first
    stage.clock.now += timedelta(seconds=1)
    assert ask() != first


def test_a_refused_request_may_be_mended_under_the_same_key(client: Client) -> None:
    headers = {"Idempotency-Key": "one"}
    assert client.post("/customers", {"CustomerName": ""}, headers=headers).status_code == 400
    assert client.post("/customers", {"CustomerName": "Acme Dental"}, headers=headers).status_code == 201
