"""How people and keys are read."""

import hashlib
from datetime import datetime

import sqlalchemy as sa

from quarterdeck.desk.access.records import ApiKey, Role, Technician
from quarterdeck.desk.access.rights import OF_ONE_CUSTOMER, ROLES, of_scopes
from quarterdeck.desk.errors import NotFound
from quarterdeck.desk.finding import Finder
from quarterdeck.desk.input import fold
from quarterdeck.desk.reading import Reading, Where
from quarterdeck.desk.statement import Link, Row, Statement
from quarterdeck.desk.work import Actor, Work

# Who works here is no secret to those who do: tickets name them.
READING = Reading(
    Technician,
    "tickets:read",
    filters={
        "email": Where(lambda value: Technician.email_key == value, prepare=fold),
        "active": Where(lambda value: Technician.active == value),
    },
)

BY_HASH = Statement(
    sa.select(
        ApiKey.id,
        ApiKey.name,
        ApiKey.scopes,
        ApiKey.customer_id,
        ApiKey.ends_at,
        ApiKey.last_used_at,
        Technician.id.label("technician_id"),
        Technician.full_name.label("technician"),
        Technician.role,
    )
    .join(Technician, Technician.id == ApiKey.technician_id)
    .where(ApiKey.hash == sa.bindparam("hash"), ApiKey.revoked_at.is_(None), Technician.active.is_(True))
)
BY_EMAIL = Statement(sa.select(Technician.id).where(Technician.email_key == sa.bindparam("email")))
EVERYONE = Statement(
    sa.select(
        Technician.id,
        Technician.full_name,
        Technician.email,
        Technician.role,
        Technician.active,
        Technician.created_at,
    ).order_by(Technician.id)
)
KEYS = Statement(
    sa.select(
        ApiKey.id,
        ApiKey.name,
        ApiKey.hint,
        Technician.email,
        ApiKey.scopes,
        ApiKey.customer_id,
        ApiKey.ends_at,
        ApiKey.revoked_at,
        ApiKey.last_used_at,
    )
    .join(Technician, Technician.id == ApiKey.technician_id)
    .order_by(ApiKey.id)
)
OWNER = Statement(sa.select(Technician.id).where(Technician.role == Role.OWNER, Technician.active.is_(True)).limit(1))


def hashed(key: str) -> str:
    """A key is random enough that a plain hash cannot be turned back."""
    return hashlib.sha256(key.encode("utf-8", "surrogateescape")).hexdigest()


def bearer(link: Link, key: str, now: datetime) -> tuple[Actor, datetime | None] | None:
    """Whom a key stands for, and when it was last seen; None for a key that is unknown, revoked or at its end."""
    row = BY_HASH.first(link, {"hash": hashed(key)})
    if row is None:
        return None
    id, _, scopes, customer_id, ends_at, last_used_at, technician_id, name, role = row
    if ends_at is not None and ends_at <= now:
        return None
    rights = ROLES[role] & of_scopes(scopes)
    if customer_id is not None:
        rights &= OF_ONE_CUSTOMER
    return Actor(name, rights, technician_id, id, customer_id), last_used_at


FINDER = Finder(Technician, "tickets:read")
seen, get = FINDER.seen, FINDER.get


def myself(work: Work) -> Technician:
    """Whoever asks: about oneself, everybody may."""
    found = work.find(Technician, work.actor.technician_id or 0)
    if found is None:
        raise NotFound(Technician.kind)
    return found


def by_email(work: Work, email: str) -> int | None:
    if "\x00" in email:
        # No address, and PostgreSQL cannot even look for it.
        return None
    row = BY_EMAIL.first(work.link, {"email": fold(email)})
    return row[0] if row else None


def everyone(work: Work) -> list[Row]:
    """Who works here or did: id, name, address, role, whether active, when made."""
    work.require("access:read")
    return EVERYONE.rows(work.link, {})


def keys(work: Work) -> list[Row]:
    """Every key ever given: id, name, first characters, whose, scopes, customer, end, revocation, last use."""
    work.require("access:read")
    return KEYS.rows(work.link, {})


def owned(work: Work) -> bool:
    """Whether somebody is there who may do everything."""
    return OWNER.first(work.link, {}) is not None
