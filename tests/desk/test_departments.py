"""Rules of departments."""

import pytest

import make
from desk.looking import acting, how_many, ids, last_entry, later
from quarterdeck.desk import contacts, departments
from quarterdeck.desk.departments import Department
from quarterdeck.desk.errors import Forbidden, Invalid, NotFound, Stale
from quarterdeck.desk.work import Work


def test_a_department_is_found_by_name_whatever_its_case(work: Work) -> None:
    id = make.department(work, name=" Finance ")

    assert departments.by_name(work, "FINANCE") == id
    assert departments.get(work, id).name == "Finance"


def test_a_department_is_found_by_its_new_name_alone(work: Work) -> None:
    id = make.department(work, name="Finance")

    departments.change(later(work), id, departments.Changes(name="Accounts"))

    assert departments.by_name(work, "accounts") == id
    assert departments.by_name(work, "finance") is None
    assert ids(work, departments.READING, departments.Filter(name="count")) == [id]


def test_a_department_needs_a_name() -> None:
    with pytest.raises(Invalid):
        departments.New.check({"name": "  "})


def test_a_change_is_written_down(work: Work) -> None:
    id = make.department(work, name="Finance")

    departments.change(later(work), id, departments.Changes(description="Second floor"))

    entry = last_entry(work)
    assert (entry.what, entry.record_id, entry.before, entry.after) == (
        "department.changed",
        id,
        {},
        {"description": "Second floor"},
    )
    assert departments.get(work, id).version == 2


def test_a_change_of_another_version_is_refused(work: Work) -> None:
    id = make.department(work)

    with pytest.raises(Stale):
        departments.change(work, id, departments.Changes(name="Accounts"), version=2)
    with pytest.raises(Stale):
        contacts.remove_department(work, id, version=2)


def test_people_stay_when_their_department_goes(work: Work) -> None:
    id = make.department(work)
    pat = make.contact(work, department_id=id)

    contacts.remove_department(work, id)

    assert contacts.get(work, pat).department_id is None
    assert how_many(work, Department) == 0
    entry = last_entry(work)
    assert (entry.what, entry.record_id) == ("department.deleted", id)


def test_people_whose_department_goes_have_changed(work: Work) -> None:
    id = make.department(work)
    pat = make.contact(work, department_id=id)

    contacts.remove_department(later(work), id)

    contact = contacts.get(work, pat)
    assert (contact.version, contact.updated_at) == (2, later(work).now)


def test_people_of_other_departments_stay_in_theirs(work: Work) -> None:
    other = make.department(work, name="Legal")
    sam = make.contact(work, department_id=other)

    contacts.remove_department(work, make.department(work))

    assert contacts.get(work, sam).department_id == other


def test_a_department_that_is_not_there_is_not_found(work: Work) -> None:
    for act in (
        lambda: departments.get(work, 99),
        lambda: departments.change(work, 99, departments.Changes(name="Accounts")),
        lambda: contacts.remove_department(work, 99),
    ):
        with pytest.raises(NotFound, match="department not found"):
            act()


def test_who_may_only_look_cannot_change(work: Work) -> None:
    id = make.department(work)
    vic = acting(work, rights=frozenset({"departments:read"}))

    for act in (
        lambda: make.department(vic),
        lambda: departments.change(vic, id, departments.Changes(name="Accounts")),
        lambda: contacts.remove_department(vic, id),
    ):
        with pytest.raises(Forbidden):
            act()
