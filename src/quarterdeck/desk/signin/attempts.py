"""Slowing down those who guess. Nobody is locked out: whoever waits may try again, and a stranger who guesses at a name
slows nobody but themselves."""

import ipaddress
from datetime import datetime, timedelta

import sqlalchemy as sa

from quarterdeck.desk import journal
from quarterdeck.desk.access import hashed
from quarterdeck.desk.input import fold
from quarterdeck.desk.signin.records import Attempt
from quarterdeck.desk.statement import Statement
from quarterdeck.desk.work import Work

REMEMBERED = timedelta(hours=1)
# So many failures are free: for one name from one address, and from one address for any name.
FREE = 10
FREE_OF_ADDRESS = 50
# Of a second factor, whoever asks: only those who know the password come so far.
FREE_OF_FACTOR = 5
WAIT = timedelta(seconds=15)
WAIT_MAX = timedelta(minutes=15)

FAILURES = sa.select(sa.func.count(), sa.func.max(Attempt.at)).where(Attempt.at > sa.bindparam("since"))
OF_PAIR = Statement(FAILURES.where(Attempt.email_key == sa.bindparam("name"), Attempt.address == sa.bindparam("place")))
OF_ADDRESS = Statement(FAILURES.where(Attempt.address == sa.bindparam("place")))
QUEUE = Statement(
    sa.select(sa.func.pg_advisory_xact_lock(sa.func.hashtextextended(sa.bindparam("scope", type_=sa.Text()), 0)))
)


def alone(work: Work, scope: str) -> None:
    """Wait for others who do the same: SQLite has one writer, PostgreSQL a lock until the end of the transaction."""
    if work.link.dialect == "postgresql":
        QUEUE.run(work.link, {"scope": scope})


def named(email: str) -> str:
    return hashed(fold(email))


def of_factor(technician_id: int) -> str:
    return hashed(f"second factor of {technician_id}")


def neighbourhood(address: str | None) -> str:
    """An address as one caller has it: of the newer kind everybody has 2^64."""
    try:
        whole = ipaddress.ip_address((address or "").partition("%")[0])
    except ValueError:
        return address or ""
    if isinstance(whole, ipaddress.IPv6Address):
        whole = whole.ipv4_mapped or ipaddress.ip_network((whole, 64), strict=False).network_address
    return str(whole)


def asker(work: Work, address: str | None) -> str:
    """Who asks: a technician, or all strangers at one address."""
    me = work.actor.technician_id
    return f"technician {me}" if me is not None else f"address {neighbourhood(address)}"[:80]


def wait(work: Work, name: str, address: str | None, free: int = FREE) -> timedelta | None:
    """How long this name may not be tried from this address; nothing, if it may be at once. Those who ask for the same
    name stand in line, so that a burst does not slip through before its first failure is written down."""
    alone(work, f"sign-in {name}")
    place, since = neighbourhood(address), work.now - REMEMBERED
    pair = OF_PAIR.first(work.link, {"name": name, "place": place, "since": since})
    everybody = OF_ADDRESS.first(work.link, {"place": place, "since": since}) if place else None
    left = max(remaining(pair, free, work.now), remaining(everybody, FREE_OF_ADDRESS, work.now))
    return left if left > timedelta() else None


def remaining(failures: tuple[int, datetime | None] | None, free: int, now: datetime) -> timedelta:
    count, last = failures or (0, None)
    if last is None or count < free:
        return timedelta()
    pause: timedelta = min(WAIT_MAX, WAIT * 2 ** min(count - free, 10))
    return last + pause - now


def failed(work: Work, name: str, address: str | None, technician_id: int | None, free: int = FREE) -> None:
    """Write down a failure, and in the journal when there have been so many that the next has to wait."""
    place = neighbourhood(address)
    work.insert(Attempt, email_key=name, address=place, at=work.now)
    pair = OF_PAIR.first(work.link, {"name": name, "place": place, "since": work.now - REMEMBERED})
    if pair and pair[0] == free:
        after = {"address": place or None, "failures": free}
        journal.record(work, "technician.sign-in slowed", technician_id or 0, after=after)


def forgiven(work: Work, name: str, address: str | None) -> None:
    """Forget the failures of somebody who came in, and what is too old to count: not when somebody fails, who could
    make a long table be walked again and again."""
    work.delete(Attempt, Attempt.at < work.now - REMEMBERED * 24)
    work.delete(Attempt, Attempt.email_key == name, Attempt.address == neighbourhood(address))
