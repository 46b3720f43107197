"""Coming in and leaving."""

import make
from conftest import Browser, Client, Stage


def test_a_stranger_is_shown_the_way_in_and_brought_where_they_wanted(client: Client, stage: Stage) -> None:
    stage.do(lambda work: make.technician(work, email="mia@msp.example", password="correct horse"))
    browser = Browser(client, stage, technician_id=None)
    there = browser.get("/").headers["location"]
    assert there == "/sign-in?next=/"

    browser.get(there)
    form = {"email": "MIA@msp.example", "password": "correct horse", "next": "/customers"}
    answer = browser.send("/sign-in", {**form, "form_key": browser.cookies["form_key"]})
    assert (answer.status_code, answer.headers["location"]) == (303, "/customers")


def test_a_wrong_password_and_an_unknown_address_are_told_alike(client: Client, stage: Stage) -> None:
    stage.do(lambda work: make.technician(work, email="mia@msp.example", password="correct horse"))
    browser = Browser(client, stage, technician_id=None)
    browser.get("/sign-in")
    key = {"form_key": browser.cookies["form_key"]}
    wrong = browser.send("/sign-in", {**key, "email": "mia@msp.example", "password": "wrong"})
    unknown = browser.send("/sign-in", {**key, "email": "m@x.example", "password": "wrong"})
    assert wrong.status_code == unknown.status_code == 422
    assert "session" not in browser.cookies


def test_a_form_without_its_key_or_from_another_site_changes_nothing(browser: Browser) -> None:
    assert browser.request("POST", "/sign-out").status_code == 403
    assert browser.send("/sign-out", headers={"origin": "https://evil.example"}).status_code == 403
    assert browser.get("/").status_code == 303


def test_whoever_signs_out_has_left(browser: Browser) -> None:
    assert browser.send("/sign-out").headers["location"] == "/sign-in"
    assert browser.get("/").headers["location"].startswith("/sign-in")
