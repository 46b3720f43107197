"""Rules of time spent on tickets."""

import pytest

import make
from desk.looking import acting, counted, ids, last_entry
from quarterdeck.desk import hours, tickets
from quarterdeck.desk.errors import Forbidden, Invalid, NotFound
from quarterdeck.desk.hours import Filter, Sum
from quarterdeck.desk.work import Work

NINE, TEN, HALF_PAST = "2026-03-02T09:00:00Z", "2026-03-02T10:00:00Z", "2026-03-02T10:30:00Z"


def test_time_adds_up_by_place(work: Work) -> None:
    id = make.ticket(work)

    make.time_entry(work, id, starts_at=NINE, ends_at=TEN)
    make.time_entry(work, id, starts_at=TEN, ends_at=HALF_PAST, on_site=True)
    make.time_entry(work, id, starts_at=TEN, ends_at=HALF_PAST, on_site=True)

    ticket = tickets.get(work, id)
    assert (ticket.on_site_seconds, ticket.off_site_seconds) == (3600, 3600)


def test_sums_keep_billable_time_apart(work: Work) -> None:
    id, idle = make.ticket(work), make.ticket(work)
    make.time_entry(work, id, starts_at=NINE, ends_at=TEN, on_site=True)
    make.time_entry(work, id, starts_at=TEN, ends_at=HALF_PAST)
    make.time_entry(work, id, starts_at=NINE, ends_at=HALF_PAST, billable=False)

    assert hours.sums(work, [idle, id], billable=True) == [Sum(idle, 0, 0), Sum(id, 3600, 1800)]
    assert hours.sums(work, [id], billable=False) == [Sum(id, 0, 5400)]
    assert hours.sums(work, [id], billable=True)[0].total == 5400


def test_an_end_before_the_start_is_refused(work: Work) -> None:
    with pytest.raises(Invalid) as refused:
        make.time_entry(work, make.ticket(work), starts_at=TEN, ends_at=NINE)

    assert refused.value.problems.keys() == {"ends_at"}


def test_no_time_at_all_is_time(work: Work) -> None:
    id = make.time_entry(work, make.ticket(work), starts_at=TEN, ends_at=TEN)

    assert hours.get(work, id).seconds == 0


def test_a_month_is_the_longest_there_is(work: Work) -> None:
    id = make.ticket(work)
    make.time_entry(work, id, starts_at="2026-03-01T00:00:00Z", ends_at="2026-04-01T00:00:00Z")

    with pytest.raises(Invalid, match="31 days"):
        make.time_entry(work, id, starts_at="2026-03-01T00:00:00Z", ends_at="2026-04-01T00:00:01Z")


def test_moments_of_different_zones_are_compared_as_moments(work: Work) -> None:
    id = make.time_entry(work, make.ticket(work), starts_at="2026-03-02T10:00:00+02:00", ends_at="2026-03-02T08:30:00Z")

    assert hours.get(work, id).seconds == 1800


def test_nobody_named_means_the_technician_who_asks(work: Work) -> None:
    id = make.ticket(work)
    tess = make.technician(work, email="tess@msp.example")

    assert hours.get(work, make.time_entry(work, id)).technician_id == work.actor.technician_id
    assert hours.get(work, make.time_entry(work, id, technician_id=tess)).technician_id == tess
    assert hours.get(work, make.time_entry(work, id, technician_email="tess@msp.example")).technician_id == tess


def test_time_is_listed_by_customer_and_start(work: Work) -> None:
    acme = make.customer(work)
    first = make.time_entry(work, make.ticket(work, customer_id=acme), starts_at=NINE, ends_at=TEN)
    second = make.time_entry(work, make.ticket(work, customer_id=acme), starts_at=TEN, ends_at=HALF_PAST)
    make.time_entry(work, make.ticket(work), starts_at=NINE, ends_at=TEN)

    assert ids(work, hours.READING, Filter(customer_id=acme)) == [first, second]
    assert ids(work, hours.READING, Filter.check({"customer_id": acme, "starts_since": TEN})) == [second]
    assert ids(work, hours.READING, Filter.check({"customer_id": acme, "starts_before": TEN})) == [first]


def test_entering_time_is_written_down(work: Work) -> None:
    ticket = make.ticket(work)
    before = counted(work, "time entry")

    id = make.time_entry(work, ticket, starts_at=NINE, ends_at=TEN, notes="Toner")

    entry = last_entry(work)
    assert (entry.what, entry.record_id, entry.customer_id) == (
        "time entry.created",
        id,
        tickets.get(work, ticket).customer_id,
    )
    assert (entry.after["seconds"], entry.after["notes"]) == (3600, "Toner")
    assert entry.after["starts_at"] == "2026-03-02T09:00:00.000000Z"
    assert counted(work, "time entry") == before + 1


def test_time_needs_a_ticket(work: Work) -> None:
    with pytest.raises(NotFound):
        make.time_entry(work, 2**62)


def test_time_needs_the_right_to_enter_it(work: Work) -> None:
    id = make.ticket(work)

    with pytest.raises(Forbidden):
        make.time_entry(acting(work, rights=work.actor.rights - {"hours:write"}), id)


def test_someone_of_another_customer_sees_no_time(work: Work) -> None:
    ticket = make.ticket(work)
    id = make.time_entry(work, ticket)
    olga = acting(work, customer_id=make.customer(work, name="Birch"))

    assert ids(olga, hours.READING, Filter()) == []
    for act in (lambda: hours.get(olga, id), lambda: hours.sums(olga, [ticket], billable=True)):
        with pytest.raises(NotFound):
            act()
