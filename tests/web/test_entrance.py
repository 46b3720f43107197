"""Coming in and leaving."""

import re
import time
from dataclasses import replace
from datetime import timedelta
from typing import Any

import httpx
import pyotp
import pytest
import sqlalchemy as sa

import make
from conftest import Browser, Client, Stage
from quarterdeck.desk import access, signin
from quarterdeck.desk.work import Actor
from quarterdeck.web.entrance import inside

PASSWORD = "correct horse"


class Stranger(Browser):
    """Somebody who has not signed in, at a browser of their own."""

    def __init__(self, client: Client, stage: Stage, **headers: str) -> None:
        super().__init__(client, stage, technician_id=None)
        self.headers = headers

    def request(self, method: str, path: str, **more: Any) -> httpx.Response:
        answer = super().request(method, path, headers={**self.headers, **more.pop("headers", {})}, **more)
        found = re.search(r'data-form-key="([^"]*)"', answer.text)
        self.form_key = found.group(1) if found else self.form_key
        return answer

    def sign_in(self, password: str = PASSWORD, email: str = "mia@msp.example", **more: str) -> httpx.Response:
        if not self.form_key:
            self.get("/sign-in")
        return self.send("/sign-in", {"email": email, "password": password, **more})


@pytest.fixture
def mia(stage: Stage) -> int:
    id: int = stage.do(lambda work: make.technician(work, first_name="Mia", email="mia@msp.example", password=PASSWORD))
    return id


@pytest.fixture
def stranger(client: Client, stage: Stage) -> Stranger:
    return Stranger(client, stage)


def authenticator(stage: Stage, technician_id: int) -> tuple[pyotp.TOTP, list[str]]:
    """Turn a second factor on for somebody."""

    def act(work: Any) -> tuple[str, list[str]]:
        work.actor = Actor("Mia", frozenset(), technician_id)
        signin.begin_factor(work)
        secret = signin.offer(work)[0]  # type: ignore[index]
        code = pyotp.TOTP(secret).at(int(work.now.timestamp()) - 30)
        return secret, signin.confirm(work, code, signin.Browser())[0]

    secret, codes = stage.do(act)
    return pyotp.TOTP(secret), codes


def noted(stage: Stage) -> None:
    """Wait until the use of a session is written down, which happens after the page is sent."""
    latest = sa.select(signin.Session.seen_at).order_by(signin.Session.seen_at.desc()).limit(1)
    until = time.monotonic() + 10
    while time.monotonic() < until:
        if stage.do(lambda work: work.db.scalar(latest)) == stage.clock.now:
            return
    raise AssertionError("the use of the session was not written down")


def code_of(totp: pyotp.TOTP, stage: Stage) -> str:
    return totp.at(int(stage.clock().timestamp()))


def test_a_stranger_is_shown_the_way_in_and_brought_where_they_wanted(stranger: Stranger, mia: int) -> None:
    there = stranger.get("/me?tab=a&b=c").headers["location"]
    assert there == "/sign-in?next=/me%3Ftab%3Da%26b%3Dc"

    page = stranger.get(there)
    assert 'name="next" value="/me?tab=a&amp;b=c"' in page.text
    answer = stranger.sign_in(email="MIA@msp.example", next="/me?tab=a&b=c")
    assert (answer.status_code, answer.headers["location"]) == (303, "/me?tab=a&b=c")
    assert stranger.get("/me").status_code == 200


def test_a_wrong_password_and_an_unknown_address_are_told_alike(stranger: Stranger, mia: int) -> None:
    wrong = stranger.sign_in("wrong")
    unknown = stranger.sign_in("wrong", "m@x.example")
    assert wrong.status_code == unknown.status_code == 422

    def plain(text: str) -> str:
        return re.sub(r'nonce="[^"]*"', "", text.replace("mia@msp.example", "m@x.example"))

    assert plain(wrong.text) == plain(unknown.text)
    assert "session" not in stranger.cookies


def test_what_was_typed_is_still_there_but_never_the_password(stranger: Stranger, mia: int) -> None:
    answer = stranger.sign_in("a wrong one")
    assert 'value="mia@msp.example"' in answer.text
    assert "a wrong one" not in answer.text


def test_somebody_who_was_switched_off_does_not_come_in(stranger: Stranger, stage: Stage, mia: int) -> None:
    stage.do(lambda work: access.change(work, mia, access.Changes(active=False)))
    assert stranger.sign_in().status_code == 422


def test_guessing_is_slowed_with_the_wait_in_words(stranger: Stranger, stage: Stage, mia: int) -> None:
    for _ in range(10):
        assert stranger.sign_in("wrong").status_code == 422
    answer = stranger.sign_in()
    assert answer.status_code == 429
    assert answer.headers["retry-after"] == "16"
    assert "Too many attempts: please try again in 15 seconds" in answer.text

    stage.clock.now += timedelta(seconds=16)
    assert stranger.sign_in().status_code == 303


def test_guesses_by_a_stranger_elsewhere_do_not_keep_anybody_out(
    client: Client, stage: Stage, mia: int, stranger: Stranger
) -> None:
    stage.app.site.premises = replace(stage.app.site.premises, trusted=frozenset({"127.0.0.1"}))
    thief = Stranger(client, stage, **{"x-forwarded-for": "203.0.113.9"})
    for _ in range(12):
        last = thief.sign_in("wrong")
    assert last.status_code == 429
    assert stranger.sign_in().status_code == 303


@pytest.mark.parametrize(
    "where",
    [
        "//evil.example",
        "/\\evil.example",
        "https://evil.example/",
        "\t//evil.example",
        "/\t/evil.example",
        "javascript:alert(1)",
        "/\r\nset-cookie: a=b",
        "evil",
        "",
    ],
)
def test_nobody_is_led_elsewhere_after_signing_in(where: str, stranger: Stranger, mia: int) -> None:
    assert inside(where) == "/queue"
    assert stranger.sign_in(next=where).headers["location"] == "/queue"


def test_signing_in_begins_another_session_than_the_one_that_was_there(
    stranger: Stranger, stage: Stage, mia: int
) -> None:
    stranger.cookies["session"] = "planted"
    stranger.sign_in()
    first = stranger.cookies["session"]
    assert first != "planted"

    again = Stranger(stranger.client, stage)
    again.cookies, again.form_key = dict(stranger.cookies), ""
    again.get("/me")
    again.send("/sign-in", {"email": "mia@msp.example", "password": PASSWORD})
    assert again.cookies["session"] != first
    assert stranger.get("/me").status_code == 303


def test_a_session_ends_when_nobody_uses_it(stranger: Stranger, stage: Stage, mia: int) -> None:
    stranger.sign_in()
    stage.clock.now += timedelta(hours=11, minutes=59)
    assert stranger.get("/me").status_code == 200
    noted(stage)
    stage.clock.now += timedelta(hours=11, minutes=59)
    assert stranger.get("/me").status_code == 200
    noted(stage)
    stage.clock.now += timedelta(hours=12)
    assert stranger.get("/me").status_code == 303


def test_a_session_ends_after_two_weeks_however_much_it_is_used(stranger: Stranger, stage: Stage, mia: int) -> None:
    stranger.sign_in()
    for _ in range(27):
        stage.clock.now += timedelta(hours=11)
        assert stranger.get("/me").status_code == 200
        noted(stage)
    stage.clock.now += timedelta(hours=11)
    for _ in range(3):
        stranger.get("/me")
        noted(stage)
        stage.clock.now += timedelta(hours=11)
    assert stranger.get("/me").status_code == 303


def test_a_session_of_somebody_switched_off_ends_at_once_for_good(stranger: Stranger, stage: Stage, mia: int) -> None:
    stranger.sign_in()
    stage.do(lambda work: access.change(work, mia, access.Changes(active=False)))
    assert stranger.get("/me").status_code == 303
    stage.do(lambda work: access.change(work, mia, access.Changes(active=True)))
    assert stranger.get("/me").status_code == 303


def test_a_form_without_its_key_or_from_another_site_changes_nothing(browser: Browser) -> None:
    assert browser.request("POST", "/sign-out").status_code == 403
    assert browser.send("/sign-out", headers={"origin": "https://evil.example"}).status_code == 403
    assert browser.send("/sign-out", headers={"sec-fetch-site": "cross-site"}).status_code == 403
    assert browser.get("/me").status_code == 200


def test_signing_in_needs_the_key_of_its_own_form(stranger: Stranger, mia: int) -> None:
    form = {"email": "mia@msp.example", "password": PASSWORD}
    assert stranger.request("POST", "/sign-in", data=form).status_code == 403
    assert stranger.request("POST", "/sign-in", data={**form, "form_key": ""}).status_code == 403
    stranger.get("/sign-in")
    assert stranger.request("POST", "/sign-in", data={**form, "form_key": "another"}).status_code == 403


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(stranger: Stranger, mia: int) -> None:
    stranger.get("/sign-in")
    header = stranger.sign_in().headers["set-cookie"]
    assert header.startswith("session=")
    assert "; Path=/; HttpOnly; SameSite=Lax" in header
    assert "Secure" not in header


def test_over_an_encrypted_line_cookies_are_this_hosts_alone(client: Client, stage: Stage, mia: int) -> None:
    stage.app.site.premises = replace(stage.app.site.premises, trusted=frozenset({"127.0.0.1"}))
    secure = Stranger(client, stage, **{"x-forwarded-proto": "https"})
    secure.get("/sign-in")
    header = secure.sign_in().headers["set-cookie"]
    assert header.startswith("__Host-session=")
    assert "; Path=/; HttpOnly; SameSite=Lax; Secure" in header
    assert secure.get("/me").status_code == 200

    # What a neighbouring host, or the plain line, could have set does not count.
    secure.cookies["session"] = secure.cookies.pop("__Host-session")
    assert secure.get("/me").status_code == 303


def test_whoever_signs_out_has_left(browser: Browser) -> None:
    assert browser.send("/sign-out").headers["location"] == "/sign-in"
    assert browser.get("/").headers["location"].startswith("/sign-in")


def test_a_second_factor_is_asked_for_after_the_password(stranger: Stranger, stage: Stage, mia: int) -> None:
    totp, _ = authenticator(stage, mia)
    assert stranger.sign_in(next="/me").headers["location"] == "/sign-in/code?next=%2Fme"
    halfway = stranger.cookies["session"]
    assert stranger.get("/me").headers["location"].startswith("/sign-in")

    page = stranger.get("/sign-in/code?next=/me")
    assert page.status_code == 200
    answer = stranger.send("/sign-in/code", {"code": code_of(totp, stage), "next": "/me"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/me")
    assert stranger.cookies["session"] != halfway
    assert stranger.get("/me").status_code == 200


def test_a_code_is_right_once(client: Client, stage: Stage, mia: int) -> None:
    totp, _ = authenticator(stage, mia)
    statuses = []
    for _ in range(2):
        one = Stranger(client, stage)
        one.sign_in()
        one.get("/sign-in/code")
        statuses.append(one.send("/sign-in/code", {"code": code_of(totp, stage)}).status_code)
    assert statuses == [303, 422]


def test_a_recovery_code_lets_in_once(client: Client, stage: Stage, mia: int) -> None:
    _, codes = authenticator(stage, mia)
    statuses = []
    for code in (codes[0], codes[0], codes[1].upper()):
        one = Stranger(client, stage)
        one.sign_in()
        one.get("/sign-in/code")
        statuses.append(one.send("/sign-in/code", {"code": code}).status_code)
    assert statuses == [303, 422, 303]


def test_guessing_codes_is_slowed_also_over_new_sessions(client: Client, stage: Stage, mia: int) -> None:
    totp, _ = authenticator(stage, mia)
    for _ in range(5):
        one = Stranger(client, stage)
        one.sign_in()
        one.get("/sign-in/code")
        assert one.send("/sign-in/code", {"code": "nothing"}).status_code == 422
    assert one.send("/sign-in/code", {"code": code_of(totp, stage)}).status_code == 429


def test_halfway_in_is_over_after_ten_minutes(stranger: Stranger, stage: Stage, mia: int) -> None:
    totp, _ = authenticator(stage, mia)
    stranger.sign_in()
    stranger.get("/sign-in/code")
    stage.clock.now += timedelta(minutes=11)
    assert stranger.send("/sign-in/code", {"code": code_of(totp, stage)}).status_code == 403
    assert stranger.get("/me").status_code == 303


def test_an_invitation_lets_choose_a_password_once(client: Client, stage: Stage) -> None:
    _, token = stage.do(lambda work: signin.invite(work, access.New(first_name="Kim", email="kim@msp.example")))
    kim = Stranger(client, stage)
    assert "Welcome, Kim" in kim.get(f"/welcome/{token}").text
    chosen = {"password": "a long password", "again": "a long password"}
    assert kim.send(f"/welcome/{token}", chosen).headers["location"] == "/queue"
    assert kim.get("/me").status_code == 200
    assert Stranger(client, stage).get(f"/welcome/{token}").status_code == 404
    assert Stranger(client, stage).sign_in("a long password", "kim@msp.example").status_code == 303


@pytest.mark.parametrize(
    ("password", "again", "said"),
    [
        ("short", "short", "shorter than 10 characters"),
        ("kim@msp.example", "kim@msp.example", "your mail address"),
        ("KIM@msp.EXAMPLE", "KIM@msp.EXAMPLE", "your mail address"),
        ("a long password", "a long passw0rd", "not the same"),
    ],
)
def test_a_password_that_will_not_do_is_told_beside_its_box(
    client: Client, stage: Stage, password: str, again: str, said: str
) -> None:
    _, token = stage.do(lambda work: signin.invite(work, access.New(first_name="Kim", email="kim@msp.example")))
    kim = Stranger(client, stage)
    kim.get(f"/welcome/{token}")
    answer = kim.send(f"/welcome/{token}", {"password": password, "again": again})
    assert answer.status_code == 422
    assert said in answer.text
    assert kim.get(f"/welcome/{token}").status_code == 200


def test_a_reset_ends_sessions_and_lasts_half_an_hour(stranger: Stranger, stage: Stage, mia: int) -> None:
    stranger.sign_in()
    token = stage.do(lambda work: signin.reset(work, mia))
    assert stranger.get("/me").status_code == 303
    stage.clock.now += timedelta(minutes=29)
    assert stranger.get(f"/welcome/{token}").status_code == 200
    stage.clock.now += timedelta(minutes=2)
    assert stranger.get(f"/welcome/{token}").status_code == 404


def test_a_reset_does_not_get_around_the_second_factor(stranger: Stranger, stage: Stage, mia: int) -> None:
    authenticator(stage, mia)
    token = stage.do(lambda work: signin.reset(work, mia))
    stranger.get(f"/welcome/{token}")
    chosen = {"password": "a long password", "again": "a long password"}
    assert stranger.send(f"/welcome/{token}", chosen).headers["location"].startswith("/sign-in/code")
    assert stranger.get("/me").status_code == 303
