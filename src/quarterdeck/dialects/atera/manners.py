"""How Atera greets, pages, wraps, confirms and refuses."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar
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
)
from quarterdeck.desk.paging import Found, Page
from quarterdeck.edge.http import Answer, Request
from quarterdeck.edge.rest import Call, Manners, Resource
from quarterdeck.wire.codecs import Unreadable, int_from

SIZE = 20
SAID = {
    Unknown: "Unauthorized",
    Forbidden: "Forbidden",
    TooMany: "Rate limited",
    Stale: "The record has changed since it was read",
    Busy: "Busy: please try again",
}


class AteraManners(Manners):
    statuses: ClassVar[Mapping[type[Refusal], int]] = {
        Invalid: 400,
        Unknown: 401,
        Forbidden: 403,
        NotFound: 404,
        Conflict: 409,
        Stale: 412,
        TooMany: 429,
        Busy: 503,
    }

    def token(self, request: Request) -> str | None:
        """The key by itself, or as a bearer token as the vendor's newer keys are sent."""
        key = request.header(b"x-api-key")
        if key and key.strip():
            return key.strip()
        scheme, _, token = (request.header(b"authorization") or "").partition(" ")
        return token.strip() or None if scheme.lower() == "bearer" else None

    def page(self, call: Call) -> Page:
        """Sizes are cut to what is allowed; a page below 1 is the first; anything that is no number is refused."""
        query = call.request.query
        order, descending = ordering(call.on, query)
        return Page(
            number=max(1, number(query, "page", 1)),
            size=min(max(1, number(query, "itemsInPage", SIZE) or SIZE), call.on.page_max),
            order=order,
            descending=descending,
            after=query.get("after") or None,
            before=query.get("before") or None,
        )

    def single(self, call: Call, item: Any) -> Answer:
        return Answer(200, item)

    def listing(self, call: Call, found: Found[Any], items: Sequence[Any]) -> Answer:
        """Both names of the total, and links that are "" where there is no such page: some loops end on that."""
        page = found.page
        if page.before is None:
            more = found.further
            less = page.number > 1 and (found.first is not None or page.number <= found.pages + 1)
        else:
            more, less = found.last is not None, found.further
        back = {"before": found.first} if found.first is not None else {}
        return Answer(
            200,
            {
                "items": items,
                "totalItemCount": found.total,
                "totalItems": found.total,
                "page": page.number,
                "itemsInPage": page.size,
                "totalPages": found.pages,
                "prevLink": link(call, max(1, page.number - 1), **back) if less else "",
                "nextLink": link(call, page.number + 1, after=found.last or "") if more else "",
            },
        )

    def created(self, call: Call, id: int, item: Any) -> Answer:
        location = f"{call.base}{call.request.path.rstrip('/')}/{id}".encode("latin-1", "replace")
        return Answer(201, {"ActionID": id, **msgspec.to_builtins(item)}, [(b"location", location)])

    def changed(self, call: Call, id: int, item: Any) -> Answer:
        return Answer(200, {"ActionID": id, **msgspec.to_builtins(item)})

    def removed(self, call: Call, id: int, result: Any) -> Answer:
        return Answer(200, {"ActionID": id, "Success": True})

    def refused(self, on: Resource | None, refusal: Refusal, sent: Any = None) -> Answer:
        status = self.status(type(refusal))
        match refusal:
            case Invalid():
                told = [worded(on, path, problem) for path, problem in refusal.problems.items()]
                detail = "; ".join(sentence for _, _, sentence in told)
                message = "; ".join(dict.fromkeys(message for message, _, _ in told))
                return error(status, message, detail, list(dict.fromkeys(said for _, said, _ in told)))
            case NotFound():
                return error(status, f"{refusal.kind[:1].upper()}{refusal.kind[1:]} not found")
            case Busy():
                answer = error(status, SAID[Busy], str(refusal))
                answer.headers.append((b"retry-after", b"1"))
                return answer
            case Unknown():
                return error(status, SAID[Unknown], "Send your key in the X-API-KEY header")
            case TooMany():
                return error(status, SAID[TooMany], "Rate limit exceeded: wait for the seconds that Retry-After says")
        return error(status, SAID.get(type(refusal), sentence_of(str(refusal))), sentence_of(str(refusal)))

    def failed(self, status: int, text: str) -> Answer:
        return error(status, text)

    def thin(self, request: Request) -> bool:
        """PowerShell gives up on objects whose names differ in case alone."""
        return b"PowerShell" in request.headers.get(b"user-agent", b"")


def envelope(items: Any) -> dict[str, Any]:
    """What `listing` makes, as a schema."""
    count = {"type": "integer", "minimum": 0}
    properties = {
        "items": {"type": "array", "items": items},
        "totalItemCount": count,
        "totalItems": count,
        "page": {"type": "integer", "minimum": 1},
        "itemsInPage": {"type": "integer", "minimum": 1},
        "totalPages": {"type": "integer", "minimum": 1},
        "prevLink": {"type": "string", "description": "Where the page before is, or empty."},
        "nextLink": {"type": "string", "description": "Where the next page is, or empty."},
    }
    return {"type": "object", "properties": properties, "required": list(properties)}


def error(status: int, message: str, detail: str | None = None, errors: list[str] | None = None) -> Answer:
    """One shape that every known client finds its words in."""
    body: dict[str, Any] = {
        "Message": message,
        "ErrorCode": status,
        "error": message,
        "title": message,
        "status": status,
        "detail": detail or message,
    }
    if errors:
        body["errors"] = errors
    return Answer(status, body)


def worded(on: Resource | None, path: str, problem: Problem) -> tuple[str, str, str]:
    """The message, the entry in `errors`, and the sentence in `detail` for one field."""
    name = on.shape.names.get(path, path) if on else path
    sentence = f"{name} {problem}"
    words = on.words.get((path, problem.why)) if on else None
    kind = {"id": on.one if on else None, "customerId": "customer", "agentId": "agent"}.get(path)
    if words is None and kind:
        words = (f"Invalid {kind} ID", f"Invalid {kind} ID")
    message, said = words or (sentence, sentence)
    return message, said, sentence


def sentence_of(text: str) -> str:
    return text[:1].upper() + text[1:]


def number(query: dict[str, str], name: str, default: int) -> int:
    given = query.get(name.casefold(), "")
    if given == "":
        return default
    try:
        return int_from(given)
    except Unreadable as problem:
        raise Invalid({name: str(problem)}) from None


def ordering(on: Resource, query: dict[str, str]) -> tuple[str, bool]:
    """`orderBy=CustomerName desc`, `orderBy=-CustomerName`, or the vendor's own `SortBy`."""
    given = query.get("orderby", "").strip()
    if not given:
        return vendor_order(on, query.get("sortby", "").strip())
    name, _, way = given.removeprefix("-").partition(" ")
    descending = given.startswith("-") or way.strip().lower() == "desc"
    if way.strip().lower() not in ("", "asc", "desc"):
        raise Invalid({"orderBy": "ends in neither asc nor desc"})
    if name.casefold() == on.id_name.casefold():
        return "id", descending
    for theirs, ours in on.orders.items():
        if theirs.casefold() == name.casefold():
            return ours, descending
    known = ", ".join([on.id_name, *on.orders])
    raise Invalid({"orderBy": f"is not one of {known}"})


def vendor_order(on: Resource, given: str) -> tuple[str, bool]:
    match given.casefold():
        case "":
            return "id", False
        case "creation" | "0":
            return "id", True
        case "lastmodified" | "1":
            return ("updated_at" if "updated_at" in on.orders.values() else "id"), True
    raise Invalid({"SortBy": "is not one of Creation, LastModified"})


def link(call: Call, page: int, **place: str) -> str:
    """The same list on another page, with every other parameter as it was sent."""
    scope = call.request.scope
    path = scope.get("raw_path") or quote(call.request.path).encode()
    sent = scope["query_string"].decode("ascii").split("&")
    kept = [one for one in sent if one and one.partition("=")[0].casefold() not in ("page", "after", "before")]
    query = "&".join([*kept, f"page={page}", *(f"{name}={value}" for name, value in place.items())])
    return f"{call.base}{path.decode('ascii')}?{query}"
