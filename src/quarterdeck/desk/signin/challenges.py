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

# So many may be waited for at a time: of one technician, or of all strangers at one address.
MOST = 50

OLDER = Statement(
    sa.select(Challenge.id)
    .where(Challenge.asker == sa.bindparam("asker"))
    .order_by(Challenge.id.desc())
    .offset(sa.literal_column(f"{MOST - 1:d}"))
    .limit(sa.literal_column("1"))
)
TAKE = Statement(
    sa.delete(Challenge)
    .where(
        Challenge.hash == sa.bindparam("hash"), Challenge.ends_at > sa.bindparam("now", type_=Challenge.ends_at.type)
    )
    .returning(Challenge.said)
)


def ask(work: Work, what: str, token: str, asker: str, ends: timedelta = SOON, **said: Any) -> None:
    """Remember what a token was given for. Of those who ask again and again, the oldest are forgotten."""
    work.delete(Challenge, Challenge.ends_at <= work.now)
    surplus = OLDER.first(work.link, {"asker": asker})
    if surplus is not None:
        work.delete(Challenge, Challenge.asker == asker, Challenge.id <= surplus[0])
    kept = msgspec.json.encode(said).decode()
    work.insert(Challenge, hash=hashed(f"{what} {token}"), asker=asker, said=kept, ends_at=work.now + ends)


def take(work: Work, what: str, token: str) -> dict[str, Any] | None:
    """What was said when the token was given, the first time it comes back."""
    row = TAKE.first(work.link, {"hash": hashed(f"{what} {token}"), "now": work.now})
    return msgspec.json.decode(row[0]) if row else None
