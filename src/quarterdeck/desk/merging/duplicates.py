"""Records that look alike: found by what they have in common, never by comparing all with all."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

import msgspec
import sqlalchemy as sa

from quarterdeck.desk.contacts import Contact
from quarterdeck.desk.customers import Customer
from quarterdeck.desk.errors import Forbidden
from quarterdeck.desk.merging.kinds import WAYS, Kind
from quarterdeck.desk.paging import Found, Page
from quarterdeck.desk.statement import Statement
from quarterdeck.desk.work import Work

# What more records than this have in common says nothing about them: the number of a switchboard, a name like "Info".
ALIKE_MAX = 10
# Of each reason, the groups with the newest records.
GROUPS_MAX = 2000
# A shorter number is an extension.
PHONE_LENGTH_MIN = 7


@dataclass(frozen=True)
class Reason:
    """Something duplicates have in common, and how much it says. `key` is indexed, with the id and `archived`."""

    name: str
    key: tuple[Any, ...]
    weight: int
    length_min: int = 1


REASONS = {
    Kind.CUSTOMER: (
        Reason("name", (Customer.alike_key,), 4),
        Reason("email", (Customer.email_key,), 4),
        Reason("phone", (Customer.phone_key,), 3, PHONE_LENGTH_MIN),
        Reason("domain", (Customer.alike_domain,), 2),
    ),
    # Nobody has another's address, and two people of one name work for two customers.
    Kind.CONTACT: (
        Reason("name", (Contact.customer_id, Contact.alike_key), 4),
        Reason("phone", (Contact.customer_id, Contact.phone_key), 3, PHONE_LENGTH_MIN),
    ),
}
WEIGHTS = {reason.name: reason.weight for reasons in REASONS.values() for reason in reasons}


@dataclass(frozen=True)
class Pair:
    """Two records that may be one, the older first, and why."""

    primary_id: int
    duplicate_id: int
    reasons: tuple[str, ...]

    @property
    def weight(self) -> int:
        return sum(WEIGHTS[reason] for reason in self.reasons)


def duplicates(work: Work, kind: Kind, page: Page) -> Found[Pair]:
    """The pairs that say most come first, then those with the newest records."""
    work.require(f"{kind}s:read")
    if work.actor.customer_id is not None:
        raise Forbidden("sees one customer only")

    why: dict[tuple[int, int], list[str]] = {}
    for reason in REASONS[kind]:
        for pair in pairs(groups(kind, reason, work.link.dialect).raw(work.link, {})):
            why.setdefault(pair, []).append(reason.name)
    found = [Pair(*ids, tuple(reasons)) for ids, reasons in why.items()]
    found.sort(key=lambda pair: (-pair.weight, -pair.duplicate_id, pair.primary_id))
    start = (page.number - 1) * page.size
    return Found(found[start : start + page.size], len(found), page, further=len(found) > start + page.size)


def pairs(rows: Iterable[tuple[Any, ...]]) -> Iterable[tuple[int, int]]:
    """The oldest of each group with each of the others."""
    for ids, *_ in rows:
        first, *others = sorted(msgspec.json.decode(ids) if isinstance(ids, str) else ids)
        yield from ((first, other) for other in others)


@cache
def groups(kind: Kind, reason: Reason, dialect: str) -> Statement:
    """The ids of the records that have a key in common."""
    id, archived = WAYS[kind].record.id, WAYS[kind].record.__table__.c.archived
    gathered = sa.func.json_group_array(id) if dialect == "sqlite" else sa.func.array_agg(id)
    *_, last = reason.key
    return Statement(
        sa.select(gathered, sa.func.max(id))
        .where(last.is_not(None), sa.func.length(last) >= reason.length_min, archived.is_(sa.false()))
        .group_by(*reason.key)
        .having(sa.func.count().between(2, ALIKE_MAX))
        .order_by(sa.func.max(id).desc())
        .limit(GROUPS_MAX)
    )
