"""What every page shares: who looks, one transaction, a template, and what is sent around it.

A page is a function of a `Visit`. One that shows something runs in a read transaction, one that changes something in a
write transaction; a refusal rolls that back and shows the page it came from again, with what was typed still there.
"""

import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Protocol, TypeVar
from urllib.parse import quote, urlencode

from quarterdeck.desk.errors import Invalid, NotFound
from quarterdeck.desk.input import whole
from quarterdeck.desk.paging import Page
from quarterdeck.desk.reading import View
from quarterdeck.desk.signin import Visitor
from quarterdeck.desk.work import Work
from quarterdeck.edge.http import Answer, Parts, Request, Upload, parts
from quarterdeck.edge.outside import Needed, Outside
from quarterdeck.web.openid import Provider
from quarterdeck.web.refusals import refusal
from quarterdeck.web.speech import Speech

T = TypeVar("T")

HTML = b"text/html; charset=utf-8"
# What was just done, told on the next page.
NOTICE = "notice"
SESSION = "session"
# What a stranger's form has to bring along, and the cookie it is compared with.
FORM_KEY, STRANGERS_KEY = "form_key", "form_key"


def cookie_name(request: Request, name: str) -> str:
    """What a cookie is called. Where the line is encrypted, nobody else can set it, not even a neighbouring host."""
    return f"__Host-{name}" if encrypted(request) else name


def encrypted(request: Request) -> bool:
    """Whether browsers come here over HTTPS, as the settings or a trusted proxy say."""
    return request.base.startswith("https:")


def kept(request: Request, name: str) -> str:
    """What a browser keeps for us, or nothing."""
    return request.cookie(cookie_name(request, name))


class Printer(Protocol):
    """Prints templates."""

    def print(self, template: str, **context: Any) -> str: ...


@dataclass(frozen=True)
class Route:
    """One page or act: where it is, what it does, and who may come."""

    method: str
    path: str
    do: "Callable[[Visit], Answer]"
    # Open to those who have not signed in.
    open: bool = False
    # The page that is shown again where an act is refused.
    again: "Callable[[Visit], Answer] | None" = None
    # The longest body it takes, where that is more than usual.
    body_max: int | None = None
    # Whether it takes files, which may be longer than other bodies.
    files: bool = False
    # Whether it writes although it is only looked at: where somebody is sent on to another site, and comes back.
    writes: bool = False


def page(
    path: str,
    do: "Callable[[Visit], Answer]",
    *,
    again: "Callable[[Visit], Answer] | None" = None,
    open: bool = False,
    writes: bool = False,
) -> Route:
    return Route("GET", path, do, open, again, writes=writes)


def act(
    path: str,
    do: "Callable[[Visit], Answer]",
    *,
    again: "Callable[[Visit], Answer] | None" = None,
    open: bool = False,
    body_max: int | None = None,
    files: bool = False,
) -> Route:
    return Route("POST", path, do, open, again, body_max, files)


@dataclass(frozen=True)
class Setup:
    """What pages tell of the server's settings."""

    # How many calls a minute each face of the programs allows; 0 is any number.
    limits: tuple[tuple[str, int], ...] = ()
    # Where copies of the database go that are made on a page, where there is such a place.
    backups: str | None = None


@dataclass
class Visit:
    """One request to a page: what was asked, by whom, and the work it is done in."""

    request: Request
    work: Work
    visitor: Visitor
    speech: Speech
    printer: Printer
    # Fits the one form that was sent, and the policy for the scripts of this answer.
    nonce: str = field(default_factory=lambda: secrets.token_urlsafe(16))
    problems: Mapping[str, str] = field(default_factory=dict)
    # Where people may sign in beside here, where there is such a place.
    provider: Provider | None = None
    setup: Setup = field(default_factory=Setup)
    # What is to be written once the page has been read, each in a transaction of its own.
    afterwards: list[Callable[[Work], Any]] = field(default_factory=list)

    def after(self, job: Callable[[Work], Any]) -> None:
        """Write something that a page that only reads leaves behind, before it is sent: what was looked at."""
        self.afterwards.append(job)

    def id(self, name: str = "id") -> int:
        """A record's id from the path. What is no number names nothing."""
        return whole(self.request.params[name]) or 0

    @property
    def query(self) -> dict[str, str]:
        return {name: value for name, value in self.request.query.items() if value != ""}

    @cached_property
    def form(self) -> dict[str, str]:
        """What was typed, each field a text; of a page that is shown again, too."""
        if self.parts is not None:
            return dict(self.parts.fields)
        return {name: value for name, value in self.sent.items() if isinstance(value, str)}

    @property
    def sent(self) -> dict[str, Any]:
        """What a script sent as JSON, or a form in one part."""
        data = self.request.data if self.request.body else None
        return data if isinstance(data, dict) else {}

    @cached_property
    def parts(self) -> Parts | None:
        """A form of several parts, as those with files are."""
        kind = (self.request.header(b"content-type") or "").partition(";")[0].strip().lower()
        return parts(self.request) if self.request.body and kind == "multipart/form-data" else None

    @property
    def uploads(self) -> list[Upload]:
        """The files that came with the form. A box for files that was left empty sends one without name or content."""
        return [one for one in self.parts.files if one.name or one.content] if self.parts is not None else []

    def outside(self, do: Callable[[Outside], T]) -> T:
        """What comes of work outside the database. The transaction is given up for it; when it is done the page begins
        again, and finds it here."""
        if not self.request.brought:
            raise Needed(self, do)
        brought: T = self.request.brought[0]
        return brought

    def page(self, template: str, *, status: int = 200, **context: Any) -> Answer:
        text = self.printer.print(
            template,
            visit=self,
            visitor=self.visitor,
            form=self.form,
            problems={name: refusal(self.speech, problem) for name, problem in self.problems.items()},
            path=self.request.path,
            notice=kept(self.request, NOTICE),
            **context,
        )
        headers = [(b"content-security-policy", self.policy.encode()), *self.clearing()]
        return Answer(422 if self.problems else status, text.encode(), headers, HTML)

    @property
    def policy(self) -> str:
        """What a page may do: nothing but what is our own, and of scripts those it names."""
        return (
            f"default-src 'none'; script-src 'nonce-{self.nonce}'; style-src 'self'; img-src 'self' data:; "
            "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
            "require-trusted-types-for 'script'; trusted-types quarterdeck"
        )

    def go(self, where: str, said: str | None = None, **parameters: Any) -> Answer:
        """On to another page, which tells what was done."""
        headers = [(b"location", (where + (f"?{urlencode(parameters)}" if parameters else "")).encode())]
        if said:
            headers.append(self.cookie(NOTICE, said))
        return Answer(303, b"", headers, HTML)

    def give_form_key(self, key: str) -> None:
        """Let the forms of this page bring this key along."""
        self.visitor = replace(self.visitor, form_key=key)

    def cookie(self, name: str, value: str) -> tuple[bytes, bytes]:
        """A header that keeps a value in the browser until it is closed or, where it is empty, takes it away."""
        secure = "; Secure" if encrypted(self.request) else ""
        gone = "" if value else "; Max-Age=0"
        text = f"{cookie_name(self.request, name)}={quote(value)}; Path=/; HttpOnly; SameSite=Lax{secure}{gone}"
        return (b"set-cookie", text.encode())

    def clearing(self) -> list[tuple[bytes, bytes]]:
        return [self.cookie(NOTICE, "")] if kept(self.request, NOTICE) else []

    def refuse(self, **problems: str) -> None:
        """Show the page again, with these problems beside their fields."""
        raise Invalid(problems)


def rows(view: View, visit: Visit, where: Any, most: int, **order: Any) -> list[Any]:
    """So many rows of a list, in the desk's own values."""
    found = view.page(visit.work, where, Page(size=most, **order))
    return list(view.read(visit.work, found.items))


def below(kind: str, record: T, **on: int) -> T:
    """What an address names below another record, where it hangs there: `below("site", site, customer_id=7)`."""
    if any(getattr(record, name) != id for name, id in on.items()):
        raise NotFound(kind)
    return record


@contextmanager
def called_here(**names: str) -> Iterator[None]:
    """Say what the desk refuses under the names the fields have on the page."""
    try:
        yield
    except Invalid as invalid:
        raise Invalid({names.get(name, name): problem for name, problem in invalid.problems.items()}) from None
