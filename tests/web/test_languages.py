"""What the pages say, in every language there is: nothing is left out, and dates and numbers follow the person."""

import ast
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

import furnish
import make
import words
from conftest import Browser, Client, Databases, Stage, desk_on
from quarterdeck.desk import access, contracts, importing, schedules, tickets
from quarterdeck.desk.access import ROOMS
from quarterdeck.desk.merging import Kind
from quarterdeck.desk.record import Record
from quarterdeck.web import ROUTES, contacts, customers, terms, wording
from quarterdeck.web.refusals import EXACT, patterns, refusal
from quarterdeck.web.speech import LANGUAGES, Speech, chosen

SOURCE = words.PAGES.parent
CATALOGUES = sorted(words.LANGUAGES.glob("*.po"))
# What is filled in later, by us or by those who write canned replies.
HOLES = re.compile(r"%\(\w+\)s|\{\{[\w.]+\}\}")
FILLED = re.compile(r"%\\\(\w+\\\)s")
NOON = datetime(2026, 11, 3, 12, 0, tzinfo=UTC)
# How the desk says no, and which of the arguments are for people.
SAYS_NO = {"Problem", "wrong", "malformed", "Conflict", "Forbidden", "Stale", "Busy", "Invalid", "refuse", "refused"}
# Stands where something is filled in.
FILL = "\0"
# Said to programs alone.
TO_PROGRAMS = {"is not an id", "is not an object"}
# Written down, but never told of on a page by the name of its kind.
UNTOLD = {
    "alias", "attempt", "blob", "challenge", "draft", "follow", "identity", "invitation", "involved device",
    "job piece", "journal entry", "look", "presence", "record", "recovery code", "repeat", "ticket link",
}  # fmt: skip


def read(file: Path) -> Catalog:
    with file.open("rb") as source:
        return read_po(source, locale=file.stem if file.suffix == ".po" else None)


def texts(catalogue: Catalog) -> dict[Any, Any]:
    return {one.id: one.string for one in catalogue if one.id}


@pytest.fixture(scope="module")
def said() -> set[Any]:
    return set(texts(words.said()))


@pytest.mark.parametrize("file", CATALOGUES, ids=lambda file: file.stem)
def test_every_text_has_words_in_every_language(file: Path, said: set[Any]) -> None:
    kept = texts(read(file))

    wordless = (
        [id for id in said if not (all(kept[id]) if isinstance(id, tuple) else kept[id])] if said <= set(kept) else []
    )

    assert said - set(kept) == set(), "bin/words brings the catalogues up to what is said"
    assert wordless == []


@pytest.mark.parametrize("file", [words.TEMPLATE, *CATALOGUES], ids=lambda file: file.name)
def test_a_catalogue_holds_no_more_than_is_said(file: Path, said: set[Any]) -> None:
    assert set(texts(read(file))) == said


@pytest.mark.parametrize("file", CATALOGUES, ids=lambda file: file.stem)
def test_what_is_filled_in_is_the_same_in_every_language(file: Path) -> None:
    for id, string in texts(read(file)).items():
        for theirs in string if isinstance(id, tuple) else [string]:
            # Of one alone, the number may go without saying.
            ours = [set(HOLES.findall(one)) for one in (id if isinstance(id, tuple) else [id])]
            assert set(HOLES.findall(theirs)) in ours, (id, theirs)


def test_every_language_that_can_be_chosen_has_a_catalogue() -> None:
    spoken = {Speech(language, "UTC", NOON).locale.language for language in LANGUAGES}

    assert spoken - {"en"} == {file.stem for file in CATALOGUES}


def test_scripts_say_nothing_of_their_own() -> None:
    literal = re.compile(r"""(["'`])([A-Z][a-z]+(?: [\w’]+)+[.…]?|[a-zäöüß]+(?: [a-zäöüß]+){2,})\1""")

    for file in (words.PAGES / "static").glob("*.js"):
        text = re.sub(r"^\s*//.*$|/\*.*?\*/", "", file.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
        assert [found[2] for found in literal.finditer(text)] == [], file.name


def refusals() -> Iterator[tuple[str, str]]:
    """What the source says no with, as one would read it, and where."""
    for folder in ("desk", "web", "edge"):
        for file in sorted((SOURCE / folder).rglob("*.py")):
            for node in ast.walk(ast.parse(file.read_text("utf-8"))):
                if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in SAYS_NO:
                    for text in literals([*node.args, *(one.value for one in node.keywords if one.arg != "why")]):
                        yield text, file.name


def literals(nodes: list[ast.expr]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, ast.Dict):
            yield from literals(node.values)
        elif isinstance(node, ast.IfExp):
            yield from literals([node.body, node.orelse])
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        elif isinstance(node, ast.JoinedStr):
            yield "".join(one.value if isinstance(one, ast.Constant) else FILL for one in node.values)


def is_known(text: str) -> bool:
    """Whether a text is known with a word or with a number filled in."""
    tried = {text.replace(FILL, one) for one in ("customer", "12")}
    return bool(tried & EXACT) or any(form.fullmatch(one) for form, _ in patterns() for one in tried)


def test_whatever_the_desk_refuses_with_is_known_here() -> None:
    unknown = {
        (text, file) for text, file in refusals() if " " in text and text not in TO_PROGRAMS and not is_known(text)
    }

    # Which stage a ticket cannot go to is one of three, each known with all its words.
    assert {one for one in unknown if not one[0].startswith("cannot go from")} == set()


def test_whatever_the_doctor_says_is_known_here() -> None:
    said = [
        text
        for node in ast.walk(ast.parse((SOURCE / "doctor.py").read_text("utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("ok", "warning", "problem", "set_to")
        for text in literals(node.args[1:])
        if " " in text and not text.startswith(("PRAGMA", "SHOW", "is ", FILL + " UTC"))
    ]

    assert len(said) > 30
    assert [text for text in said if not is_known(text)] == []


@pytest.mark.parametrize(
    ("said", "german"),
    [
        ("is required", "ist erforderlich"),
        ("is longer than 1250 characters", "ist länger als 1.250 Zeichen"),
        ("is not one of 'low' or 'high'", "ist keines von 'low' or 'high'"),
        ("ticket not found", "Ticket nicht gefunden"),
        ("cannot be undone: its name is required", "lässt sich nicht rückgängig machen: Name ist erforderlich"),
        (
            "cannot go from closed to open: closed is final",
            "kann nicht von Geschlossen zu Offen wechseln: Geschlossen ist endgültig",
        ),
        ("tickets 1250 and 1251 are of two customers", "die Tickets 1250 und 1251 gehören zwei Kunden"),
        ("412 MiB free, database 3 MiB", "412 MiB frei, Datenbank 3 MiB"),
        ("is nothing that was ever said", "is nothing that was ever said"),
    ],
)
def test_a_refusal_is_said_in_the_persons_language(said: str, german: str) -> None:
    assert refusal(Speech("de", "UTC", NOON), said) == german


def test_a_refusal_in_english_is_what_the_desk_said() -> None:
    assert refusal(Speech("en", "UTC", NOON), "is not a mail address") == "is not a mail address"


def test_every_word_of_the_desk_is_known_to_people() -> None:
    known = {
        *tickets.Stage, *tickets.KNOWN, *tickets.Priority, *tickets.Type, *tickets.Impact, *access.Role,
        *contracts.Kind, *schedules.Frequency,
    }  # fmt: skip

    assert known - set(wording.WORDS) == set()
    assert set(wording.ROOMS) == set(ROOMS)


def test_every_kind_of_record_has_a_name() -> None:
    kinds = {mapper.class_.kind for mapper in Record.registry.mappers}

    assert kinds - UNTOLD - set(wording.THINGS) == set()


def test_whatever_the_journal_tells_has_words() -> None:
    noted = re.compile(r'record\(\s*work,\s*"[\w ]+\.([\w ]+)"')
    deeds = {found for file in (SOURCE / "desk").rglob("*.py") for found in noted.findall(file.read_text("utf-8"))}

    assert deeds - set(wording.DEEDS) == set()
    assert len(deeds) > 20


@pytest.mark.parametrize(
    ("language", "day", "moment", "clock", "number", "week"),
    [
        ("en", "Nov 3, 2026", "11/3/26, 1:00\u202fPM", "1:00\u202fPM", "1,234.5", "2026-10-31T23:00"),
        ("en-GB", "3 Nov 2026", "03/11/2026, 13:00", "13:00", "1,234.5", "2026-11-01T23:00"),
        ("de", "03.11.2026", "03.11.26, 13:00", "13:00", "1.234,5", "2026-11-01T23:00"),
    ],
)
def test_dates_and_numbers_are_written_as_the_person_writes_them(
    language: str, day: str, moment: str, clock: str, number: str, week: str
) -> None:
    speech = Speech(language, "Europe/Berlin", NOON)

    assert speech.day(NOON) == day
    assert speech.moment(NOON, "short") == moment
    assert speech.clock(NOON) == clock
    assert speech.number(1234.5) == number
    assert speech.week().isoformat()[:16] == week
    assert speech.midnight().isoformat()[:16] == "2026-11-02T23:00"


@pytest.mark.parametrize(
    ("language", "ago", "brief"),
    [("en", "3 hours ago", ["45m", "30h", "12d", "3y"]), ("de", "vor 3 Stunden", ["45 min", "30 h", "12 T", "3 J"])],
)
def test_spans_are_told_in_the_persons_words(language: str, ago: str, brief: list[str]) -> None:
    speech = Speech(language, "UTC", NOON)
    spans = [timedelta(minutes=45), timedelta(hours=30), timedelta(days=12), timedelta(days=1100)]

    assert speech.ago(NOON - timedelta(hours=3)) == ago
    assert [speech.brief(span) for span in spans] == brief


@pytest.mark.parametrize(
    ("asked", "language"),
    [
        (None, "en"),
        ("", "en"),
        ("de", "de"),
        ("de-AT,de;q=0.9,en;q=0.8", "de"),
        ("en-gb", "en-GB"),
        ("en-AU", "en"),
        ("fr-FR, fr;q=0.9, de;q=0.5, en;q=0.7", "en"),
        ("en;q=0.3, de;q=0.4", "de"),
        ("xx;q=unclear, *", "en"),
    ],
)
def test_a_stranger_is_spoken_to_as_the_browser_asks(asked: str | None, language: str) -> None:
    assert chosen(asked) == language


def test_what_somebody_prefers_counts_more_than_what_the_browser_asks(browser: Browser) -> None:
    german = {"accept-language": "de"}
    assert '<html lang="de"' in browser.get("/queue", headers=german).text

    browser.send("/me", {"language": "en-GB", "time_zone": "Europe/London"})

    assert '<html lang="en-GB"' in browser.get("/queue", headers=german).text


@pytest.mark.parametrize("language", [file.stem for file in CATALOGUES])
def test_what_a_view_compares_with_can_be_said_in_every_language(language: str) -> None:
    speech = Speech(language, "UTC", NOON)

    for term in terms.TERMS:
        assert terms.meant(speech, "status", terms.spoken(speech, "status", term)) == term
    for span in terms.SPANS:
        said = span % {"n": 12}
        assert terms.meant(speech, "due", terms.spoken(speech, "due", said)) == said
        assert terms.meant(speech, "due", said) == said


def test_a_view_is_written_and_read_in_german(browser: Browser) -> None:
    browser.send("/me", {"language": "de"})
    form = {"name": "Neues", "field0": "priority", "value0": "Hoch, kritisch", "field1": "technician", "value1": "ich"}

    made = browser.send("/queue/views/new", {**form, "field2": "created", "is2": "within", "value2": "letzte 7 Tage"})
    text = browser.get(f"/queue/views/{made.headers['location'].rpartition('=')[2]}").text

    assert made.status_code == 303
    for said in ("Hoch, Kritisch", "ich", "letzte 7 Tage"):
        assert f'value="{said}"' in text


def test_a_list_that_was_saved_in_german_can_be_taken_in_again(stage: Stage) -> None:
    speech = Speech("de", "UTC", NOON)

    for kind, columns in ((Kind.CUSTOMER, customers.COLUMNS), (Kind.CONTACT, contacts.COLUMNS)):
        header = [speech._(title) for title, _ in columns]
        guessed = stage.do(lambda work, kind=kind, header=header: importing.guess(work, kind, header))
        assert guessed == [path.replace(".", "_") for _, path in columns]


def test_a_stranger_reads_the_door_in_german(browser: Browser) -> None:
    browser.cookies.clear()

    text = browser.get("/sign-in", headers={"accept-language": "de-CH"}).text

    assert '<html lang="de"' in text
    assert "Anmelden" in text


def test_a_refusal_on_a_page_is_german(browser: Browser, stage: Stage) -> None:
    browser.send("/me", {"language": "de"})

    again = browser.send("/customers", {"name": " "})
    gone = browser.get("/customers/999")

    assert again.status_code == 422
    assert "Ist erforderlich" in again.text
    assert "Kunde nicht gefunden" in gone.text


class Reader(HTMLParser):
    """What a page says to those who look and those who listen."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        # What stands where data stands seldom: above columns, on buttons, over parts of the page.
        self.titles: list[str] = []
        self.inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside.append("column" if ("scope", "col") in attrs else tag)
        for name, value in attrs:
            if value and (name in ("title", "aria-label", "placeholder", "alt") or name.startswith("data-")):
                self.said.append(" ".join(value.split()))

    def handle_data(self, data: str) -> None:
        if self.inside and self.inside[-1] not in ("script", "style", "textarea", "ins", "del") and data.strip():
            self.said.append(" ".join(data.split()))
            if self.inside[-1] in ("column", "button", "label", "legend", "summary", "h2"):
                self.titles.append(self.said[-1])


# Pages with something in their address, by what `furnish` makes; the kind of record that the address names.
NAMED = {
    "customers": "customer", "contacts": "contact", "assets": "agent", "tickets": "ticket", "articles": "article",
}  # fmt: skip
TABS = ("tickets", "contacts", "assets", "billing", "alerts", "knowledge", "history", "deactivation")
# Words of the data that happen to be ours too.
DATA = {"Priority", "Acme", "Dana", "Greeting"}


@pytest.fixture(scope="module")
def german(databases: Databases) -> Iterator[tuple[Client, dict[str, int]]]:
    with desk_on(databases, "sqlite") as client:

        def job(work: Any) -> dict[str, int]:
            return {**furnish.furnish(work), "reply": make.reply(work)}

        yield client, client.stage.do(job)


def addresses(ids: dict[str, int]) -> Iterator[str]:
    for route in ROUTES:
        if (
            route.method == "GET"
            and "{" not in route.path
            and not route.path.endswith((".csv", "/live", "/changed", "/styleguide"))
        ):
            yield route.path
        first = route.path.split("/")[1]
        if route.method == "GET" and route.path.count("{") == 1 and "{id}" in route.path and first in NAMED:
            yield route.path.replace("{id}", str(ids[NAMED[first]]))
    yield from (f"/customers/{ids['customer']}/{tab}" for tab in TABS)
    yield from (f"/reports/{kind}" for kind in ("promises", "technicians", "customers", "unbilled"))
    yield from ("/queue?view=all", "/settings/technicians/1", f"/settings/replies/{ids['reply']}", "/nowhere")


def test_no_page_has_english_left_in_german(german: tuple[Client, dict[str, int]]) -> None:
    client, ids = german
    browser = Browser(client, client.stage)
    browser.send("/me", {"language": "de", "time_zone": "Europe/Berlin"})
    assert "Gespeichert" in browser.cookies.pop("notice")
    kept = texts(read(words.LANGUAGES / "de.po"))
    pairs = [
        pair for id, to in kept.items() for pair in (zip(id, to, strict=True) if isinstance(id, tuple) else [(id, to)])
    ]
    english = {ours for ours, theirs in pairs if ours != theirs} - {theirs for _, theirs in pairs} - DATA

    whole = {theirs for _, theirs in pairs}
    forms = [re.compile(FILLED.sub(".+", re.escape(theirs))) for theirs in whole if HOLES.search(theirs)]

    @cache
    def german_word(text: str) -> bool:
        """Whether a text is one of ours, or what an entry of the audit log is: `Ticket: erstellt`."""
        return set(text.split(": ")) <= whole or any(form.fullmatch(text) for form in forms)

    left: dict[str, set[str]] = {}
    unmarked: dict[str, set[str]] = {}
    pages = 0
    for address in addresses(ids):
        answer = browser.get(address)
        if not answer.headers.get("content-type", "").startswith("text/html") or answer.status_code == 303:
            continue
        pages += 1
        reader = Reader()
        reader.feed(answer.text)
        assert answer.status_code < 500, address
        assert "<html" not in answer.text or '<html lang="de"' in answer.text, address
        if found := english & set(reader.said):
            left[address] = found
        if found := {one for one in reader.titles if not DATA & set(one.split()) and not german_word(one)}:
            unmarked[address] = found

    assert left == {}
    assert unmarked == {}
    assert pages > 40
