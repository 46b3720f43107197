"""One's own page: preferences, password, second factor, passkeys, sessions."""

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import httpx
import pyotp
import pytest
import sqlalchemy as sa
from authenticator import Authenticator

import make
from conftest import Browser, Client, Stage
from quarterdeck.desk import access, journal, signin

PASSWORD = "correct horse"


@pytest.fixture
def mia(client: Client, stage: Stage) -> Browser:
    id = stage.do(lambda work: make.technician(work, first_name="Mia", email="mia@msp.example", password=PASSWORD))
    return Browser(client, stage, id)


def again(browser: Browser) -> None:
    """Take over the form key of a session that has replaced another."""
    found = re.search(r'data-form-key="([^"]*)"', browser.get("/me").text)
    assert found is not None
    browser.form_key = found.group(1)


def call(browser: Browser, path: str, body: dict[str, Any]) -> httpx.Response:
    """Send JSON, as the script does."""
    return browser.request("POST", path, json=body, headers={"x-form-key": browser.form_key})


def stranger(client: Client, stage: Stage) -> Browser:
    made = Browser(client, stage, technician_id=None)
    made.get("/sign-in")
    made.form_key = made.cookies["form_key"]
    return made


def add_passkey(browser: Browser, authenticator: Authenticator, name: str = "Phone") -> httpx.Response:
    asked = call(browser, "/me/passkeys/question", {"passkey_password": PASSWORD}).json()
    return call(browser, "/me/passkeys", {"credential": authenticator.create(asked), "name": name})


def enter(browser: Browser, authenticator: Authenticator) -> httpx.Response:
    asked = call(browser, "/sign-in/passkey/question", {}).json()
    return call(browser, "/sign-in/passkey", {"credential": authenticator.get(asked)})


def turn_on(browser: Browser, stage: Stage) -> tuple[pyotp.TOTP, list[str]]:
    browser.send("/me/second-factor", {"begin_password": PASSWORD})
    found = re.search(r"<code class=\"name\">([A-Z2-7 ]+)</code>", browser.get("/me/security").text)
    assert found is not None
    totp = pyotp.TOTP(found.group(1).replace(" ", ""))
    answer = browser.send("/me/second-factor/confirmation", {"code": totp.at(int(stage.clock().timestamp()))})
    codes = re.findall(r"<li>([0-9a-f-]{23})</li>", answer.text)
    again(browser)
    return totp, codes


def test_preferences_are_kept_and_used(mia: Browser) -> None:
    form = {"language": "de", "time_zone": "Europe/Lisbon", "theme": "dark", "keys": "off"}
    assert mia.send("/me", form).status_code == 303
    text = mia.get("/me").text
    assert '<html lang="de" data-theme="dark">' in text
    assert 'data-keys="off"' in text
    assert 'value="Europe/Lisbon"' in text


@pytest.mark.parametrize(
    ("field", "value"), [("language", "tlh"), ("time_zone", "Moon/Base"), ("theme", "pink"), ("keys", "maybe")]
)
def test_what_cannot_be_preferred_is_refused(mia: Browser, field: str, value: str) -> None:
    form = {"language": "en", "time_zone": "UTC", "theme": "", "keys": "on", field: value}
    assert mia.send("/me", form).status_code == 422


def test_changing_the_password_signs_out_everywhere_else(mia: Browser, client: Client, stage: Stage) -> None:
    other = Browser(client, stage, 3)
    before = mia.cookies["session"]
    form = {"old": PASSWORD, "password": "a longer password", "again": "a longer password"}
    assert mia.send("/me/password", form).status_code == 303
    assert mia.cookies["session"] != before
    assert mia.get("/me").status_code == 200
    assert other.get("/me").status_code == 303

    someone = stranger(client, stage)
    assert someone.send("/sign-in", {"email": "mia@msp.example", "password": PASSWORD}).status_code == 422
    assert someone.send("/sign-in", {"email": "mia@msp.example", "password": "a longer password"}).status_code == 303


def test_a_password_is_not_changed_without_the_one_before(mia: Browser) -> None:
    form = {"old": "wrong", "password": "a longer password", "again": "a longer password"}
    answer = mia.send("/me/password", form)
    assert answer.status_code == 422
    assert "Is not right" in answer.text


def test_a_second_factor_is_turned_on_with_a_first_code(mia: Browser, stage: Stage) -> None:
    before = mia.cookies["session"]
    _, codes = turn_on(mia, stage)
    assert len(codes) == len(set(codes)) == 10
    assert mia.cookies["session"] != before
    assert "10 recovery codes are left" in mia.get("/me/security").text
    assert codes[0] not in mia.get("/me/security").text


def test_the_square_is_drawn_here_without_styles(mia: Browser) -> None:
    mia.send("/me/second-factor", {"begin_password": PASSWORD})
    text = mia.get("/me/security").text
    assert "<svg" in text
    assert "style=" not in text


def test_a_second_factor_and_a_passkey_are_begun_only_with_the_password(mia: Browser, browser: Browser) -> None:
    for path, field in (("/me/second-factor", "begin_password"), ("/me/passkeys/question", "passkey_password")):
        for wrong in ({}, {field: "wrong"}):
            refused = call(mia, path, wrong)
            assert refused.status_code == 422
            assert "Is not right" in refused.text
        assert call(mia, path, {field: PASSWORD}).status_code in (200, 303)
        # Whoever has none is not asked for it.
        assert call(browser, path, {}).status_code in (200, 303)


def test_a_wrong_first_code_turns_nothing_on(mia: Browser) -> None:
    mia.send("/me/second-factor", {"begin_password": PASSWORD})
    assert mia.send("/me/second-factor/confirmation", {"code": "000000"}).status_code == 422
    assert "Not now" in mia.get("/me/security").text
    assert mia.send("/me/second-factor/discard").status_code == 303
    assert "Set up an authenticator" in mia.get("/me/security").text


def test_a_second_factor_is_turned_off_only_with_the_password(mia: Browser, stage: Stage) -> None:
    turn_on(mia, stage)
    assert mia.send("/me/second-factor/removal", {"factor_password": "wrong"}).status_code == 422
    assert "is asked for" in mia.get("/me/security").text
    assert mia.send("/me/second-factor/removal", {"factor_password": PASSWORD}).status_code == 303
    assert "Set up an authenticator" in mia.get("/me/security").text


def test_new_recovery_codes_end_the_old_ones(mia: Browser, stage: Stage, client: Client) -> None:
    _, old = turn_on(mia, stage)
    answer = mia.send("/me/recovery-codes", {"codes_password": PASSWORD})
    new = re.findall(r"<li>([0-9a-f-]{23})</li>", answer.text)
    assert len(new) == 10
    statuses = []
    for code in (old[0], new[0]):
        one = stranger(client, stage)
        one.send("/sign-in", {"email": "mia@msp.example", "password": PASSWORD})
        again_at = re.search(r'data-form-key="([^"]*)"', one.get("/sign-in/code").text)
        assert again_at is not None
        one.form_key = again_at.group(1)
        statuses.append(one.send("/sign-in/code", {"code": code}).status_code)
    assert statuses == [422, 303]


def test_a_passkey_alone_lets_in(mia: Browser, client: Client, stage: Stage) -> None:
    phone = Authenticator()
    turn_on(mia, stage)
    assert add_passkey(mia, phone).status_code == 200
    assert 'value="Phone"' in mia.get("/me/security").text

    someone = stranger(client, stage)
    assert enter(someone, phone).status_code == 200
    assert "Mia" in someone.get("/me").text


def test_a_passkey_without_its_owner_being_verified_is_refused(mia: Browser, client: Client, stage: Stage) -> None:
    assert add_passkey(mia, Authenticator(verifies=False)).status_code == 422
    phone = Authenticator()
    add_passkey(mia, phone)
    phone.verifies = False
    assert enter(stranger(client, stage), phone).status_code == 422


@pytest.mark.parametrize(("name", "value"), [("origin", "https://evil.example"), ("host", "evil.example")])
def test_a_passkey_of_another_site_is_refused(
    mia: Browser, client: Client, stage: Stage, name: str, value: str
) -> None:
    assert add_passkey(mia, Authenticator(**{name: value})).status_code == 422
    phone = Authenticator()
    add_passkey(mia, phone)
    assert enter(stranger(client, stage), replace(phone, **{name: value})).status_code == 422


def test_an_answer_of_a_passkey_is_taken_once_and_soon(mia: Browser, client: Client, stage: Stage) -> None:
    phone = Authenticator()
    add_passkey(mia, phone)
    someone = stranger(client, stage)
    answer = {"credential": phone.get(call(someone, "/sign-in/passkey/question", {}).json())}
    assert call(someone, "/sign-in/passkey", answer).status_code == 200
    assert call(stranger(client, stage), "/sign-in/passkey", answer).status_code == 422

    late = stranger(client, stage)
    asked = call(late, "/sign-in/passkey/question", {}).json()
    stage.clock.now += timedelta(minutes=5)
    assert call(late, "/sign-in/passkey", {"credential": phone.get(asked)}).status_code == 422


def test_a_copied_passkey_that_counts_again_is_refused(mia: Browser, client: Client, stage: Stage) -> None:
    phone = Authenticator()
    add_passkey(mia, phone)
    copy = replace(phone)
    assert enter(stranger(client, stage), phone).status_code == 200
    assert enter(stranger(client, stage), copy).status_code == 422


def test_a_question_for_one_is_not_answered_by_another(mia: Browser, browser: Browser) -> None:
    asked = call(mia, "/me/passkeys/question", {"passkey_password": PASSWORD}).json()
    refused = call(browser, "/me/passkeys", {"credential": Authenticator().create(asked), "name": "x"})
    assert refused.status_code == 422


@pytest.mark.parametrize(
    "credential",
    [None, {}, [], "x", {"id": 1, "response": 2}, {"id": "x", "response": {"clientDataJSON": "%%%"}},
     {"id": "x", "response": {"clientDataJSON": "e30"}}, {"id": "x", "response": {"clientDataJSON": "W10"}}],
)  # fmt: skip
def test_nonsense_instead_of_a_passkey_is_refused(mia: Browser, credential: Any) -> None:
    assert call(mia, "/sign-in/passkey", {"credential": credential}).status_code == 422
    assert call(mia, "/me/passkeys", {"credential": credential, "name": "x"}).status_code == 422


def test_a_removed_passkey_lets_nobody_in(mia: Browser, client: Client, stage: Stage) -> None:
    phone = Authenticator()
    add_passkey(mia, phone)
    assert mia.send("/me/passkeys/1", {"name": "Old phone"}).status_code == 303
    assert "Old phone" in mia.get("/me/security").text
    assert mia.send("/me/passkeys/1/removal").status_code == 303
    assert enter(stranger(client, stage), phone).status_code == 422


def test_a_passkey_of_a_colleague_is_not_there(mia: Browser, browser: Browser) -> None:
    add_passkey(mia, Authenticator())
    assert browser.send("/me/passkeys/1", {"name": "Mine"}).status_code == 404
    assert browser.send("/me/passkeys/1/removal").status_code == 404


def test_a_passkey_of_somebody_switched_off_lets_nobody_in(mia: Browser, client: Client, stage: Stage) -> None:
    phone = Authenticator()
    add_passkey(mia, phone)
    stage.do(lambda work: access.change(work, 3, access.Changes(active=False)))
    assert enter(stranger(client, stage), phone).status_code == 422


def test_one_sees_where_one_is_signed_in_and_ends_it(client: Client, stage: Stage, browser: Browser) -> None:
    agent = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"
    other = Browser(client, stage)
    stage.do(lambda work: work.update_all(signin.Session, signin.Session.id == 2, agent=agent))
    text = browser.get("/me/sessions").text
    assert "Firefox on Linux" in text
    assert "This one" in text
    assert browser.send("/me/sessions/2/end").status_code == 303
    assert other.get("/me").status_code == 303
    assert browser.get("/me").status_code == 200


def test_the_session_of_a_colleague_is_not_ended(browser: Browser, mia: Browser) -> None:
    browser.send("/me/sessions/2/end")
    browser.send("/me/sessions/1/end")
    assert mia.get("/me").status_code == 200


def test_signing_out_everywhere_else_leaves_this_browser(client: Client, stage: Stage, browser: Browser) -> None:
    others = [Browser(client, stage) for _ in range(2)]
    assert browser.send("/me/sessions/end-others").status_code == 303
    assert [one.get("/me").status_code for one in others] == [303, 303]
    assert browser.get("/me").status_code == 200
    assert browser.send("/me/sessions/end-all").headers["location"] == "/sign-in"
    assert browser.get("/me").status_code == 303


def test_changes_to_how_one_comes_in_are_in_the_journal_without_secrets(mia: Browser, stage: Stage) -> None:
    totp, codes = turn_on(mia, stage)
    add_passkey(mia, Authenticator())
    mia.send("/me/second-factor/removal", {"factor_password": PASSWORD})
    rows = stage.do(lambda work: work.db.execute(sa.select(*journal.Entry.__table__.columns)).fetchall())
    told = [(one.what, one.who) for one in rows if one.record_id == 3 and one.face == "pages"]
    assert told == [
        ("technician.second factor on", "Mia Reyes"),
        ("technician.passkey added", "Mia Reyes"),
        ("technician.second factor off", "Mia Reyes"),
    ]
    for secret in (totp.secret, codes[0], PASSWORD, mia.cookies["session"]):
        assert secret not in repr(rows)
