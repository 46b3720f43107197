"""What was written and not yet sent."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from quarterdeck.desk.errors import Invalid
from quarterdeck.desk.input import Input, LongText
from quarterdeck.desk.queues.records import Draft
from quarterdeck.desk.statement import Several, Statement, among
from quarterdeck.desk.work import Work

PLACE_MAX = 60


class Kept(NamedTuple):
    body: str
    at: datetime


class Written(Input):
    body: LongText


def keeping(insert: sqlite.Insert | postgresql.Insert) -> Statement:
    made = insert.values({name: sa.bindparam(name) for name in ("technician_id", "place", "body", "at")})
    new = {"body": made.excluded["body"], "at": made.excluded["at"]}
    return Statement(made.on_conflict_do_update(index_elements=["technician_id", "place"], set_=new))


KEEP = {"sqlite": keeping(sqlite.insert(Draft)), "postgresql": keeping(postgresql.insert(Draft))}
KEPT = Statement(
    sa.select(Draft.place, Draft.body, Draft.at).where(
        Draft.technician_id == sa.bindparam("technician_id"),
        among(Draft.place, sa.bindparam("places", type_=Several(words=True))),
    )
)


def keep_draft(work: Work, place: str, body: str) -> None:
    """Keep what somebody is writing in a place; nothing written, nothing kept."""
    if work.actor.technician_id is None or not 0 < len(place) <= PLACE_MAX:
        raise Invalid({"place": "is not a place to write in"})
    if not body.strip():
        drop_draft(work, place)
        return
    body = Written.check({"body": body}).body
    given = {"technician_id": work.actor.technician_id, "place": place, "body": body, "at": work.now}
    KEEP[work.link.dialect].run(work.link, given)


def drafts(work: Work, places: Sequence[str]) -> dict[str, Kept]:
    """What whoever asks has written in these places."""
    given = {"technician_id": work.actor.technician_id, "places": places}
    return {place: Kept(body, at) for place, body, at in KEPT.rows(work.link, given)}


def drop_draft(work: Work, place: str) -> None:
    work.delete(Draft, Draft.technician_id == work.actor.technician_id, Draft.place == place)
