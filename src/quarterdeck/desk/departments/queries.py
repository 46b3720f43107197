"""How departments are read."""

import sqlalchemy as sa

from quarterdeck.desk.departments.records import Department
from quarterdeck.desk.finding import Finder
from quarterdeck.desk.input import fold
from quarterdeck.desk.reading import Reading, containing
from quarterdeck.desk.work import Work

READING = Reading(
    Department,
    "departments:read",
    filters={"name": containing(Department.name_key)},
    orders={"name": Department.name_key},
)


FINDER = Finder(Department, "departments:read")
seen, get = FINDER.seen, FINDER.get


def by_name(work: Work, name: str) -> int | None:
    found = sa.select(Department.id).where(Department.name_key == fold(name)).order_by(Department.id)
    return work.db.scalar(found.limit(1))
