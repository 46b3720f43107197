"""What can happen to people and keys."""

import secrets

import sqlalchemy as sa

from quarterdeck.desk import customers, journal
from quarterdeck.desk.access.inputs import Changes, New, NewKey
from quarterdeck.desk.access.queries import by_email, get, hashed
from quarterdeck.desk.access.records import ApiKey, Role, Session, Technician
from quarterdeck.desk.errors import Conflict, Invalid, NotFound, Problem, Why
from quarterdeck.desk.hashing import hash_password
from quarterdeck.desk.input import fold
from quarterdeck.desk.work import Work, exists, unique

TAKEN = Problem("belongs to another technician", Why.TAKEN)


def create(work: Work, new: New) -> Technician:
    work.require("access:write")
    if by_email(work, new.email) is not None:
        raise Invalid({"email": TAKEN})

    values = new.model_dump(exclude={"password"})
    with unique("email", TAKEN):
        id = work.insert(
            Technician,
            **values,
            email_key=fold(new.email),
            password_hash=hash_password(new.password) if new.password else None,
        )
    journal.record(work, "technician.created", id, after=values)
    return get(work, id)


def change(work: Work, id: int, changes: Changes) -> Technician:
    work.require("access:write")
    technician = get(work, id)
    values = changes.sent
    leaves = values.get("active") is False or values.get("role", Role.OWNER) is not Role.OWNER
    if leaves and technician.role is Role.OWNER and not other_owner(work, id):
        raise Conflict("the last owner cannot be switched off or given another role")

    before = {name: getattr(technician, name) for name in values if name != "password"}
    if "password" in values:
        values["password_hash"] = hash_password(values.pop("password"))
    work.update(Technician, id, **values)
    after = {name: value for name, value in values.items() if name != "password_hash"}
    if "password_hash" in values or values.get("active") is False:
        end_sessions(work, id)
    journal.record(work, "technician.changed", id, before=before, after=after)
    return get(work, id)


def end_sessions(work: Work, technician_id: int, *, but: int | None = None) -> int:
    """Sign somebody out everywhere, or everywhere but here; returns how many sessions that ended."""
    others = (Session.id != but,) if but is not None else ()
    return work.delete(Session, Session.technician_id == technician_id, *others)


def other_owner(work: Work, id: int) -> bool:
    others = sa.select(Technician.id).where(
        Technician.role == Role.OWNER, Technician.active.is_(True), Technician.id != id
    )
    return work.db.scalar(others.limit(1)) is not None


def give_key(work: Work, new: NewKey) -> tuple[int, str]:
    """Make a key; its text is returned here and never again."""
    work.require("access:write")
    get(work, new.technician_id)
    values = new.model_dump()
    exists(work, values, "customer_id", customers.seen, Problem("names no customer", Why.UNKNOWN))

    text = "qd_" + secrets.token_urlsafe(32)
    id = work.insert(
        ApiKey,
        **values,
        hash=hashed(text),
        hint=text[:8],
        created_at=work.now,
        revoked_at=None,
        last_used_at=None,
    )
    journal.record(work, "key.created", id, after=values)
    return id, text


def revoke_key(work: Work, id: int) -> None:
    work.require("access:write")
    key = work.find(ApiKey, id, hold=True)
    if key is None:
        raise NotFound("API key", id)
    if key.revoked_at is not None:
        return

    work.update(ApiKey, id, revoked_at=work.now)
    journal.record(work, "key.revoked", id)


def saw_key(work: Work, id: int) -> None:
    """Note that a key was used. No entry in the journal: it would hold little else."""
    work.update(ApiKey, id, last_used_at=work.now)
