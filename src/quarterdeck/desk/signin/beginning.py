"""The first owner: made once, by whoever can read the terminal the server was started in."""

import secrets
from datetime import timedelta
from typing import Any

from quarterdeck.desk import access, journal
from quarterdeck.desk.access import Role, Technician
from quarterdeck.desk.errors import NotFound
from quarterdeck.desk.hashing import hash_password
from quarterdeck.desk.signin import attempts, challenges
from quarterdeck.desk.signin.actions import Browser, Outcome, acting, admit
from quarterdeck.desk.signin.inputs import Owner
from quarterdeck.desk.signin.passwords import Apart, may_choose
from quarterdeck.desk.work import Actor, Work

SETUP = "setup"
# A server that nobody has set up for so long gives another word when it is started again.
WORD_LASTS = timedelta(days=7)


def word(work: Work) -> str | None:
    """The word that the first owner has to know; none where there is an owner."""
    if access.owned(work):
        return None
    text = secrets.token_urlsafe(16)
    challenges.ask(work, SETUP, text, SETUP, WORD_LASTS)
    return text


def set_up(work: Work, given: str, asked: Owner, browser: Browser, apart: Apart[Any]) -> Outcome:
    """Make the first owner. Afterwards nobody can again, whatever words there are."""
    attempts.alone(work, SETUP)
    if access.owned(work):
        raise NotFound("page")
    if wait := attempts.wait(work, SETUP, browser.address):
        return Outcome(wait=wait)
    if challenges.take(work, SETUP, given) is None:
        attempts.failed(work, SETUP, browser.address, None)
        return Outcome()
    values = asked.model_dump(exclude={"password", "again"})
    new = access.New.check({**values, "role": Role.OWNER})
    everything = Work(work.link, Actor(SETUP, access.ALL), work.now, work.face, work.request_id)
    owner = access.create(everything, new)
    may_choose(owner, asked)
    work.update(Technician, owner.id, password_hash=apart(lambda: hash_password(asked.password)))
    journal.record(acting(work, owner), "technician.set up", owner.id)
    return Outcome(admit(work, owner, browser.address, browser.agent))
