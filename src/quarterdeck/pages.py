"""The plain pages beside the faces: what runs here, its documentation, its health and its figures."""

import asyncio
import hashlib
import html
import zlib
from collections.abc import Awaitable, Callable, Sequence
from functools import cached_property, partial
from importlib import metadata, resources
from importlib.util import find_spec
from pathlib import Path
from string import Template
from typing import Any

import msgspec
import sqlalchemy as sa

from quarterdeck.edge import openapi
from quarterdeck.edge.gate import agrees
from quarterdeck.edge.http import Answer, Request, Send
from quarterdeck.edge.observe import Figures
from quarterdeck.edge.rest import Dialect
from quarterdeck.storage import Storage, Unavailable

HTML = b"text/html; charset=utf-8"
TEXT = b"text/plain; charset=utf-8"
JSON = b"application/json"
CSS = b"text/css; charset=utf-8"
SCRIPT = b"text/javascript; charset=utf-8"

VERSION = metadata.version("quarterdeck")
OURS = resources.files("quarterdeck") / "static"
# Found, not imported: the package's own code is not needed, and takes a while.
SWAGGER = Path(find_spec("swagger_ui").submodule_search_locations[0]) / "static"  # type: ignore[union-attr, index]
# The only files that are served, wherever else the packages have more.
FILES = {
    "swagger-ui.css": (SWAGGER, CSS),
    "swagger-ui-bundle.js": (SWAGGER, SCRIPT),
    "docs.js": (OURS, SCRIPT),
    "docs.css": (OURS, CSS),
}

NOTHING = b"default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
STYLED = NOTHING + b"; style-src 'unsafe-inline'; img-src data:"
# The reference sets styles of its own and draws its icons from data; scripts and calls keep to this host.
INTERACTIVE = (
    NOTHING + b"; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'"
)
DATABASE_PATIENCE = 5


class Sheet:
    """A page that stays as it is while the program runs: made when first asked for, and packed once."""

    def __init__(self, type: bytes, make: Callable[[], bytes], policy: bytes = NOTHING) -> None:
        self.type = type
        self.make = make
        self.policy = policy

    @cached_property
    def body(self) -> bytes:
        return self.make()

    @cached_property
    def packed(self) -> bytes:
        packer = zlib.compressobj(9, zlib.DEFLATED, 31)
        return packer.compress(self.body) + packer.flush()

    @cached_property
    def etag(self) -> bytes:
        return b'"%s"' % hashlib.sha256(self.body).hexdigest()[:32].encode()

    def answer(self, request: Request) -> Answer:
        headers = [
            (b"etag", self.etag),
            (b"cache-control", b"no-cache"),
            (b"vary", b"accept-encoding"),
            (b"content-security-policy", self.policy),
        ]
        if agrees(request.headers.get(b"if-none-match", b""), self.etag):
            return Answer(304, b"", headers, self.type)
        if b"gzip" in request.headers.get(b"accept-encoding", b""):
            return Answer(200, self.packed, [*headers, (b"content-encoding", b"gzip")], self.type)
        return Answer(200, self.body, headers, self.type)


class Pages:
    """The pages by their paths."""

    def __init__(self, dialects: Sequence[Dialect], storage: Storage, figures: Figures) -> None:
        self.storage = storage
        self.figures = figures
        self.sheets = {"/docs": Sheet(HTML, lambda: home(dialects), STYLED)}
        for dialect in dialects:
            self.sheets[f"/docs/{dialect.name}"] = Sheet(HTML, partial(docs, dialect), INTERACTIVE)
            self.sheets[f"{dialect.prefix}/openapi.json"] = Sheet(JSON, partial(document, dialect))
        for name, (folder, kind) in FILES.items():
            self.sheets[f"/docs/files/{name}"] = Sheet(kind, (folder / name).read_bytes)
        self.live: dict[str, Callable[[], Awaitable[Answer]]] = {"/health": self.health, "/metrics": self.metrics}

    def __contains__(self, path: str) -> bool:
        return path in self.sheets or path in self.live

    async def __call__(self, request: Request, send: Send) -> None:
        answer = await self.answer(request)
        body = b"" if answer.content is None else answer.content
        headers = [
            (b"content-type", answer.type),
            (b"x-content-type-options", b"nosniff"),
            (b"referrer-policy", b"no-referrer"),
            (b"x-request-id", request.id.encode()),
            *answer.headers,
        ]
        if answer.status != 304:
            headers.append((b"content-length", b"%d" % len(body)))
        await send({"type": "http.response.start", "status": answer.status, "headers": headers})
        await send({"type": "http.response.body", "body": b"" if request.method == "HEAD" else body})

    async def answer(self, request: Request) -> Answer:
        if request.path not in self:
            return Answer(404, b"Not found\n", type=TEXT)
        if request.method not in ("GET", "HEAD"):
            return Answer(405, b"Method not allowed\n", [(b"allow", b"GET, HEAD")], type=TEXT)
        if request.path in self.live:
            return await self.live[request.path]()
        # The first time, a page is made and packed, which takes longer than others should wait.
        return await asyncio.to_thread(self.sheets[request.path].answer, request)

    async def health(self) -> Answer:
        def look(db: sa.Connection) -> Any:
            return db.scalar(sa.text("SELECT version_num FROM alembic_version"))

        try:
            async with asyncio.timeout(DATABASE_PATIENCE):
                await asyncio.wrap_future(self.storage.read_later(look))
            there = self.storage.there
        except (Unavailable, TimeoutError, sa.exc.DatabaseError):
            there = False
        if not there:
            return Answer(503, b'{"status":"unavailable","database":"away"}\n', type=JSON)
        return Answer(200, b'{"status":"ok","database":"ok"}\n', type=JSON)

    async def metrics(self) -> Answer:
        return Answer(200, self.figures.text(), type=b"text/plain; version=0.0.4; charset=utf-8")


def home(dialects: Sequence[Dialect]) -> bytes:
    face = Template((OURS / "face.html").read_text("utf-8"))
    faces = [
        face.substitute(
            title=html.escape(one.title), name=one.name, prefix=one.prefix, greeting=html.escape(one.outline.greeting)
        )
        for one in dialects
    ]
    return Template((OURS / "home.html").read_text("utf-8")).substitute(version=VERSION, faces="".join(faces)).encode()


def docs(dialect: Dialect) -> bytes:
    page = Template((OURS / "docs.html").read_text("utf-8"))
    return page.substitute(title=html.escape(dialect.title), document=f"{dialect.prefix}/openapi.json").encode()


def document(dialect: Dialect) -> bytes:
    return msgspec.json.encode(openapi.document(dialect, VERSION))
