"""Rules of appointments and their types."""

import pytest

import make
from desk.looking import acting, at, how_many, ids, last_entry, later
from quarterdeck.desk import appointments, tickets
from quarterdeck.desk.appointments import Appointment
from quarterdeck.desk.errors import Forbidden, Invalid, NotFound, Stale
from quarterdeck.desk.work import Work


def problems(work: Work, **given: object) -> dict[str, str]:
    with pytest.raises(Invalid) as refused:
        make.appointment(work, **given)
    return {name: str(problem) for name, problem in refused.value.problems.items()}


def test_an_appointment_ends_so_many_hours_after_its_start(work: Work) -> None:
    id = make.appointment(work, starts_at="2026-03-03T09:00:00Z", hours=1.5)

    assert appointments.get(work, id).ends_at == at("2026-03-03T10:30:00Z")


def test_an_appointment_without_an_end_is_refused(work: Work) -> None:
    assert problems(work, hours=None) == {"ends_at": "is required"}


def test_an_appointment_cannot_end_before_it_starts(work: Work) -> None:
    assert problems(work, ends_at="2026-03-03T08:00:00Z") == {"ends_at": "is before the start"}


def test_an_appointment_cannot_end_after_all_time(work: Work) -> None:
    assert problems(work, starts_at="9999-12-31T23:00:00Z", hours=2) == {"ends_at": "is out of range"}


def test_an_appointment_moved_takes_as_long_as_before(work: Work) -> None:
    id = make.appointment(work, starts_at="2026-03-03T09:00:00Z", hours=2)

    appointments.change(later(work), id, appointments.Changes(starts_at=at("2026-03-04T13:00:00Z")))

    assert appointments.get(work, id).ends_at == at("2026-03-04T15:00:00Z")


def test_an_appointment_may_take_another_time_from_the_same_start(work: Work) -> None:
    id = make.appointment(work, starts_at="2026-03-03T09:00:00Z", hours=2)

    appointments.change(later(work), id, appointments.Changes(hours=0.5))

    assert appointments.get(work, id).ends_at == at("2026-03-03T09:30:00Z")


def test_an_appointment_for_a_ticket_is_with_its_customer(work: Work) -> None:
    ticket = make.ticket(work, title="Printer on fire")

    appointment = appointments.get(work, make.appointment(work, ticket_id=ticket))

    assert appointment.customer_id == tickets.get(work, ticket).customer_id
    assert appointment.description == f"Ticket {ticket}: Printer on fire\nCustomer: Acme Dental"


def test_a_ticket_of_another_customer_is_refused(work: Work) -> None:
    other = make.customer(work, name="Other")

    assert problems(work, ticket_id=make.ticket(work), customer_id=other) == {
        "ticket_id": "belongs to another customer"
    }


def test_a_ticket_given_later_brings_its_customer(work: Work) -> None:
    id, ticket = make.appointment(work), make.ticket(work)

    appointments.change(later(work), id, appointments.Changes(ticket_id=ticket))

    assert appointments.get(work, id).customer_id == tickets.get(work, ticket).customer_id


def test_what_is_said_stands_as_it_was_said(work: Work) -> None:
    asked = {"description": "Bring a ladder", "location": "The roof", "type_id": make.appointment_type(work)}

    appointment = appointments.get(work, make.appointment(work, customer_id=make.customer(work, city="Porto"), **asked))

    assert (appointment.description, appointment.location) == ("Bring a ladder", "The roof")


@pytest.mark.parametrize(
    ("type", "place"),
    [
        pytest.param({"place": "customer"}, "1 Main Street, Springfield, IL 62701", id="at the customer's"),
        pytest.param({"place": "fixed", "location": "Our office"}, "Our office", id="always in one place"),
        pytest.param({"place": "manual"}, None, id="wherever is said"),
    ],
)
def test_the_type_says_where_it_is(work: Work, type: dict[str, str], place: str | None) -> None:
    customer = make.customer(work, address="1 Main Street", city="Springfield", state="IL", zip="62701")
    id = make.appointment(work, customer_id=customer, type_id=make.appointment_type(work, **type))

    assert appointments.get(work, id).location == place


def test_whoever_asks_goes_unless_somebody_is_named(work: Work) -> None:
    tess = make.technician(work)

    assert appointments.get(work, make.appointment(work)).technician_id == work.actor.technician_id
    assert appointments.get(work, make.appointment(work, technician_id=tess)).technician_id == tess
    assert appointments.get(work, make.appointment(work, companions=[tess])).technician_id == tess


@pytest.mark.parametrize("field", ["customer_id", "ticket_id", "type_id", "technician_id"])
def test_a_record_that_is_not_there_is_refused(work: Work, field: str) -> None:
    assert problems(work, **{field: 99_999}).keys() == {field}


def test_a_companion_who_is_not_there_is_refused(work: Work) -> None:
    assert problems(work, companions=[99_999]) == {"companions": "names no technician"}


def test_appointments_are_found_by_their_day(work: Work) -> None:
    first = make.appointment(work, starts_at="2026-03-03T09:00:00Z")
    second = make.appointment(work, starts_at="2026-03-05T09:00:00Z")

    def found(**where: object) -> list[int]:
        return ids(work, appointments.READING, appointments.Filter.check(where))

    assert found(starts_since="2026-03-04") == [second]
    assert found(starts_until="2026-03-04") == [first]
    assert found(changed_since=later(work).now) == []


def test_a_change_of_another_version_is_refused(work: Work) -> None:
    id = make.appointment(work)

    with pytest.raises(Stale):
        appointments.change(work, id, appointments.Changes(summary="Later"), version=2)
    with pytest.raises(Stale):
        appointments.remove(work, id, version=2)


def test_what_happens_is_written_down(work: Work) -> None:
    id = make.appointment(work)
    assert last_entry(work).what == "appointment.created"

    appointments.change(later(work), id, appointments.Changes(summary="Moved"))
    entry = last_entry(work)
    assert (entry.what, entry.before, entry.after) == (
        "appointment.changed",
        {"summary": "Server maintenance"},
        {"summary": "Moved"},
    )

    appointments.remove(later(work), id)
    assert (last_entry(work).what, how_many(work, Appointment)) == ("appointment.deleted", 0)


def test_appointments_stay_when_their_type_goes(work: Work) -> None:
    type = make.appointment_type(work)
    id = make.appointment(work, type_id=type)

    appointments.remove_type(later(work), type)

    assert appointments.get(work, id).type_id is None


def test_no_two_types_have_one_name(work: Work) -> None:
    make.appointment_type(work, name="Onsite")
    with pytest.raises(Invalid, match="belongs to another type"):
        make.appointment_type(work, name="ONSITE")


def test_appointments_of_others_are_not_there_for_a_key_of_one_customer(work: Work) -> None:
    own, other = make.customer(work, name="Own"), make.customer(work, name="Other")
    theirs = make.appointment(work, customer_id=other)
    nobodys = make.appointment(work)
    olga = acting(work, customer_id=own)

    mine = make.appointment(olga)

    assert appointments.get(work, mine).customer_id == own
    assert ids(olga, appointments.READING, appointments.Filter()) == [mine]
    for id in (theirs, nobodys):
        with pytest.raises(NotFound):
            appointments.change(olga, id, appointments.Changes(summary="Mine"))
    with pytest.raises(Invalid):
        appointments.change(olga, mine, appointments.Changes(customer_id=other))


def test_a_key_of_one_customer_changes_no_types(work: Work) -> None:
    type = make.appointment_type(work)
    olga = acting(work, customer_id=make.customer(work))

    for act in (
        lambda: make.appointment_type(olga, name="Other"),
        lambda: appointments.change_type(olga, type, appointments.TypeChanges(name="Other")),
        lambda: appointments.remove_type(olga, type),
    ):
        with pytest.raises(Forbidden):
            act()


def test_who_may_only_look_cannot_change(work: Work) -> None:
    id = make.appointment(work)
    vic = acting(work, rights=frozenset({"appointments:read"}))

    for act in (
        lambda: make.appointment(vic),
        lambda: appointments.change(vic, id, appointments.Changes(summary="Moved")),
        lambda: appointments.remove(vic, id),
    ):
        with pytest.raises(Forbidden):
            act()
