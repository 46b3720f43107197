"""What the desk decides about coming in."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pyotp
import pytest
import sqlalchemy as sa
from argon2 import PasswordHasher

import make
from quarterdeck.desk import access, signin
from quarterdeck.desk.access import Technician
from quarterdeck.desk.errors import Conflict, Forbidden, NotFound
from quarterdeck.desk.signin import challenges
from quarterdeck.desk.signin.attempts import FREE, WAIT, WAIT_MAX, failed, named, wait
from quarterdeck.desk.work import Actor, Work

HERE = signin.Browser("192.0.2.1", "tests")
PASSWORD = "correct horse"


def at_once(do: Any) -> Any:
    return do()


def mia(work: Work) -> int:
    return make.technician(work, first_name="Mia", email="mia@msp.example", password=PASSWORD)


def as_(work: Work, id: int) -> Work:
    return replace(work, actor=Actor("Mia", frozenset(), id))


def come_in(work: Work, password: str = PASSWORD) -> signin.Outcome:
    return signin.come_in(work, "mia@msp.example", password, HERE, at_once)


def test_waits_grow_up_to_a_quarter_of_an_hour(work: Work) -> None:
    name, waits = named("mia@msp.example"), []
    for _ in range(FREE + 10):
        waits.append(wait(work, name, "192.0.2.1"))
        failed(work, name, "192.0.2.1", None)
    assert waits[: FREE + 3] == [*[None] * FREE, WAIT, WAIT * 2, WAIT * 4]
    assert waits[-1] == WAIT_MAX


def test_a_failure_is_forgotten_after_an_hour(work: Work) -> None:
    for _ in range(FREE + 5):
        failed(work, named("mia@msp.example"), "192.0.2.1", None)
    later = replace(work, now=work.now + timedelta(hours=1))
    assert wait(later, named("mia@msp.example"), "192.0.2.1") is None


def test_coming_in_forgives_what_failed_before(work: Work) -> None:
    mia(work)
    for _ in range(FREE - 1):
        come_in(work, "wrong")
    assert come_in(work).done
    come_in(work, "wrong")
    assert come_in(work).done


def test_a_password_hashed_in_an_older_way_is_hashed_anew(work: Work) -> None:
    id = mia(work)
    old = PasswordHasher(time_cost=2, memory_cost=8, parallelism=1).hash(PASSWORD)
    work.update(Technician, id, password_hash=old)
    assert come_in(work).done
    kept = work.find(Technician, id)
    assert kept is not None
    assert kept.password_hash != old
    assert come_in(work).done


def test_somebody_without_a_password_does_not_come_in_with_one(work: Work) -> None:
    make.technician(work, email="mia@msp.example")
    assert not come_in(work, "").done


def test_a_program_may_not_change_how_its_owner_comes_in(work: Work) -> None:
    program = replace(work, actor=Actor("Script", access.ALL, mia(work), key_id=1))
    for act in (signin.begin_factor, signin.renew_codes, lambda one: signin.leave_others(one, None)):
        with pytest.raises(Forbidden):
            act(program)  # type: ignore[operator]


@pytest.mark.parametrize("act", ["invite_again", "reset", "reset_factor"])
def test_only_an_owner_makes_links_for_others(work: Work, act: str) -> None:
    id = mia(work)
    with pytest.raises(Forbidden):
        getattr(signin, act)(replace(work, actor=Actor("Tess", access.ROLES[access.Role.TECHNICIAN], 1)), id)


def test_nobody_is_invited_by_a_technician(work: Work) -> None:
    tess = replace(work, actor=Actor("Tess", access.ROLES[access.Role.TECHNICIAN], 1))
    with pytest.raises(Forbidden):
        signin.invite(tess, access.New(first_name="Kim", email="kim@msp.example"))


def test_whoever_has_a_password_is_not_invited_again(work: Work) -> None:
    with pytest.raises(Conflict):
        signin.invite_again(work, mia(work))


def test_open_links_are_listed_until_they_end(work: Work) -> None:
    id, _ = signin.invite(work, access.New(first_name="Kim", email="kim@msp.example"))
    assert signin.waiting(work) == {id: (signin.Purpose.INVITE, work.now + timedelta(days=7))}
    assert signin.waiting(replace(work, now=work.now + timedelta(days=7))) == {}


def test_resetting_a_second_factor_turns_it_off_and_signs_out(work: Work) -> None:
    id = mia(work)
    hers = as_(work, id)
    signin.begin_factor(hers)
    offered = signin.offer(hers)
    assert offered is not None
    signin.confirm(hers, pyotp.TOTP(offered[0]).at(int(work.now.timestamp())), HERE)
    assert signin.sessions(hers)
    assert come_in(work).halfway

    signin.reset_factor(work, id)
    assert signin.sessions(hers) == []
    assert not come_in(work).halfway


@pytest.mark.parametrize(("steps", "right"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_clock_may_be_off_by_one_step(work: Work, steps: int, right: bool) -> None:
    hers = as_(work, mia(work))
    signin.begin_factor(hers)
    offered = signin.offer(hers)
    assert offered is not None
    code = pyotp.TOTP(offered[0]).at(int(work.now.timestamp()) + steps * 30)
    if right:
        assert len(signin.confirm(hers, code, HERE)[0]) == 10
    else:
        with pytest.raises(Exception, match="not right"):
            signin.confirm(hers, code, HERE)


def test_nobody_ends_the_session_of_another(work: Work) -> None:
    id = mia(work)
    come_in(work)
    (session,) = signin.sessions(as_(work, id))
    signin.leave(work, session.id)
    assert len(signin.sessions(as_(work, id))) == 1


def test_a_session_in_disuse_ends_before_its_time(work: Work) -> None:
    id = mia(work)
    come_in(work)
    (session,) = signin.sessions(as_(work, id))
    assert session.ends_at == work.now + timedelta(hours=12)
    later = replace(as_(work, id), now=work.now + timedelta(hours=12))
    assert signin.sessions(later) == []


def test_what_has_ended_does_not_pile_up(work: Work) -> None:
    mia(work)
    come_in(work)
    signin.ask_to_enter(work, signin.Site("desk.example", "http://desk.example"), "192.0.2.1")
    later = replace(work, now=work.now + timedelta(days=15))
    failed(work, named("x"), "192.0.2.1", None)
    come_in(later, "wrong")
    come_in(later)
    signin.ask_to_enter(later, signin.Site("desk.example", "http://desk.example"), "192.0.2.1")
    for record, left in ((signin.Session, 1), (signin.Challenge, 1), (signin.Attempt, 0)):
        assert work.db.scalar(sa.select(sa.func.count()).select_from(record)) == left


def test_whoever_asks_again_and_again_displaces_only_their_own_questions(work: Work) -> None:
    site = signin.Site("desk.example", "http://desk.example")
    me = work.actor.technician_id
    signin.ask_to_add(work, site)
    work = replace(work, actor=Actor("somebody"))
    signin.ask_to_enter(work, site, "192.0.2.9")
    for n in range(challenges.MOST + 5):
        signin.ask_to_enter(work, site, "192.0.2.1")
        signin.ask(work, "/", f"2001:db8:1:2::{n:x}")
    askers = work.db.execute(sa.select(signin.Challenge.asker, sa.func.count()).group_by(signin.Challenge.asker))
    assert dict(map(tuple, askers)) == {
        f"technician {me}": 1,
        "address 192.0.2.9": 1,
        "address 192.0.2.1": challenges.MOST,
        "address 2001:db8:1:2::": challenges.MOST,
    }


def test_a_link_nobody_made_offers_nothing(work: Work) -> None:
    with pytest.raises(NotFound):
        signin.offered(work, "x")


def test_preferences_keep_what_was_not_asked_for(work: Work) -> None:
    hers = as_(work, mia(work))
    signin.prefer(hers, signin.Preferences(theme="dark"))
    signin.prefer(hers, signin.Preferences(keys="off"))
    assert signin.oneself(hers).preferences == {"theme": "dark", "keys": "off"}
