"""Rules of coming and going."""

import pytest

import make
from desk.looking import acting, ids, last_entry, later
from quarterdeck.desk import access, shifts
from quarterdeck.desk.access.rights import OF_ONE_CUSTOMER
from quarterdeck.desk.errors import Forbidden, Invalid, NotFound
from quarterdeck.desk.shifts import Filter, Punch
from quarterdeck.desk.work import Work


def punched(work: Work, **said: object) -> int:
    return shifts.punch(work, Punch.check(said))


def test_whoever_asks_is_clocked_in_now(work: Work) -> None:
    shift = shifts.get(work, punched(work, in_note="Early"))

    assert (shift.technician_id, shift.in_at, shift.out_at) == (work.actor.technician_id, work.now, None)
    assert (shift.in_note, shift.lunch, shift.corrected) == ("Early", False, False)


def test_the_shift_that_goes_on_is_the_one_that_ends(work: Work) -> None:
    id = punched(work)
    evening = later(work, hours=8)

    assert punched(evening, out_at=evening.now, out_note="Done") == id
    shift = shifts.get(work, id)
    assert (shift.out_at, shift.out_note, shift.corrected) == (evening.now, "Done", False)
    assert last_entry(work).what == "shift.changed"


def test_after_an_end_comes_another_shift(work: Work) -> None:
    first = punched(work)
    punched(work, out_at=later(work).now)

    second = punched(later(work, hours=2), lunch=True)

    assert second != first
    assert shifts.last(work, work.actor.technician_id) == second
    assert ids(work, shifts.READING, Filter(technician_id=work.actor.technician_id or 0)) == [first, second]


def test_a_moment_set_by_hand_is_marked(work: Work) -> None:
    id = punched(work)
    punched(work, in_at=work.now.replace(microsecond=0))
    assert shifts.get(work, id).corrected is False

    punched(work, in_at=later(work, minutes=-5).now)

    assert shifts.get(work, id).corrected is True


def test_a_whole_shift_can_be_entered_at_once(work: Work) -> None:
    shift = shifts.get(work, punched(work, in_at=work.now, out_at=later(work).now))

    assert shift.out_at == later(work).now


def test_nobody_leaves_before_coming(work: Work) -> None:
    with pytest.raises(Invalid) as refused:
        punched(work, out_at=work.now)
    assert refused.value.problems.keys() == {"in_at"}
    punched(work)

    with pytest.raises(Invalid) as refused:
        punched(work, out_at=later(work, minutes=-1).now)
    assert refused.value.problems.keys() == {"out_at"}


def test_shifts_are_somebodys(work: Work) -> None:
    with pytest.raises(Invalid):
        punched(acting(work, technician_id=None))
    with pytest.raises(NotFound):
        shifts.last(work, make.technician(work))


def test_one_technicians_shift_is_not_anothers(work: Work) -> None:
    mine = punched(work)

    assert punched(acting(work, technician_id=make.technician(work))) != mine


def test_shifts_need_rights(work: Work) -> None:
    with pytest.raises(Forbidden):
        punched(acting(work, rights=work.actor.rights - {"shifts:write"}))
    with pytest.raises(Forbidden):
        shifts.last(acting(work, rights=frozenset()), 1)


def test_a_key_of_one_customer_knows_nothing_of_shifts_and_changes_no_product() -> None:
    assert {"shifts:read", "shifts:write", "products:write"} <= access.ALL - OF_ONE_CUSTOMER
