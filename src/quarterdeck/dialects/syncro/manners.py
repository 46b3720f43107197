"""How Syncro greets, pages, wraps, confirms and refuses."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any, ClassVar, Literal
from urllib.parse import quote

import msgspec

from quarterdeck.desk.errors import (
    Busy,
    Conflict,
    Forbidden,
    Invalid,
    NotFound,
    Problem,
    Refusal,
    Stale,
    TooMany,
    Unknown,
    Why,
)
from quarterdeck.desk.paging import Found, Page
from quarterdeck.dialects.syncro.kinds import Kind
from quarterdeck.edge.http import Answer, Malformed, Request, Unsupported
from quarterdeck.edge.rest import BadQuestion, Call, Manners, Resource
from quarterdeck.wire.codecs import Unreadable, int_from

SIZE_MAX = 100
NOT_AUTHORIZED = "Not authorized. Please ask account admin to update your group permissions."
# What the vendor calls some kinds of record, wherever they are missed.
CALLED = {"agent": "asset", "technician": "user"}
# Parameters that are about the request, not about a record.
ASIDE = {"api_key", "format", "utf8", "commit"}
# Never given back, also where what was sent is.
SECRET = {"api_key", "password", "password_confirmation", "credit_card_number", "cvv", "files"}


class SyncroManners(Manners):
    statuses: ClassVar[Mapping[type[Refusal], int]] = {
        BadQuestion: 400,
        Invalid: 422,
        Unknown: 401,
        Forbidden: 401,
        NotFound: 404,
        Conflict: 409,
        Stale: 412,
        TooMany: 429,
        Busy: 503,
    }
    counts: ClassVar[Literal["key", "address"]] = "address"
    keys_within: ClassVar[bool] = True

    def token(self, request: Request) -> str | None:
        """As a bearer token, as the header by itself, or in the query."""
        scheme, _, token = (request.header(b"authorization") or "").strip().partition(" ")
        if scheme.lower() == "bearer":
            scheme, token = token.strip(), ""
        if scheme and not token:
            return scheme
        return request.query.get("api_key", "").strip() or None

    def token_within(self, request: Request) -> str | None:
        try:
            data = request.data
        except (Malformed, Unsupported):
            return None
        key = data.get("api_key") if isinstance(data, dict) else None
        return key.strip() or None if isinstance(key, str) else None

    def path(self, segments: list[str]) -> list[str]:
        """Without the `.json` that older scripts end every path with."""
        return [*segments[:-1], segments[-1].removesuffix(".json")] if segments else segments

    def parameters(self, request: Request) -> dict[str, Any]:
        """The query's, and before them those in the body of a GET. Several of one name, with or without brackets, are a
        list."""
        found: dict[str, Any] = {}
        for name, value in request.pairs:
            add(found, name, value)
        if request.method in ("GET", "HEAD") and request.body and isinstance(request.data, dict):
            found |= {name.removesuffix("[]").casefold(): value for name, value in request.data.items()}
        return {name: value for name, value in found.items() if value not in ("", None) and name not in ASIDE}

    def body(self, call: Call, data: dict[str, Any]) -> dict[str, Any]:
        """Also from within `{"customer": {...}}`, and from the query where the body does not say."""
        data = {name: value for name, value in data.items() if name not in ASIDE}
        inner = data.get(wrapper(call.on))
        if isinstance(inner, dict) and len(data) == 1:
            data = inner
        return {**self.parameters(call.request), **data}

    def page(self, call: Call) -> Page:
        """A page below 1 is the first, and sizes are cut to what is allowed; what is no number is refused."""
        sent, kind = call.sent, call.on
        assert isinstance(kind, Kind)
        order, descending = ordering(kind, sent)
        return Page(
            number=max(1, number(sent, "page", 1)),
            size=min(max(1, number(sent, "per_page", kind.size)), max(SIZE_MAX, kind.size)),
            order=order,
            descending=descending,
            after=text(sent, "after"),
            before=text(sent, "before"),
        )

    def single(self, call: Call, item: Any) -> Answer:
        return Answer(call.verb.status, wrapped(call.on, item))

    def listing(self, call: Call, found: Found[Any], items: Sequence[Any]) -> Answer:
        """All four numbers in `meta`, whatever the list: some clients give up without one of them."""
        kind = call.on
        assert isinstance(kind, Kind)
        meta = {
            "total_pages": found.pages,
            "total_entries": found.total,
            "per_page": found.page.size,
            "page": found.page.number,
        }
        rows = [wrapped(replace(kind, flat=True), item) for item in items] if kind.rows_wrapped else items
        return Answer(200, {kind.many: rows, "meta": meta}, links(call, found))

    def created(self, call: Call, id: int, item: Any) -> Answer:
        return self.single(call, item)

    def changed(self, call: Call, id: int, item: Any) -> Answer:
        return self.single(call, item)

    def removed(self, call: Call, id: int, result: Any) -> Answer:
        said = call.on.farewell if isinstance(call.on, Kind) else None
        return Answer(call.verb.status, said or {"success": True})

    def refused(self, on: Resource | None, refusal: Refusal, sent: Any = None) -> Answer:
        status = self.status(type(refusal))
        match refusal:
            case BadQuestion():
                return Answer(status, {"error": "Invalid parameters", "message": str(refusal)})
            case Invalid() if nobody(refusal):
                return self.refused(on, NotFound("customer"))
            case Invalid():
                return invalid(on, refusal, sent)
            case Unknown():
                return error(status, "Unauthorized", "Unauthorized")
            case Forbidden():
                return error(status, NOT_AUTHORIZED, NOT_AUTHORIZED)
            case NotFound():
                kind = called(on, refusal.kind)
                return error(status, f"{kind[:1].upper()}{kind[1:]} not found", "Not found")
            case TooMany():
                return error(status, "Rate limited", "Rate limit exceeded. Please wait before making more requests.")
            case Busy():
                answer = error(status, "Busy: please try again", str(refusal))
                answer.headers.append((b"retry-after", b"1"))
                return answer
        return error(status, sentence(str(refusal)), sentence(str(refusal)))

    def failed(self, status: int, text: str) -> Answer:
        return error(status, "Invalid parameters" if status == 400 else text, text)


def envelope(many: str, row: Any) -> dict[str, Any]:
    """What `listing` makes, as a schema."""
    count = {"type": "integer", "minimum": 0}
    numbers = dict.fromkeys(("total_pages", "total_entries", "per_page", "page"), count)
    meta = {"type": "object", "properties": numbers, "required": list(numbers)}
    properties = {many: {"type": "array", "items": row}, "meta": meta}
    return {"type": "object", "properties": properties, "required": list(properties)}


def called(on: Resource | None, kind: str) -> str:
    """What a kind of record is called: on its own paths, as they call it."""
    return on.one if on and kind == on.reading.record.kind else CALLED.get(kind, kind)


def wrapper(on: Resource) -> str:
    return on.wrapper if isinstance(on, Kind) else on.one


def wrapped(on: Resource, item: Any) -> dict[str, Any]:
    """A record under its key; beside its own fields, where the vendor gives those."""
    whole = {wrapper(on): item}
    return (
        {**msgspec.to_builtins(item, builtin_types=(Decimal,)), **whole} if isinstance(on, Kind) and on.flat else whole
    )


def error(status: int, error: str, message: str) -> Answer:
    return Answer(status, {"error": error, "message": message})


def nobody(refusal: Invalid) -> bool:
    """Whether all that is wrong is that there is no such customer: to these clients that is a 404."""
    return [(path, problem.why) for path, problem in refusal.problems.items()] == [("customer_id", Why.UNKNOWN)]


def invalid(on: Resource | None, refusal: Invalid, sent: Any) -> Answer:
    """Everything that is wrong, in one shape in which every known client finds its words."""
    messages: list[str] = []
    errors: dict[str, list[str]] = {}
    for path, problem in refusal.problems.items():
        name = on.shape.names.get(path, path) if on else path
        said = worded(on, name, path, problem)
        errors.setdefault(name, []).extend(said)
        messages += [one for one in said if one not in messages]
    body: dict[str, Any] = {
        "success": False,
        "error": messages[0],
        "message": messages,
        "errors": errors,
        "title": "Validation failed",
    }
    echo = echoed(on, sent) if on and isinstance(sent, Mapping) else {}
    if isinstance(on, Kind) and on.errors_as_text:
        body |= {"errors": ",".join(messages), "record": {"id": None, **echo}}
    return Answer(422, {**body, "params": echo})


def echoed(on: Resource, sent: Mapping[str, Any]) -> dict[str, Any]:
    """What was sent of the record, without what is secret. Fields nobody knows are not given back: there may be any
    number of them."""
    known = on.shape.takers.keys() - SECRET
    return {name: value for name, value in sent.items() if name.casefold() in known}


def worded(on: Resource | None, name: str, path: str, problem: Problem) -> list[str]:
    """The words for one field, the vendor's own after those that scripts look for."""
    words = on.words.get((path, problem.why)) if on else None
    return list(dict.fromkeys(words or (f"{name} {problem}",)))


def sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def add(found: dict[str, Any], name: str, value: str) -> None:
    bare = name.removesuffix("[]").casefold()
    if bare in found:
        before = found[bare]
        found[bare] = [*before, value] if isinstance(before, list) else [before, value]
    else:
        found[bare] = [value] if name.endswith("[]") else value


def number(sent: Mapping[str, Any], name: str, default: int) -> int:
    try:
        return int_from(sent.get(name, default))
    except Unreadable as problem:
        raise BadQuestion({name: str(problem)}) from None


def text(sent: Mapping[str, Any], name: str) -> str | None:
    value = sent.get(name)
    return value if isinstance(value, str) else None


def ordering(on: Kind, sent: Mapping[str, Any]) -> tuple[str, bool]:
    """`sort=business_name DESC`, or `order_by=business_name&sort=desc`; orders nobody knows do not count."""
    name, _, way = (text(sent, "sort") or "").strip().partition(" ")
    if name.casefold() in ("asc", "desc"):
        name, way = text(sent, "order_by") or "", name
    known = {theirs.casefold(): ours for theirs, ours in {on.id_name: "id", **on.orders}.items()}
    if name.casefold() not in known:
        return "id", on.newest_first
    return known[name.casefold()], way.strip().casefold() == "desc"


def links(call: Call, found: Found[Any]) -> list[tuple[bytes, bytes]]:
    """Where the neighbouring pages are, by keys that cost the same however deep they lie."""
    backwards = found.page.before is not None
    more = found.last is not None if backwards else found.further
    less = found.further if backwards else found.first is not None and found.page.number > 1
    there = {"next": ("after", found.last, more), "prev": ("before", found.first, less)}
    parts = [
        f'<{neighbour(call, name, place)}>; rel="{rel}"' for rel, (name, place, so) in there.items() if so and place
    ]
    return [(b"link", ", ".join(parts).encode("latin-1", "replace"))] if parts else []


def neighbour(call: Call, name: str, place: str) -> str:
    scope = call.request.scope
    path = scope.get("raw_path") or quote(call.request.path).encode()
    sent = scope["query_string"].decode("ascii").split("&")
    kept = [
        one for one in sent if one and one.partition("=")[0].casefold() not in ("page", "after", "before", "api_key")
    ]
    return f"{call.base}{path.decode('ascii')}?{'&'.join([*kept, f'{name}={place}'])}"
