"""Links of one use, by which somebody chooses a password."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from quarterdeck.desk import access, journal
from quarterdeck.desk.access import Technician, hashed
from quarterdeck.desk.errors import Conflict, NotFound
from quarterdeck.desk.hashing import hash_password
from quarterdeck.desk.signin import factors
from quarterdeck.desk.signin.actions import Browser, Outcome, acting, enter, set_password
from quarterdeck.desk.signin.inputs import Chosen
from quarterdeck.desk.signin.passwords import Apart, may_choose
from quarterdeck.desk.signin.records import Invitation, Purpose
from quarterdeck.desk.statement import Statement
from quarterdeck.desk.work import Work

LASTS = {Purpose.INVITE: timedelta(days=7), Purpose.RESET: timedelta(minutes=30)}

BY_TOKEN = Statement(
    sa.select(Invitation.id, Invitation.technician_id, Invitation.purpose, Invitation.ends_at)
    .join(Technician, Technician.id == Invitation.technician_id)
    .where(
        Invitation.hash == sa.bindparam("hash"),
        Invitation.used_at.is_(None),
        Invitation.ends_at > sa.bindparam("now", type_=Invitation.ends_at.type),
        Technician.active.is_(True),
    )
)
WAITING = Statement(
    sa.select(Invitation.technician_id, Invitation.purpose, Invitation.ends_at)
    .where(Invitation.used_at.is_(None), Invitation.ends_at > sa.bindparam("now", type_=Invitation.ends_at.type))
    .order_by(Invitation.id)
)


@dataclass(frozen=True)
class Offer:
    """What a link offers, and whom."""

    id: int
    technician: Technician
    purpose: Purpose
    ends_at: datetime


def invite(work: Work, new: access.New) -> tuple[int, str]:
    """Make a technician who has no password yet; returns their id, and the token of a link that is not shown again."""
    technician = access.create(work, new)
    return technician.id, issue(work, technician.id, Purpose.INVITE)


def invite_again(work: Work, technician_id: int) -> str:
    """Another link for somebody who has not come in yet."""
    work.require("access:write")
    technician = access.get(work, technician_id)
    if not technician.active or technician.password_hash is not None:
        raise Conflict("has a password, or no access: make a link to choose another one")
    return issue(work, technician_id, Purpose.INVITE)


def reset(work: Work, technician_id: int) -> str:
    """A link to choose another password. Whoever is signed in as this technician is signed out."""
    work.require("access:write")
    if not access.get(work, technician_id).active:
        raise Conflict("has no access any more")
    access.end_sessions(work, technician_id)
    return issue(work, technician_id, Purpose.RESET)


def reset_factor(work: Work, technician_id: int) -> None:
    """Turn off the second factor of somebody who has lost it, and sign them out."""
    work.require("access:write")
    access.get(work, technician_id)
    access.end_sessions(work, technician_id)
    factors.remove(work, technician_id)


def issue(work: Work, technician_id: int, purpose: Purpose) -> str:
    """The token of a new link; earlier ones of the same person end."""
    work.delete(Invitation, Invitation.technician_id == technician_id, Invitation.used_at.is_(None))
    token = secrets.token_urlsafe(32)
    ends_at = work.now + LASTS[purpose]
    work.insert(
        Invitation,
        hash=hashed(token),
        technician_id=technician_id,
        purpose=purpose,
        created_at=work.now,
        ends_at=ends_at,
        used_at=None,
    )
    journal.record(work, "technician.link made", technician_id, after={"purpose": purpose, "ends_at": ends_at})
    return token


def waiting(work: Work) -> dict[int, tuple[Purpose, datetime]]:
    """Links that nobody has used yet, by technician: what for, and until when."""
    work.require("access:read")
    return {id: (purpose, ends_at) for id, purpose, ends_at in WAITING.rows(work.link, {"now": work.now})}


def offered(work: Work, token: str) -> Offer:
    """What a link offers as long as it can be used."""
    row = BY_TOKEN.first(work.link, {"hash": hashed(token), "now": work.now})
    technician = work.find(Technician, row[1]) if row is not None else None
    if row is None or technician is None:
        raise NotFound("link")
    return Offer(row[0], technician, row[2], row[3])


def accept(work: Work, token: str, chosen: Chosen, browser: Browser, apart: Apart[Any]) -> Outcome:
    """Choose a password over a link, and come in with it."""
    offer = offered(work, token)
    may_choose(offer.technician, chosen)
    hash = apart(lambda: hash_password(chosen.password))
    spend(work, offer)
    set_password(acting(work, offer.technician), offer.technician, hash)
    return enter(work, offer.technician, browser, f"link of {offer.purpose}")


def spend(work: Work, offer: Offer) -> None:
    """Use a link up. Of two who try at once, one comes too late."""
    using = sa.update(Invitation).where(Invitation.id == offer.id, Invitation.used_at.is_(None))
    if not work.db.execute(using.values(used_at=work.now)).rowcount:
        raise NotFound("link")
