"""Who comes in with which session."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from quarterdeck.desk.access import ROLES, Role, Session, Technician, hashed
from quarterdeck.desk.errors import Forbidden
from quarterdeck.desk.signin.records import Identity, Passkey
from quarterdeck.desk.statement import Link, Row, Several, Statement, among
from quarterdeck.desk.work import Actor, Work

# A session ends when nobody has used it for so long, and at the latest after so long.
IDLE = timedelta(hours=12)
WHOLE = timedelta(days=14)


@dataclass(frozen=True)
class Visitor:
    """Somebody at a browser: a technician who has signed in, or a stranger."""

    actor: Actor
    session_id: int | None = None
    technician_id: int | None = None
    name: str = ""
    email: str = ""
    role: Role | None = None
    # What a form of this session has to bring along.
    form_key: str = ""
    # The password was right; the second factor is still to come.
    halfway: bool = False
    seen_at: datetime | None = None
    preferences: dict[str, Any] | None = None

    @property
    def signed_in(self) -> bool:
        return self.technician_id is not None and not self.halfway

    def may(self, right: str) -> bool:
        return right in self.actor.rights


STRANGER = Visitor(Actor("somebody"))

BY_TOKEN = Statement(
    sa.select(
        Session.id,
        Session.form_key,
        Session.halfway,
        Session.seen_at,
        Session.ends_at,
        Technician.id.label("technician_id"),
        Technician.full_name.label("name"),
        Technician.email,
        Technician.role,
        Technician.preferences,
    )
    .join(Technician, Technician.id == Session.technician_id)
    .where(Session.hash == sa.bindparam("hash"), Technician.active.is_(True))
)


def visitor(link: Link, token: str, now: datetime) -> Visitor:
    """Who a session's token stands for; a stranger where it is unknown or at its end."""
    row = BY_TOKEN.first(link, {"hash": hashed(token)})
    if row is None:
        return STRANGER
    id, form_key, halfway, seen_at, ends_at, technician_id, name, email, role, preferences = row
    if now >= ends_at or now >= seen_at + IDLE:
        return STRANGER
    rights = frozenset[str]() if halfway else ROLES[role]
    actor = Actor(name, rights, technician_id)
    return Visitor(actor, id, technician_id, name, email, role, form_key, halfway, seen_at, preferences or {})


ALIVE = Statement(
    sa.select(Session.hash).where(
        among(Session.hash, sa.bindparam("hashes", type_=Several(words=True))),
        Session.halfway.is_(False),
        Session.ends_at > sa.bindparam("now", type_=Session.ends_at.type),
        Session.seen_at > sa.bindparam("since", type_=Session.seen_at.type),
    )
)


def ended(link: Link, tokens: Iterable[str], now: datetime) -> set[str]:
    """Which of these tokens open nothing any more."""
    asked = {hashed(token): token for token in tokens}
    rows = ALIVE.rows(link, {"hashes": list(asked), "now": now, "since": now - IDLE})
    return set(asked.values()) - {asked[hash] for (hash,) in rows}


SESSIONS = Statement(
    sa.select(Session.id, Session.agent, Session.address, Session.created_at, Session.seen_at, Session.ends_at)
    .where(
        Session.technician_id == sa.bindparam("id"),
        Session.halfway.is_(False),
        Session.ends_at > sa.bindparam("now", type_=Session.ends_at.type),
        Session.seen_at > sa.bindparam("since", type_=Session.seen_at.type),
    )
    .order_by(Session.seen_at.desc(), Session.id.desc())
)
PASSKEYS = Statement(
    sa.select(Passkey.id, Passkey.name, Passkey.created_at, Passkey.last_used_at)
    .where(Passkey.technician_id == sa.bindparam("id"))
    .order_by(Passkey.id)
)
IDENTITIES = Statement(
    sa.select(Identity.id, Identity.issuer, Identity.created_at)
    .where(Identity.technician_id == sa.bindparam("id"))
    .order_by(Identity.id)
)


@dataclass(frozen=True)
class Place:
    """A session of one's own: where, and until when."""

    id: int
    agent: str | None
    address: str | None
    created_at: datetime
    seen_at: datetime
    ends_at: datetime


def oneself(work: Work) -> Technician:
    """The technician who asks, in person: a program's key changes nothing about how its owner comes in."""
    if work.actor.technician_id is None or work.actor.key_id is not None:
        raise Forbidden("is for technicians who have signed in")
    me = work.find(Technician, work.actor.technician_id, hold=True)
    if me is None or not me.active:
        raise Forbidden("is for technicians who have signed in")
    return me


def sessions(work: Work) -> list[Place]:
    """Where one is signed in, the latest used first. A session nobody uses ends before its time."""
    given = {"id": work.actor.technician_id or 0, "now": work.now, "since": work.now - IDLE}
    found = [Place(*row) for row in SESSIONS.rows(work.link, given)]
    return [replace(one, ends_at=min(one.ends_at, one.seen_at + IDLE)) for one in found]


def has_password(work: Work) -> bool:
    """Whether one may come in with a password."""
    me = work.find(Technician, work.actor.technician_id or 0)
    return me is not None and me.password_hash is not None


def passkeys(work: Work) -> list[Row]:
    """One's passkeys: id, name, when made, when last used."""
    return PASSKEYS.rows(work.link, {"id": work.actor.technician_id or 0})


def identities(work: Work) -> list[Row]:
    """One's accounts at identity providers: id, issuer, since when."""
    return IDENTITIES.rows(work.link, {"id": work.actor.technician_id or 0})
