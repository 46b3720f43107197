"""A request as it came in, and an answer as it goes out, without a framework in between."""

import asyncio
import itertools
import re
import secrets
import urllib.parse
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import msgspec
import qs_codec
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from quarterdeck.edge.limits import Admission

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

JSON = b"application/json; charset=utf-8"
# A client that stops in the middle of its body is not waited for longer than this, in seconds.
BODY_PATIENCE = 30
# One that sends a file may take longer, at so many bytes a second.
SLOWEST = 2**18
PARAMETERS_MAX = 200
FIELDS_MAX = 10_000
PARTS_MAX = 100
BOUNDARY_MAX = 200

NESTED = qs_codec.DecodeOptions(
    duplicates=qs_codec.Duplicates.LAST, parameter_limit=PARAMETERS_MAX, depth=5, list_limit=PARAMETERS_MAX
)

COUNT = itertools.count(1)
RUN = secrets.token_hex(6)
REQUEST_ID = re.compile(rb"[A-Za-z0-9._:-]{1,100}")


class TooLarge(Exception):
    """The body is longer than allowed."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self.limit = limit


class Unsupported(Exception):
    """The body is of a kind this server does not read."""


class Malformed(Exception):
    """The body or query cannot be read. The text says why."""


class Damaged(Exception):
    """What this server keeps is not what it took in. The text names it, for the log."""


@dataclass(slots=True)
class Answer:
    """Status, content and headers. Content that is not bytes is written as JSON."""

    status: int = 200
    content: Any = None
    headers: list[tuple[bytes, bytes]] = field(default_factory=list)
    type: bytes = JSON
    # The version of the one record shown, from which its ETag is made.
    version: int | None = None


class Request:
    """What came in."""

    def __init__(self, scope: Scope, public_url: str | None = None) -> None:
        self.scope = scope
        self.public_url = public_url
        self.method: str = scope["method"]
        self.path: str = scope["path"]
        self.headers: dict[bytes, bytes] = dict(scope["headers"])
        peer = scope.get("client")
        self.client: str = peer[0] if peer else ""
        self.scheme: str = scope["scheme"]
        # What a trusted proxy says the client asked; without one, the Host header says it.
        self.host: str | None = None
        self.body = b""
        self.taken = False
        self.params: dict[str, str] = {}
        # What was done for it outside the database.
        self.brought: list[Any] = []
        # What the limiter said, for the headers that tell the client.
        self.admission: Admission | None = None
        given = self.headers.get(b"x-request-id", b"")
        self.id = given.decode() if given and REQUEST_ID.fullmatch(given) else f"{RUN}-{next(COUNT):x}"

    def header(self, name: bytes) -> str | None:
        value = self.headers.get(name)
        return None if value is None else value.decode("latin-1")

    def cookie(self, name: str) -> str:
        """A cookie's value, or nothing."""
        for part in (self.header(b"cookie") or "").split(";"):
            found, _, value = part.strip().partition("=")
            if found == name:
                return urllib.parse.unquote(value)
        return ""

    @property
    def base(self) -> str:
        """Scheme and host as the client knows them, for links."""
        if self.public_url:
            return self.public_url.rstrip("/")
        return f"{self.scheme}://{self.host or self.header(b'host') or 'localhost'}"

    def believe(self, proxies: frozenset[str]) -> None:
        """Take from a trusted proxy's headers who called, and by which scheme and host; from nobody else's."""
        if self.client not in proxies:
            return
        if via := self.header(b"x-forwarded-for"):
            hops = [hop.strip() for hop in via.split(",") if hop.strip()] or [self.client]
            # From the right, where each proxy adds whom it heard from: the first that is no proxy of ours.
            self.client = next((hop for hop in reversed(hops) if hop not in proxies), hops[0])
        if host := self.header(b"x-forwarded-host"):
            self.host = host.split(",")[0].strip()
        if scheme := self.header(b"x-forwarded-proto"):
            named = scheme.split(",")[0].strip().lower()
            self.scheme = named if named in ("http", "https") else self.scheme

    @cached_property
    def query(self) -> dict[str, str]:
        """Parameters under their names in lower case; the last of several of one name counts."""
        return {name.casefold(): value for name, value in self.pairs}

    @cached_property
    def pairs(self) -> list[tuple[str, str]]:
        raw: bytes = self.scope["query_string"]
        return parsed_form(raw) if raw else []

    async def read(self, receive: Receive, limit: int, patience: float = BODY_PATIENCE) -> None:
        """Take in the body, once, and not more of it than is allowed."""
        if self.taken:
            return
        self.taken = True
        declared = self.headers.get(b"content-length")
        if declared is not None and (not declared.isdigit() or int(declared[:18]) > limit):
            raise TooLarge(limit)
        if declared == b"0" or (declared is None and b"transfer-encoding" not in self.headers):
            return
        if self.headers.get(b"content-encoding", b"identity").strip().lower() != b"identity":
            raise Unsupported("compressed bodies are not read")
        parts, size, more = [], 0, True
        try:
            async with asyncio.timeout(patience):
                while more:
                    message = await receive()
                    if message["type"] == "http.disconnect":
                        raise ConnectionResetError
                    part = message.get("body", b"")
                    more = message.get("more_body", False)
                    size += len(part)
                    if size > limit:
                        raise TooLarge(limit)
                    parts.append(part)
        except TimeoutError:
            raise Malformed("the body did not arrive in time") from None
        self.body = b"".join(parts)

    @cached_property
    def data(self) -> Any:
        """The body's content: of a JSON body whatever it says, of a form its fields."""
        kind = self.headers.get(b"content-type", b"").split(b";")[0].strip().lower()
        if not self.body.strip():
            return None
        if kind == b"application/x-www-form-urlencoded":
            # Clients name this type without thinking when they send JSON.
            if self.body.lstrip()[:1] not in (b"{", b"["):
                return form(self.body)
        elif kind and not (kind in (b"application/json", b"text/json", b"text/plain") or kind.endswith(b"+json")):
            raise Unsupported(f"a body of type {kind.decode('latin-1')[:80]} is not read")
        try:
            data = msgspec.json.decode(self.body.removeprefix(b"\xef\xbb\xbf"))
        except (msgspec.DecodeError, ValueError, RecursionError) as error:
            raise Malformed(f"the body is not valid JSON: {error}"[:200]) from None
        if isinstance(data, dict) and len(data) > FIELDS_MAX:
            raise Malformed(f"the body has more than {FIELDS_MAX} fields")
        return data


@dataclass(frozen=True, slots=True)
class Upload:
    """A file in a form of several parts."""

    name: str
    type: str
    content: bytes


def uploads(request: Request) -> list[Upload]:
    """The files in a form of several parts; fields beside them do not count."""
    return parts(request).files


def parts(request: Request) -> "Parts":
    """A form of several parts: its files, and its fields."""
    kind, options = parse_options_header(request.header(b"content-type"))
    boundary = options.get(b"boundary", b"")
    if kind != b"multipart/form-data" or not 0 < len(boundary) <= BOUNDARY_MAX:
        raise Malformed("the body is not a form of several parts with a boundary")
    reader = Parts()
    parser = MultipartParser(boundary, reader.callbacks)  # type: ignore[arg-type]
    try:
        parser.write(request.body)
        parser.finalize()
    except FormParserError as error:
        raise Malformed(f"the form's parts cannot be read: {error}"[:200]) from None
    if not reader.whole:
        raise Malformed("the form ends in the middle")
    return reader


class Parts:
    """What a parser of several parts calls back."""

    def __init__(self) -> None:
        self.files: list[Upload] = []
        self.fields: dict[str, str] = {}
        self.whole = False
        self.count = 0
        self.callbacks = {
            "on_part_begin": self.begin,
            "on_header_field": self.field,
            "on_header_value": self.value,
            "on_header_end": self.header,
            "on_part_data": self.data,
            "on_part_end": self.end,
            "on_end": self.finish,
        }

    def begin(self) -> None:
        self.count += 1
        if self.count > PARTS_MAX:
            raise Malformed(f"the form has more than {PARTS_MAX} parts")
        self.headers: dict[bytes, bytes] = {}
        self.name = self.said = b""
        self.content = bytearray()

    def field(self, data: bytes, start: int, end: int) -> None:
        self.name += data[start:end]

    def value(self, data: bytes, start: int, end: int) -> None:
        self.said += data[start:end]

    def header(self) -> None:
        self.headers[self.name.lower()] = self.said
        self.name = self.said = b""

    def data(self, data: bytes, start: int, end: int) -> None:
        self.content += memoryview(data)[start:end]

    def end(self) -> None:
        _, options = parse_options_header(self.headers.get(b"content-disposition"))
        if b"filename" in options:
            name = options[b"filename"].decode("utf-8", "replace")
            type = self.headers.get(b"content-type", b"").decode("latin-1")
            self.files.append(Upload(name, type, bytes(self.content)))
        elif b"name" in options:
            self.fields[options[b"name"].decode("utf-8", "replace")] = self.content.decode("utf-8", "replace")

    def finish(self) -> None:
        self.whole = True


def form(body: bytes) -> dict[str, Any]:
    """The fields of a form: `a[b]` and `a[0][c]` are objects and lists, and of two of one name the last counts."""
    flat = dict(parsed_form(body))
    if not any("[" in name for name in flat):
        return flat
    return qs_codec.decode(body.decode("ascii"), NESTED)


def parsed_form(raw: bytes) -> list[tuple[str, str]]:
    try:
        return urllib.parse.parse_qsl(
            raw.decode("ascii"), keep_blank_values=True, max_num_fields=PARAMETERS_MAX, errors="strict"
        )
    except (UnicodeError, ValueError):
        raise Malformed("the query or form is not valid") from None
