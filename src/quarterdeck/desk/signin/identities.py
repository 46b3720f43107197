"""Accounts at an identity provider. Issuer and subject say who somebody is; a mail address says nothing."""

import secrets
from dataclasses import dataclass
from datetime import timedelta

import sqlalchemy as sa

from quarterdeck.desk import journal
from quarterdeck.desk.access import Technician
from quarterdeck.desk.errors import Invalid, NotFound, Problem, Why
from quarterdeck.desk.signin import attempts, challenges, links
from quarterdeck.desk.signin.actions import Browser, Outcome, acting, enter
from quarterdeck.desk.signin.queries import oneself
from quarterdeck.desk.signin.records import Identity
from quarterdeck.desk.statement import Statement
from quarterdeck.desk.work import Work, unique

STATE = "identity provider"
LASTS = timedelta(minutes=10)
STRANGER = Problem(
    "knows you, but this desk does not yet: come in by your invitation, or sign in and link it", Why.UNKNOWN
)
TAKEN = Problem("says who you are, but that account belongs to another technician", Why.TAKEN)
NOT_ASKED = Problem("answered something that was not asked, or too late: please begin again")

BY_SUBJECT = Statement(
    sa.select(Identity.technician_id).where(
        Identity.issuer == sa.bindparam("issuer"), Identity.subject == sa.bindparam("subject")
    )
)


@dataclass(frozen=True)
class Asked:
    """What a provider is asked, and what of it comes back."""

    # Comes back in the address, and is known to one browser.
    state: str
    # Comes back in what the provider signs.
    nonce: str
    # Shows that whoever asked first asks for the answer, too.
    verifier: str
    # Where to go on to.
    next: str
    # The link by which somebody comes in for the first time.
    link: str | None = None
    # Who is signed in and links an account.
    technician_id: int | None = None


def ask(work: Work, next: str, address: str | None, link: str | None = None, *, linking: bool = False) -> Asked:
    """Send somebody to their provider, and remember what for."""
    me = oneself(work).id if linking else None
    offer = links.offered(work, link) if link else None
    random = (secrets.token_urlsafe(32), secrets.token_urlsafe(32), secrets.token_urlsafe(32))
    asked = Asked(*random, next, link if offer else None, me)
    said = {"nonce": asked.nonce, "verifier": asked.verifier, "next": next, "link": asked.link, "technician_id": me}
    challenges.ask(work, STATE, asked.state, attempts.asker(work, address), LASTS, **said)
    return asked


def answered(work: Work, state: str) -> Asked:
    """What was asked with this state, once."""
    said = challenges.take(work, STATE, state)
    if said is None:
        raise Invalid({"provider": NOT_ASKED})
    return Asked(state, **said)


def come_in_as(work: Work, asked: Asked, issuer: str, subject: str, browser: Browser) -> Outcome:
    """Let in whom a provider has named, or link the account to whoever was invited or is signed in."""
    row = BY_SUBJECT.first(work.link, {"issuer": issuer, "subject": subject})
    if asked.technician_id is not None:
        return link_own(work, asked.technician_id, row[0] if row else None, issuer, subject, browser)
    if row is None and asked.link is None:
        raise Invalid({"provider": STRANGER})
    if row is None:
        offer = links.offered(work, asked.link or "")
        links.spend(work, offer)
        keep(acting(work, offer.technician), offer.technician.id, issuer, subject)
        return enter(work, offer.technician, browser, "identity provider")
    technician = work.find(Technician, row[0])
    if technician is None or not technician.active:
        raise Invalid({"provider": STRANGER})
    return enter(work, technician, browser, "identity provider")


def link_own(
    work: Work, technician_id: int, holder: int | None, issuer: str, subject: str, browser: Browser
) -> Outcome:
    """Link an account to whoever asked for it, if they are still the one who is signed in."""
    me = oneself(work)
    if me.id != technician_id:
        raise Invalid({"provider": NOT_ASKED})
    if holder not in (None, me.id):
        raise Invalid({"provider": TAKEN})
    if holder is None:
        keep(work, me.id, issuer, subject)
    return Outcome()


def keep(work: Work, technician_id: int, issuer: str, subject: str) -> None:
    with unique("provider", TAKEN):
        work.insert(Identity, technician_id=technician_id, issuer=issuer, subject=subject, created_at=work.now)
    journal.record(work, "technician.account linked", technician_id, after={"issuer": issuer})


def unlink(work: Work, id: int) -> None:
    me = oneself(work)
    identity = work.find(Identity, id)
    if identity is None or identity.technician_id != me.id:
        raise NotFound("account", id)
    if me.password_hash is None:
        raise Invalid({"provider": "is your only way in: get a link to choose a password first"})
    work.delete(Identity, Identity.id == id)
    journal.record(work, "technician.account unlinked", me.id, before={"issuer": identity.issuer})
