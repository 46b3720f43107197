"""A technician's day in a real browser, by keys and by mouse, on a desk and on a phone, with script and without."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from chromium import SIZES, Demo, Looker, visitor, window
from playwright.sync_api import Browser, Page, expect
from walks import (
    SHIFTS,
    TICKET,
    Colleague,
    Keyboard,
    colleague,
    fill_in,
    form_key,
    handle_by_keys,
    handle_by_mouse,
    listed,
    palette,
    signed_in,
    slow_down,
    ticket_of,
)

KEYSTROKES_MAX = 8
MAIN_PAGES = (
    "/queue?view=open",
    "/tickets/{ticket}",
    "/customers",
    "/customers/1",
    "/contacts",
    "/assets",
    "/dashboard",
    "/reports/technicians",
    "/settings",
    "/search?q=printer",
    "/me",
)


@pytest.fixture(scope="module")
def cookies(desk: Demo, chrome: Browser) -> list[dict[str, Any]]:
    """Of the owner, who has signed in."""
    with window(chrome, desk) as looker:
        looker.sign_in()
        return [dict(one) for one in looker.page.context.cookies()]


def complaints(looker: Looker) -> list[str]:
    """What the browser says beside that a form was refused or the line is down, where that was the plan."""
    planned = ("ERR_INTERNET_DISCONNECTED", "422")
    return [one for one in looker.taken() if not any(word in one for word in planned)]


@pytest.fixture(params=list(SIZES))
def looker(
    request: pytest.FixtureRequest, chrome: Browser, desk: Demo, cookies: list[dict[str, Any]]
) -> Iterator[Looker]:
    """The owner, at a desk and at a phone."""
    with signed_in(chrome, desk, cookies, size=request.param) as made:
        yield made
        assert complaints(made) == []


@pytest.fixture
def at_desk(chrome: Browser, desk: Demo, cookies: list[dict[str, Any]]) -> Iterator[Looker]:
    with signed_in(chrome, desk, cookies) as made:
        yield made
        assert complaints(made) == []


@pytest.fixture(scope="module")
def robin(desk: Demo) -> Iterator[Colleague]:
    with colleague(desk) as made:
        yield made


def make_ticket(who: Colleague, title: str) -> int:
    answer = who.http.post("/tickets", json={"TicketTitle": title, "EndUserID": 1, "Description": "It stopped."})
    assert answer.status_code in (200, 201), answer.text
    return int(answer.json()["ActionID"])


@pytest.fixture
def ticket(robin: Colleague) -> int:
    return make_ticket(robin, "Scanner does not wake up")


# Seeing to tickets


def test_from_the_queue_to_the_next_ticket_takes_at_most_eight_keystrokes(looker: Looker, robin: Colleague) -> None:
    for number in range(3):
        make_ticket(robin, f"Printer {number} hangs")
    looker.go("/queue?view=open")
    order = listed(looker.page)

    handled = handle_by_keys(looker.page)

    assert handled.ticket == order[0]
    assert handled.next == order[1]
    assert len(handled.pressed) <= KEYSTROKES_MAX, handled.pressed
    looker.go(f"/tickets/{handled.ticket}")
    expect(looker.page.locator("#head .badge").first).to_have_text("Resolved")


def test_from_the_queue_to_the_next_ticket_by_mouse(looker: Looker, robin: Colleague) -> None:
    for number in range(3):
        make_ticket(robin, f"Monitor {number} flickers")
    looker.go("/queue?view=open&sort=-number")
    order = listed(looker.page)

    handled = handle_by_mouse(looker.page)

    assert (handled.ticket, handled.next) == tuple(order[:2])


def test_resolving_leads_to_the_ticket_that_follows_in_the_list(at_desk: Looker, robin: Colleague) -> None:
    for number in range(3):
        make_ticket(robin, f"Phone {number} is silent")
    page = at_desk.page
    at_desk.go("/queue?view=open&sort=-number")
    order = listed(page)
    for key in ("j", "j", "Enter"):
        page.keyboard.press(key)
    page.wait_for_url(f"**/tickets/{order[1]}*")
    page.keyboard.press("e")

    page.wait_for_url(f"**/tickets/{order[2]}*")


def test_a_ticket_is_made_assigned_changed_noted_and_resolved_by_keys(at_desk: Looker, robin: Colleague) -> None:
    page = at_desk.page
    keys = Keyboard(page)
    caller = robin.http.get("/contacts").json()["items"][0]
    at_desk.go("/customers")
    keys.press("c")
    page.wait_for_url("**/tickets/new")
    keys.type(caller["Lastname"].lower())
    page.locator("#whom .found a").first.wait_for()
    keys.press("Tab")
    while page.evaluate("document.activeElement.closest('.found') === null"):
        keys.press("Tab")
    keys.press("Enter")
    expect(page.locator("#title")).to_be_focused()
    keys.type("Projector shows no picture")
    keys.press("Control+Enter")
    page.wait_for_url(TICKET)
    ticket = ticket_of(page)

    for key, id, value, shown, where in (
        ("p", "f-priority", "High", "High priority", "#head"),
        ("s", "f-status", "Pending", "Pending", "#head"),
        ("a", "f-technician_id", "Priya", "Priya Raghunathan", "#f-technician_id option[selected]"),
    ):
        keys.press(key)
        expect(page.locator(f"#{id}")).to_be_focused()
        keys.type(value)
        expect(page.locator(where)).to_contain_text(shown)
        keys.press("Escape")
    keys.press("n")
    keys.type("The lamp is at 2,100 hours.")
    keys.press("Control+Enter")
    expect(page.locator("#talk .said.note")).to_contain_text("2,100 hours")
    keys.press("e")
    page.wait_for_url(lambda url: not url.endswith(f"/{ticket}"))

    at_desk.go(f"/tickets/{ticket}")
    expect(page.locator("#head .badge").first).to_have_text("Resolved")


def test_a_ticket_waits_is_resolved_and_opened_again_by_what_is_said(looker: Looker, ticket: int) -> None:
    page = looker.page
    looker.go(f"/tickets/{ticket}")
    for button, status in (
        ("Send and wait", "Pending"),
        ("Send and resolve", "Resolved"),
        ("Send and reopen", "Open"),
        ("Send and resolve", "Resolved"),
    ):
        page.locator("#answer-box summary").first.click()
        page.fill("#answer", f"{button}, please.")
        page.get_by_role("button", name=button).click()
        expect(page.locator("#head .badge").first).to_have_text(status)
        expect(page.locator("#talk .said.ours").last).to_contain_text(f"{button}, please.")
    page.select_option("#f-status", "closed")
    expect(page.locator("#head .badge").first).to_have_text("Closed")


def test_a_ticket_that_was_resolved_by_mistake_is_opened_again_from_the_next(at_desk: Looker, ticket: int) -> None:
    page = at_desk.page
    at_desk.go(f"/tickets/{ticket}?list=view%3Dopen%26sort%3D-number")
    page.keyboard.press("e")
    page.wait_for_url("**done=*")
    page.get_by_role("button", name=re.compile("Undo|Take back|Reopen")).first.click()
    page.wait_for_url(re.compile(rf"/tickets/{ticket}\b"))
    expect(page.locator("#head .badge").first).to_have_text("Open")


def test_rows_are_chosen_and_changed_together_by_keys(at_desk: Looker, robin: Colleague) -> None:
    for number in range(2):
        make_ticket(robin, f"Tablet {number} is cracked")
    page = at_desk.page
    at_desk.go("/queue?view=all&q=cracked")
    for key in ("j", "x", "j", "x", "p"):
        page.keyboard.press(key)
    expect(page.locator("#bulk-priority")).to_be_focused()
    page.keyboard.type("Critical")
    # The first closes the list of choices, where the browser has opened it.
    page.keyboard.press("Enter")
    page.keyboard.press("Control+Enter")

    expect(page.locator(".outcome")).to_be_visible()
    expect(page.locator("td.priority.critical")).to_have_count(2)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("td.priority.critical")).to_have_count(0)


# Keys


def test_places_are_two_keys_away(at_desk: Looker) -> None:
    at_desk.go("/me")
    for key, place in (("q", "queue"), ("d", "dashboard"), ("c", "customers"), ("r", "reports"), ("s", "settings")):
        at_desk.page.keyboard.press("g")
        at_desk.page.keyboard.press(key)
        at_desk.page.wait_for_url(re.compile(f"/{place}"))


def test_single_keys_do_nothing_in_a_field(at_desk: Looker) -> None:
    at_desk.go("/queue?view=open")
    at_desk.page.keyboard.press("/")
    at_desk.page.keyboard.type("c?gd")

    expect(at_desk.page.locator("#q")).to_have_value("c?gd")
    expect(at_desk.page.locator("dialog[open]")).to_have_count(0)
    assert "/queue" in at_desk.page.url


def test_single_keys_can_be_switched_off(at_desk: Looker) -> None:
    page = at_desk.page
    at_desk.go("/me")
    page.select_option("#keys", "off")
    page.get_by_role("button", name="Keep").click()
    expect(page.locator("body[data-keys=off]")).to_have_count(1)
    page.keyboard.press("?")
    page.keyboard.press("g")
    page.keyboard.press("q")
    expect(page.locator("dialog[open]")).to_have_count(0)
    page.keyboard.press("Control+k")
    expect(page.locator("#palette")).to_be_visible()
    page.keyboard.press("Escape")
    page.select_option("#keys", "on")
    page.get_by_role("button", name="Keep").click()
    expect(page.locator("body[data-keys=off]")).to_have_count(0)


def test_every_key_is_listed(at_desk: Looker, ticket: int) -> None:
    page = at_desk.page
    found = set()
    for path in ("/queue?view=open", f"/tickets/{ticket}"):
        at_desk.go(path)
        page.keyboard.press("?")
        found |= {text.strip() for text in page.locator("#keys td:first-child").all_inner_texts()}
        page.keyboard.press("Escape")
        expect(page.locator("#keys")).to_have_count(0)

    assert found >= {
        *("j", "k", "x", "c", "/", "r", "n", "t", "a", "s", "p", "e", "?"),
        *("g q", "g d", "g c", "g r", "g s", "Ctrl K", "Ctrl Enter"),
    }


def test_rows_of_every_list_are_walked_by_keys(at_desk: Looker) -> None:
    for path in ("/customers", "/contacts", "/assets", "/search?q=printer"):
        at_desk.go(path)
        at_desk.page.locator("h1").click()
        at_desk.page.evaluate("document.activeElement.blur()")
        for key in ("j", "j", "k", "Enter"):
            at_desk.page.keyboard.press(key)
        at_desk.page.wait_for_url(re.compile(r"/\d+$"))


# The palette


def test_the_palette_finds_a_ticket_by_number_and_a_customer_by_name(looker: Looker, ticket: int) -> None:
    page = looker.page
    looker.go("/dashboard")
    with visitor(looker.desk) as http:
        name = re.search(r"<h1>([^<]+?)\s*<", http.get("/customers/1").text)
    assert name
    palette(page, str(ticket), "Scanner does not wake up")
    page.wait_for_url(f"**/tickets/{ticket}")
    palette(page, name[1][:7].lower(), name[1])
    page.wait_for_url("**/customers/1")


def test_the_palette_does_what_the_page_can_and_shows_the_key(looker: Looker, ticket: int) -> None:
    page = looker.page
    looker.go(f"/tickets/{ticket}")
    page.locator(".seek").click()
    page.keyboard.type("internal")
    option = page.locator('#palette [aria-selected="true"]')
    expect(option.locator(".name")).to_have_text("Internal note")
    expect(option.locator("kbd")).to_have_text("n")
    page.keyboard.press("Enter")
    expect(page.locator("#note")).to_be_focused()
    palette(page, "follow", "Follow")
    expect(page.get_by_role("button", name="Unfollow")).to_be_visible()
    palette(page, "audit", "Audit log")
    page.wait_for_url("**/settings/audit")


def test_the_palette_gives_focus_back(at_desk: Looker) -> None:
    page = at_desk.page
    at_desk.go("/queue?view=open")
    page.locator("#by-status").focus()
    page.keyboard.press("Control+k")
    expect(page.locator("#palette input")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.locator("#palette [aria-selected=true]")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(page.locator("#by-status")).to_be_focused()


def test_a_key_right_after_the_palette_is_heard(at_desk: Looker) -> None:
    page = at_desk.page
    at_desk.go("/queue?view=open")
    for _ in range(10):
        page.keyboard.press("Control+k")
        page.keyboard.type("queue")
        expect(page.locator("#palette-list [role=option]").first).to_be_visible()
        page.keyboard.press("Escape")
        page.keyboard.press("?")
        expect(page.locator("#keys")).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.locator("#keys")).to_have_count(0)


def test_axe_finds_nothing_in_the_palette_and_the_list_of_keys(desk: Demo, chrome: Browser) -> None:
    troubles = []
    with window(chrome, desk, inspected=True) as looker:
        looker.sign_in()
        for keys, text in (("Control+k", "printer"), ("Control+k", "zzzzz"), ("?", "")):
            looker.page.keyboard.press(keys)
            looker.page.keyboard.type(text)
            looker.page.wait_for_load_state("networkidle")
            for size in SIZES:
                for theme in ("light", "dark"):
                    looker.dress(size, theme)
                    troubles += [f"{keys} {text} {size} {theme} {one}" for one in looker.violations()]
            looker.page.keyboard.press("Escape")
    assert troubles == []


# The workflows of the desk


def test_a_customer_comes_aboard_by_mouse(looker: Looker) -> None:
    page = looker.page
    size = "desk" if looker.page.viewport_size == SIZES["desk"] else "phone"
    name = f"Harbour Bakery {size}"
    looker.go("/customers")
    page.get_by_role("searchbox").fill(name)
    expect(page.locator("#list")).to_contain_text("No customer fits")
    page.get_by_role("link", name="New customer").click()
    page.fill("#name", name)
    page.fill("#domain", f"{size}.harbour.example")
    page.fill("#notes", "Referred by the florist next door.")
    page.get_by_role("button", name="Add customer").click()
    expect(page.locator("h1")).to_have_text(name)
    where = page.url

    for person, job, main in (("Ada Brandt", "Owner", True), ("Nils Okafor", "Technical contact", False)):
        page.get_by_role("link", name="New contact").click()
        page.fill("#first_name", person.split()[0])
        page.fill("#last_name", person.split()[1])
        page.fill("#email", f"{person.split()[0].lower()}@{size}.harbour.example")
        page.fill("#job_title", job)
        if main:
            page.check("#primary")
        page.get_by_role("button", name="Add contact").click()
        expect(page.locator("h1")).to_contain_text(person)
        page.goto(where)

    page.locator("summary", has_text="More").click()
    page.get_by_role("link", name="New asset").click()
    page.fill("#name", f"OVEN-{size}")
    page.fill("#type", "Desktop")
    page.fill("#serial", f"SN-{size}-1")
    page.get_by_role("button", name="Add asset").click()
    expect(page.locator("h1")).to_contain_text(f"OVEN-{size}")

    page.goto(f"{where}/billing")
    page.locator("summary", has_text="Add a contract").click()
    page.fill("#contract-name", "Care for the bakery")
    page.select_option("#contract-billed_as", "retainer")
    page.get_by_role("button", name="Add contract").click()
    expect(page.locator("main")).to_contain_text("Care for the bakery")

    page.goto(where)
    expect(page.locator("main")).to_contain_text("Ada Brandt")
    page.get_by_role("link", name="New ticket").click()
    page.fill("#title", "First look around")
    page.get_by_role("button", name="Make the ticket").click()
    expect(page.locator("#fields")).to_contain_text("Care for the bakery")


def test_a_customer_comes_aboard_by_keys(at_desk: Looker) -> None:
    page = at_desk.page
    at_desk.go("/queue")
    palette(page, "new cust", "New customer")
    page.wait_for_url("**/customers/new")
    fill_in(page, {"name": "Tidewater Clinic", "phone": "555 0188", "domain": "tidewater.example"})
    page.keyboard.press("Control+Enter")
    expect(page.locator("h1")).to_have_text("Tidewater Clinic")
    palette(page, "new cont", "New contact")
    page.wait_for_url("**/contacts/new?customer=*")
    fill_in(page, {"first_name": "Ines", "last_name": "Moreau", "email": "ines@tidewater.example"})
    page.keyboard.press("Control+Enter")
    expect(page.locator("h1")).to_contain_text("Ines Moreau")
    palette(page, "tidewater", "Tidewater Clinic")
    expect(page.locator("main")).to_contain_text("Ines Moreau")


def test_duplicates_are_compared_merged_and_parted_again(looker: Looker) -> None:
    page = looker.page
    size = "desk" if looker.page.viewport_size == SIZES["desk"] else "phone"
    ids = []
    with visitor(looker.desk) as http:
        key = form_key(http, "/customers/new")
        for name in (f"Quay Optics {size}", f"Quay Optics {size} Ltd"):
            typed = {"name": name, "domain": f"quay-{size}.example"}
            answer = http.post("/customers", data={"form_key": key, **typed})
            ids.append(int(answer.headers["location"].rpartition("/")[2]))
        moved = {"title": "Lens machine is loud", "customer_id": ids[1], "priority": "low", "type": "problem"}
        assert http.post("/tickets/new", data={"form_key": key, **moved}).status_code == 303

    looker.go("/customers")
    page.get_by_role("link", name="Duplicates").click()
    page.get_by_role("row", name=f"Quay Optics {size} Ltd").get_by_role("link", name="Compare").click()
    expect(page.locator("main")).to_contain_text("What would happen")
    expect(page.locator(".amounts")).to_contain_text(re.compile("tickets", re.IGNORECASE))
    page.get_by_role("button", name="Merge").click()
    page.wait_for_url(f"**/customers/{ids[0]}*")
    expect(page.locator("main")).to_contain_text("Lens machine is loud")
    looker.go(f"/customers/{ids[1]}")
    page.wait_for_url(f"**/customers/{ids[0]}")

    looker.go("/merges")
    page.get_by_role("row", name=f"Quay Optics {size} Ltd").get_by_role("button", name="Undo").click()
    looker.go(f"/customers/{ids[1]}")
    expect(page.locator("h1")).to_have_text(f"Quay Optics {size} Ltd")
    expect(page.locator("main")).to_contain_text("Lens machine is loud")


def test_a_customer_leaves_after_a_look_at_what_would_go(at_desk: Looker) -> None:
    page = at_desk.page
    with visitor(at_desk.desk) as http:
        typed = {"form_key": form_key(http, "/customers/new"), "name": "Old Mill Antiques"}
        where = http.post("/customers", data=typed).headers["location"]
    at_desk.go(where)
    page.locator("summary", has_text="More").click()
    page.get_by_role("link", name="Deactivate and delete").click()
    expect(page.locator("main")).to_contain_text("What would go")
    page.fill("#name", "Old Mil")
    page.get_by_role("button", name="Delete for good").click()
    expect(page.locator(".problem")).to_be_visible()
    page.fill("#name", "Old Mill Antiques")
    page.get_by_role("button", name="Delete for good").click()
    page.wait_for_url("**/archives*")
    expect(page.locator("main")).to_contain_text("Old Mill Antiques")


# Without JavaScript


@pytest.mark.parametrize("size", list(SIZES))
def test_without_javascript_one_reads_searches_answers_changes_and_logs_time(
    size: str, chrome: Browser, desk: Demo, cookies: list[dict[str, Any]], ticket: int
) -> None:
    with signed_in(chrome, desk, cookies, size=size, script=False) as looker:
        page = looker.page
        looker.go("/queue?view=open")
        page.get_by_role("link", name="Search", exact=False).first.click()
        page.fill("#q", "scanner wake")
        page.locator("main").get_by_role("button", name="Search").click()
        page.get_by_role("link", name="Scanner does not wake up").first.click()
        page.wait_for_url(TICKET)
        looker.go(f"/tickets/{ticket}")
        expect(page.locator("#talk")).to_contain_text("It stopped.")
        page.locator("#answer-box summary").first.click()
        page.fill("#answer", f"Please press the green button. {size}")
        page.locator("#answer-box button.main").click()
        expect(page.locator("#talk")).to_contain_text(f"green button. {size}")
        page.select_option("#f-priority", "high")
        page.get_by_role("button", name="Save fields").click()
        expect(page.locator("#head")).to_contain_text("High priority")
        page.fill("#line", f"25m talked it over, {size}")
        page.locator(".entering button", has_text="Enter time").click()
        expect(page.locator("#time")).to_contain_text(f"talked it over, {size}")
        page.locator("#note-box summary").first.click()
        page.fill("#note", "Kept for later")
        page.locator("#note-box").get_by_role("button", name="Keep draft").click()
        expect(page.locator("#note")).to_have_value("Kept for later")
        page.locator("#note-box").get_by_role("button", name="Throw away").click()
        page.get_by_role("button", name="Resolve and next").click()
        looker.go(f"/tickets/{ticket}")
        expect(page.locator("#head .badge").first).to_have_text("Resolved")


# Drafts


def write(page: Page, text: str) -> None:
    page.keyboard.press("r")
    expect(page.locator("#answer")).to_be_focused()
    page.keyboard.type(text)


def test_a_draft_is_there_after_a_reload(at_desk: Looker, ticket: int) -> None:
    at_desk.go(f"/tickets/{ticket}")
    write(at_desk.page, "Half a thought")
    at_desk.page.reload()
    expect(at_desk.page.locator("#answer")).to_have_value("Half a thought")


def test_a_draft_is_there_after_a_crash(
    chrome: Browser, desk: Demo, cookies: list[dict[str, Any]], ticket: int
) -> None:
    """The second window has nothing of the first but the session."""
    with signed_in(chrome, desk, cookies) as first:
        first.go(f"/tickets/{ticket}")
        write(first.page, "Written just before the lights went out")
        expect(first.page.locator("#answer-box .kept")).to_have_text("Draft kept")
    with signed_in(chrome, desk, cookies) as second:
        second.go(f"/tickets/{ticket}")
        expect(second.page.locator("#answer")).to_have_value("Written just before the lights went out")
        expect(second.page.locator("#answer")).to_be_visible()


def test_a_draft_is_there_after_signing_out_and_in_again(desk: Demo, chrome: Browser, ticket: int) -> None:
    with window(chrome, desk) as looker:
        looker.sign_in()
        looker.go(f"/tickets/{ticket}")
        write(looker.page, "To be continued")
        looker.page.get_by_role("button", name="Sign out").click()
        looker.page.wait_for_url("**/sign-in*")
        looker.sign_in()
        looker.go(f"/tickets/{ticket}")
        expect(looker.page.locator("#answer")).to_have_value("To be continued")


def test_a_draft_is_there_after_a_session_that_ended_meanwhile(desk: Demo, chrome: Browser, ticket: int) -> None:
    with window(chrome, desk) as looker:
        page = looker.page
        looker.sign_in()
        looker.go(f"/tickets/{ticket}")
        write(page, "Too late for this session")
        page.context.clear_cookies()
        page.keyboard.press("Control+Enter")
        page.wait_for_url("**/sign-in*")
        page.fill("#email", desk.owner_email)
        page.fill("#password", desk.owner_password)
        page.press("#password", "Enter")
        page.wait_for_url(f"**/tickets/{ticket}")
        expect(page.locator("#answer")).to_have_value("Too late for this session")


def test_a_draft_is_there_after_a_send_that_failed(looker: Looker, ticket: int) -> None:
    page = looker.page
    looker.go(f"/tickets/{ticket}")
    write(page, "Sent into the void")
    page.context.set_offline(True)
    page.keyboard.press("Control+Enter")
    expect(page.locator("#notices")).to_contain_text("cannot be reached")
    expect(page.locator("#answer")).to_have_value("Sent into the void")
    page.context.set_offline(False)
    page.reload()
    expect(page.locator("#answer")).to_have_value("Sent into the void")
    page.locator("#answer").focus()
    page.keyboard.press("Control+Enter")
    expect(page.locator("#talk")).to_contain_text("Sent into the void")
    expect(page.locator("#answer")).to_have_value("")
    page.reload()
    expect(page.locator("#answer")).to_have_value("")


def test_a_new_ticket_is_there_after_a_reload_and_gone_once_it_is_made(at_desk: Looker) -> None:
    page = at_desk.page
    for path in ("/tickets/new", "/tickets/new?customer_id=1"):
        at_desk.go(path)
        if page.locator("#title").input_value() == "":
            page.fill("#title", "Door opener is deaf")
            page.fill("#description", "Since the storm.")
    page.reload()
    expect(page.locator("#description")).to_have_value("Since the storm.")
    page.get_by_role("button", name="Make the ticket").click()
    page.wait_for_url(TICKET)
    at_desk.go("/tickets/new")
    expect(page.locator("#description")).to_have_value("")


# Others


def test_what_others_do_announces_itself_and_moves_nothing(looker: Looker, robin: Colleague) -> None:
    page = looker.page
    looker.go("/queue?view=open&sort=-number")
    before = page.locator(".tickets tbody").bounding_box()
    order = listed(page)
    new = make_ticket(robin, "Badge reader blinks red")
    button = page.locator("#news button")
    expect(button).to_have_text("1 new, show", timeout=15_000)
    assert listed(page) == order
    assert page.locator(".tickets tbody").bounding_box() == before
    button.click()
    expect(page.locator(f"#row-{new}")).to_be_visible()
    assert listed(page)[0] == new
    expect(page.locator("#news button")).to_have_count(0)


def test_one_sees_who_else_is_here_reading_and_writing(
    chrome: Browser, desk: Demo, at_desk: Looker, robin: Colleague, ticket: int
) -> None:
    at_desk.go(f"/tickets/{ticket}")
    with signed_in(chrome, desk, robin.cookies) as other:
        other.go(f"/tickets/{ticket}")
        expect(at_desk.page.locator("#presence")).to_contain_text(f"{robin.name} is reading", timeout=15_000)
        write(other.page, "I shall take")
        other.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        expect(at_desk.page.locator("#presence")).to_contain_text(f"{robin.name} is writing", timeout=15_000)
        other.go("/queue")
        expect(at_desk.page.locator("#presence")).to_have_text("", timeout=15_000)


def test_two_who_change_different_fields_both_win_and_of_the_same_field_the_second_is_asked(
    chrome: Browser, desk: Demo, at_desk: Looker, robin: Colleague, ticket: int
) -> None:
    page = at_desk.page
    at_desk.go(f"/tickets/{ticket}")
    with signed_in(chrome, desk, robin.cookies) as other:
        other.go(f"/tickets/{ticket}")
        other.page.select_option("#f-priority", "critical")
        expect(other.page.locator("#head")).to_contain_text("Critical priority")
    page.select_option("#f-type", "change")
    expect(page.locator("#head")).to_contain_text("Critical priority")
    expect(page.locator("#f-type")).to_have_value("change")
    with signed_in(chrome, desk, robin.cookies) as other:
        other.go(f"/tickets/{ticket}")
        other.page.select_option("#f-priority", "high")
        expect(other.page.locator("#head")).to_contain_text("High priority")
    page.select_option("#f-priority", "low")
    expect(page.locator("#fields .problem")).to_contain_text("changed meanwhile")
    expect(page.locator("#head")).to_contain_text("High priority")


def test_a_passkey_is_added_with_the_password_and_lets_one_in_without(desk: Demo, chrome: Browser) -> None:
    # Passkeys answer to names, not to addresses.
    named = replace(desk, url=desk.url.replace("127.0.0.1", "localhost"))
    with window(chrome, named) as looker:
        page = looker.page
        line = page.context.new_cdp_session(page)
        line.send("WebAuthn.enable")
        kind = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
        options = {**kind, "isUserVerified": True, "automaticPresenceSimulation": True}
        line.send("WebAuthn.addVirtualAuthenticator", {"options": options})
        looker.sign_in()
        looker.go("/me/security")
        page.fill("#passkey_password", "wrong")
        page.get_by_role("button", name="Add a passkey").click()
        expect(page.locator("[data-passkey] .trouble")).to_have_text("The password is not right.")
        page.fill("#passkey_password", desk.owner_password)
        page.fill("[data-passkey] #name", "Front desk")
        page.get_by_role("button", name="Add a passkey").click()
        expect(page.get_by_role("status")).to_contain_text("The passkey is added.")
        page.get_by_role("button", name="Sign out").click()
        page.wait_for_url("**/sign-in*")
        page.get_by_role("button", name="passkey").click()
        page.wait_for_url("**/queue*")
        looker.go("/me/security")
        page.get_by_role("button", name="Remove Front desk").click()
        expect(page.get_by_role("status")).to_contain_text("The passkey is removed.")
        assert complaints(looker) == []


# Calm


def test_a_link_within_a_page_fetches_nothing(looker: Looker, ticket: int) -> None:
    page = looker.page
    looker.go(f"/tickets/{ticket}")
    page.evaluate("window.same = true")
    page.locator("#talk .at").first.click()
    page.wait_for_url("**#comment-*")
    page.go_back()
    page.wait_for_url(f"**/tickets/{ticket}")
    assert page.evaluate("window.same")


def test_every_state_has_an_address_and_back_leads_to_the_one_before(looker: Looker, ticket: int) -> None:
    page = looker.page
    looker.go("/queue?view=all")
    # Longer than the rest after which what is typed is looked up.
    slow_down(page, late_by=400)
    page.select_option("#by-status", "open")
    page.wait_for_url("**status=open*")
    slow_down(page)
    for text in ("scan", "scanner"):
        page.fill("#q", text)
        page.wait_for_url(f"**q={text}&*")
    page.locator(f"#row-{ticket} a.open").click()
    page.wait_for_url(TICKET)
    page.go_back()
    expect(page.locator("#q")).to_have_value("scanner")
    expect(page.locator("#by-status")).to_have_value("open")
    expect(page.locator(f"#row-{ticket} a.open")).to_be_focused()
    page.locator(f"#row-{ticket} a.open").click()
    page.locator(".trail a").first.click()
    expect(page.locator("#q")).to_have_value("scanner")
    for _ in range(3):
        page.go_back()
    expect(page.locator("#q")).to_have_value("")
    expect(page.locator("#by-status")).to_have_value("open")


# A slow line brings a page in pieces, and so would show it in pieces.
@pytest.mark.parametrize("bytes_a_second", [-1, 20_000], ids=["quick", "slow"])
@pytest.mark.parametrize("size", list(SIZES))
def test_nothing_moves_after_the_first_paint(
    size: str, bytes_a_second: int, chrome: Browser, desk: Demo, cookies: list[dict[str, Any]], ticket: int
) -> None:
    moved = []
    with signed_in(chrome, desk, cookies, size=size) as looker:
        looker.page.add_init_script(SHIFTS)
        slow_down(looker.page, bytes_a_second=bytes_a_second)
        for path in MAIN_PAGES:
            looker.go(path.format(ticket=ticket))
            looker.page.wait_for_timeout(250)
            moved += [f"{path} {one}" for one in looker.page.evaluate("window.shifts")]
    assert moved == []
