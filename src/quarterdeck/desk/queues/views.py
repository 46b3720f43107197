"""Lists of tickets under a name: the desk's own, and those that technicians save."""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from quarterdeck.desk import journal
from quarterdeck.desk.access import Technician
from quarterdeck.desk.errors import Forbidden, Invalid, NotFound, Problem, Why
from quarterdeck.desk.queues.conditions import Condition
from quarterdeck.desk.queues.inputs import NewView, ViewChanges
from quarterdeck.desk.queues.records import SavedView
from quarterdeck.desk.record import Json
from quarterdeck.desk.statement import Statement
from quarterdeck.desk.work import Work

VIEWS_MAX = 50
GOING_ON = {"field": "stage", "is": "one of", "value": ["open", "pending"]}

# The desk's own views, and what each is ordered by.
OWN: dict[str, tuple[Condition, str]] = {
    "mine": ({"all": [GOING_ON, {"field": "technician", "is": "one of", "value": "me"}]}, "due"),
    "unassigned": ({"all": [GOING_ON, {"field": "technician", "is": "one of", "value": "nobody"}]}, "due"),
    "overdue": ({"all": [GOING_ON, {"field": "due", "is": "before", "value": "now"}]}, "due"),
    "waiting": ({"all": [{"field": "stage", "is": "one of", "value": "pending"}]}, "due"),
    "open": ({"all": [GOING_ON]}, "due"),
    "all": ({"all": []}, "-number"),
}

OF_TECHNICIAN = Statement(
    sa.select(
        SavedView.id,
        SavedView.name,
        SavedView.shared,
        sa.type_coerce(SavedView.condition, Json()),
        SavedView.order,
        SavedView.technician_id,
        Technician.full_name,
    )
    .join(Technician, Technician.id == SavedView.technician_id)
    .where(sa.or_(SavedView.technician_id == sa.bindparam("me", type_=sa.BigInteger), SavedView.shared.is_(True)))
    .order_by(SavedView.position, SavedView.id)
    .limit(2 * VIEWS_MAX)
)


@dataclass(frozen=True)
class Saved:
    """A view somebody has saved, as its list shows it."""

    id: int
    name: str
    shared: bool
    condition: dict[str, Any]
    order: str
    technician_id: int
    technician: str


def views(work: Work) -> list[Saved]:
    """The asker's own views and those that others share."""
    work.require("tickets:read")
    return [Saved(*row) for row in OF_TECHNICIAN.rows(work.link, {"me": work.actor.technician_id or 0})]


def view(work: Work, id: int, *, hold: bool = False) -> SavedView:
    work.require("tickets:read")
    found = work.find(SavedView, id, hold=hold)
    if found is None or not (found.shared or found.technician_id == work.actor.technician_id):
        raise NotFound(SavedView.kind, id)
    return found


def save_view(work: Work, new: NewView) -> int:
    work.require("tickets:read")
    if work.actor.technician_id is None:
        raise Forbidden("views are of technicians")
    mine = SavedView.technician_id == work.actor.technician_id
    many = work.db.scalar(sa.select(sa.func.count()).select_from(SavedView).where(mine)) or 0
    if many >= VIEWS_MAX:
        raise Invalid({"name": Problem(f"would be view {many + 1}: {VIEWS_MAX} are enough", Why.REFUSED)})
    values = new.model_dump()
    id = work.insert(SavedView, **values, technician_id=work.actor.technician_id, position=many)
    journal.record(work, "view.created", id, after=values)
    return id


def change_view(work: Work, id: int, changes: ViewChanges) -> None:
    found = mine(work, id)
    work.update(SavedView, id, **changes.sent)
    before = {name: getattr(found, name) for name in changes.sent}
    journal.record(work, "view.changed", id, before=before, after=changes.sent)


def remove_view(work: Work, id: int) -> SavedView:
    """Delete a view; what it was is returned, so that it can be saved again."""
    found = mine(work, id)
    work.delete(SavedView, SavedView.id == id)
    before = {"name": found.name, "shared": found.shared, "condition": found.condition, "order": found.order}
    journal.record(work, "view.deleted", id, before=before)
    return found


def restore_view(work: Work, id: int) -> int:
    """Save a view again that the asker has deleted, as it was, under a new number."""
    last = next(iter(journal.about(work, "view", id, most=1)), None)
    if last is None or last["what"] != "view.deleted" or last["technician_id"] != work.actor.technician_id:
        raise NotFound(SavedView.kind, id)
    return save_view(work, NewView.check(last["before"]))


def mine(work: Work, id: int) -> SavedView:
    """A view that the asker may change: their own, and an owner everybody's."""
    found = view(work, id, hold=True)
    if found.technician_id != work.actor.technician_id:
        work.require("access:write")
    return found
