"""The audit log: the whole journal, by what somebody looks for. Every page looks through a bounded stretch of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from quarterdeck.desk.input import UNSENT, Id, Input, Moment, Text
from quarterdeck.desk.journal.records import Entry
from quarterdeck.desk.paging import read_key, write_key
from quarterdeck.desk.reading import escaped
from quarterdeck.desk.work import Work

SHOWN = ("id", "at", "what", "kind_of", "record_id", "who", "key_id", "face", "request_id", "before", "after")
# How many entries one page looks through at most, where few of them fit.
LOOKED_AT_MAX = 20_000
ALL = Entry.__table__.c


class Filter(Input):
    # Some part of the name of who did it, and of what happened.
    who: Text = UNSENT
    what: Text = UNSENT
    kind: Text = UNSENT
    record_id: Id = UNSENT
    since: Moment = UNSENT
    until: Moment = UNSENT


@dataclass(frozen=True)
class Looked:
    """Entries found, the latest first, and the place where looking goes on, where there is more."""

    entries: list[Any]
    further: str | None = None


def search(work: Work, asked: Filter, *, beyond: str | None = None, most: int = 50) -> Looked:
    work.require("journal:read")
    stretch = part(asked, beyond).subquery("stretch")
    wanted = (
        sa.select(*(stretch.c[name] for name in SHOWN))
        .where(*conditions(asked, stretch.c))
        .order_by(stretch.c.at.desc(), stretch.c.id.desc())
        .limit(most + 1)
    )
    found = list(work.db.execute(wanted))
    if len(found) > most:
        last = found[most - 1]
        return Looked(found[:most], write_key(last.at.isoformat(), last.id))
    end = work.db.execute(
        part(asked, beyond).with_only_columns(ALL.at, ALL.id).limit(1).offset(LOOKED_AT_MAX - 1)
    ).first()
    return Looked(found, write_key(end.at.isoformat(), end.id) if end else None)


def part(asked: Filter, beyond: str | None) -> sa.Select[Any]:
    """The entries that are looked through."""
    wanted = sa.select(*(ALL[name] for name in SHOWN)).order_by(ALL.at.desc(), ALL.id.desc()).limit(LOOKED_AT_MAX)
    if asked.since is not None:
        wanted = wanted.where(ALL.at >= asked.since)
    if asked.until is not None:
        wanted = wanted.where(ALL.at < asked.until)
    if asked.kind and asked.record_id is not None:
        wanted = wanted.where(ALL.kind_of == asked.kind, ALL.record_id == asked.record_id)
    if beyond is not None:
        at, id = read_key(beyond, datetime)
        wanted = wanted.where(ALL.at <= at, sa.or_(ALL.at < at, ALL.id < id))
    return wanted


def conditions(asked: Filter, columns: Any) -> list[Any]:
    found: list[Any] = [
        sa.func.lower(columns[name]).like(f"%{escaped(text.lower())}%", escape="\\")
        for name in ("who", "what")
        if (text := getattr(asked, name))
    ]
    if asked.kind:
        found.append(columns.kind_of == asked.kind)
    if asked.record_id is not None:
        found.append(columns.record_id == asked.record_id)
    return found
