"""What was asked of a browser and is to come back, once and soon."""

from datetime import timedelta
from typing import Any

import msgspec
import sqlalchemy as sa

from quarterdeck.desk.access import hashed
from quarterdeck.desk.signin.records import Challenge
from quarterdeck.desk.statement import Statement
from quarterdeck.desk.work import Work

SOON = timedelta(minutes=5)

TAKE = Statement(
    sa.delete(Challenge)
    .where(
        Challenge.hash == sa.bindparam("hash"), Challenge.ends_at > sa.bindparam("now", type_=Challenge.ends_at.type)
    )
    .returning(Challenge.said)
)


def ask(work: Work, what: str, token: str, ends: timedelta = SOON, **said: Any) -> None:
    """Remember what a token was given for."""
    work.delete(Challenge, Challenge.ends_at <= work.now)
    kept = msgspec.json.encode(said).decode()
    work.insert(Challenge, hash=hashed(f"{what} {token}"), said=kept, ends_at=work.now + ends)


def take(work: Work, what: str, token: str) -> dict[str, Any] | None:
    """What was said when the token was given, the first time it comes back."""
    row = TAKE.first(work.link, {"hash": hashed(f"{what} {token}"), "now": work.now})
    return msgspec.json.decode(row[0]) if row else None
