"""How somebody comes in and leaves."""

import secrets
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from quarterdeck.desk import access, journal
from quarterdeck.desk.access import Session, Technician, hashed
from quarterdeck.desk.errors import NotFound
from quarterdeck.desk.hashing import hash_password
from quarterdeck.desk.signin import attempts, factors
from quarterdeck.desk.signin.inputs import Chosen, Preferences
from quarterdeck.desk.signin.passwords import Apart, check, may_choose
from quarterdeck.desk.signin.queries import IDLE, WHOLE, oneself
from quarterdeck.desk.work import Actor, Work

# Whoever gave the right password has so long to give the second factor.
HALFWAY = timedelta(minutes=10)


@dataclass(frozen=True)
class Outcome:
    """What came of somebody showing who they are. A failure is an outcome, not a refusal: it has to be written down."""

    # Of the session that has begun.
    token: str | None = None
    # The second factor is still to come.
    halfway: bool = False
    # So long nothing is looked at.
    wait: timedelta | None = None

    @property
    def done(self) -> bool:
        return self.token is not None


WRONG = Outcome()


@dataclass(frozen=True)
class Browser:
    """Where somebody sits, and the session that this browser has had so far."""

    address: str | None = None
    agent: str | None = None
    session_id: int | None = None


def come_in(work: Work, email: str, password: str, browser: Browser, apart: Apart[Any]) -> Outcome:
    """Sign in with a password. An unknown address is answered as a wrong password is, and as slowly."""
    name = attempts.named(email)
    if wait := attempts.wait(work, name, browser.address):
        return Outcome(wait=wait)
    id = access.by_email(work, email)
    technician = work.find(Technician, id or 0)
    hash = technician.password_hash if technician is not None and technician.active else None
    checked = apart(lambda: check(hash, password))
    if not checked.right or technician is None:
        attempts.failed(work, name, browser.address, id)
        return WRONG
    attempts.forgiven(work, name, browser.address)
    if checked.anew:
        work.update(Technician, technician.id, password_hash=checked.anew)
    return enter(work, technician, browser, "password")


def enter(work: Work, technician: Technician, browser: Browser, how: str, *, whole: bool = False) -> Outcome:
    """Begin a session, which is halfway where a second factor is to come, instead of the one this browser had."""
    if browser.session_id is not None:
        work.delete(Session, Session.id == browser.session_id)
    if whole or not factors.asked_of(work, technician.id):
        return Outcome(admit(work, technician, browser.address, browser.agent, how))
    return Outcome(begin(work, technician, browser.address, browser.agent, HALFWAY, halfway=True)[1], halfway=True)


def second_factor(work: Work, session_id: int, code: str, browser: Browser) -> Outcome:
    """Go on from halfway with a code of the authenticator, or one of those kept for when it is lost."""
    session = work.find(Session, session_id, hold=True)
    technician = work.find(Technician, session.technician_id) if session is not None else None
    if session is None or technician is None or not session.halfway:
        raise NotFound("session")
    name = attempts.of_factor(technician.id)
    if wait := attempts.wait(work, name, None, attempts.FREE_OF_FACTOR):
        return Outcome(wait=wait)
    how = factors.answered(acting(work, technician), technician.id, code)
    if how is None:
        attempts.failed(work, name, None, technician.id, attempts.FREE_OF_FACTOR)
        return WRONG
    attempts.forgiven(work, name, None)
    return enter(work, technician, replace(browser, session_id=session_id), how, whole=True)


def confirm_factor(work: Work, code: str, browser: Browser) -> tuple[list[str], str]:
    """Turn one's second factor on with a first code; returns the recovery codes, and the token of the session that
    goes on instead of this one."""
    codes = factors.confirm(work, code)
    if browser.session_id is not None:
        work.delete(Session, Session.id == browser.session_id)
    return codes, begin(work, oneself(work), browser.address, browser.agent, WHOLE)[1]


def admit(work: Work, technician: Technician, address: str | None, agent: str | None, how: str = "password") -> str:
    """Begin a session for somebody who has shown who they are."""
    id, token = begin(work, technician, address, agent, WHOLE)
    after = {"session_id": id, "address": address, "how": how}
    journal.record(acting(work, technician), "technician.signed in", technician.id, after=after)
    return token


def begin(
    work: Work,
    technician: Technician,
    address: str | None,
    agent: str | None,
    lasts: timedelta,
    *,
    halfway: bool = False,
) -> tuple[int, str]:
    """A new session's id and token."""
    work.delete(Session, sa.or_(Session.ends_at <= work.now, Session.seen_at <= work.now - IDLE))
    token = secrets.token_urlsafe(32)
    id = work.insert(
        Session,
        hash=hashed(token),
        technician_id=technician.id,
        form_key=secrets.token_urlsafe(24),
        halfway=halfway,
        created_at=work.now,
        seen_at=work.now,
        ends_at=work.now + lasts,
        address=address,
        agent=(agent or "")[:300] or None,
    )
    return id, token


def acting(work: Work, technician: Technician) -> Work:
    """The same work as that technician's own, for the journal."""
    name = f"{technician.first_name} {technician.last_name}".strip()
    return replace(work, actor=Actor(name, frozenset(), technician.id))


def leave(work: Work, session_id: int) -> None:
    """End a session of one's own, here or at another browser."""
    session = work.find(Session, session_id)
    if session is None or session.technician_id != work.actor.technician_id:
        return
    work.delete(Session, Session.id == session_id)
    journal.record(work, "technician.signed out", session.technician_id, after={"session_id": session_id})


def leave_others(work: Work, session_id: int | None) -> int:
    """End all sessions of one's own but this one, or all of them; returns how many those were."""
    me = oneself(work)
    ended = access.end_sessions(work, me.id, but=session_id)
    journal.record(work, "technician.signed out elsewhere", me.id, after={"sessions": ended})
    return ended


def proved(work: Work, password: str, browser: Browser, apart: Apart[Any]) -> Outcome | None:
    """Nothing, if it is the password of whoever asks: before what a stranger at an open browser must not do."""
    me = oneself(work)
    name = attempts.named(me.email)
    if wait := attempts.wait(work, name, browser.address):
        return Outcome(wait=wait)
    if apart(lambda: check(me.password_hash, password)).right:
        attempts.forgiven(work, name, browser.address)
        return None
    attempts.failed(work, name, browser.address, me.id)
    return WRONG


def change_password(work: Work, old: str, chosen: Chosen, browser: Browser, apart: Apart[Any]) -> Outcome:
    """Choose another password. All sessions end, and this browser gets a new one."""
    me = oneself(work)
    may_choose(me, chosen)
    made: list[str] = []

    def both(check_old: Any) -> Any:
        def do() -> Any:
            checked = check_old()
            return checked, hash_password(chosen.password) if checked.right else None

        checked, hash = apart(do)
        made.append(hash or "")
        return checked

    if refused := proved(work, old, browser, both):
        return refused
    set_password(work, me, made[0])
    return Outcome(admit(work, me, browser.address, browser.agent, "password"))


def set_password(work: Work, technician: Technician, hash: str) -> None:
    work.update(Technician, technician.id, password_hash=hash)
    access.end_sessions(work, technician.id)
    journal.record(work, "technician.password chosen", technician.id)


def prefer(work: Work, preferences: Preferences) -> None:
    """Keep how somebody likes the pages."""
    me = oneself(work)
    work.update(Technician, me.id, preferences={**me.preferences, **preferences.sent})
