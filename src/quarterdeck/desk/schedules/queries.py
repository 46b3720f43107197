"""How schedules and their lines are read."""

import sqlalchemy as sa

from quarterdeck.desk.errors import NotFound
from quarterdeck.desk.finding import Finder
from quarterdeck.desk.reading import Reading, Where, one_of
from quarterdeck.desk.schedules.records import Line, Schedule
from quarterdeck.desk.statement import Statement
from quarterdeck.desk.work import Work

READING = Reading(
    Schedule,
    "schedules:read",
    filters={
        "customer_id": Where(lambda value: Schedule.customer_id == value),
        "paused": Where(lambda value: Schedule.paused == value),
        "ids": one_of(Schedule.id),
        "changed_since": Where(lambda value: Schedule.updated_at >= value),
    },
    orders={
        "name": Schedule.name,
        "next_run": Schedule.next_run,
        "created_at": Schedule.created_at,
        "updated_at": Schedule.updated_at,
    },
    belongs=Schedule.customer_id,
)

FINDER = Finder(Schedule, "schedules:read", lambda schedule: schedule.customer_id)
seen, get = FINDER.seen, FINDER.get

LINES = Reading(
    Line,
    "schedules:read",
    filters={"schedule_id": Where(lambda value: Line.schedule_id == value)},
    orders={"position": Line.position},
    belongs=sa.select(Schedule.customer_id).where(Schedule.id == Line.schedule_id).scalar_subquery(),
)

LAST = Statement(sa.select(sa.func.max(Line.position)).where(Line.schedule_id == sa.bindparam("schedule")))


def line(work: Work, id: int) -> Line:
    """A line of a schedule the actor may see."""
    work.require("schedules:read")
    found = work.find(Line, id)
    if found is None or seen(work, found.schedule_id) is None:
        raise NotFound(Line.kind, id)
    return found


def next_position(work: Work, schedule_id: int) -> int:
    row = LAST.first(work.link, {"schedule": schedule_id})
    return (row[0] if row and row[0] is not None else 0) + 1
