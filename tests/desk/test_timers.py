"""Rules of running timers."""

import pytest

import make
from desk.looking import acting, ids, last_entry, later
from quarterdeck.desk import hours, tickets, timers
from quarterdeck.desk.errors import Forbidden, Invalid, NotFound, Stale
from quarterdeck.desk.timers import Changes, Filter
from quarterdeck.desk.work import Work

NOTHING = Changes()


def test_a_timer_becomes_a_time_entry(work: Work) -> None:
    ticket = make.ticket(work)
    product = make.product(work)
    id = make.timer(work, ticket, notes="Reset mailbox", billable=False, product_id=product)

    entry = hours.get(work, timers.stop(later(work, minutes=30), id, NOTHING))

    assert (entry.ticket_id, entry.seconds, entry.starts_at) == (ticket, 1800, work.now)
    assert (entry.notes, entry.billable, entry.product_id) == ("Reset mailbox", False, product)
    assert entry.technician_id == work.actor.technician_id
    assert tickets.get(work, ticket).off_site_seconds == 1800
    with pytest.raises(NotFound):
        timers.get(work, id)


def test_the_last_words_count(work: Work) -> None:
    id = make.timer(work, make.ticket(work), notes="Looking")

    entry = timers.stop(later(work), id, Changes(notes="Solved"))

    assert hours.get(work, entry).notes == "Solved"


def test_a_technician_has_one_timer(work: Work) -> None:
    make.timer(work, make.ticket(work))

    with pytest.raises(Invalid, match="running already: stop it first"):
        make.timer(work, make.ticket(work))


def test_technicians_have_timers_of_their_own(work: Work) -> None:
    ticket = make.ticket(work)
    tess = make.technician(work)
    mine, hers = make.timer(work, ticket), make.timer(work, ticket, technician_id=tess)

    assert timers.running(work, work.actor.technician_id, ticket) == mine
    assert timers.running(work, tess, ticket) == hers
    assert ids(work, timers.READING, Filter(ticket_id=ticket)) == [mine, hers]
    assert ids(work, timers.READING, Filter(technician_id=tess)) == [hers]


def test_a_timer_runs_on_its_own_ticket(work: Work) -> None:
    make.timer(work, make.ticket(work))

    with pytest.raises(NotFound):
        timers.running(work, work.actor.technician_id, make.ticket(work))


def test_after_one_timer_comes_another(work: Work) -> None:
    ticket = make.ticket(work)
    first = make.timer(work, ticket)
    timers.discard(work, first)

    assert make.timer(work, ticket) != first


def test_a_discarded_timer_leaves_no_time(work: Work) -> None:
    ticket = make.ticket(work)

    timers.discard(later(work), make.timer(work, ticket))

    assert last_entry(work).what == "timer.discarded"
    assert ids(work, hours.READING, hours.Filter(ticket_id=ticket)) == []


def test_a_timer_may_have_begun_before_it_was_started(work: Work) -> None:
    id = make.timer(work, make.ticket(work))

    timers.change(work, id, Changes(started_at=later(work, minutes=-10).now))

    assert hours.get(work, timers.stop(work, id, NOTHING)).seconds == 600


def test_no_timer_begins_in_the_future(work: Work) -> None:
    ticket = make.ticket(work)
    soon = later(work, seconds=1).now
    with pytest.raises(Invalid):
        make.timer(work, ticket, started_at=soon)
    id = make.timer(work, ticket)

    with pytest.raises(Invalid) as refused:
        timers.change(work, id, Changes(started_at=soon))
    assert refused.value.problems.keys() == {"started_at"}


def test_a_timer_stops_though_the_clock_was_set_back(work: Work) -> None:
    id = make.timer(work, make.ticket(work))

    assert hours.get(work, timers.stop(later(work, hours=-1), id, NOTHING)).seconds == 0


def test_a_timer_forgotten_for_months_can_be_set_right(work: Work) -> None:
    id = make.timer(work, make.ticket(work))
    much_later = later(work, days=60)

    with pytest.raises(Invalid, match="31 days"):
        timers.stop(much_later, id, NOTHING)
    assert timers.stop(much_later, id, Changes(started_at=later(work, days=59).now))


def test_a_timer_stopped_is_written_down(work: Work) -> None:
    ticket = make.ticket(work)
    id = make.timer(work, ticket)
    assert (last_entry(work).what, last_entry(work).record_id) == ("timer.started", id)

    timers.change(work, id, Changes(notes="Looking"))
    assert (last_entry(work).what, last_entry(work).after) == ("timer.changed", {"notes": "Looking"})

    timers.stop(later(work), id, NOTHING)
    assert (last_entry(work).what, last_entry(work).before["ticket_id"]) == ("timer.stopped", ticket)


def test_a_change_to_another_version_is_refused(work: Work) -> None:
    id = make.timer(work, make.ticket(work))
    timers.change(work, id, Changes(notes="Looking"))

    for act in (timers.stop, timers.change):
        with pytest.raises(Stale):
            act(work, id, NOTHING, 1)
    with pytest.raises(Stale):
        timers.discard(work, id, 1)


def test_what_a_timer_names_must_be_there(work: Work) -> None:
    with pytest.raises(NotFound):
        make.timer(work, 2**62)
    for field in ("product_id", "technician_id"):
        with pytest.raises(Invalid) as refused:
            make.timer(work, make.ticket(work), **{field: 2**62})
        assert refused.value.problems.keys() == {field}


def test_a_timer_is_somebodys(work: Work) -> None:
    with pytest.raises(Invalid) as refused:
        make.timer(acting(work, technician_id=None), make.ticket(work))

    assert refused.value.problems.keys() == {"technician_id"}


def test_timers_need_the_right_to_enter_time(work: Work) -> None:
    ticket = make.ticket(work)
    id = make.timer(work, ticket)
    vic = acting(work, rights=work.actor.rights - {"hours:write"})

    for act in (
        lambda: make.timer(vic, ticket),
        lambda: timers.stop(vic, id, NOTHING),
        lambda: timers.change(vic, id, NOTHING),
        lambda: timers.discard(vic, id),
    ):
        with pytest.raises(Forbidden):
            act()


def test_someone_of_another_customer_sees_no_timer(work: Work) -> None:
    ticket = make.ticket(work)
    id = make.timer(work, ticket)
    olga = acting(work, customer_id=make.customer(work, name="Birch"))

    assert ids(olga, timers.READING, Filter()) == []
    for act in (
        lambda: timers.get(olga, id),
        lambda: timers.stop(olga, id, NOTHING),
        lambda: timers.change(olga, id, NOTHING),
        lambda: timers.discard(olga, id),
    ):
        with pytest.raises(NotFound, match="timer"):
            act()
    with pytest.raises(NotFound, match="ticket"):
        make.timer(olga, ticket, technician_id=make.technician(work))
