"""Those who try to come in without being let in: by guessing, by racing, by forging, by taking what lies about."""

import io
import itertools
import re
import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from argon2 import PasswordHasher

import make
from conftest import Browser, Client, Stage, stage_on
from quarterdeck.desk import access, hashing, journal, signin
from quarterdeck.desk.access import Role, Technician
from quarterdeck.desk.signin.actions import begin
from quarterdeck.desk.signin.attempts import failed, named, neighbourhood
from quarterdeck.desk.signin.passwords import check, nobody

PASSWORD = "correct horse"
OWNER = {
    "first_name": "Olga",
    "email": "olga@msp.example",
    "password": "a long password",
    "again": "a long password",
}


@pytest.fixture
def empty(database: str) -> Any:
    """A desk that nobody owns yet."""
    made = stage_on(database)
    made.do(lambda work: work.update_all(Technician, Technician.id > 0, active=False))
    yield made
    made.storage.close()


@pytest.fixture
def fresh(empty: Stage) -> Any:
    made = Client(empty)
    yield made
    made.close()


def stranger(client: Client, stage: Stage, page: str) -> Browser:
    """Somebody with a form of this page open."""
    made = Browser(client, stage, technician_id=None)
    made.get(page)
    made.form_key = made.cookies.get("form_key", "")
    return made


def test_an_unknown_address_takes_as_long_as_a_wrong_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hashing, "HASHER", PasswordHasher())
    nobody.cache_clear()
    hash = hashing.hash_password(PASSWORD)
    nobody()

    def taken(kept: str | None) -> float:
        started = time.thread_time()
        assert not check(kept, "a wrong one").right
        return time.thread_time() - started

    pairs = [(taken(hash), taken(None)) for _ in range(25)]
    known, unknown = (statistics.median(one) for one in zip(*pairs, strict=True))
    assert abs(known - unknown) / known < 0.05


def test_a_burst_of_guesses_gets_no_more_answers_than_guesses_in_turn(client: Client, stage: Stage) -> None:
    stage.do(lambda work: make.technician(work, email="mia@msp.example", password=PASSWORD))
    someone = stranger(client, stage, "/sign-in")

    def guess(n: int) -> int:
        password = PASSWORD if n > 20 else "wrong"
        return someone.send("/sign-in", {"email": "mia@msp.example", "password": password}).status_code

    with ThreadPoolExecutor(12) as pool:
        statuses = list(pool.map(guess, range(20)))
    assert statuses.count(422) == 10
    assert statuses.count(429) == 10
    assert guess(21) == 429


def test_guessing_at_many_names_from_one_address_is_slowed(client: Client, stage: Stage) -> None:
    def guessed(work: Any) -> None:
        for n in range(50):
            failed(work, named(f"m{n}@x.example"), "127.0.0.1", None)

    stage.do(guessed)
    someone = stranger(client, stage, "/sign-in")
    assert someone.send("/sign-in", {"email": "m51@x.example", "password": "wrong"}).status_code == 429


def test_a_network_of_the_newer_kind_counts_as_one_address() -> None:
    assert neighbourhood("2001:db8:1:2::1") == neighbourhood("2001:db8:1:2:ffff::9") != neighbourhood("2001:db8:1:3::1")
    assert neighbourhood("::ffff:192.0.2.1") == neighbourhood("192.0.2.1") == "192.0.2.1"


def test_the_journal_tells_of_a_burst_once_and_keeps_no_secret(client: Client, stage: Stage) -> None:
    id = stage.do(lambda work: make.technician(work, email="mia@msp.example", password=PASSWORD))
    someone = stranger(client, stage, "/sign-in")
    for _ in range(12):
        someone.send("/sign-in", {"email": "mia@msp.example", "password": "guessed-secret"})
    rows = stage.do(lambda work: work.db.execute(sa.select(*journal.Entry.__table__.columns)).fetchall())
    slowed = [one for one in rows if one.what == "technician.sign-in slowed"]
    assert [one.record_id for one in slowed] == [id]
    assert "guessed-secret" not in repr(rows)
    kept = stage.do(lambda work: work.db.execute(sa.select(*signin.Attempt.__table__.columns)).fetchall())
    assert "mia@" not in repr(kept)
    assert "guessed-secret" not in repr(kept)


def test_a_session_in_the_database_lets_nobody_in(client: Client, stage: Stage) -> None:
    dana = Browser(client, stage)
    hash = stage.do(lambda work: work.db.scalar(sa.select(signin.Session.hash)))
    assert hash != dana.cookies["session"]
    thief = Browser(client, stage, technician_id=None)
    thief.cookies["session"] = hash
    assert thief.get("/me").status_code == 303


def test_a_session_is_random_enough(client: Client, stage: Stage) -> None:
    tokens = {Browser(client, stage).cookies["session"] for _ in range(5)}
    assert len(tokens) == 5
    assert all(len(one) >= 43 for one in tokens)


def test_a_link_is_used_once_by_two_who_race(client: Client, stage: Stage) -> None:
    _, token = stage.do(lambda work: signin.invite(work, access.New(first_name="Kim", email="kim@msp.example")))
    people = [stranger(client, stage, f"/welcome/{token}") for _ in range(4)]
    chosen = {"password": "a long password", "again": "a long password"}
    with ThreadPoolExecutor(4) as pool:
        statuses = list(pool.map(lambda one: one.send(f"/welcome/{token}", chosen).status_code, people))
    assert sorted(statuses) == [303, 404, 404, 404]


def test_a_new_link_ends_the_one_before(client: Client, stage: Stage) -> None:
    id, first = stage.do(lambda work: signin.invite(work, access.New(first_name="Kim", email="kim@msp.example")))
    second = stage.do(lambda work: signin.invite_again(work, id))
    someone = Browser(client, stage, technician_id=None)
    assert someone.get(f"/welcome/{first}").status_code == 404
    assert someone.get(f"/welcome/{second}").status_code == 200


def test_an_invitation_ends_after_seven_days_and_with_the_access_of_whom_it_was_for(
    client: Client, stage: Stage
) -> None:
    id, token = stage.do(lambda work: signin.invite(work, access.New(first_name="Kim", email="kim@msp.example")))
    someone = Browser(client, stage, technician_id=None)
    stage.do(lambda work: access.change(work, id, access.Changes(active=False)))
    assert someone.get(f"/welcome/{token}").status_code == 404
    stage.do(lambda work: access.change(work, id, access.Changes(active=True)))
    assert someone.get(f"/welcome/{token}").status_code == 200
    stage.clock.now += timedelta(days=7)
    assert someone.get(f"/welcome/{token}").status_code == 404


def test_links_codes_and_words_are_kept_as_hashes(stage: Stage) -> None:
    _, token = stage.do(lambda work: signin.invite(work, access.New(first_name="Kim", email="kim@msp.example")))
    rows = stage.do(lambda work: work.db.execute(sa.select(*signin.Invitation.__table__.columns)).fetchall())
    assert len(token) >= 43
    assert token not in repr(rows)


def test_the_first_run_makes_one_owner_and_closes(empty: Stage, fresh: Client) -> None:
    word = empty.do(signin.word)
    someone = Browser(fresh, empty, technician_id=None)
    assert someone.get("/sign-in").headers["location"] == "/setup"
    someone = stranger(fresh, empty, f"/setup?word={word}")
    answer = someone.send("/setup", {**OWNER, "word": word})
    assert (answer.status_code, answer.headers["location"]) == (303, "/queue")
    assert someone.get("/me").status_code == 200

    later = Browser(fresh, empty, technician_id=None)
    assert later.get("/setup").status_code == 404
    assert empty.do(signin.word) is None
    someone.get("/me")
    assert later.get("/sign-in").status_code == 200
    later.form_key = later.cookies["form_key"]
    assert later.send("/setup", {**OWNER, "email": "x@msp.example", "word": word}).status_code == 404


def test_a_stranger_without_the_word_makes_no_owner(empty: Stage, fresh: Client) -> None:
    empty.do(signin.word)
    someone = stranger(fresh, empty, "/setup")
    for word in ("", "guess", "x" * 10_000):
        assert someone.send("/setup", {**OWNER, "word": word}).status_code == 422
    assert not empty.do(access.owned)


def test_a_mistake_in_the_form_does_not_use_the_word_up(empty: Stage, fresh: Client) -> None:
    word = empty.do(signin.word)
    someone = stranger(fresh, empty, "/setup")
    answer = someone.send("/setup", {**OWNER, "again": "another one", "word": word})
    assert answer.status_code == 422
    assert "not the same" in answer.text
    assert someone.send("/setup", {**OWNER, "word": word}).status_code == 303


def test_of_many_who_set_up_at_once_one_becomes_the_owner(empty: Stage, fresh: Client) -> None:
    words = [empty.do(signin.word) for _ in range(3)]
    people = [(stranger(fresh, empty, "/setup"), word, n) for n, word in enumerate([*words, *words])]

    def set_up(asked: tuple[Browser, str, int]) -> int:
        someone, word, n = asked
        return someone.send("/setup", {**OWNER, "email": f"o{n}@msp.example", "word": word}).status_code

    with ThreadPoolExecutor(6) as pool:
        statuses = list(pool.map(set_up, people))
    assert sorted(statuses) == [303, 404, 404, 404, 404, 404]
    owners = sa.select(sa.func.count()).where(Technician.role == Role.OWNER, Technician.active.is_(True))
    assert empty.do(lambda work: work.db.scalar(owners)) == 1


@pytest.mark.parametrize(
    "path",
    [
        "/setup",
        "/setup/",
        "/setup/x",
        "/SETUP",
        "//setup",
        "/setup%2f",
        "/setup%00",
        "/./setup",
        "/setup;x",
        "/x/../setup",
    ],
)
def test_setup_stays_closed_by_whatever_path(path: str, client: Client, stage: Stage) -> None:
    someone = stranger(client, stage, "/sign-in")
    assert someone.get(path).status_code == 404
    assert someone.send(path, {**OWNER, "word": "x"}).status_code == 404


def test_whoever_is_only_halfway_in_reaches_no_page(client: Client, stage: Stage) -> None:
    from quarterdeck.web import ROUTES

    def half(work: Any) -> str:
        technician = work.find(Technician, 1)
        return begin(work, technician, None, None, timedelta(minutes=10), halfway=True)[1]

    someone = Browser(client, stage, technician_id=None)
    someone.cookies["session"] = stage.do(half)
    closed = [one for one in ROUTES if not one.open and one.method == "GET"]
    assert closed
    for route in closed:
        path = "/".join("1" if part.startswith("{") else part for part in route.path.split("/"))
        assert someone.get(path).headers.get("location", "").startswith("/sign-in"), route.path


def test_a_forged_host_changes_no_link(client: Client, stage: Stage) -> None:
    for host, method in itertools.product(("evil.example",), ("GET", "HEAD")):
        someone = Browser(client, stage, technician_id=None)
        answer = someone.request(method, "/me", headers={"host": host, "x-forwarded-host": host})
        assert answer.headers["location"] == "/sign-in?next=/me"
        assert host not in someone.request("GET", "/sign-in", headers={"host": host}).text


def test_a_link_is_told_to_nobody_else(stage: Stage, client: Client) -> None:
    _, token = stage.do(lambda work: signin.invite(work, access.New(first_name="Kim", email="kim@msp.example")))
    told = io.StringIO()
    stage.app.log.on, stage.app.log.to = True, told
    someone = Browser(client, stage, technician_id=None)
    page = someone.get(f"/welcome/{token}")
    # No page that is led to from there hears of it, and no other server.
    assert page.headers["referrer-policy"] == "same-origin"
    assert page.headers["cache-control"] == "private, no-store"
    assert not re.search(r'(?:href|src)="(?:https?:)?//', page.text)
    someone.form_key = someone.cookies["form_key"]
    chosen = {"password": "a long password", "again": "a long password"}
    went = someone.send(f"/welcome/{token}", chosen)
    assert token not in went.headers["location"]
    stage.app.log.flush()
    assert "/welcome/{token}" in told.getvalue()
    assert token not in told.getvalue()
    assert token not in repr(
        stage.do(lambda work: work.db.execute(sa.select(*journal.Entry.__table__.columns)).fetchall())
    )


@pytest.mark.parametrize(
    "headers",
    [
        {"x-forwarded-user": "dana@msp.example"},
        {"x-remote-user": "dana@msp.example", "remote-user": "dana@msp.example", "remote_user": "dana@msp.example"},
        {"x-forwarded-email": "dana@msp.example", "x-auth-request-email": "dana@msp.example"},
        {"x-webauth-user": "dana@msp.example", "authorization": "Basic ZGFuYTpkYW5h"},
        {"x-technician-id": "1", "x-original-url": "/me", "x-rewrite-url": "/me"},
        {"x-http-method-override": "POST", "x-forwarded-host": "evil.example", "forwarded": "for=127.0.0.1;host=evil"},
    ],
)
def test_no_header_signs_anybody_in_whether_a_proxy_sends_it_or_not(
    headers: dict[str, str], client: Client, stage: Stage
) -> None:
    for trusted in (frozenset[str](), frozenset({"127.0.0.1"})):
        stage.app.site.premises = replace(stage.app.site.premises, trusted=trusted)
        someone = Browser(client, stage, technician_id=None)
        assert someone.get("/me", headers=headers).headers["location"] == "/sign-in?next=/me"
        assert "session" not in someone.cookies


def test_an_address_that_is_only_said_counts_for_nobody(client: Client, stage: Stage) -> None:
    """Whoever is no trusted proxy gets no fresh guesses by naming another address each time."""
    stage.do(lambda work: make.technician(work, email="mia@msp.example", password=PASSWORD))
    someone = stranger(client, stage, "/sign-in")
    statuses = [
        someone.send(
            "/sign-in", {"email": "mia@msp.example", "password": "wrong"}, headers={"x-forwarded-for": f"203.0.113.{n}"}
        ).status_code
        for n in range(12)
    ]
    assert statuses == [422] * 10 + [429] * 2


def test_a_key_of_a_program_is_no_session(client: Client, stage: Stage) -> None:
    someone = Browser(client, stage, technician_id=None)
    for cookie in (stage.keys["dana"], "1", "' OR 1=1 --", "x" * 5000):
        someone.cookies["session"] = cookie
        headers = {"x-api-key": stage.keys["dana"], "authorization": f"Bearer {stage.keys['dana']}"}
        assert someone.get("/me", headers=headers).status_code == 303


def test_a_session_is_no_key_of_a_program(client: Client, stage: Stage) -> None:
    token = Browser(client, stage).cookies["session"]
    assert client.get("/customers", key=token).status_code == 401
    assert client.request("GET", "/customers", key=None, headers={"cookie": f"session={token}"}).status_code == 401
