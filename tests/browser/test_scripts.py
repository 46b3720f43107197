"""What others write never runs: a desk full of it, every page of it opened in a browser that would not stop it."""

import itertools
import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser

import make
from abuse.scripts import SCRIPTS
from browser.chromium import Demo, window
from faults.servers import serving
from quarterdeck import migrations
from quarterdeck.desk import access, assets, contacts, customers, fields, queues, signin, tickets
from quarterdeck.desk.errors import Refusal
from quarterdeck.desk.fields import Target
from quarterdeck.desk.statement import Link
from quarterdeck.desk.work import Actor, Work
from quarterdeck.storage import open_storage

# So many texts on one set of records: each in another field of it.
TOGETHER = 20
# What a browser is told before any page of ours: whatever runs has to leave a mark, and stays where it is.
WATCH = """
window.marks = [];
window.owned = () => window.marks.push("ran");
window.alert = window.confirm = window.prompt = window.print = window.owned;
addEventListener("securitypolicyviolation", (event) => window.marks.push(`broke ${event.violatedDirective}`));
"""
# What in a page could act, or be taken for something of ours, wherever it came from.
LIVE = """() => [...document.querySelectorAll("*")].flatMap((one) => [
  ...[...one.attributes].filter(({name, value}) =>
    /^on|^(style|srcdoc|background|poster|ping|xlink:href|srcset)$/.test(name) ||
    (/^(href|src|action|formaction|data)$/.test(name) &&
      /^[\\s\\x00-\\x1f]*(javascript|vbscript|data|blob|file):/i.test(value) && !value.startsWith("data:image/svg+xml,%3Csvg"))
  ).map(({name, value}) => `${one.tagName} ${name}=${value.slice(0, 80)}`),
  ...(/^(iframe|object|embed|applet|base|math|frame|portal|video|audio|marquee|noscript)$/i.test(one.tagName)
    || (one.tagName === "META" && one.httpEquiv) || (one.tagName === "STYLE") ||
    (one.tagName === "LINK" && !/^(\\/static\\/|#)/.test(one.getAttribute("href"))) ||
    (one.tagName === "IMG" && !/^\\/(attachments|static)\\//.test(one.getAttribute("src"))) ||
    (one.tagName === "SCRIPT" && !(one.getAttribute("src") ?? "").startsWith("/static/"))
    ? [`<${one.tagName}> ${one.outerHTML.slice(0, 80)}`] : []),
])"""


class Hostile:
    """A desk in which everything was written by somebody hostile."""

    def __init__(self, work: Work) -> None:
        self.work = work
        self.paths: list[str] = []
        self.talk = make.ticket(work, title="Talk")

    def fill(self) -> None:
        for start in range(0, len(SCRIPTS), TOGETHER):
            self.one(SCRIPTS[start : start + TOGETHER], start)
        for text in SCRIPTS:
            with suppress(Refusal):
                make.comment(self.work, self.talk, body=text, internal=len(text) % 2 == 0)
        self.paths.append(f"/tickets/{self.talk}?comments=all")

    def one(self, texts: list[str], start: int) -> None:
        """A set of records with these texts in their fields, as many as will be taken."""
        work = self.work
        # A name holds no line breaks or control characters.
        next_of = itertools.cycle(re.sub(r"[\x00-\x1f]", " ", one) for one in texts)
        all_of_it = "\n\n".join(texts)

        def said(longest: int = 240) -> str:
            return next(next_of)[:longest]

        def tried(do: Any, *given: Any, **more: Any) -> Any:
            with suppress(Refusal):
                return do(*given, **more)

        def filled(room: Any, id: int, names: str) -> None:
            for name in names.split():
                tried(lambda values: room.change(work, id, room.Changes.check(values)), {name: said()})

        customer = make.customer(work, name=f"{said()} {start}", domain=None, notes=all_of_it)
        filled(customers, customer, "category business_number address address_2 city state country website referred_by")
        contact = make.contact(work, customer_id=customer, first_name=said(100), last_name=said(100), notes=all_of_it)
        filled(contacts, contact, "job_title phone mobile")
        device = make.agent(work, customer_id=customer, name=said(100), notes=all_of_it)
        filled(assets, device, "type vendor model serial os description")
        ticket = make.ticket(work, contact_id=contact, title=said(), description=all_of_it)
        tried(lambda: tickets.change(work, ticket, tickets.Changes.check({"tags": [said(60) for _ in range(4)]})))
        filled(tickets, ticket, "problem")
        tried(make.time_entry, work, ticket, notes=said())
        tried(make.line, work, ticket_id=ticket, name=said(), description=said())
        tried(make.attachment, work, ticket_id=ticket, name=f"{said(150)}.png", type="image/png")
        contract = make.contract(work, customer_id=customer, name=said(), notes=all_of_it)
        tried(make.alert, work, customer_id=customer, title=said(), description=said())
        article = make.article(work, name=said(), body=all_of_it, customer_id=customer)
        reply = make.reply(work, title=said(), subject=said(), body=all_of_it)
        for target, id in zip(Target, (customer, contact, ticket, device, contract), strict=False):
            name = said(100)
            if tried(make.field, work, target=target, name=name, description=said()) is not None:
                tried(fields.write, work, target, id, name, said())
        view = {"name": said(60), "condition": {"field": "text", "is": "contains", "value": said()}, "order": "due"}
        tried(lambda: queues.save_view(work, queues.NewView.check(view)))
        tried(queues.keep_draft, work, f"ticket/{ticket}/answer", all_of_it)
        person = tried(make.technician, work, first_name=said(100), last_name=said(100))
        self.paths += [
            f"/customers/{customer}", f"/customers/{customer}/billing", f"/customers/{customer}/alerts",
            f"/customers/{customer}/history", f"/contacts/{contact}", f"/assets/{device}", f"/tickets/{ticket}",
            f"/articles/{article}", f"/settings/replies/{reply}", f"/customers/{customer}/deactivation",
            f"/tickets/{ticket}/customer", f"/duplicates/customer/{customer}",
        ]  # fmt: skip
        if person:
            self.paths.append(f"/settings/technicians/{person}")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Demo, list[str], str]]:
    """Such a desk, addresses of its pages, and a session of its owner's."""
    database = f"sqlite:///{tmp_path_factory.mktemp('hostile') / 'desk.db'}"
    storage = open_storage(database, threads=2)
    migrations.upgrade(storage.engine)

    def fill(connection: Any) -> tuple[list[str], str]:
        work = Work(Link(connection), Actor(SCRIPTS[8], access.ALL), datetime.now(UTC), "tests")
        owner = make.technician(work, first_name=SCRIPTS[0], last_name=SCRIPTS[8], role="owner")
        desk = Hostile(Work(work.link, Actor(SCRIPTS[8], access.ALL, owner), work.now, "tests"))
        desk.fill()
        technician = work.find(access.Technician, owner)
        assert technician is not None
        return desk.paths, signin.admit(work, technician, "127.0.0.1", SCRIPTS[0])

    paths, session = storage.write_later(fill).result()
    storage.close()
    with serving(database) as server:
        yield Demo(f"http://127.0.0.1:{server.port}", "", ""), paths, session


LISTS = (
    "/queue?view=all", "/queue?view=open&sort=title", "/customers", "/contacts", "/assets", "/articles", "/duplicates",
    "/archives", "/merges", "/imports", "/dashboard", "/reports/technicians", "/reports/customers", "/reports/unbilled",
    "/settings", "/settings/technicians", "/settings/keys", "/settings/fields", "/settings/fields?target=ticket",
    "/settings/words", "/settings/replies", "/settings/audit", "/me", "/me/security", "/me/sessions", "/tickets/new",
)  # fmt: skip
ASKED = (
    "/search?q=",
    "/queue?view=all&q=",
    "/customers?q=",
    "/tickets/new?who=",
    "/settings/audit?who=",
    "/sign-in?next=",
)


def test_nothing_that_others_write_runs_loads_or_acts(hostile: tuple[Demo, list[str], str], chrome: Browser) -> None:
    desk, paths, session = hostile
    assert len(SCRIPTS) >= 200
    assert len(paths) > 100
    asked = [f"{where}{quote(text)}" for where, text in zip(ASKED * 6, SCRIPTS[::6], strict=False)]
    troubles: list[str] = []
    # First where the policy of our pages would not stop a script, then where it tells of what it had to stop.
    for inspected, there in ((True, [*LISTS, *paths, *asked]), (False, [*LISTS, *paths[::7], *asked[::7]])):
        with window(chrome, desk, inspected=inspected) as looker:
            looker.page.context.add_cookies([{"name": "session", "value": session, "url": desk.url}])
            looker.page.add_init_script(WATCH)
            looker.page.on("dialog", lambda dialog: (looker.troubles.append("dialog"), dialog.dismiss()))
            if inspected:
                # Whoever watches sees: a picture that is not there, and what it calls.
                looker.go("/me")
                looker.page.set_content("<img src=x onerror=owned()><iframe srcdoc=x></iframe>")
                looker.page.wait_for_function("marks.length > 0")
                assert len(looker.page.evaluate(LIVE)) >= 3
                looker.taken()
            for path in there:
                answer = looker.page.goto(desk.url + path, wait_until="load")
                if answer is None or answer.status != 200:
                    troubles.append(f"{path} {answer and answer.status}")
                found = [*looker.page.evaluate("marks"), *looker.page.evaluate(LIVE), *looker.taken()]
                troubles += [f"{path} {one}" for one in found]
    assert troubles == []
