"""What a technician does with the pages, by keys and by mouse; the measure of keystrokes comes from here."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx
from chromium import SIZES, Demo, Looker, visitor
from playwright.sync_api import Browser, BrowserContext, Page, expect

TICKET = re.compile(r"/tickets/(\d+)")
ANSWER = "Thank you for the log. The print spooler hung; it runs again."
TIME = "10m restarted the print spooler"
# Collects what moves after the first paint, but for what a person's own doing moves. A page that is painted before all
# of it is there may move or not, as its pieces happen to come.
SHIFTS = """
window.shifts = [];
requestAnimationFrame(() => document.readyState === "loading" && window.shifts.push("is painted in part"));
new PerformanceObserver((list) => {
  for (const one of list.getEntries())
    if (!one.hadRecentInput)
      window.shifts.push([one.value, ...one.sources.map((source) => source.node?.outerHTML?.slice(0, 80))].join(" "));
}).observe({ type: "layout-shift", buffered: true });
"""


def slow_down(page: Page, *, late_by: int = 0, bytes_a_second: int = -1) -> None:
    """The line of a window from now on: answers come so many milliseconds late, and in pieces."""
    speed = {"latency": late_by, "downloadThroughput": bytes_a_second, "uploadThroughput": -1}
    page.context.new_cdp_session(page).send("Network.emulateNetworkConditions", {"offline": False, **speed})


@dataclass
class Keyboard:
    """Somebody who uses keys alone. Every key counts, held ones too; the letters of a text do not."""

    page: Page
    pressed: list[str] = field(default_factory=list)

    def press(self, keys: str) -> None:
        """`j`, or `Control+Enter`."""
        self.pressed += keys.split("+")
        self.page.keyboard.press(keys)

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)


@dataclass(frozen=True)
class Handled:
    """A ticket that was seen to, the one that came next, and the keys that took."""

    ticket: int
    next: int
    pressed: list[str]


def ticket_of(page: Page) -> int:
    found = TICKET.search(page.url)
    assert found, page.url
    return int(found[1])


def listed(page: Page) -> list[int]:
    """The tickets of the list, in its order."""
    ids: list[int] = page.eval_on_selector_all(".tickets tbody tr", "rows => rows.map(row => Number(row.dataset.id))")
    return ids


def is_elsewhere(page: Page, ticket: int) -> None:
    page.wait_for_url(lambda url: (found := TICKET.search(url)) is not None and int(found[1]) != ticket)


def handle_by_keys(page: Page) -> Handled:
    """Queue, open, answer, log time, resolve, next ticket. The queue is on the page."""
    keys = Keyboard(page)
    keys.press("j")
    keys.press("Enter")
    page.wait_for_url(TICKET)
    ticket = ticket_of(page)
    keys.press("r")
    keys.type(ANSWER)
    keys.press("Control+Enter")
    expect(page.locator("#talk .said").last).to_contain_text(ANSWER)
    keys.press("t")
    keys.type(TIME)
    keys.press("Enter")
    expect(page.locator("#time .entries").first).to_contain_text(TIME.partition(" ")[2])
    keys.press("e")
    is_elsewhere(page, ticket)
    return Handled(ticket, ticket_of(page), keys.pressed)


def handle_by_mouse(page: Page) -> Handled:
    """The same with the pointer; texts are typed."""
    page.locator(".tickets a.open").first.click()
    page.wait_for_url(TICKET)
    ticket = ticket_of(page)
    reach = page.locator('.reach a[href="#answer"]')
    (reach if reach.is_visible() else page.locator("#answer-box summary").first).click()
    expect(page.locator("#answer")).to_be_focused()
    page.keyboard.type(ANSWER)
    page.locator("#answer-box button.main").click()
    expect(page.locator("#talk .said").last).to_contain_text(ANSWER)
    page.locator("#line").click()
    page.keyboard.type(TIME)
    page.locator(".entering button", has_text="Enter time").click()
    expect(page.locator("#time .entries").first).to_contain_text(TIME.partition(" ")[2])
    page.get_by_role("button", name="Resolve and next").click()
    is_elsewhere(page, ticket)
    return Handled(ticket, ticket_of(page), [])


def keystrokes(looker: Looker) -> int:
    """How many keys it takes from the queue to the next ticket, beside the text typed."""
    looker.go("/queue?view=open")
    return len(handle_by_keys(looker.page).pressed)


# Going anywhere and doing anything


def palette(page: Page, text: str, name: str) -> None:
    """Ctrl-K, a few letters, and Enter on what stands first, which has to be this."""
    page.keyboard.press("Control+k")
    page.keyboard.type(text)
    expect(page.locator('#palette [aria-selected="true"] .name')).to_have_text(name)
    page.keyboard.press("Enter")


def fill_in(page: Page, values: dict[str, str]) -> None:
    """Fill a form in from the keyboard, by walking from field to field."""
    for id, value in values.items():
        for _ in range(40):
            if page.evaluate("document.activeElement?.id") == id:
                break
            page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement?.id") == id
        page.keyboard.type(value)


# People


@dataclass(frozen=True)
class Colleague:
    """Another technician, with a session and a key of their own."""

    name: str
    cookies: list[dict[str, Any]]
    http: httpx.Client


@contextmanager
def colleague(desk: Demo, first_name: str = "Robin") -> Iterator[Colleague]:
    """Somebody the owner invites, who follows the link and is given a key for the HTTP API."""
    email = f"{first_name.lower()}@copperridge.example"
    with visitor(desk) as owner:
        key = form_key(owner, "/settings/technicians")
        typed = {"first_name": first_name, "last_name": "Falk", "email": email, "role": "technician"}
        answer = owner.post("/settings/technicians", data={"form_key": key, **typed}, follow_redirects=True)
        link = re.search(r'value="([^"]*/welcome/[^"]+)"', answer.text)
        assert link, answer.text
        people = re.findall(r'<option value="(\d+)"[^>]*>([^<]+)<', owner.get("/settings/keys/new").text)
        theirs = next(id for id, name in people if name.startswith(first_name))
        made = {"name": "script", "technician_id": theirs, "scope": "*"}
        answer = owner.post("/settings/keys/new", data={"form_key": key, **made}, follow_redirects=True)
        secret = re.search(r"qd_[\w-]{20,}", answer.text)
        assert secret, answer.text
    with httpx.Client(base_url=desk.url, timeout=30) as browser:
        welcome = "/welcome/" + link[1].rpartition("/")[2]
        chosen = {"password": "seven lamps on a pier", "again": "seven lamps on a pier"}
        answer = browser.post(welcome, data={"form_key": form_key(browser, welcome), **chosen})
        assert answer.status_code == 303, answer.text
        cookies = [{"name": name, "value": value, "url": desk.url} for name, value in browser.cookies.items()]
    with httpx.Client(base_url=f"{desk.url}/api/v3", headers={"X-API-KEY": secret[0]}, timeout=30) as http:
        yield Colleague(f"{first_name} Falk", cookies, http)


def form_key(http: httpx.Client, path: str) -> str:
    found = re.search(r'name="form_key" value="([^"]+)"', http.get(path).text)
    assert found, path
    return found[1]


@contextmanager
def signed_in(
    browser: Browser, desk: Demo, cookies: list[dict[str, Any]], *, size: str = "desk", script: bool = True
) -> Iterator[Looker]:
    """A window of somebody who signed in before: with these cookies, and nothing else of the last time."""
    context: BrowserContext = browser.new_context(
        viewport=SIZES[size],  # type: ignore[arg-type]
        locale="en-GB",
        reduced_motion="reduce",
        java_script_enabled=script,
    )
    context.set_default_timeout(15_000)
    context.add_cookies(cookies)  # type: ignore[arg-type]
    yield Looker(context.new_page(), desk)
    context.close()
