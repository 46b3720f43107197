"""How somebody comes in and leaves."""

import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from quarterdeck.desk import access, journal
from quarterdeck.desk.access import Technician, hashed
from quarterdeck.desk.errors import Invalid
from quarterdeck.desk.signin.queries import WHOLE
from quarterdeck.desk.signin.records import Session
from quarterdeck.desk.work import Work

HASHER = PasswordHasher()
# Verified where there is no account, so that its absence takes as long to tell as a wrong password.
NOBODY = HASHER.hash(secrets.token_urlsafe(16))
WRONG = Invalid({"password": "is not right for this address"})


def come_in(work: Work, email: str, password: str, address: str | None = None, agent: str | None = None) -> str:
    """Sign in with a password; returns the token of a new session."""
    id = access.by_email(work, email)
    technician = work.find(Technician, id) if id is not None else None
    known = technician is not None and technician.active and technician.password_hash is not None
    if not right(technician.password_hash if known and technician else None, password) or technician is None:
        raise WRONG
    return admit(work, technician, address, agent)


def admit(work: Work, technician: Technician, address: str | None, agent: str | None) -> str:
    """Begin a session for somebody who has shown who they are."""
    token = secrets.token_urlsafe(32)
    id = work.insert(
        Session,
        hash=hashed(token),
        technician_id=technician.id,
        form_key=secrets.token_urlsafe(24),
        halfway=False,
        created_at=work.now,
        seen_at=work.now,
        ends_at=work.now + WHOLE,
        address=address,
        agent=(agent or "")[:300] or None,
    )
    journal.record(work, "technician.signed in", technician.id, after={"session_id": id, "address": address})
    return token


def leave(work: Work, session_id: int) -> None:
    """End a session."""
    session = work.find(Session, session_id)
    if session is None:
        return
    work.delete(Session, Session.id == session_id)
    journal.record(work, "technician.signed out", session.technician_id, after={"session_id": session_id})


def right(hash: str | None, password: str) -> bool:
    try:
        return HASHER.verify(hash or NOBODY, password) and hash is not None
    except (VerificationError, InvalidHashError):
        return False
