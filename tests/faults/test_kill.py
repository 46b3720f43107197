"""The server is killed in a storm of writes: what it acknowledged is there, once."""

import asyncio
import random
import time
from statistics import median

import pytest
import sqlalchemy as sa
from servers import Server, keys, line, serving
from storm import FIELD, Journal, Writer, check, put

from quarterdeck.desk.record import Record
from quarterdeck.storage import engine_for

WRITERS = 16
# How many kills the long form has, which is run on a machine of its own: only there do seconds mean anything.
MANY = 100
RESTART_MAX = 5.0


@pytest.mark.parametrize("kills", [10, pytest.param(MANY, marks=pytest.mark.long)])
def test_a_kill_loses_nothing_that_was_acknowledged(
    database: str, kills: int, capsys: pytest.CaptureFixture[str]
) -> None:
    key = keys(database)["dana"]
    with serving(database, cold=kills == MANY) as server:
        journal, restarts, retried = asyncio.run(weather(server, key, kills))

    assert kills < MANY or median(restarts) < RESTART_MAX
    inspect(database, journal)
    with capsys.disabled():
        kind = database.partition(":")[0]
        print(f"\nR1 {kind}: {kills} kills, {len(journal.written)} writes acknowledged, {retried} retried, "
              f"restarts {median(restarts):.2f} s, at most {max(restarts):.2f} s")  # fmt: skip


async def weather(server: Server, key: str, kills: int) -> tuple[Journal, list[float], int]:
    """Storms that end in a kill, each followed by a restart, retries and a full count."""
    journal, chance = Journal(), random.Random(kills)
    restarts: list[float] = []
    retried = 0
    async with line(server.port, key) as to:
        customer = (await to.ask("POST", "/customers", {"CustomerName": "Acme Dental"})).json()["ActionID"]
        await to.ask("POST", "/customvalues/ticketfield", {"FieldName": FIELD})
    writers = [Writer(journal, number, customer) for number in range(WRITERS)]
    for turn in range(kills):
        await storm(server, key, writers, chance.uniform(0.05, 0.8))
        began = time.monotonic()
        server.start()
        restarts.append(time.monotonic() - began)
        retried += len(journal.open)
        async with line(server.port, key) as to:
            for one in journal.open:
                await put(to, one)
            if turn % 10 == 9 or turn == kills - 1:
                await check(to, journal)
    return journal, restarts, retried


async def storm(server: Server, key: str, writers: list[Writer], seconds: float) -> None:
    never = asyncio.Event()
    blowing = [asyncio.create_task(one.run(server.port, key, never)) for one in writers]
    await asyncio.sleep(seconds)
    await asyncio.to_thread(server.kill)
    await asyncio.gather(*blowing)


def inspect(database: str, journal: Journal) -> None:
    """What no face shows: the file itself, one journal entry and one line of the search index for each ticket."""
    engine = engine_for(database)
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
            assert connection.exec_driver_sql("PRAGMA foreign_key_check").first() is None
        entries = Record.metadata.tables["journal"]
        made = sa.select(entries.c.record_id).where(entries.c.what == "ticket.created")
        tickets = sorted(one.id for one in journal.of("tickets"))
        assert sorted(connection.scalars(made)) == tickets
        assert sorted(connection.scalars(sa.text("SELECT rowid FROM ticket_search"))) == tickets
    engine.dispose()
