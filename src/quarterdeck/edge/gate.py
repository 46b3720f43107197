"""The gate: a key becomes an actor, calls are counted, and each request gets one transaction.

The answer leaves after the commit; a refusal rolls everything back.
"""

import asyncio
import hashlib
import math
import time
import traceback
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import sqlalchemy as sa

from quarterdeck.desk import access, repeats
from quarterdeck.desk.errors import Refusal, TooMany, Unknown
from quarterdeck.desk.statement import Link
from quarterdeck.desk.work import Actor, Work
from quarterdeck.edge.http import (
    Answer,
    Damaged,
    Malformed,
    Receive,
    Request,
    Scope,
    Send,
    TooLarge,
    Unsupported,
)
from quarterdeck.edge.limits import WINDOW, Admission, Limiter
from quarterdeck.edge.outside import Needed
from quarterdeck.edge.premises import Premises
from quarterdeck.edge.rest import Call, Dialect, Resource, Verb
from quarterdeck.edge.routes import Tree, segments

# For so many seconds an actor is believed without asking the database: a revoked key ends within it.
BELIEVED = 0.5
ACTORS_MAX = 10_000
SEEN_EVERY = timedelta(minutes=1)
COMPRESS_FROM = 1024
# What a request that reaches no operation is called: its own words would make a new figure for each.
NOWHERE = "none"
# Digits of a page number up to which skipping rows is quick.
NEAR = 2
IDEMPOTENCY_KEY_MAX = 255

encode = msgspec.json.Encoder(decimal_format="number").encode


@dataclass(frozen=True, slots=True)
class End:
    """Where a path leads: a verb of a resource, and its name in logs and figures."""

    on: Resource
    verb: Verb
    operation: str


def now() -> datetime:
    return datetime.now(UTC)


class Door:
    """One dialect, open for requests."""

    def __init__(
        self,
        dialect: Dialect,
        premises: Premises,
        limiter: Limiter,
        clock: Callable[[], datetime] = now,
    ) -> None:
        self.dialect = dialect
        self.manners = dialect.manners
        self.premises = premises
        self.storage = premises.storage
        self.figures = premises.figures
        self.log = premises.log
        self.limiter = limiter
        self.clock = clock
        self.policy = f'"default";q={dialect.calls_per_minute};w={int(WINDOW)}'.encode()
        self.allowance = str(dialect.calls_per_minute).encode()
        self.actors: dict[str, tuple[float, Actor]] = {}
        self.depth = len([part for part in dialect.prefix.split("/") if part])
        self.tree: Tree[End | None] = Tree()
        for on in dialect.resources:
            for verb in on.verbs:
                path = f"/{on.path}{verb.path}"
                self.tree.add(verb.method, path, End(on, verb, f"{verb.method} {dialect.prefix}{path}"))
        for method, path in dialect.not_yet:
            self.tree.add(method, path, None)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        started = time.perf_counter()
        request = self.premises.request(scope)
        told: dict[str, Any] = {"operation": NOWHERE}
        try:
            answer = await self.answer(request, receive, told)
        except ConnectionResetError:
            return
        except Exception as error:
            answer = self.refusal(error, told)
        status = await self.send(request, answer, send)
        taken = time.perf_counter() - started
        self.figures.saw(self.dialect.name, told["operation"], status, taken)
        self.log.request(
            id=request.id,
            face=self.dialect.name,
            status=status,
            ms=round(taken * 1000, 2),
            client=request.client,
            **told,
        )

    async def answer(self, request: Request, receive: Receive, told: dict[str, Any]) -> Answer:
        """Who is it, not too often, where to, what: in this order, so that a stranger learns nothing."""
        if self.manners.counts == "address":
            await self.count(request, request.client)
        actor = await self.actor(request, receive)
        told["key"] = actor.key_id
        if self.manners.counts == "key":
            await self.count(request, str(actor.key_id))
        end = self.find(request, told)
        if end is None:
            return self.manners.failed(501, "This operation is not available yet")
        told["operation"] = end.operation
        if end.verb.files:
            await self.premises.take_files(request, receive)
        await request.read(receive, self.premises.body_max)
        return await self.perform(end, request, actor)

    async def actor(self, request: Request, receive: Receive) -> Actor:
        token = self.manners.token(request)
        if not token and self.manners.keys_within:
            await request.read(receive, self.premises.body_max)
            token = self.manners.token_within(request)
        if not token:
            raise Unknown("no key")
        believed = self.actors.get(token)
        if believed is not None and believed[0] > time.monotonic():
            return believed[1]
        found = await self.reading(lambda db: access.bearer(Link(db), token, self.clock()))
        if found is None:
            self.actors.pop(token, None)
            raise Unknown("no such key")
        actor: Actor
        actor, last_used_at = found
        if len(self.actors) >= ACTORS_MAX:
            self.actors.clear()
        self.actors[token] = (time.monotonic() + BELIEVED, actor)
        if last_used_at is None or last_used_at < self.clock() - SEEN_EVERY:
            self.storage.write_later(lambda db: access.saw_key(self.work(db, actor), actor.key_id or 0))
        return actor

    async def count(self, request: Request, caller: str) -> None:
        """Count the call against its key's or address's allowance."""
        limit = self.dialect.calls_per_minute
        if not limit:
            return
        request.admission = admission = await self.limiter.admit(f"{self.dialect.name}:{caller}", limit)
        if not admission.allowed:
            raise TooMany("rate limit exceeded", admission.wait)

    def find(self, request: Request, told: dict[str, Any]) -> End | None:
        """The endpoint, or None for an operation that is not there yet."""
        raw = request.scope.get("raw_path") or request.path.encode("latin-1", "replace")
        try:
            path = self.manners.path(segments(raw)[self.depth :])
        except UnicodeDecodeError:
            raise Malformed("the path is not text in UTF-8") from None
        if b"\0" in raw or b"%00" in raw:
            raise Malformed("the path holds a NUL character")
        found = self.tree.find(path)
        if found is None:
            raise NoSuchPath
        ends, values = found
        method = "GET" if request.method == "HEAD" else request.method
        if method not in ends:
            raise NoSuchMethod(sorted([*ends, *(["HEAD"] if "GET" in ends else [])]))
        end, names = ends[method]
        request.params = dict(zip(names, values, strict=True))
        return end

    async def perform(self, end: End, request: Request, actor: Actor) -> Answer:
        """Do what is asked. Where something outside the database is needed for it, do that and begin again."""
        try:
            return await self.transact(end, request, actor)
        except Needed as needed:
            try:
                await self.premises.bring(request, needed)
            except Refusal as refusal:
                raise Refused(needed.call, refusal) from refusal
        return await self.transact(end, request, actor)

    async def transact(self, end: End, request: Request, actor: Actor) -> Answer:
        def job(db: sa.Connection) -> Answer:
            work = self.work(db, actor, request)
            call = Call(end.on, end.verb, request, work, self.dialect)
            try:
                # Before anything of the request is looked at: what is wrong with it is not for everyone.
                if end.verb.right is not None:
                    work.require(end.verb.right)
                return finished(end.verb.do(call), request)
            except Refusal as refusal:
                raise Refused(call, refusal) from refusal

        if not end.verb.changes:
            answer: Answer = await self.reading(job, short=short(end, request))
            return answer
        key = request.header(b"idempotency-key") if request.method == "POST" else None
        if key is None:
            return await self.writing(job)
        if not 0 < len(key) <= IDEMPOTENCY_KEY_MAX:
            raise Malformed(f"the Idempotency-Key is empty or longer than {IDEMPOTENCY_KEY_MAX} characters")
        return await self.writing(lambda db: self.once(db, job, key, request, actor))

    def once(
        self, db: sa.Connection, job: Callable[[sa.Connection], Answer], key: str, request: Request, actor: Actor
    ) -> Answer:
        """Do it the first time; give the first answer again every other time."""
        work = self.work(db, actor, request)
        scope = hashed(f"{actor.key_id}\0{request.method}\0{request.path}\0{key}".encode())
        fingerprint = hashed(request.scope["query_string"] + b"\0" + request.body)
        before = repeats.recall(work, scope)
        if before is None:
            answer = job(db)
            headers = {name.decode(): value.decode("latin-1") for name, value in answer.headers}
            repeats.keep(work, scope, repeats.Answered(fingerprint, answer.status, answer.content, headers))
            return answer
        if before.fingerprint != fingerprint:
            raise KeyReused
        kept = [(name.encode(), value.encode("latin-1")) for name, value in before.headers.items()]
        return Answer(before.status, before.body, [*kept, (b"idempotency-replayed", b"true")])

    async def reading(self, job: Callable[[sa.Connection], Any], *, short: bool = True) -> Any:
        if short and self.storage.quick:
            return self.storage.read(job)
        return await asyncio.wrap_future(self.storage.read_later(job))

    async def writing(self, job: Callable[[sa.Connection], Answer]) -> Answer:
        answer: Answer = await asyncio.wrap_future(self.storage.write_later(job))
        return answer

    def work(self, db: sa.Connection, actor: Actor, request: Request | None = None) -> Work:
        if request is None:
            return Work(Link(db), actor, self.clock(), self.dialect.name)
        address = request.base + self.dialect.prefix
        return Work(Link(db), actor, self.clock(), self.dialect.name, request.id, address)

    def refusal(self, error: Exception, told: dict[str, Any]) -> Answer:
        """The vendor's words for whatever stopped a request."""
        on = sent = None
        if isinstance(error, Refused):
            on, sent, error = error.on, error.sent, error.refusal
        error = self.premises.refusing(error, told)
        match error:
            case Refusal():
                return self.manners.refused(on, error, sent)
            case NoSuchPath():
                return self.manners.failed(404, "Not found")
            case NoSuchMethod():
                answer = self.manners.failed(405, "Method not allowed")
                answer.headers.append((b"allow", ", ".join(error.methods).encode()))
                return answer
            case TooLarge():
                answer = self.manners.failed(413, f"The body is longer than {error.limit} bytes")
                answer.headers.append((b"connection", b"close"))
                return answer
            case Unsupported():
                return self.manners.failed(415, str(error))
            case Malformed():
                return self.manners.failed(400, str(error))
            case KeyReused():
                return self.manners.failed(422, "This Idempotency-Key was used for another request")
            case Damaged():
                told["error"] = str(error)
                self.log.event("damaged file", operation=told["operation"], file=str(error))
                return self.manners.failed(500, "The file is damaged or missing on this server")
        told["error"] = repr(error)[:300]
        self.log.event("bug", operation=told["operation"], trace="".join(traceback.format_exception(error)))
        return self.manners.failed(500, "Internal error")

    async def send(self, request: Request, answer: Answer, send: Send) -> int:
        body = answer.content if isinstance(answer.content, bytes) else written(answer.content)
        headers = [
            (b"content-type", answer.type),
            (b"cache-control", b"no-store"),
            (b"x-content-type-options", b"nosniff"),
            (b"x-request-id", request.id.encode()),
            *answer.headers,
        ]
        if request.admission is not None:
            headers += self.allowances(request.admission)
        return await send_whole(request, answer.status, headers, body, send)

    def allowances(self, admission: Admission) -> list[tuple[bytes, bytes]]:
        """What is left of the minute, as the draft standard says it and as most clients read it."""
        left, wait = admission.left, math.ceil(admission.wait)
        headers = [
            (b"ratelimit-policy", self.policy),
            (b"ratelimit", b'"default";r=%d;t=%d' % (left, wait)),
            (b"x-ratelimit-limit", self.allowance),
            (b"x-ratelimit-remaining", b"%d" % left),
            (b"x-ratelimit-reset", b"%d" % (time.time() + wait)),
        ]
        return headers if admission.allowed else [*headers, (b"retry-after", b"%d" % max(1, wait))]


def short(end: End, request: Request) -> bool:
    """Whether a read is over so quickly that handing it to a thread would cost more: one record, or a page of all
    records that is near the beginning or found by its key. A file is never one."""
    if end.verb.produces != "application/json":
        return False
    if end.verb.path == "/{id}" or not (request.scope["query_string"] or request.body):
        return True
    if request.body:
        return False
    query = request.query
    near = len(query.get("page", "")) <= NEAR or "after" in query
    return near and query.keys().isdisjoint(end.on.filters.takers)


class Refused(Exception):
    """A refusal, the resource it was about, and what had been sent, where that had been read."""

    def __init__(self, call: Call, refusal: Refusal) -> None:
        super().__init__(str(refusal))
        self.on = call.on
        self.sent = call.__dict__.get("data")
        self.refusal = refusal


class NoSuchPath(Exception):
    pass


class NoSuchMethod(Exception):
    def __init__(self, methods: list[str]) -> None:
        super().__init__()
        self.methods = methods


class KeyReused(Exception):
    pass


def written(content: Any) -> bytes:
    return b"" if content is None else encode(content)


def hashed(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def finished(answer: Answer, request: Request) -> Answer:
    """The answer as bytes, with the ETag of the one record it shows."""
    if not isinstance(answer.content, bytes):
        answer.content = written(answer.content)
    if answer.version is not None:
        # The version is what If-Match compares; the rest changes with what is shown of other records.
        etag = b'"%d-%x"' % (answer.version, zlib.crc32(answer.content))
        answer.headers.append((b"etag", etag))
        condition = request.headers.get(b"if-none-match")
        if condition is not None and request.method in ("GET", "HEAD") and agrees(condition, etag):
            answer.status, answer.content = 304, b""
    return answer


def agrees(condition: bytes, etag: bytes) -> bool:
    tags = [one.strip().removeprefix(b"W/") for one in condition.split(b",")]
    return b"*" in tags or etag in tags


async def send_whole(request: Request, status: int, headers: list[tuple[bytes, bytes]], body: bytes, send: Send) -> int:
    """Send status, headers and body, compressed where the client can read that and it pays; files as they are."""
    is_file = any(name == b"content-disposition" for name, _ in headers)
    if len(body) >= COMPRESS_FROM and not is_file and b"gzip" in request.headers.get(b"accept-encoding", b""):
        packer = zlib.compressobj(4, zlib.DEFLATED, 31)
        body = packer.compress(body) + packer.flush()
        headers += [(b"content-encoding", b"gzip"), (b"vary", b"accept-encoding")]
    if status not in (204, 304):
        headers.append((b"content-length", str(len(body)).encode()))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if request.method == "HEAD" else body})
    return status
