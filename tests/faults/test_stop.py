"""The server is asked to end under load: what it took in it finishes, and it ends soon."""

import asyncio
import random

import pytest
from servers import Cut, Gone, Server, keys, line, serving
from storm import FIELD, Journal, Writer, check, put

WRITERS = 16
STOP_MAX = 10.0


@pytest.mark.parametrize("stops", [3, pytest.param(50, marks=pytest.mark.long)])
def test_a_stop_under_load_cuts_no_answer_and_loses_none(
    database: str, stops: int, capsys: pytest.CaptureFixture[str]
) -> None:
    key = keys(database)["dana"]
    with serving(database) as server:
        journal, slowest, unanswered = asyncio.run(weather(server, key, stops))

    assert slowest < STOP_MAX
    with capsys.disabled():
        kind = database.partition(":")[0]
        print(f"\nR16 {kind}: {stops} stops, {len(journal.written)} writes acknowledged, none cut, "
              f"{unanswered} sent too late and done later, slowest end {slowest:.2f} s")  # fmt: skip


async def weather(server: Server, key: str, stops: int) -> tuple[Journal, float, int]:
    journal, chance = Journal(), random.Random(stops)
    slowest, unanswered = 0.0, 0
    async with line(server.port, key) as to:
        customer = (await to.ask("POST", "/customers", {"CustomerName": "Acme Dental"})).json()["ActionID"]
        await to.ask("POST", "/customvalues/ticketfield", {"FieldName": FIELD})
    writers = [Steady(journal, number, customer) for number in range(WRITERS)]
    for _ in range(stops):
        never = asyncio.Event()
        blowing = [asyncio.create_task(one.run(server.port, key, never)) for one in writers]
        await asyncio.sleep(chance.uniform(0.1, 0.6))
        slowest = max(slowest, await asyncio.to_thread(server.stop))
        await asyncio.gather(*blowing)
        assert server.process is not None
        assert server.process.returncode == 0
        assert "Traceback" not in "".join(server.said)
        server.start()
        unanswered += len(journal.open)
        async with line(server.port, key) as to:
            for one in journal.open:
                await put(to, one)
                # What was begun before the end was answered before the end.
                assert one.reply is not None
                assert "idempotency-replayed" not in one.reply.headers
            await check(to, journal)
    return journal, slowest, unanswered


class Steady(Writer):
    """A writer to whom an answer that breaks off is an error."""

    async def run(self, port: int, key: str, until: asyncio.Event) -> None:
        try:
            await self.write(port, key, until)
        except Gone:
            return
        except Cut as error:
            raise AssertionError("an answer was cut in the middle") from error


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_client_that_never_finishes_does_not_hold_up_the_end(database: str) -> None:
    key = keys(database)["dana"]

    async def dawdle() -> float:
        async with line(server.port, key) as to:
            head = f"POST /api/v3/customers HTTP/1.1\r\nHost: x\r\nX-API-KEY: {key}\r\nContent-Length: 1000\r\n\r\n"
            to.writer.write(head.encode() + b'{"Customer')
            await to.writer.drain()
            async with line(server.port, key) as other:
                assert (await other.ask("GET", "/customers")).status == 200
            return await asyncio.to_thread(server.stop)

    with serving(database) as server:
        assert asyncio.run(dawdle()) < STOP_MAX
