"""What can happen to shifts."""

from datetime import datetime, timedelta

from quarterdeck.desk import journal
from quarterdeck.desk.access import Technician
from quarterdeck.desk.errors import MISSING, Invalid, Problem, Why
from quarterdeck.desk.shifts.inputs import Punch
from quarterdeck.desk.shifts.queries import going_on
from quarterdeck.desk.shifts.records import Shift
from quarterdeck.desk.work import Work

NOT_IN = Problem("is required: nobody is clocked in", Why.MISSING)
SECOND = timedelta(seconds=1)
# What is shown of a shift that has just begun.
BEGUN = {"out_at": None, "in_note": None, "out_note": None, "lunch": False}


def punch(work: Work, said: Punch) -> int:
    """Clock in whoever asks, or say more of the shift that goes on: with an end, it is over. Returns its id."""
    work.require("shifts:write")
    technician_id = work.actor.technician_id
    # Held: of two clocks punched at once, one begins a shift and the other is about it.
    if technician_id is None or work.find(Technician, technician_id, hold=True) is None:
        raise Invalid({"technician_id": MISSING})
    shift = going_on(work, technician_id)
    return begin(work, technician_id, said) if shift is None else go_on(work, shift, said)


def begin(work: Work, technician_id: int, said: Punch) -> int:
    if said.sent.get("out_at") is not None and "in_at" not in said.sent:
        raise Invalid({"in_at": NOT_IN})
    values = {"in_at": work.now, **BEGUN, **said.sent}
    in_order(values["in_at"], values["out_at"])

    id = work.insert(Shift, technician_id=technician_id, **values)
    journal.record(work, "shift.created", id, after=values)
    return id


def go_on(work: Work, shift: Shift, said: Punch) -> int:
    values = dict(said.sent)
    in_order(values.get("in_at", shift.in_at), values.get("out_at"))
    # Sent back as a face shows it, a moment has lost the least of its digits.
    if abs(values.get("in_at", shift.in_at) - shift.in_at) >= SECOND:
        values["corrected"] = True

    work.update(Shift, shift.id, **values)
    before = {name: getattr(shift, name) for name in values}
    journal.record(work, "shift.changed", shift.id, before=before, after=values)
    return shift.id


def in_order(in_at: datetime, out_at: datetime | None) -> None:
    if out_at is not None and out_at < in_at:
        raise Invalid({"out_at": "is before the start"})
