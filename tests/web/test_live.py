"""What open pages hear of what happens, while it happens."""

import asyncio
import json
from dataclasses import replace
from typing import Any

import pytest

import make
from conftest import Browser, Client, Stage
from quarterdeck.desk import access, queues, tickets
from quarterdeck.desk.work import Work
from quarterdeck.web import live

PATIENCE = 10


class Listener:
    """A browser that has opened the stream, over the app itself: its answer has no end to wait for."""

    def __init__(self, client: Client, stage: Stage, browser: Browser, **headers: str) -> None:
        self.loop = client.loop
        self.sent: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.received: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        cookie = f"session={browser.cookies['session']}"
        named = {"cookie": cookie, "host": "desk.example", **{k.replace("_", "-"): v for k, v in headers.items()}}
        self.scope: dict[str, Any] = {
            "type": "http",
            "method": "GET",
            "path": "/live",
            "raw_path": b"/live",
            "query_string": b"",
            "headers": [(name.encode(), value.encode()) for name, value in named.items()],
            "client": ("127.0.0.1", 1),
            "scheme": "http",
        }
        app: Any = stage.app(self.scope, self.received.get, self.sent.put)
        self.answering = asyncio.run_coroutine_threadsafe(app, self.loop)

    def next(self) -> dict[str, Any]:
        return asyncio.run_coroutine_threadsafe(asyncio.wait_for(self.sent.get(), PATIENCE), self.loop).result()

    def event(self) -> tuple[str, Any]:
        """The next event, past what only says that the stream is alive."""
        while True:
            lines = dict(
                line.split(": ", 1) for line in self.next().get("body", b"").decode().splitlines() if ": " in line
            )
            if "event" in lines:
                return lines["event"], json.loads(lines["data"])

    def leave(self) -> None:
        self.loop.call_soon_threadsafe(self.received.put_nowait, {"type": "http.disconnect"})
        self.answering.result(PATIENCE)

    def end(self) -> None:
        self.loop.call_soon_threadsafe(self.scope["ending"])
        self.answering.result(PATIENCE)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "LOOK_EVERY", 0.02)


def test_a_page_hears_what_happens_to_tickets_and_who_did_it(client: Client, stage: Stage, browser: Browser) -> None:
    listener = Listener(client, stage, browser)
    assert listener.next()["status"] == 200
    listener.next()
    settled(stage, client)
    id = stage.do(lambda work: make.ticket(work))
    assert listener.event() == ("tickets", [[id, "created", 1]])
    stage.do(lambda work: tickets.change(work, id, tickets.Changes.check({"title": "Out"})))
    assert listener.event() == ("tickets", [[id, "changed", 1]])
    stage.do(lambda work: queues.be_here(work, id, writing=True))
    assert listener.event() == ("here", [id])
    listener.leave()
    assert not stage.app.site.live.feeds


def settled(stage: Stage, client: Client) -> None:
    """Wait until the look-out has taken its first look: what happened before is no news."""

    async def looked() -> None:
        while stage.app.site.live.looks < 1:
            await asyncio.sleep(0)

    asyncio.run_coroutine_threadsafe(asyncio.wait_for(looked(), PATIENCE), client.loop).result()


def test_a_browser_that_comes_again_hears_what_it_missed(client: Client, stage: Stage, browser: Browser) -> None:
    def desk(work: Work) -> tuple[int, int]:
        make.ticket(work)
        before = queues.latest(work.link)
        return make.ticket(work), before

    id, before = stage.do(desk)
    listener = Listener(client, stage, browser, last_event_id=str(before))
    listener.next()
    assert listener.event() == ("tickets", [[id, "created", 1]])
    listener.leave()


def test_a_stream_ends_when_the_server_does(client: Client, stage: Stage, browser: Browser) -> None:
    listener = Listener(client, stage, browser)
    listener.next()
    listener.next()
    listener.end()
    assert listener.next() == {"type": "http.response.body", "body": b""}


def test_one_session_has_only_so_many_streams(client: Client, stage: Stage, browser: Browser) -> None:
    listeners = []
    for _ in range(live.OF_SESSION_MAX):
        listeners.append(Listener(client, stage, browser))
        listeners[-1].next()
        listeners[-1].next()
    another = Listener(client, stage, browser)
    another.next()
    another.next()
    assert len(stage.app.site.live.feeds) == live.OF_SESSION_MAX
    listeners[0].answering.result(PATIENCE)
    for one in [*listeners[1:], another]:
        one.leave()


@pytest.mark.parametrize("how", ["switched off", "signed out"])
def test_a_stream_ends_with_its_session(how: str, client: Client, stage: Stage) -> None:
    id = stage.do(lambda work: make.technician(work))
    listener = Listener(client, stage, Browser(client, stage, id))
    listener.next()
    listener.next()
    settled(stage, client)
    if how == "switched off":
        stage.do(lambda work: access.change(work, id, access.Changes(active=False)))
    else:
        stage.do(lambda work: access.end_sessions(work, id))
    listener.answering.result(PATIENCE)
    assert not stage.app.site.live.feeds


def test_streams_over_an_encrypted_line_are_counted_by_session(client: Client, stage: Stage) -> None:
    stage.app.site.premises = replace(stage.app.site.premises, trusted=frozenset({"127.0.0.1"}))
    listeners = []
    for _ in range(live.OF_SESSION_MAX + 1):
        someone = Browser(client, stage)
        session = f"__Host-session={someone.cookies['session']}"
        listeners.append(Listener(client, stage, someone, x_forwarded_proto="https", cookie=session))
        assert listeners[-1].next()["status"] == 200
        listeners[-1].next()
    assert len(stage.app.site.live.feeds) == live.OF_SESSION_MAX + 1
    for one in listeners:
        one.leave()


def test_more_streams_than_there_is_room_for_are_refused(
    client: Client, stage: Stage, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "STREAMS_MAX", 0)
    assert Listener(client, stage, browser).next()["status"] == 503


def test_a_stranger_hears_nothing(client: Client, stage: Stage) -> None:
    assert Browser(client, stage, technician_id=None).get("/live").status_code == 303
