"""Rules of time spent on tickets."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import make
from desk.looking import acting, at, counted, how_many, ids, last_entry
from quarterdeck.desk import charges, hours, tickets
from quarterdeck.desk.charges import Charge
from quarterdeck.desk.errors import Conflict, Forbidden, Invalid, NotFound, Stale
from quarterdeck.desk.hours import Changes, Filter, Marking, NewFrom, NewLasting, Sum, TimeEntry
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


def changed(work: Work, id: int, **changes: Any) -> TimeEntry:
    hours.change(work, id, Changes.check(changes))
    return hours.get(work, id)


def worked(work: Work, ticket: int) -> tuple[int, int]:
    found = tickets.get(work, ticket)
    return found.on_site_seconds, found.off_site_seconds


def entered(work: Work, input: type[NewFrom], **given: Any) -> TimeEntry:
    return hours.get(work, hours.enter(work, input.check({"ticket_id": make.ticket(work), **given})))


def test_time_is_entered_by_start_and_length(work: Work) -> None:
    entry = entered(work, NewFrom, starts_at=NINE, minutes=90)

    assert (entry.ends_at, entry.seconds) == (at(HALF_PAST), 5400)


def test_an_end_outweighs_a_length(work: Work) -> None:
    assert entered(work, NewFrom, starts_at=NINE, ends_at=TEN, minutes=5).seconds == 3600


def test_a_length_alone_ends_now(work: Work) -> None:
    entry = entered(work, NewLasting, minutes=30)

    assert (entry.starts_at, entry.ends_at) == (at(NINE), work.now)


def test_an_end_and_a_length_say_the_start(work: Work) -> None:
    assert entered(work, NewLasting, ends_at=HALF_PAST, minutes=90).starts_at == at(NINE)


@pytest.mark.parametrize(
    ("input", "sent", "missing"),
    [
        (NewFrom, {}, "starts_at"),
        (NewFrom, {"minutes": 5}, "starts_at"),
        (NewFrom, {"starts_at": NINE}, "ends_at"),
        (NewLasting, {}, "starts_at"),
        (NewLasting, {"ends_at": NINE}, "starts_at"),
        (NewFrom, {"starts_at": NINE, "minutes": -1}, "minutes"),
        (NewFrom, {"starts_at": NINE, "minutes": 31 * 24 * 60 + 1}, "minutes"),
        (NewFrom, {"starts_at": "9999-12-31T23:59:00Z", "minutes": 5}, "minutes"),
        (NewLasting, {"ends_at": "0001-01-01T00:00:00Z", "minutes": 5}, "minutes"),
    ],
    ids=str,
)
def test_time_must_be_known_to_be_kept(work: Work, input: type[NewFrom], sent: dict[str, Any], missing: str) -> None:
    with pytest.raises(Invalid) as refused:
        entered(work, input, **sent)

    assert refused.value.problems.keys() == {missing}


def test_a_change_keeps_the_sums_right(work: Work) -> None:
    ticket = make.ticket(work)
    id = make.time_entry(work, ticket, starts_at=NINE, ends_at=TEN)

    changed(work, id, minutes=15)
    assert worked(work, ticket) == (0, 900)
    changed(work, id, on_site=True)
    assert worked(work, ticket) == (900, 0)
    changed(work, id, starts_at=NINE, ends_at=HALF_PAST)
    assert worked(work, ticket) == (5400, 0)


def test_a_start_that_moves_leaves_the_end_where_it_was(work: Work) -> None:
    id = make.time_entry(work, make.ticket(work), starts_at=NINE, ends_at=HALF_PAST)

    entry = changed(work, id, starts_at=TEN)

    assert (entry.ends_at, entry.seconds) == (at(HALF_PAST), 1800)


def test_a_length_that_changes_moves_the_end(work: Work) -> None:
    id = make.time_entry(work, make.ticket(work), starts_at=NINE, ends_at=TEN)

    assert changed(work, id, minutes=90).ends_at == at(HALF_PAST)


def test_a_change_to_an_end_before_the_start_is_refused(work: Work) -> None:
    id = make.time_entry(work, make.ticket(work), starts_at=TEN, ends_at=HALF_PAST)

    with pytest.raises(Invalid, match="before the start"):
        changed(work, id, ends_at=NINE)


def test_a_change_is_written_down(work: Work) -> None:
    id = make.time_entry(work, make.ticket(work), notes="Toner")

    changed(work, id, notes="Drum")

    entry = last_entry(work)
    assert (entry.what, entry.before, entry.after) == ("time entry.changed", {"notes": "Toner"}, {"notes": "Drum"})


def test_a_change_to_another_version_is_refused(work: Work) -> None:
    id = make.time_entry(work, make.ticket(work))
    changed(work, id, notes="seen")

    late: list[Callable[[], Any]] = [
        lambda: hours.change(work, id, Changes(notes="late"), 1),
        lambda: hours.remove(work, id, 1),
        lambda: hours.charge(work, id, 1),
    ]
    for act in late:
        with pytest.raises(Stale):
            act()


def test_time_that_is_removed_is_taken_off(work: Work) -> None:
    ticket = make.ticket(work)
    id = make.time_entry(work, ticket, starts_at=NINE, ends_at=TEN)
    before = counted(work, "time entry")

    hours.remove(work, id)

    assert worked(work, ticket) == (0, 0)
    assert counted(work, "time entry") == before - 1
    assert last_entry(work).what == "time entry.deleted"
    with pytest.raises(NotFound):
        hours.get(work, id)


def test_time_becomes_a_line_at_the_price_of_its_product(work: Work) -> None:
    ticket = make.ticket(work)
    product = make.product(work, name="Remote hour", price_cents=13500, cost_cents=5200)
    id = make.time_entry(work, ticket, starts_at=NINE, ends_at=HALF_PAST, product_id=product, notes="Reset mailbox")

    line = charges.get(work, hours.charge(work, id))

    assert (line.ticket_id, line.name, line.description) == (ticket, "Remote hour", "Reset mailbox")
    assert (line.quantity, line.price_cents, line.cost_cents) == ("1.5", 13500, 5200)
    entry = hours.get(work, id)
    assert (entry.billed, entry.charge_id) == (True, line.id)
    assert (last_entry(work).what, last_entry(work).after) == ("time entry.charged", {"charge_id": line.id})


def test_time_without_a_product_is_labor(work: Work) -> None:
    ticket = make.ticket(work, title="Mail is down")
    first = charges.get(work, hours.charge(work, make.time_entry(work, ticket, starts_at=NINE, ends_at=TEN)))
    make.product(work, name="Bench hour", price_cents=9900, category_name="Labor")
    second = charges.get(work, hours.charge(work, make.time_entry(work, ticket, starts_at=NINE, ends_at=TEN)))

    assert (first.name, first.description, first.price_cents) == ("Labor", "Mail is down", 0)
    assert (second.name, second.price_cents, second.quantity) == ("Bench hour", 9900, "1")


def test_twenty_minutes_are_a_third_of_an_hour_to_four_digits(work: Work) -> None:
    id = make.time_entry(work, make.ticket(work), starts_at=NINE, ends_at="2026-03-02T09:20:00Z")

    assert charges.get(work, hours.charge(work, id)).quantity == "0.3333"


def test_time_is_charged_once(work: Work) -> None:
    ticket = make.ticket(work)
    id = make.time_entry(work, ticket)
    hours.charge(work, id)

    with pytest.raises(Conflict, match="charged already"):
        hours.charge(work, id)
    assert how_many(work, Charge, Charge.ticket_id == ticket) == 1


def test_time_billed_elsewhere_is_not_charged(work: Work) -> None:
    with pytest.raises(Conflict, match="charged already"):
        hours.charge(work, make.time_entry(work, make.ticket(work), billed=True))


def test_time_that_is_not_billable_is_not_charged(work: Work) -> None:
    id = make.time_entry(work, make.ticket(work))
    hours.change(work, id, Marking(billable=False))

    with pytest.raises(Conflict, match="not billable"):
        hours.charge(work, id)


@pytest.mark.parametrize("changes", [{"minutes": 5}, {"billable": False}, {"billed": False}], ids=str)
def test_what_a_line_bills_stays_as_it_is(work: Work, changes: dict[str, Any]) -> None:
    id = make.time_entry(work, make.ticket(work), starts_at=NINE, ends_at=TEN)
    hours.charge(work, id)

    with pytest.raises(Conflict, match="remove its line"):
        changed(work, id, **changes)
    with pytest.raises(Conflict, match="remove its line"):
        hours.remove(work, id)
    assert changed(work, id, notes="Words are free", starts_at=NINE, ends_at=TEN, billed=True).seconds == 3600


def test_time_whose_line_is_removed_can_be_charged_again(work: Work) -> None:
    id = make.time_entry(work, make.ticket(work))
    hours.remove_charge(work, hours.charge(work, id))

    assert hours.get(work, id).billed is False
    assert hours.charge(work, id)


def test_changing_time_needs_the_right(work: Work) -> None:
    id = make.time_entry(work, make.ticket(work))
    vic = acting(work, rights=work.actor.rights - {"hours:write"})

    for act in (lambda: changed(vic, id, notes="x"), lambda: hours.remove(vic, id), lambda: hours.charge(vic, id)):
        with pytest.raises(Forbidden):
            act()
    with pytest.raises(Forbidden):
        hours.charge(acting(work, rights=work.actor.rights - {"charges:write"}), id)


def test_someone_of_another_customer_changes_no_time(work: Work) -> None:
    id = make.time_entry(work, make.ticket(work))
    olga = acting(work, customer_id=make.customer(work, name="Birch"))

    for act in (lambda: changed(olga, id, notes="x"), lambda: hours.remove(olga, id), lambda: hours.charge(olga, id)):
        with pytest.raises(NotFound, match="time entry"):
            act()


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["enter", "lengthen", "move", "shift", "charge", "uncharge", "remove"]),
        st.integers(0, 5),
        st.integers(0, 200),
        st.booleans(),
    ),
    min_size=1,
    max_size=25,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_the_sums_of_a_ticket_are_those_of_its_entries_whatever_happens(
    work: Work, steps: list[tuple[str, int, int, bool]]
) -> None:
    ticket = make.ticket(work)
    entries: list[int] = []
    for what, which, minutes, here in steps:
        entry = entries[which % len(entries)] if entries else None
        with suppress(Conflict, Invalid):
            step(work, ticket, entries, entry, what, minutes, here)

        on_site = sa.func.coalesce(sa.func.sum(sa.case((TimeEntry.on_site, TimeEntry.seconds), else_=0)), 0)
        off_site = sa.func.coalesce(sa.func.sum(sa.case((TimeEntry.on_site, 0), else_=TimeEntry.seconds)), 0)
        sums = work.db.execute(sa.select(on_site, off_site).where(TimeEntry.ticket_id == ticket)).one()
        assert worked(work, ticket) == tuple(int(one) for one in sums)
        billed = how_many(work, TimeEntry, TimeEntry.ticket_id == ticket, TimeEntry.charge_id.is_not(None))
        assert billed == how_many(work, Charge, Charge.ticket_id == ticket)


def step(work: Work, ticket: int, entries: list[int], entry: int | None, what: str, minutes: int, here: bool) -> None:
    match what:
        case "enter":
            new = NewFrom.check({"ticket_id": ticket, "starts_at": NINE, "minutes": minutes, "on_site": here})
            entries.append(hours.enter(work, new))
        case _ if entry is None:
            pass
        case "lengthen":
            changed(work, entry, minutes=minutes)
        case "move":
            changed(work, entry, on_site=here)
        case "shift":
            changed(work, entry, starts_at=f"2026-03-02T{minutes % 12:02}:00:00Z")
        case "charge":
            hours.charge(work, entry)
        case "uncharge":
            line = hours.get(work, entry).charge_id
            if line is not None:
                hours.remove_charge(work, line)
        case "remove":
            hours.remove(work, entry)
            entries.remove(entry)
