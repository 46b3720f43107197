"""What can happen to departments. Removing one is in `contacts`, whose people then belong to none."""

from quarterdeck.desk import journal
from quarterdeck.desk.departments.inputs import Changes, New
from quarterdeck.desk.departments.queries import get
from quarterdeck.desk.departments.records import Department
from quarterdeck.desk.input import fold
from quarterdeck.desk.work import Work, unchanged


def create(work: Work, new: New) -> int:
    work.require("departments:write")

    id = work.insert(Department, **new.model_dump(), name_key=fold(new.name))
    journal.record(work, "department.created", id, after=new.sent)
    return id


def change(work: Work, id: int, changes: Changes, version: int | None = None) -> None:
    work.require("departments:write")
    department = get(work, id, hold=True)
    unchanged(department, version)

    folded = {"name_key": fold(changes.name)} if "name" in changes.sent else {}
    work.update(Department, id, **changes.sent, **folded)
    before = {name: getattr(department, name) for name in changes.sent}
    journal.record(work, "department.changed", id, before=before, after=changes.sent)
