"""Looking for anything, as somebody at a browser without script sees it; the palette shows the same."""

import re

import make
from conftest import Browser, Stage
from quarterdeck.desk import merging
from quarterdeck.desk.work import Work
from quarterdeck.web import ROUTES, search
from quarterdeck.web.settings.tabs import TABS

# What answers a script or a form, and what leads on.
NOT_PLACES = {"/", "/live", "/queue/changed", "/queue/delete", "/queue/merge", "/reports", "/search/found"}


def found(browser: Browser, asked: str) -> list[tuple[str, str]]:
    """Names and where they lead, in their order."""
    answer = browser.request("GET", "/search/found", params={"q": asked})
    assert answer.status_code == 200
    return [(name, where) for where, name in re.findall(r'<a href="([^"]+)"><span class="name">([^<]+)', answer.text)]


def test_a_ticket_is_found_by_its_number_before_all_that_has_it_among_its_words(browser: Browser, stage: Stage) -> None:
    def desk(work: Work) -> int:
        id = make.ticket(work, title="Fans howl")
        make.ticket(work, title=f"Room {id} has no light")
        return id

    id = stage.do(desk)
    assert [name for name, _ in found(browser, f"#{id}")] == ["Fans howl", f"Room {id} has no light"]
    assert found(browser, str(id))[0] == ("Fans howl", f"/tickets/{id}")


def test_the_number_of_a_merged_ticket_finds_what_it_became_part_of(browser: Browser, stage: Stage) -> None:
    def desk(work: Work) -> tuple[int, int]:
        customer = make.customer(work)
        kept, gone = (make.ticket(work, customer_id=customer, title=title) for title in ("Kept", "Gone"))
        merging.merge_tickets(work, kept, gone)
        return kept, gone

    kept, gone = stage.do(desk)
    assert found(browser, str(gone))[0] == ("Kept", f"/tickets/{kept}")


def test_names_come_before_tickets_that_mention_them(browser: Browser, stage: Stage) -> None:
    def desk(work: Work) -> None:
        customer = make.customer(work, name="Marina Works")
        contact = make.contact(work, customer_id=customer, first_name="Mara", last_name="Marin")
        make.agent(work, customer_id=customer, name="MARINA-PC")
        make.ticket(work, contact_id=contact, title="The marina has no network")

    stage.do(desk)
    names = [name for name, _ in found(browser, "marin")]
    assert names == ["Marina Works", "Mara Marin", "MARINA-PC", "The marina has no network"]


def test_parts_of_names_are_looked_for_where_no_word_begins_like_that(browser: Browser, stage: Stage) -> None:
    stage.do(lambda work: make.customer(work, name="BrightSmile Dental"))
    assert [name for name, _ in found(browser, "smile")] == ["BrightSmile Dental"]


def test_of_many_the_first_are_shown_and_the_list_of_all_is_a_link_away(browser: Browser, stage: Stage) -> None:
    stage.do(lambda work: [make.ticket(work, title=f"Printer {n}") for n in range(search.SHOWN + 1)])
    hits = found(browser, "printer")
    assert len(hits) == search.SHOWN + 1
    assert hits[-1][1] == "/queue?view=all&amp;q=printer"


def test_nothing_found_says_so(browser: Browser) -> None:
    assert "Nothing is called like that" in browser.get("/search?q=zzzz").text
    assert "Tickets by number or words" in browser.get("/search").text
    for strange in ("%", "'", '"', "*", "#", "0", "9" * 30, "\u202e", " "):
        assert browser.request("GET", "/search", params={"q": strange}).status_code == 200


def test_the_palette_goes_to_every_page_there_is(browser: Browser) -> None:
    pages = [route for route in ROUTES if route.method == "GET" and not route.open and "{" not in route.path]
    wanted = {route.path for route in pages if not route.path.endswith(".csv")} - NOT_PLACES
    side = set(re.findall(r'<li><a href="(/[a-z]+)"', browser.get("/queue").text))
    there = {where for _, where in found(browser, "")}

    assert wanted - there - side == set()
    assert {f"/settings{where}" for where, _, _ in TABS} <= there
    for where in there:
        assert browser.get(where.replace("&amp;", "&")).status_code == 200, where


def test_who_may_only_look_is_offered_nothing_to_make(stage: Stage, browser: Browser) -> None:
    vic = Browser(browser.client, stage, technician_id=2)
    names = [name for name, _ in found(vic, "")]
    assert "Preferences" in names
    assert [name for name in names if name.startswith("New ") and name != "New view"] == []
    assert "Audit log" not in names
