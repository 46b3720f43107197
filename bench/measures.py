"""The measures of the pages: taken one after the other, and written into `docs/interface.md`."""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

from bench.data import TICKETS
from bench.pages import QUICKER, Waited, waited
from bench.processes import ROOT, fresh_url, postgres, serving
from bench.report import say
from bench.run import PLAIN, load, settings

PAGE = ROOT / "docs" / "interface.md"
BEGIN, END = "<!-- measured -->", "<!-- to here -->"
DATABASES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
TIMES = 7
SLOWEST = 8
BUSY = 1.5
BROWSER = ROOT / "tests" / "browser"
# Walks that either work or do not.
WALKS = {
    "Without JavaScript: read, search, answer, change fields, log time": "without_javascript",
    "A draft after reload, crash, sign-out, failed send": "a_draft_is_there",
}


@dataclass(frozen=True)
class Measure:
    what: str
    found: str
    bar: str
    met: bool

    @property
    def line(self) -> str:
        return f"| {self.what} | {self.found} | {self.bar} | {'met' if self.met else 'missed'} |"


def main() -> int:
    parser = argparse.ArgumentParser(prog="measures", description="Take the measures of the pages.")
    parser.add_argument("--tickets", default=TICKETS, type=int, help=f"how many there are ({TICKETS:,})")
    parser.add_argument("--times", default=TIMES, type=int, help="how often every page is asked for")
    parser.add_argument("--no-browser", action="store_true", help="only how soon the server answers")
    asked = parser.parse_args()
    text = "\n".join(told(asked.tickets, asked.times, browser=not asked.no_browser))
    print(text)
    if asked.tickets == TICKETS and not asked.no_browser:
        write(text)
        say(f"Written into {PAGE.relative_to(ROOT)}")
    return 0


def told(tickets: int, times: int, *, browser: bool) -> Iterable[str]:
    busy = os.getloadavg()[0]
    taken = timed(tickets, times)
    measures = [line for kind, found in taken.items() for line in soon(DATABASES[kind], found)]
    found: dict[str, Any] = {}
    if browser:
        say("Looking at all pages in a browser")
        found = seen()
        measures = [*keystrokes(found), *measures, *weight(found), *still(found), *walks()]
    now = datetime.now(UTC)
    yield f"Taken on {now.day} {now:%B %Y} with {tickets:,} tickets, each address {times} times, by `bin/measures`."
    if busy > BUSY:
        yield f"The machine had other work meanwhile (load {busy:.1f} on {os.cpu_count()} cores): times are too long."
    yield from ("", "| What | Found | Bar | |", "| --- | --- | --- | --- |", *(one.line for one in measures), "")
    yield from ("The slowest pages, measured against their bar:", "")
    yield from ("| Database | Address | Median | Longest |", "| --- | --- | ---: | ---: |")
    for kind, pages in taken.items():
        for one in pages[:SLOWEST]:
            yield f"| {DATABASES[kind]} | `{one.address}` | {ms(one.median)} | {ms(one.worst)} |"
    if any(found.get(name) for name in ("moved", "elsewhere", "violations")):
        yield from ("", "What was found:", "")
        yield from (f"- {one}" for name in ("moved", "elsewhere", "violations") for one in found[name])


def ms(value: float) -> str:
    return f"{value:.0f} ms"


# How soon


def timed(tickets: int, times: int) -> dict[str, list[Waited]]:
    """How long every page took on each database, in a server as it is installed."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="quarterdeck-measures-")))
        server_url = stack.enter_context(postgres(folder / "postgres"))
        urls = {kind: fresh_url(kind, "desk", folder, server_url) for kind in DATABASES}
        opened = load(urls, tickets)
        found = {}
        for kind, url in urls.items():
            say(f"Asking for every page on {DATABASES[kind]}")
            with serving(PLAIN, settings(url, 0), "/sign-in") as server:
                found[kind] = waited(server, opened[kind].session, tickets, times)
        return found


def soon(database: str, found: list[Waited]) -> Iterable[Measure]:
    groups: dict[str, Callable[[Waited], bool]] = {
        "the queue": lambda one: one.page == QUICKER[0],
        "a ticket": lambda one: one.page == QUICKER[1],
        "any other page": lambda one: one.page not in QUICKER,
    }
    for name, belongs in groups.items():
        those = [one for one in found if belongs(one)]
        slowest = max(those, key=lambda one: one.median)
        usual, bar = median(one.median for one in those), those[0].bar
        yield Measure(
            f"{database}: {name}, {len(those)} addresses",
            f"{ms(usual)} in the middle; the slowest {ms(slowest.median)}, once {ms(max(one.worst for one in those))}",
            f"< {bar:g} ms",
            slowest.median < bar,
        )


# What a browser sees


def seen() -> dict[str, Any]:
    ran = subprocess.run([sys.executable, BROWSER / "measures.py"], cwd=ROOT, stdout=subprocess.PIPE, check=True)
    found: dict[str, Any] = json.loads(ran.stdout)
    return found


def keystrokes(found: dict[str, Any]) -> Iterable[Measure]:
    n = found["keystrokes"]
    yield Measure("Keys from the queue over answer, time and resolve to the next ticket", str(n), "at most 8", n <= 8)


def weight(found: dict[str, Any]) -> Iterable[Measure]:
    name, heaviest = max(found["weights"].items(), key=lambda one: one[1]["bytes"])
    all, scripts = (heaviest[part] / 1000 for part in ("bytes", "scripts"))
    yield Measure(f"First load, all {heaviest['files']} files ({name})", f"{all:.0f} KB", "< 150 KB", all < 150)
    yield Measure("Scripts among them", f"{scripts:.0f} KB", "< 50 KB", scripts < 50)
    elsewhere = len(found["elsewhere"])
    yield Measure(f"Requests to other hosts, {found['pages']} pages", str(elsewhere), "none", not elsewhere)


def still(found: dict[str, Any]) -> Iterable[Measure]:
    moved, violations = len(found["moved"]), len(found["violations"])
    yield Measure(
        f"Pages that shift after the first paint, of {found['pages']} at two widths", str(moved), "none", not moved
    )
    yield Measure(
        f"axe-core violations, {found['looks']} looks: two themes, two widths", str(violations), "0", not violations
    )


def walks() -> Iterable[Measure]:
    """Walks through a browser that are tests: which of them pass."""
    for what, name in WALKS.items():
        with tempfile.NamedTemporaryFile(suffix=".xml") as file:
            command = [sys.executable, "-m", "pytest", "-q", "-p", "no:xdist", "-k", name, f"--junitxml={file.name}"]
            subprocess.run([*command, str(BROWSER / "test_walks.py")], cwd=ROOT, stdout=subprocess.DEVNULL, check=False)
            cases = list(ET.parse(file.name).iter("testcase"))
        failed = [case for case in cases if len(case)]
        works = f"{len(cases) - len(failed)} of {len(cases)} walks"
        yield Measure(what, works, "all work", bool(cases) and not failed)


def write(text: str) -> None:
    """Put the table where the last one was."""
    page = PAGE.read_text()
    assert page.count(BEGIN) == page.count(END) == 1, f"{PAGE} has no place for the table"
    PAGE.write_text(re.sub(f"{BEGIN}.*{END}", lambda _: f"{BEGIN}\n{text}\n{END}", page, flags=re.DOTALL))


if __name__ == "__main__":
    sys.exit(main())
