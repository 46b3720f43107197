"""Debian's Chromium on a desk of its own, driven as a person does: by keys, at a width, in a theme."""

import json
import re
import select
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import httpx
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from quarterdeck.web import ROUTES

PROGRAM = shutil.which("chromium") or ""
PATIENCE = 90
SIZES = {"desk": {"width": 1280, "height": 800}, "phone": {"width": 390, "height": 844}}
THEMES = ("light", "dark")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]
LINK = re.compile(r'<a [^>]*href="([^"]*)"')
# Pages that need a state of their own, which their own tests make.
ELSEWHERE = {
    "/": "leads on",
    "/archives/{id}/file": "is a file",
    "/attachments/{guid}/{name}": "is a file",
    "/archives": "is linked once a customer has left",
    "/duplicates/{kind}/{primary}/{duplicate}": "comes when two were chosen",
    "/imports/{id}": "comes with a file",
    "/live": "is a stream",
    "/queue/delete": "comes with tickets that were chosen",
    "/queue/merge": "comes with tickets that were chosen",
    "/sign-in": "is looked at before all others",
    "/sign-in/provider/answer": "leads on",
    "/tickets/{id}/comments/{comment}/pictures": "comes with a message that would show pictures from elsewhere",
    "/tickets/{id}/replies/{reply}": "answers a script",
    "/queue/changed": "answers a script",
    "/search/found": "answers a script",
    "/reports": "leads on",
    "/setup": "is closed once there is an owner",
    "/sign-in/code": "comes after a password",
    "/sign-in/provider": "leads on",
    "/welcome/{token}": "comes with a link of one use",
}


@dataclass(frozen=True)
class Demo:
    """A desk that runs, with its sign-in."""

    url: str
    owner_email: str
    owner_password: str


@contextmanager
def demo(folder: Path, size: str = "small") -> Iterator[Demo]:
    """The demo as a process of its own."""
    command = [
        sys.executable,
        "-m",
        "quarterdeck",
        "demo",
        "--size",
        size,
        "--port",
        "0",
        "--json",
        "--data",
        str(folder),
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        try:
            assert process.stdout is not None
            ready, _, _ = select.select([process.stdout], [], [], PATIENCE)
            assert ready, "the demo did not start"
            told = json.loads(process.stdout.readline())
            yield Demo(told["url"], told["owner_email"], told["owner_password"])
        finally:
            process.terminate()
            process.wait(PATIENCE)


@contextmanager
def visitor(desk: Demo) -> Iterator[httpx.Client]:
    """Somebody who has signed in, without a browser."""
    with httpx.Client(base_url=desk.url, timeout=PATIENCE) as http:
        key = re.search(r'name="form_key" value="([^"]+)"', http.get("/sign-in").text)
        assert key
        typed = {"form_key": key[1], "email": desk.owner_email, "password": desk.owner_password}
        answer = http.post("/sign-in", data=typed)
        assert answer.status_code == 303, answer.text
        yield http


def shape(path: str) -> str:
    """What all addresses of one page have in common."""
    return "/".join("{}" if part.isdigit() else part for part in path.split("/"))


def crawl(desk: Demo) -> dict[str, str]:
    """Every page that links lead to from the queue, one address of each shape."""
    found: dict[str, str] = {}
    waiting = ["/queue"]
    with visitor(desk) as http:
        while waiting:
            path = waiting.pop(0)
            if shape(path) in found:
                continue
            answer = http.get(path)
            if answer.status_code == 303:
                found[shape(path)] = ""
                waiting.append(urlsplit(answer.headers["location"]).path)
                continue
            found[shape(path)] = path if answer.headers["content-type"].startswith("text/html") else ""
            if answer.status_code != 200:
                # It stays in the list: the walks over it tell.
                continue
            if not found[shape(path)]:
                continue
            for href in LINK.findall(answer.text):
                there = urlsplit(urljoin(path, href.replace("&amp;", "&")))
                if not there.netloc and there.path.startswith("/") and shape(there.path) not in found:
                    waiting.append(there.path)
    return {shape: path for shape, path in found.items() if path}


def fits(route: str, path: str) -> bool:
    return re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", route), path) is not None


def unreached(pages: dict[str, str]) -> list[str]:
    """Pages of the route table that no link led to."""
    expected = [route.path for route in ROUTES if route.method == "GET" and not route.path.endswith(".csv")]
    return [path for path in expected if path not in ELSEWHERE and not any(fits(path, one) for one in pages.values())]


@dataclass
class Looker:
    """One window, and whatever it has complained of since it was last asked."""

    page: Page
    desk: Demo
    troubles: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", lambda said: self.said(said.type, said.text))
        self.page.on("pageerror", lambda error: self.troubles.append(f"error: {error}"))
        self.page.on("request", lambda asked: self.asked(asked.url))

    def said(self, kind: str, text: str) -> None:
        if kind in ("error", "warning"):
            self.troubles.append(f"{kind}: {text}")

    def asked(self, url: str) -> None:
        if not url.startswith((self.desk.url, "data:", "blob:")):
            self.troubles.append(f"asks {url}")

    def go(self, path: str) -> None:
        self.page.goto(self.desk.url + path, wait_until="load")

    def dress(self, size: str, theme: str) -> None:
        self.page.set_viewport_size(SIZES[size])  # type: ignore[arg-type]
        self.page.emulate_media(color_scheme=theme, reduced_motion="reduce")  # type: ignore[arg-type]

    def sign_in(self) -> None:
        self.go("/sign-in")
        self.page.fill("#email", self.desk.owner_email)
        self.page.fill("#password", self.desk.owner_password)
        self.page.press("#password", "Enter")
        self.page.wait_for_url("**/queue*")

    def too_wide(self) -> int:
        """How many pixels of the page lie beside the window."""
        return int(self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))

    def violations(self) -> list[str]:
        """What axe finds, one line for each rule and its first element."""
        found = Axe().run(self.page, options={"runOnly": RULES, "resultTypes": ["violations"]}).response
        return [
            f"{one['id']}: {one['nodes'][0]['html'][:160]} ({len(one['nodes'])})"
            for one in found["violations"]
        ]  # fmt: skip

    def taken(self) -> list[str]:
        told, self.troubles = self.troubles, []
        return told


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=PROGRAM, args=["--no-sandbox", "--disable-dev-shm-usage"])
        yield browser
        browser.close()


@contextmanager
def window(
    browser: Browser, desk: Demo, *, size: str = "desk", theme: str = "light", inspected: bool = False
) -> Iterator[Looker]:
    """A fresh window. One that is inspected lets axe in, which the policy of our pages would not."""
    context: BrowserContext = browser.new_context(
        viewport=SIZES[size],  # type: ignore[arg-type]
        color_scheme=theme,  # type: ignore[arg-type]
        locale="en-GB",
        bypass_csp=inspected,
    )
    context.set_default_timeout(15_000)
    yield Looker(context.new_page(), desk)
    context.close()
