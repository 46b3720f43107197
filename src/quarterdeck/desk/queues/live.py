"""What has just happened to tickets, from the journal: for pages that are open."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from quarterdeck.desk.journal import Entry
from quarterdeck.desk.queues.presence import HEARD_WITHIN
from quarterdeck.desk.queues.records import Presence
from quarterdeck.desk.statement import Link, Statement

NEWS_MAX = 1000
# Entries are not always committed in the order of their ids: so far back is looked again.
BACK = 200

LATEST = Statement(sa.select(sa.func.max(Entry.id)))
NEWS = Statement(
    sa.select(Entry.id, Entry.record_id, Entry.what, Entry.technician_id)
    .where(Entry.id > sa.bindparam("after", type_=sa.BigInteger), Entry.kind_of == sa.literal_column("'ticket'"))
    .order_by(Entry.id)
    .limit(sa.literal_column(f"{NEWS_MAX:d}"))
)
HERE = Statement(
    sa.select(Presence.ticket_id, Presence.technician_id, Presence.writing).where(
        Presence.at > sa.bindparam("since", type_=Presence.at.type)
    )
)


@dataclass(frozen=True)
class News:
    """One thing that happened to a ticket, and who did it."""

    id: int
    ticket_id: int
    what: str
    technician_id: int | None


def latest(link: Link) -> int:
    """The newest entry of the journal."""
    return int(LATEST.raw(link, {})[0][0] or 0)


def news(link: Link, after: int, known: Sequence[int] = ()) -> list[News]:
    """What has been written about tickets after an entry, and what was written before it and seen only now."""
    rows = NEWS.raw(link, {"after": after - BACK})
    return [News(*row) for row in rows if row[0] not in known]


def everybody(link: Link, now: datetime) -> frozenset[Any]:
    """Who is at which ticket: ticket, technician, whether writing."""
    return frozenset(HERE.rows(link, {"since": now - HEARD_WITHIN}))
