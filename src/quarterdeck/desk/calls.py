"""Calls of the last minute, where several machines count them together."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from quarterdeck.desk.record import Record
from quarterdeck.desk.statement import Link, Statement


class Calls(Record):
    """One caller's ring of moments, as the limiter writes it. Losing it in a crash forgives a minute."""

    __tablename__ = "calls"

    who: Mapped[str] = mapped_column(sa.String(100), primary_key=True)
    ring: Mapped[bytes] = mapped_column(sa.LargeBinary)


RING = Statement(sa.select(Calls.ring).where(Calls.who == sa.bindparam("caller")).with_for_update())
WRITE = Statement(sa.update(Calls).where(Calls.who == sa.bindparam("caller")).values(ring=sa.bindparam("moments")))
BEGIN = {
    "sqlite": "INSERT INTO calls (who, ring) VALUES (:caller, :moments) ON CONFLICT DO NOTHING",
    "postgresql": "INSERT INTO calls (who, ring) VALUES (%(caller)s, %(moments)s) ON CONFLICT DO NOTHING",
}
CLOCK = {
    "sqlite": "SELECT (julianday('now') - 2440587.5) * 86400.0",
    "postgresql": "SELECT extract(epoch FROM clock_timestamp())::float8",
}


def take(link: Link, who: str, empty: bytes) -> tuple[bytes, float]:
    """A caller's ring, held until the transaction ends, and the moment by the clock that all machines share."""
    given = {"caller": who}
    rows = RING.raw(link, given)
    # A ring of another length is of another limit, and begun anew.
    if not rows:
        link.driver.execute(BEGIN[link.dialect], {**given, "moments": empty})
        rows = RING.raw(link, given)
    ring = bytes(rows[0][0])
    (now,) = link.driver.execute(CLOCK[link.dialect]).fetchone()
    return ring if len(ring) == len(empty) else empty, float(now)


def put(link: Link, who: str, ring: bytes) -> None:
    WRITE.run(link, {"caller": who, "moments": ring})
