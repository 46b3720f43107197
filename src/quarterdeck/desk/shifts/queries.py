"""How shifts are read."""

import sqlalchemy as sa

from quarterdeck.desk.errors import NotFound
from quarterdeck.desk.finding import Finder
from quarterdeck.desk.reading import Reading, Where
from quarterdeck.desk.shifts.records import Shift
from quarterdeck.desk.statement import Statement
from quarterdeck.desk.work import Work

READING = Reading(
    Shift,
    "shifts:read",
    filters={
        "technician_id": Where(lambda value: Shift.technician_id == value),
        "changed_since": Where(lambda value: Shift.updated_at >= value),
    },
    orders={"in_at": Shift.in_at, "created_at": Shift.created_at, "updated_at": Shift.updated_at},
)

FINDER = Finder(Shift, "shifts:read")
seen, get = FINDER.seen, FINDER.get

OF_TECHNICIAN = sa.select(Shift.id).where(Shift.technician_id == sa.bindparam("technician_id"))
LAST = Statement(OF_TECHNICIAN.order_by(Shift.id.desc()).limit(1))
GOING_ON = Statement(OF_TECHNICIAN.where(Shift.out_at.is_(None)).order_by(Shift.id.desc()).limit(1))


def last(work: Work, technician_id: int | None) -> int:
    """The shift of a technician that began last."""
    work.require("shifts:read")
    row = LAST.first(work.link, {"technician_id": technician_id})
    if row is None:
        raise NotFound("shift")
    return int(row[0])


def going_on(work: Work, technician_id: int) -> Shift | None:
    row = GOING_ON.first(work.link, {"technician_id": technician_id})
    return seen(work, row[0], hold=True) if row else None
