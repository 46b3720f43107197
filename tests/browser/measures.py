"""Measures what a browser sees of the pages, and prints it as JSON: `bin/measures` makes a table of it."""

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from chromium import PROGRAM, SIZES, THEMES, Demo, Looker, chromium, crawl, demo, window
from playwright.sync_api import Browser
from walks import SHIFTS, keystrokes, signed_in

FIRST = {"queue": "/queue?view=open", "ticket": "/tickets/{ticket}", "sign-in": "/sign-in"}
# How long a page is watched for things that move, in milliseconds.
WATCHED = 250


def weight(looker: Looker, path: str) -> dict[str, int]:
    """Bytes on the wire, headers and all, until a page has everything."""
    line = looker.page.context.new_cdp_session(looker.page)
    kinds: dict[str, str] = {}
    sizes: dict[str, float] = {}
    line.on("Network.responseReceived", lambda told: kinds.update({told["requestId"]: told["type"]}))
    line.on("Network.loadingFinished", lambda told: sizes.update({told["requestId"]: told["encodedDataLength"]}))
    line.send("Network.enable")
    looker.go(path)
    looker.page.wait_for_timeout(WATCHED)
    scripts = sum(size for id, size in sizes.items() if kinds.get(id) == "Script")
    return {"files": len(sizes), "bytes": round(sum(sizes.values())), "scripts": round(scripts)}


def weights(browser: Browser, desk: Demo, cookies: list[dict[str, Any]], ticket: str) -> dict[str, dict[str, int]]:
    """What the first pages weigh in a browser that has been nowhere before."""
    found = {}
    for name, path in FIRST.items():
        with signed_in(browser, desk, cookies if name != "sign-in" else []) as looker:
            found[name] = weight(looker, path.format(ticket=ticket))
    return found


def movement(browser: Browser, desk: Demo, cookies: list[dict[str, Any]], paths: list[str]) -> dict[str, Any]:
    """What moves after the first paint, and which requests go to other hosts."""
    moved, elsewhere, complaints = {}, [], []
    for size in SIZES:
        with signed_in(browser, desk, cookies, size=size) as looker:
            looker.page.add_init_script(SHIFTS)
            for path in paths:
                looker.go(path)
                looker.page.wait_for_timeout(WATCHED)
                if shifts := looker.page.evaluate("window.shifts"):
                    moved[f"{path} {size}"] = shifts
                told = looker.taken()
                elsewhere += [f"{path} {one}" for one in told if one.startswith("asks")]
                complaints += [f"{path} {one}" for one in told if not one.startswith("asks")]
    return {"moved": moved, "elsewhere": elsewhere, "complaints": complaints}


def violations(browser: Browser, desk: Demo, paths: list[str]) -> list[str]:
    """What axe finds on every page, in every theme and at every width."""
    found: list[str] = []
    with window(browser, desk, inspected=True) as looker:
        looker.go("/sign-in")
        found += [f"/sign-in {one}" for one in looker.violations()]
        looker.sign_in()
        for path in paths:
            looker.go(path)
            for size in SIZES:
                for theme in THEMES:
                    looker.dress(size, theme)
                    found += [f"{path} {size} {theme} {one}" for one in looker.violations()]
    return found


def entered(looker: Looker) -> list[dict[str, Any]]:
    looker.sign_in()
    return [dict(one) for one in looker.page.context.cookies()]


def measured() -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder, demo(Path(folder) / "desk") as desk, chromium() as browser:
        pages = crawl(desk)
        paths = list(pages.values())
        with window(browser, desk) as looker:
            cookies = entered(looker)
        found = {
            "pages": len(paths) + 1,
            "weights": weights(browser, desk, cookies, pages["/tickets/{}"].rpartition("/")[2]),
            **movement(browser, desk, cookies, ["/sign-in", *paths]),
            "violations": violations(browser, desk, paths),
            "looks": 1 + len(paths) * len(SIZES) * len(THEMES),
        }
        # Last, since it changes tickets.
        with signed_in(browser, desk, cookies) as looker:
            found["keystrokes"] = keystrokes(looker)
    return found


if __name__ == "__main__":
    if not PROGRAM:
        sys.exit("There is no Chromium here (Debian: apt-get install chromium).")
    json.dump(measured(), sys.stdout)
