"""A REST dialect as data: resources, manners, and one request to a verb."""

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, ClassVar, Literal, TypeVar

from quarterdeck.desk.errors import Invalid, Problem, Refusal, Stale, Why
from quarterdeck.desk.input import Input
from quarterdeck.desk.paging import Found, Page
from quarterdeck.desk.reading import Reading
from quarterdeck.desk.record import ID_MAX
from quarterdeck.desk.work import Work
from quarterdeck.edge.http import Answer, Malformed, Request
from quarterdeck.edge.nesting import Custom, Form, Under
from quarterdeck.edge.outside import Needed, Outside
from quarterdeck.wire.shape import Shape

T = TypeVar("T")

ETAG = re.compile(r'(?:W/)?"(\d{1,18})(?:-[0-9a-z]+)?"')


@dataclass(frozen=True)
class Verb:
    """One operation: method and path below its resource, what it does, and what a reader of the docs should know."""

    method: str
    path: str
    do: "Callable[[Call], Answer]"
    summary: str
    # The right it needs. The gate asks for it before the request is read; the desk asks again, where it is decided.
    # None where every key may ask, and the answer holds what its rights allow.
    right: str | None
    # What it takes and gives: a shape, or a schema in which shapes may stand for their records.
    takes: Shape | None = None
    required: tuple[str, ...] = ()
    gives: "Shape | Form | dict[str, Any] | None" = None
    many: bool = False
    status: int = 200
    parameters: Shape | None = None
    # True where it writes; a POST that only asks says no.
    writes: bool | None = None
    note: str = ""
    body: Literal["object", "array", "none"] = "object"
    # What of the desk's reads the body, where that is neither the resource's `new` nor its `changes`.
    input: type[Input] | None = None
    produces: str = "application/json"
    # Whether it takes files, which may be longer than other bodies, and as a form of several parts.
    files: bool = False

    @property
    def changes(self) -> bool:
        return self.method != "GET" if self.writes is None else self.writes


@dataclass(frozen=True)
class Resource:
    """One kind of record as a vendor shows it."""

    path: str
    # What a person calls one of these, as in "Customer not found".
    one: str
    reading: Reading
    shape: Shape
    verbs: tuple[Verb, ...]
    # The vendor's name of the record's id.
    id_name: str = "id"
    filter: type[Input] = Input
    filters: Shape = field(default_factory=Shape)
    # Their names of what a list can be ordered by, and ours.
    orders: Mapping[str, str] = field(default_factory=dict)
    page_max: int = 100
    new: type[Input] | None = None
    create: Callable[..., int] | None = None
    changes: type[Input] | None = None
    change: Callable[..., None] | None = None
    remove: Callable[..., Any] | None = None
    # The vendor's words for what can be wrong with a field.
    words: Mapping[tuple[str, Why], tuple[str, str]] = field(default_factory=dict)
    # What else a record is shown with, and custom values as one object.
    nests: tuple[Under, ...] = ()
    custom: Custom | None = None
    # How a record is shown in a list, where that is less.
    brief: Form | None = None

    @cached_property
    def form(self) -> Form:
        """A record by itself."""
        return Form(self.reading, self.shape, (*self.nests, self.custom) if self.custom else self.nests)

    @cached_property
    def row(self) -> Form:
        """A record in a list."""
        return self.brief or self.form


class Manners(ABC):
    """How a vendor greets, pages, wraps, confirms and refuses."""

    # Whether calls are counted for each key, or for each address and then before anything else is looked at.
    counts: ClassVar[Literal["key", "address"]] = "key"

    # The status of each kind of refusal.
    statuses: ClassVar[Mapping[type[Refusal], int]] = {}

    def status(self, kind: type[Refusal]) -> int:
        return next(self.statuses[one] for one in kind.__mro__ if one in self.statuses)

    @abstractmethod
    def token(self, request: Request) -> str | None:
        """The key, from what comes before the body."""

    def token_within(self, request: Request) -> str | None:
        """The key, from the body: asked only where there was none before it, and such clients exist."""
        return None

    # Whether a key may stand in the body.
    keys_within: ClassVar[bool] = False

    def path(self, segments: list[str]) -> list[str]:
        """The segments of the path that count."""
        return segments

    def parameters(self, request: Request) -> dict[str, Any]:
        """What a request asks for beside its body, by names in lower case; what says nothing is left out."""
        return {name: value for name, value in request.query.items() if value != ""}

    def body(self, call: "Call", data: dict[str, Any]) -> dict[str, Any]:
        """The fields of a record in what was sent."""
        return data

    @abstractmethod
    def page(self, call: "Call") -> Page:
        """Which page of a list is asked for."""

    @abstractmethod
    def single(self, call: "Call", item: Any) -> Answer:
        """One record."""

    @abstractmethod
    def listing(self, call: "Call", found: Found[Any], items: Sequence[Any]) -> Answer:
        """A page of records."""

    @abstractmethod
    def created(self, call: "Call", id: int, item: Any) -> Answer:
        """A record that was just made."""

    @abstractmethod
    def changed(self, call: "Call", id: int, item: Any) -> Answer:
        """A record that was just changed."""

    @abstractmethod
    def removed(self, call: "Call", id: int, result: Any) -> Answer:
        """That a record is gone; `result` is what the desk says of it."""

    @abstractmethod
    def refused(self, on: Resource | None, refusal: Refusal, sent: Any = None) -> Answer:
        """An answer for a refusal of the desk; `sent` is the body it refused."""

    @abstractmethod
    def failed(self, status: int, text: str) -> Answer:
        """An answer for what is no refusal of the desk: an unknown path, a body too large, a bug."""

    def thin(self, request: Request) -> bool:
        """Whether this client's reader trips over names that differ in case alone."""
        return False


@dataclass(frozen=True)
class Outline:
    """A dialect in words and schemas, for the documents made from it."""

    # For people who write against it, in Markdown.
    description: str
    # The header that says a key, in an example of a call.
    greeting: str
    # The records by the names they have in the documents; a schema where no shape says what is in one.
    records: Mapping[str, Resource | Form | dict[str, Any]]
    # What the manners make of a record: one alone, what confirms a change, a page of them; and of a removal.
    single: Callable[[Resource, Any], dict[str, Any]]
    confirmed: Callable[[Resource, Any], dict[str, Any]]
    listing: Callable[[Resource, Any], dict[str, Any]]
    removed: Callable[[Resource], dict[str, Any]]
    # Where the id of a new record is in the answer, as a JSON pointer.
    made: Callable[[Resource], str]
    error: dict[str, Any]
    # The parameters by which a list is paged and ordered, and the ways to send a key.
    paging: Callable[[Resource], list[dict[str, Any]]]
    security: Mapping[str, dict[str, Any]]
    # Every operation the vendor has: method and path.
    vendor: tuple[tuple[str, str], ...]
    # Where ours differs from the vendor's on purpose in more than one operation.
    habits: tuple[str, ...] = ()


@dataclass(frozen=True)
class Dialect:
    """A vendor's API: a prefix, manners, and resources."""

    name: str
    title: str
    prefix: str
    manners: Manners
    resources: tuple[Resource, ...]
    calls_per_minute: int
    outline: Outline
    # The vendor's operations that are not there yet: method and path.
    not_yet: tuple[tuple[str, str], ...] = ()
    # Where ours differs from the vendor's on purpose, operation and reason.
    differs: Mapping[str, str] = field(default_factory=dict)


class Call:
    """One request to one verb, with the work it is done in."""

    def __init__(self, on: Resource, verb: Verb, request: Request, work: Work, dialect: Dialect) -> None:
        self.on = on
        self.verb = verb
        self.request = request
        self.work = work
        self.dialect = dialect
        # Custom values that came with the body.
        self.custom: dict[str, Any] = {}

    @property
    def base(self) -> str:
        return self.request.base

    @property
    def manners(self) -> Manners:
        return self.dialect.manners

    @property
    def id(self) -> int:
        return self.number("id")

    def number(self, name: str) -> int:
        """A parameter of the path that has to be a record's id. One beyond all ids names nothing."""
        text = self.request.params[name]
        if not re.fullmatch(r"[0-9]{1,40}", text, re.ASCII) or int(text) == 0:
            raise BadQuestion({name: Problem("is not an id", Why.MALFORMED)})
        return min(int(text), ID_MAX)

    @cached_property
    def data(self) -> dict[str, Any]:
        """The body's fields; nothing at all is none. Custom values among them are put aside in `custom`."""
        data = self.request.data
        if not isinstance(data, dict | None):
            raise Malformed("the body is not an object")
        data = self.manners.body(self, data or {})
        if self.on.custom is not None:
            data, self.custom = self.on.custom.split(data)
        return data

    @property
    def version(self) -> int | None:
        """The version the caller read, where a condition was set."""
        condition = self.request.header(b"if-match")
        if condition is None or condition.strip() == "*":
            return None
        found = ETAG.fullmatch(condition.strip())
        if found is None:
            raise Stale("has changed since it was read")
        return int(found[1])

    def asked(self, input: type[Input], shape: Shape, *, fresh: bool = False, **known: Any) -> Any:
        """The body as an input of the desk. For a fresh record, null is as good as not sent."""
        values, problems = shape.decode(self.data)
        if fresh:
            values = {name: value for name, value in values.items() if value is not None}
        return checked(input, {**values, **known}, problems)

    @cached_property
    def sent(self) -> dict[str, Any]:
        """The parameters that say something."""
        return self.manners.parameters(self.request)

    def outside(self, do: Callable[[Outside], T]) -> T:
        """What comes of work outside the database. The transaction is given up for it; when it is done the verb
        begins again, and finds it here."""
        if not self.request.brought:
            raise Needed(self, do)
        brought: T = self.request.brought[0]
        return brought

    def filtered(self, unread: Mapping[str, str] | None = None, /, **known: Any) -> Input:
        """The query as a filter; parameters of other names, and empty ones, do not count."""
        on, further = self.on, self.verb.parameters or Shape()
        values, problems = on.filters.decode(self.sent)
        problems |= further.renamed(unread or {})
        with asking():
            wanted: Input = checked(on.filter, {**values, **known}, problems, on.filters)
        return wanted

    def showing(self, on: Resource) -> "Call":
        """The same call, with its records shown in another shape."""
        return Call(on, self.verb, self.request, self.work, self.dialect)

    def encoded(self, rows: Sequence[tuple[Any, ...]], form: Form | None = None) -> list[Any]:
        thin = self.manners.thin(self.request)
        return (form or self.on.form).encoded(self.work, rows, thin=thin)

    def record(self, id: int) -> tuple[Any, int]:
        """A record as it is shown, and its version."""
        row = self.on.form.view.one(self.work, id)
        return self.encoded((row,))[0], row[-2]

    def keep(self, id: int) -> None:
        """Keep the custom values that came with a record's body."""
        if self.on.custom is not None:
            self.on.custom.keep(self.work, id, self.custom)


class BadQuestion(Invalid):
    """It is the question that cannot be read: an id in the path, a filter, a page."""


@contextmanager
def asking() -> Iterator[None]:
    """Whatever is invalid here is so of a question."""
    try:
        yield
    except Invalid as invalid:
        raise BadQuestion(invalid.problems) from None


def checked(
    input: type[Input], values: Mapping[str, Any], problems: Mapping[str, str], names: Shape | None = None
) -> Any:
    """An input, or all that is wrong with it at once, whether it could not be read or is not allowed."""
    try:
        made = input.check(values)
    except Invalid as invalid:
        problems = {**invalid.problems, **problems}
    else:
        if not problems:
            return made
    raise Invalid(dict(names.renamed(problems)) if names else problems)


__all__ = [
    "Answer",
    "BadQuestion",
    "Call",
    "Dialect",
    "Manners",
    "Outline",
    "Resource",
    "Verb",
    "checked",
]
