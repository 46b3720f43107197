"""How departments are read."""

import sqlalchemy as sa

from quarterdeck.desk.departments.records import Department
from quarterdeck.desk.errors import NotFound
from quarterdeck.desk.input import fold
from quarterdeck.desk.reading import Reading, containing
from quarterdeck.desk.work import Work

READING = Reading(
    Department,
    "departments:read",
    filters={"name": containing(Department.name_key)},
    orders={"name": Department.name_key},
)


def seen(work: Work, id: int, *, hold: bool = False) -> Department | None:
    return work.find(Department, id, hold=hold)


def get(work: Work, id: int, *, hold: bool = False) -> Department:
    work.require("departments:read")
    department = seen(work, id, hold=hold)
    if department is None:
        raise NotFound("department", id)
    return department


def by_name(work: Work, name: str) -> int | None:
    found = sa.select(Department.id).where(Department.name_key == fold(name)).order_by(Department.id)
    return work.db.scalar(found.limit(1))
