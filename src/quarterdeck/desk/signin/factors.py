"""Second factors: codes of an authenticator, and some kept for when it is lost."""

import hmac
import secrets

import sqlalchemy as sa

from quarterdeck.desk import journal
from quarterdeck.desk.access import Technician, hashed
from quarterdeck.desk.errors import Conflict, Invalid, NotFound
from quarterdeck.desk.signin.queries import oneself
from quarterdeck.desk.signin.records import Factor, RecoveryCode
from quarterdeck.desk.statement import Statement
from quarterdeck.desk.work import Work

ISSUER = "Quarterdeck"
# In seconds; a clock may be off by one step to either side.
STEP = 30
DRIFT = 1
RECOVERY_CODES = 10

OF = Statement(
    sa.select(Factor.id, Factor.secret, Factor.confirmed, Factor.last_step).where(
        Factor.technician_id == sa.bindparam("id")
    )
)
LEFT = Statement(
    sa.select(sa.func.count()).where(RecoveryCode.technician_id == sa.bindparam("id"), RecoveryCode.used_at.is_(None))
)


def asked_of(work: Work, technician_id: int) -> bool:
    """Whether a second factor is asked of somebody."""
    row = OF.first(work.link, {"id": technician_id})
    return row is not None and bool(row[2])


def codes_left(work: Work) -> int:
    row = LEFT.first(work.link, {"id": work.actor.technician_id or 0})
    return int(row[0]) if row else 0


def begin(work: Work) -> None:
    """Make a secret to be put into an authenticator. Nothing is asked for before its first code was right."""
    me = oneself(work)
    if asked_of(work, me.id):
        raise Conflict("a second factor is on already")
    import pyotp  # wanted by few, and slow to load

    work.delete(Factor, Factor.technician_id == me.id)
    work.insert(Factor, technician_id=me.id, secret=pyotp.random_base32(), created_at=work.now)


def offer(work: Work) -> tuple[str, str] | None:
    """The secret that waits for its first code, and the address that authenticators read from a picture."""
    row = OF.first(work.link, {"id": work.actor.technician_id or 0})
    me = work.find(Technician, work.actor.technician_id or 0)
    if row is None or row[2] or me is None:
        return None
    import pyotp

    return row[1], pyotp.TOTP(row[1]).provisioning_uri(name=me.email, issuer_name=ISSUER)


def confirm(work: Work, code: str) -> list[str]:
    """Turn the second factor on with a first code; returns the recovery codes, which are not shown again."""
    me = oneself(work)
    row = OF.first(work.link, {"id": me.id})
    if row is None or row[2]:
        raise NotFound("second factor")
    if not fits(work, row, code):
        raise Invalid({"code": "is not right: look whether the clock of the authenticator is"})
    work.update(Factor, row[0], confirmed=True)
    journal.record(work, "technician.second factor on", me.id)
    return new_codes(work, me.id)


def discard(work: Work) -> None:
    """Give up on a secret before its first code."""
    work.delete(Factor, Factor.technician_id == oneself(work).id, Factor.confirmed.is_(False))


def renew_codes(work: Work) -> list[str]:
    """New recovery codes; the old ones end."""
    me = oneself(work)
    if not asked_of(work, me.id):
        raise Conflict("a second factor is not on")
    journal.record(work, "technician.recovery codes made", me.id)
    return new_codes(work, me.id)


def new_codes(work: Work, technician_id: int) -> list[str]:
    work.delete(RecoveryCode, RecoveryCode.technician_id == technician_id)
    codes = [secrets.token_hex(10) for _ in range(RECOVERY_CODES)]
    for code in codes:
        work.insert(RecoveryCode, technician_id=technician_id, hash=kept_as(technician_id, code), used_at=None)
    return ["-".join(code[at : at + 5] for at in range(0, 20, 5)) for code in codes]


def remove(work: Work, technician_id: int) -> None:
    """Turn somebody's second factor off."""
    work.delete(RecoveryCode, RecoveryCode.technician_id == technician_id)
    if work.delete(Factor, Factor.technician_id == technician_id):
        journal.record(work, "technician.second factor off", technician_id)


def answered(work: Work, technician_id: int, code: str) -> str | None:
    """With what a code was right, if it was. Neither kind is right a second time."""
    row = OF.first(work.link, {"id": technician_id})
    if row is None or not row[2]:
        return None
    if fits(work, row, code):
        return "second factor"
    given = "".join(code.lower().split()).replace("-", "")
    used = sa.update(RecoveryCode).where(
        RecoveryCode.technician_id == technician_id,
        RecoveryCode.hash == kept_as(technician_id, given),
        RecoveryCode.used_at.is_(None),
    )
    if not work.db.execute(used.values(used_at=work.now)).rowcount:
        return None
    journal.record(work, "technician.recovery code used", technician_id)
    return "recovery code"


def fits(work: Work, factor: tuple[int, str, bool, int], code: str) -> bool:
    """Whether it is the code of now, of a step that no code was taken of yet."""
    import pyotp

    id, secret, _, _ = factor
    given, here = "".join(code.split()).encode(), int(work.now.timestamp()) // STEP
    for step in range(here - DRIFT, here + DRIFT + 1):
        if hmac.compare_digest(pyotp.TOTP(secret).generate_otp(step).encode(), given):
            taken = sa.update(Factor).where(Factor.id == id, Factor.last_step < step).values(last_step=step)
            return bool(work.db.execute(taken).rowcount)
    return False


def kept_as(technician_id: int, code: str) -> str:
    return hashed(f"recovery code {technician_id} {code}")
