"""Telling open pages what happens: one look at the journal a second for all of them, and one stream to each."""

import asyncio
import json
import time
from collections.abc import Callable, Sequence, Set
from concurrent.futures import Future
from contextlib import suppress
from datetime import datetime
from functools import partial
from typing import Any

import sqlalchemy as sa

from quarterdeck.desk import queues, signin
from quarterdeck.desk.input import whole
from quarterdeck.desk.queues import News
from quarterdeck.desk.statement import Link
from quarterdeck.edge.http import Answer, Receive, Request, Send
from quarterdeck.web.kit import SESSION, Visit, kept, page

EVENTS = b"text/event-stream; charset=utf-8"
LOOK_EVERY = 1.0
# A word now and then tells whether anybody still listens.
BEAT_EVERY = 15.0
# A stream ends after so long; the browser comes again, and whether its session still holds is asked anew.
LASTS = 300.0
STREAMS_MAX = 300
OF_SESSION_MAX = 8

Feed = asyncio.Queue[bytes | None]


def live(visit: Visit) -> Answer:
    """The beginning of a stream: what has happened since the browser last heard of us."""
    visit.work.require("tickets:read")
    last = whole(visit.request.header(b"last-event-id") or "")
    missed = [] if last is None else [one for one in queues.news(visit.work.link, last) if one.id > last]
    return Answer(200, b"retry: 3000\n\n" + (told(missed) if missed else b""), [(b"x-accel-buffering", b"no")], EVENTS)


def told(news: Sequence[News]) -> bytes:
    """An event: the tickets, what happened to each, and who did it."""
    found = [[one.ticket_id, one.what.partition(".")[2], one.technician_id] for one in news]
    return b"id: %d\nevent: tickets\ndata: %s\n\n" % (max(one.id for one in news), json.dumps(found).encode())


class Live:
    """The open streams of one process."""

    def __init__(self, read_later: Callable[[Callable[[sa.Connection], Any]], "Future[Any]"]) -> None:
        self.read_later = read_later
        self.feeds: dict[Feed, str] = {}
        self.looking: asyncio.Task[None] | None = None
        # How often the journal has been looked at.
        self.looks = 0

    async def stream(
        self, request: Request, answer: Answer, receive: Receive, send: Send, now: Callable[[], datetime]
    ) -> int:
        """Send events until the browser leaves, the server ends, or the stream has lasted long enough."""
        if len(self.feeds) >= STREAMS_MAX:
            await send(
                {"type": "http.response.start", "status": 503, "headers": [*answer.headers, (b"retry-after", b"30")]}
            )
            await send({"type": "http.response.body", "body": b""})
            return 503
        headers = [(b"content-type", EVENTS), *answer.headers]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        if request.method == "HEAD":
            await send({"type": "http.response.body", "body": b""})
            return 200
        await send({"type": "http.response.body", "body": answer.content, "more_body": True})
        feed = self.join(kept(request, SESSION), now)
        request.scope["ending"] = lambda: feed.put_nowait(None)
        leaving = asyncio.create_task(gone(receive, feed))
        try:
            await self.pass_on(feed, send)
        finally:
            leaving.cancel()
            self.feeds.pop(feed, None)
            if not self.feeds and self.looking is not None:
                self.looking.cancel()
        return 200

    def join(self, session: str, now: Callable[[], datetime]) -> Feed:
        feed: Feed = asyncio.Queue()
        own = [other for other, whose in self.feeds.items() if whose == session]
        if len(own) >= OF_SESSION_MAX:
            self.feeds.pop(own[0])
            own[0].put_nowait(None)
        self.feeds[feed] = session
        if self.looking is None or self.looking.done() or self.looking.cancelling():
            self.looking = asyncio.create_task(self.look(now))
        return feed

    async def pass_on(self, feed: Feed, send: Send) -> None:
        until = time.monotonic() + LASTS
        while (left := until - time.monotonic()) > 0:
            try:
                said = await asyncio.wait_for(feed.get(), min(left, BEAT_EVERY))
            except TimeoutError:
                said = b": still here\n\n"
            if said is None:
                break
            await send({"type": "http.response.body", "body": said, "more_body": True})
        with suppress(Exception):  # whoever has left does not hear the end
            await send({"type": "http.response.body", "body": b""})

    async def look(self, now: Callable[[], datetime]) -> None:
        """Look at the journal, and at who is where, as long as somebody listens."""
        after: int | None = None
        known: set[int] = set()
        here: frozenset[Any] = frozenset()
        while self.feeds:
            with suppress(Exception):  # the database may be away for a while
                if after is None:
                    after, known, here = await self.ask(lambda link: begin(link, now()))
                listening = frozenset(self.feeds.values())
                news, present, left = await self.ask(partial(seen, after, tuple(known), listening, now()))
                self.end(left)
                self.looks += 1
                if news:
                    after = max(after, *(one.id for one in news))
                    known |= {one.id for one in news}
                    known = {id for id in known if id > after - 2 * queues.BACK}
                    self.tell(told(news))
                if present != here:
                    changed = sorted({one[0] for one in present ^ here})
                    here = present
                    self.tell(b"event: here\ndata: %s\n\n" % json.dumps(changed).encode())
            await asyncio.sleep(LOOK_EVERY)

    async def ask(self, do: Callable[[Link], Any]) -> Any:
        return await asyncio.wrap_future(self.read_later(lambda db: do(Link(db))))

    def end(self, sessions: Set[str]) -> None:
        """End the streams of those who have been signed out."""
        for feed, session in self.feeds.items():
            if session in sessions:
                feed.put_nowait(None)

    def tell(self, said: bytes) -> None:
        for feed in self.feeds:
            feed.put_nowait(said)


def begin(link: Link, now: datetime) -> tuple[int, set[int], frozenset[Any]]:
    """Where the journal stands, what is known of it, and who is where."""
    after = queues.latest(link)
    return after, {one.id for one in queues.news(link, after)}, queues.everybody(link, now)


def seen(
    after: int, known: Sequence[int], listening: Set[str], now: datetime, link: Link
) -> tuple[list[News], frozenset[Any], Set[str]]:
    """What is new in the journal, who is where now, and which of the sessions that listen are over."""
    return queues.news(link, after, known), queues.everybody(link, now), signin.ended(link, listening, now)


async def gone(receive: Receive, feed: Feed) -> None:
    """End the feed when the browser leaves."""
    while (await receive())["type"] != "http.disconnect":
        pass
    feed.put_nowait(None)


ROUTES = (page("/live", live),)
