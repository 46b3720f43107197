"""The pages as one ASGI application: from a request to a visit, and back."""

import asyncio
import hashlib
import hmac
import re
import time
import traceback
import zlib
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cached_property, partial
from importlib import resources
from typing import Any
from urllib.parse import quote, urlsplit

import sqlalchemy as sa

from quarterdeck.desk import signin
from quarterdeck.desk.errors import Busy, Conflict, Forbidden, Invalid, NotFound, Refusal, Stale, Unknown
from quarterdeck.desk.signin import Visitor
from quarterdeck.desk.statement import Link
from quarterdeck.desk.work import Work
from quarterdeck.edge.gate import now, send_whole
from quarterdeck.edge.http import (
    Answer,
    Malformed,
    Receive,
    Request,
    Scope,
    Send,
    TooLarge,
    Unsupported,
)
from quarterdeck.edge.outside import Needed
from quarterdeck.edge.premises import Premises
from quarterdeck.edge.routes import Tree, segments
from quarterdeck.web.kit import FORM_KEY, HTML, SESSION, STRANGERS_KEY, Route, Setup, Visit, kept
from quarterdeck.web.live import EVENTS, Live
from quarterdeck.web.openid import Provider
from quarterdeck.web.printing import Press
from quarterdeck.web.refusals import refusal
from quarterdeck.web.speech import Speech, chosen
from quarterdeck.web.wording import opening

FACE = "pages"
SEEN_EVERY = timedelta(minutes=1)
YEAR = 365 * 24 * 3600
TYPES = {"css": b"text/css; charset=utf-8", "js": b"text/javascript; charset=utf-8", "svg": b"image/svg+xml"}
IMPORT = re.compile(rb'(\b(?:from|import) ")\./([\w-]+\.js)(?=")')
# With every answer: pages say more of their scripts, files of how long they may be kept.
GUARDS = (
    (b"content-security-policy", b"default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"),
    (b"cache-control", b"private, no-store"),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=()"),
)
STATUS = {Invalid: 422, NotFound: 404, Forbidden: 403, Conflict: 409, Stale: 409, Busy: 503}


class Foreign(Exception):
    """A form that was not on a page of ours."""


class Misused(Exception):
    """A method that an address does not have; holds those it has."""


class Site:
    """All pages, open for requests."""

    def __init__(
        self,
        routes: Iterable[Route],
        premises: Premises,
        provider: Provider | None = None,
        setup: Setup | None = None,
        clock: Callable[[], datetime] = now,
    ) -> None:
        self.premises = premises
        self.storage = premises.storage
        self.figures = premises.figures
        self.log = premises.log
        self.provider = provider
        self.setup = setup or Setup()
        self.clock = clock
        self.assets = Assets()
        self.live = Live(self.storage.read_later)
        self.tree: Tree[Route] = Tree()
        for route in routes:
            self.tree.add(route.method, route.path, route)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        started = time.perf_counter()
        request = self.premises.request(scope)
        told: dict[str, Any] = {"operation": "none"}
        try:
            answer = self.assets.answer(request) or await self.answer(request, receive, told)
        except ConnectionResetError:
            return
        except Exception as error:
            answer = await self.failure(request, error, told)
        answer.headers = guarded(request, answer.headers)
        if answer.type == EVENTS:
            status = await self.live.stream(request, answer, receive, send, self.clock)
        else:
            status = await send_whole(
                request, answer.status, [(b"content-type", answer.type), *answer.headers], answer.content or b"", send
            )
        taken = time.perf_counter() - started
        self.figures.saw(FACE, told["operation"], status, taken)
        self.log.request(
            id=request.id, face=FACE, status=status, ms=round(taken * 1000, 2), client=request.client, **told
        )

    async def answer(self, request: Request, receive: Receive, told: dict[str, Any]) -> Answer:
        route = self.find(request)
        told["operation"] = f"{route.method} {route.path}"
        if route.method == "POST":
            refuse_foreign(request)
            await self.read(route, request, receive)
        try:
            answer = await self.perform(route, request)
        except Invalid as invalid:
            if route.again is None:
                raise
            again = replace(route, method="GET", do=route.again)
            answer = await self.perform(again, request, dict(invalid.problems))
        except Unknown:
            there = whole_path(request) if route.method == "GET" else "/"
            answer = Answer(303, b"", [(b"location", f"/sign-in?next={quote(there, safe='/')}".encode())], HTML)
        return answer

    async def read(self, route: Route, request: Request, receive: Receive) -> None:
        if route.files:
            await self.premises.take_files(request, receive)
        else:
            await request.read(receive, route.body_max or self.premises.body_max)

    def find(self, request: Request) -> Route:
        raw = request.scope.get("raw_path") or request.path.encode("latin-1", "replace")
        try:
            found = self.tree.find(segments(raw))
        except UnicodeDecodeError:
            raise NotFound("page") from None
        if found is None or b"%00" in raw:
            raise NotFound("page")
        ends, values = found
        method = "GET" if request.method == "HEAD" else request.method
        if method not in ends:
            raise Misused([*ends, *(["HEAD"] if "GET" in ends else [])])
        route, names = ends[method]
        request.params = dict(zip(names, values, strict=True))
        return route

    async def perform(self, route: Route, request: Request, problems: dict[str, str] | None = None) -> Answer:
        """Run a page or act in a transaction of its own, and then what it leaves to be written."""
        afterwards: list[tuple[Callable[[Work], Any], Work]] = []

        def job(db: sa.Connection) -> Answer:
            visit = self.visit(db, request, problems or {})
            if not route.open and not visit.visitor.signed_in:
                raise Unknown("has not signed in")
            if route.method == "POST" and not fits(visit):
                raise Foreign
            answer = route.do(visit)
            self.saw(visit.visitor)
            afterwards.extend((one, visit.work) for one in visit.afterwards)
            return answer

        do = self.storage.write_later if route.method == "POST" or route.writes else self.storage.read_later
        answer: Answer
        try:
            answer = await asyncio.wrap_future(do(job))
        except Needed as needed:
            await self.premises.bring(request, needed)
            answer = await asyncio.wrap_future(do(job))
        for one, work in afterwards:
            with suppress(Refusal, self.premises.unavailable, self.premises.clashed):
                await asyncio.wrap_future(self.storage.write_later(partial(left, one, work)))
        return answer

    def visit(self, db: sa.Connection, request: Request, problems: dict[str, str]) -> Visit:
        now, link = self.clock(), Link(db)
        token = kept(request, SESSION)
        visitor = signin.visitor(link, token, now) if token else signin.STRANGER
        if visitor.session_id is None:
            visitor = replace(visitor, form_key=kept(request, STRANGERS_KEY))
        likes = visitor.preferences or {}
        language = likes.get("language") or chosen(request.header(b"accept-language"))
        speech = Speech(language, likes.get("time_zone") or "UTC", now)
        work = Work(link, visitor.actor, now, FACE, request.id)
        return Visit(
            request,
            work,
            visitor,
            speech,
            Press(speech, self.assets.paths),
            problems=problems,
            provider=self.provider,
            setup=self.setup,
        )

    def saw(self, visitor: Visitor) -> None:
        """Note, now and then, that a session is in use."""
        if visitor.session_id is None or visitor.seen_at is None or visitor.seen_at > self.clock() - SEEN_EVERY:
            return
        id, now = visitor.session_id, self.clock()
        self.storage.write_later(lambda db: Work(Link(db), visitor.actor, now).update(signin.Session, id, seen_at=now))

    async def failure(self, request: Request, error: Exception, told: dict[str, Any]) -> Answer:
        """A page that says what went wrong."""
        error = self.premises.refusing(error, told)
        match error:
            case Refusal():
                status, text = STATUS.get(type(error), 400), str(error)
            case Foreign():
                status, text = 403, "this form has expired: please load the page again"
            case Misused():
                status, text = 405, "nothing is to be seen here: this address only takes what a form sends"
            case TooLarge():
                status, text = 413, f"what was sent is longer than {self.premises.body_max} bytes"
            case Malformed() | Unsupported():
                status, text = 400, str(error)
            case _:
                told["error"] = repr(error)[:300]
                self.log.event("bug", operation=told["operation"], trace="".join(traceback.format_exception(error)))
                status, text = 500, "something went wrong here, and has been written down"
        try:
            answer: Answer = await asyncio.wrap_future(
                self.storage.read_later(lambda db: self.told(db, request, status, text))
            )
        except self.premises.unavailable:
            answer = Answer(status, f"{status}: {text}\n".encode(), [], b"text/plain; charset=utf-8")
        if isinstance(error, Misused):
            answer.headers.append((b"allow", ", ".join(sorted(error.args[0])).encode()))
        return answer

    def told(self, db: sa.Connection, request: Request, status: int, text: str) -> Answer:
        # What was sent may be what cannot be read.
        request.body = b""
        visit = self.visit(db, request, {})
        return visit.page("error.html", status=status, text=opening(refusal(visit.speech, text)), code=status)


class Assets:
    """The files that pages need, under names that change with their content."""

    def __init__(self) -> None:
        folder = resources.files("quarterdeck.web") / "static"
        self.sources = {file.name: file.read_bytes() for file in folder.iterdir()}
        self.files: dict[str, tuple[bytes, bytes]] = {}
        self.paths: dict[str, str] = {}
        for name in sorted(self.sources):
            self.add(name)

    def add(self, name: str) -> str:
        """Give a file its path, and let it import others by theirs."""
        if name not in self.paths:
            content = IMPORT.sub(lambda found: found[1] + self.add(found[2].decode()).encode(), self.sources[name])
            path = f"/static/{hashlib.sha256(content).hexdigest()[:12]}/{name}"
            self.files[path] = (content, TYPES[name.rpartition(".")[2]])
            self.paths[name] = path
        return self.paths[name]

    def answer(self, request: Request) -> Answer | None:
        if request.path not in self.files or request.method not in ("GET", "HEAD"):
            return None
        content, type = self.files[request.path]
        headers = [(b"cache-control", f"public, max-age={YEAR}, immutable".encode())]
        return Answer(200, content, headers, type)

    @cached_property
    def weight(self) -> int:
        """Bytes of all files, compressed."""
        return sum(len(zlib.compress(content, 9)) for content, _ in self.files.values())


def left(job: Callable[[Work], Any], work: Work, db: sa.Connection) -> None:
    """Write what a page has left to be written, as the same person."""
    job(replace(work, link=Link(db)))


def whole_path(request: Request) -> str:
    """Where somebody wanted to go, with what they asked for."""
    query = request.scope["query_string"].decode("latin-1")
    return f"{request.path}?{query}" if query else request.path


def refuse_foreign(request: Request) -> None:
    """Refuse what another site made a browser send."""
    origin = request.header(b"origin")
    host = request.host or request.header(b"host") or ""
    if (origin and urlsplit(origin).netloc != host) or request.header(b"sec-fetch-site") in ("cross-site", "same-site"):
        raise Foreign


def fits(visit: Visit) -> bool:
    """Whether a form brought along the key of its session."""
    sent = visit.request.header(b"x-form-key") or visit.form.get(FORM_KEY, "")
    key = visit.visitor.form_key
    return bool(key) and isinstance(sent, str) and hmac.compare_digest(sent.encode(), key.encode())


def guarded(request: Request, headers: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """Headers with those that tell a browser to trust an answer with nothing. What the answer itself says counts."""
    said = {name for name, _ in headers}
    return [*headers, *(one for one in GUARDS if one[0] not in said), (b"x-request-id", request.id.encode())]
