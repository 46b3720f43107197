"""Who comes in with which session."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from quarterdeck.desk.access import ROLES, Role, Technician, hashed
from quarterdeck.desk.signin.records import Session
from quarterdeck.desk.statement import Link, Statement
from quarterdeck.desk.work import Actor

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
