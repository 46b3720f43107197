"""Figures, held against cases that were counted by hand and against a plain reckoning over the same rows."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import make
from desk.looking import acting
from quarterdeck.desk import figures
from quarterdeck.desk.errors import Forbidden
from quarterdeck.desk.figures import AGES, Narrowed
from quarterdeck.desk.hours import TimeEntry
from quarterdeck.desk.tickets import Priority, Stage, Ticket
from quarterdeck.desk.work import Work

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
OPEN, SETTLED = (Stage.OPEN, Stage.PENDING), (Stage.RESOLVED, Stage.CLOSED)


def ticket(work: Work, **values: Any) -> int:
    """A ticket just as these columns say."""
    id = make.ticket(work, **{name: values.pop(name) for name in ("customer_id", "technician_id") if name in values})
    work.update(Ticket, id, **values)
    return id


def lately(work: Work, **narrowed: Any) -> Narrowed:
    return Narrowed.check({"since": work.now - 60 * DAY, "until": work.now + DAY, **narrowed})


# Counted by hand


def test_the_board_counts_what_burns(work: Work) -> None:
    dana = work.actor.technician_id
    for due in (-1, 1, 3):
        ticket(work, due_at=work.now + due * HOUR, technician_id=dana)
    ticket(work, due_at=work.now - HOUR, stage="closed", status="closed", technician_id=dana)
    ticket(work, due_at=None, last_contact_comment_id=7)
    board = figures.board(work)
    assert (board.overdue, board.soon, board.unassigned, board.awaiting, board.open) == (1, 1, 1, 1, 4)


def test_more_tickets_wait_for_us_than_are_looked_at(work: Work) -> None:
    customer_id = make.customer(work)
    for n in range(12):
        ticket(work, customer_id=customer_id, last_contact_comment_id=7, last_technician_comment_id=n)
    assert figures.board(work).awaiting == 7


@pytest.mark.parametrize(
    ("hours", "place"),
    [(0, 0), (23, 0), (24, 0), (25, 1), (71, 1), (73, 2), (24 * 8, 3), (24 * 15, 4), (24 * 31, 5), (24 * 4000, 5)],
)
def test_an_open_ticket_has_one_age(work: Work, hours: int, place: int) -> None:
    ticket(work, created_at=work.now - hours * HOUR)
    expected = tuple(int(at == place) for at in range(len(AGES) + 1))
    assert figures.board(work).ages == expected
    assert tuple(figures.ages(work, lately(work))) == expected


def test_a_ticket_counts_in_the_week_it_came_and_in_the_week_it_was_resolved(work: Work) -> None:
    monday = datetime(2026, 2, 16, tzinfo=UTC)
    weeks = [monday, monday + 7 * DAY]
    ticket(work, created_at=monday, resolved_at=monday + 7 * DAY)
    ticket(work, created_at=monday + 7 * DAY - timedelta(microseconds=1), resolved_at=None)
    ticket(work, created_at=monday - HOUR, resolved_at=monday)
    ticket(work, created_at=monday + 14 * DAY, resolved_at=monday + 14 * DAY)
    found = figures.flow(work, Narrowed(since=monday, until=monday + 14 * DAY), weeks)
    assert [(one.since, one.created, one.resolved) for one in found] == [(weeks[0], 2, 1), (weeks[1], 0, 1)]


def test_a_promise_that_was_missed_is_broken_though_nothing_has_happened(work: Work) -> None:
    came = work.now - DAY
    ticket(work, priority="high", created_at=came, respond_by=came + HOUR, first_responded_at=came + HOUR / 2)
    ticket(work, priority="high", created_at=came, respond_by=came + HOUR, first_responded_at=came + 2 * HOUR)
    ticket(work, priority="high", created_at=came, respond_by=came + HOUR)
    ticket(work, priority="high", created_at=came, respond_by=work.now + HOUR)
    ticket(work, priority="high", created_at=came, respond_by=None, first_responded_at=came + 3.5 * HOUR)
    by_priority, parts = figures.promises(work, lately(work), [work.now - 60 * DAY])
    high = by_priority[Priority.HIGH]
    assert (high.tickets, high.answered, high.answers_due, high.answered_in_time) == (5, 3, 3, 1)
    assert high.answer_seconds == pytest.approx(2 * 3600, abs=0.01)
    assert (high.resolved, high.resolution_seconds) == (0, None)
    assert parts == [high]


def test_time_is_added_up_by_whose_it_is(work: Work) -> None:
    vic = make.technician(work, first_name="Vic", last_name="Lund")
    acme, zeta = make.customer(work), make.customer(work, name="Zeta")
    mine, theirs = ticket(work, customer_id=acme), ticket(work, customer_id=zeta)
    make.time_entry(work, mine, technician_id=vic)
    billed = make.time_entry(work, mine, ends_at="2026-03-02T09:00:00Z", technician_id=vic)
    work.update(TimeEntry, billed, billed=True)
    make.time_entry(work, theirs, billable=False, technician_id=work.actor.technician_id)

    def told(by: str, **narrowed: Any) -> list[Any]:
        found = figures.spent(work, lately(work, **narrowed), by)
        return [(one.name, one.entries, one.seconds, one.billable, one.owed) for one in found]

    assert told("technician") == [("Vic Lund", 2, 5400, 5400, 1800), ("Dana Reyes", 1, 1800, 0, 0)]
    assert told("customer") == [("Acme Dental", 2, 5400, 5400, 1800), ("Zeta", 1, 1800, 0, 0)]
    assert told("customer", technician_id=vic) == [("Acme Dental", 2, 5400, 5400, 1800)]
    assert told("technician", customer_id=acme) == [("Vic Lund", 2, 5400, 5400, 1800)]


def test_unbilled_time_is_counted_beyond_what_is_listed(work: Work) -> None:
    on = ticket(work)
    for n in range(1, 4):
        make.time_entry(work, on, ends_at=f"2026-03-02T08:{n:02}:00Z")
    assert figures.owed(work, lately(work)) == (3, 360)
    (latest,) = figures.unbilled(work, lately(work), 1)
    assert (latest.seconds, latest.ticket_id, latest.customer) == (180, on, "Acme Dental")


def test_a_period_in_which_nothing_happened_is_empty(work: Work) -> None:
    ticket(work)
    nothing = Narrowed(since=work.now - 400 * DAY, until=work.now - 300 * DAY)
    begins = [nothing.since, nothing.since + 50 * DAY]
    assert figures.spent(work, nothing, "technician") == figures.spent(work, nothing, "customer") == []
    assert figures.owed(work, nothing) == (0, 0)
    assert figures.unbilled(work, nothing, 10) == []
    assert [(week.created, week.resolved) for week in figures.flow(work, nothing, begins)] == [(0, 0), (0, 0)]
    by_priority, parts = figures.promises(work, nothing, begins)
    assert by_priority == {}
    assert [(part.tickets, part.answer_seconds) for part in parts] == [(0, None), (0, None)]


def test_figures_are_for_those_who_may_read(work: Work) -> None:
    nobody = acting(work, rights=frozenset())
    asked = lately(work)
    for look in (
        lambda: figures.board(nobody),
        lambda: figures.ages(nobody, asked),
        lambda: figures.flow(nobody, asked, [asked.since]),
        lambda: figures.promises(nobody, asked, [asked.since]),
        lambda: figures.spent(nobody, asked, "customer"),
        lambda: figures.owed(nobody, asked),
        lambda: figures.unbilled(nobody, asked, 1),
    ):
        with pytest.raises(Forbidden):
            look()


# Reckoned plainly

MINUTES = st.integers(0, 45 * 24 * 60).map(lambda n: timedelta(minutes=n))
PLACE = st.integers(0, 2)
TICKETS = st.fixed_dictionaries(
    {
        "ago": MINUTES,
        "priority": st.sampled_from(Priority),
        "stage": st.sampled_from(Stage),
        "technician": PLACE,
        "customer": st.integers(0, 1),
        "answered": st.none() | MINUTES,
        "resolved": st.none() | MINUTES,
        "respond": st.none() | MINUTES,
        "due": st.none() | MINUTES,
        "theirs": st.none() | st.integers(1, 3),
        "ours": st.none() | st.integers(1, 3),
        # Time spent on it: how long after it came, minutes, whether it can be billed, whether it was.
        "time": st.lists(st.tuples(MINUTES, st.integers(1, 500), st.booleans(), st.booleans(), PLACE), max_size=3),
    }
)
PERIODS = st.tuples(st.integers(0, 50), st.integers(1, 50), st.integers(1, 9))


def made(work: Work, said: dict[str, Any], customers: list[int], technicians: list[int | None]) -> Any:
    """A ticket and its time in the database, and as they are reckoned with."""
    came = work.now - said["ago"]

    def after(name: str) -> datetime | None:
        return None if said[name] is None else came + said[name]

    row = {
        "created_at": came,
        "priority": said["priority"],
        "stage": said["stage"],
        "technician_id": technicians[said["technician"]],
        "customer_id": customers[said["customer"]],
        "first_responded_at": after("answered"),
        "resolved_at": after("resolved"),
        "respond_by": after("respond"),
        "due_at": after("due"),
        "last_contact_comment_id": said["theirs"],
        "last_technician_comment_id": said["ours"],
    }
    id = ticket(work, **row)
    entries = []
    for later, minutes, billable, billed, place in said["time"]:
        entry = {
            "starts_at": came + later,
            "seconds": 60 * minutes,
            "billable": billable,
            "billed": billable and billed,
            "technician_id": technicians[place],
        }
        entry_id = make.time_entry(work, id)
        work.update(TimeEntry, entry_id, **entry)
        entries.append(SimpleNamespace(id=entry_id, customer_id=row["customer_id"], **entry))
    return SimpleNamespace(id=id, entries=entries, **row)


def promised(rows: list[Any], at: str, by: str, now: datetime) -> tuple[int, int, int, float | None]:
    happened = [row for row in rows if getattr(row, at)]
    due = [row for row in rows if getattr(row, by) and (getattr(row, at) or getattr(row, by) < now)]
    in_time = [row for row in happened if getattr(row, by) and getattr(row, at) <= getattr(row, by)]
    taken = [(getattr(row, at) - row.created_at).total_seconds() for row in happened]
    return len(happened), len(due), len(in_time), sum(taken) / len(taken) if taken else None


def kept(rows: list[Any], now: datetime) -> tuple[Any, ...]:
    return (
        len(rows),
        *promised(rows, "first_responded_at", "respond_by", now),
        *promised(rows, "resolved_at", "due_at", now),
    )


def as_told(one: figures.Kept) -> tuple[Any, ...]:
    answers = (one.answered, one.answers_due, one.answered_in_time, one.answer_seconds)
    return (one.tickets, *answers, one.resolved, one.resolutions_due, one.resolved_in_time, one.resolution_seconds)


def alike(found: tuple[Any, ...], expected: tuple[Any, ...]) -> bool:
    return all(
        one == other if one is None or other is None else one == pytest.approx(other, abs=0.01)
        for one, other in zip(found, expected, strict=True)
    )


def check(work: Work, rows: list[Any], asked: Narrowed, parts: int) -> None:
    now = work.now
    mine = [
        row
        for row in rows
        if all(getattr(row, name) == id for name, id in asked.sent.items() if name not in ("since", "until"))
    ]
    step = (asked.until - asked.since) / parts
    edges = [asked.since + n * step for n in range(parts)] + [asked.until]
    spans = list(pairwise(edges))

    def within(rows: list[Any], name: str, since: datetime, until: datetime) -> list[Any]:
        return [row for row in rows if getattr(row, name) and since <= getattr(row, name) < until]

    open_ones = [row for row in rows if row.stage in OPEN]
    ages = [0] * (len(AGES) + 1)
    for row in mine:
        if row.stage in OPEN:
            ages[sum(row.created_at < now - timedelta(days=days) for days in AGES)] += 1
    assert figures.ages(work, asked) == ages
    board = figures.board(work)
    assert board.overdue == sum(row.due_at is not None and row.due_at < now for row in open_ones)
    assert board.soon == sum(row.due_at is not None and now <= row.due_at < now + 2 * HOUR for row in open_ones)
    assert board.unassigned == sum(row.technician_id is None for row in open_ones)
    waits = [(row.last_contact_comment_id or 0) > (row.last_technician_comment_id or 0) for row in open_ones]
    assert board.awaiting == sum(waits)
    assert board.open == len(open_ones)

    assert [(one.since, one.created, one.resolved) for one in figures.flow(work, asked, edges[:-1])] == [
        (span[0], len(within(mine, "created_at", *span)), len(within(mine, "resolved_at", *span))) for span in spans
    ]
    by_priority, weeks = figures.promises(work, asked, edges[:-1])
    came = within(mine, "created_at", asked.since, asked.until)
    assert by_priority.keys() == {row.priority for row in came}
    for priority, found in by_priority.items():
        assert alike(as_told(found), kept([row for row in came if row.priority is priority], now))
    for found, span in zip(weeks, spans, strict=True):
        assert alike(as_told(found), kept(within(mine, "created_at", *span), now))

    narrowed = {name: id for name, id in asked.sent.items() if name not in ("since", "until")}
    time = [entry for row in rows for entry in row.entries if asked.since <= entry.starts_at < asked.until]
    time = [entry for entry in time if all(getattr(entry, name) == id for name, id in narrowed.items())]
    owed = [entry for entry in time if entry.billable and not entry.billed]
    for by in ("technician", "customer"):
        groups: dict[Any, list[Any]] = {}
        for entry in time:
            groups.setdefault(getattr(entry, f"{by}_id"), []).append(entry)
        expected = {
            id: (
                len(group),
                sum(entry.seconds for entry in group),
                sum(entry.seconds for entry in group if entry.billable),
                sum(entry.seconds for entry in group if entry in owed),
            )
            for id, group in groups.items()
        }
        told = figures.spent(work, asked, by)
        assert {one.id: (one.entries, one.seconds, one.billable, one.owed) for one in told} == expected
        assert [one.seconds for one in told] == sorted((one.seconds for one in told), reverse=True)
    assert figures.owed(work, asked) == (len(owed), sum(entry.seconds for entry in owed))
    latest = sorted(owed, key=lambda entry: (entry.starts_at, entry.id), reverse=True)
    assert [row.id for row in figures.unbilled(work, asked, 3)] == [entry.id for entry in latest[:3]]


def test_figures_are_what_a_plain_reckoning_finds(work: Work) -> None:
    technicians = [work.actor.technician_id, make.technician(work), None]
    customers = [make.customer(work), make.customer(work, name="Zeta")]

    @settings(max_examples=30, suppress_health_check=list(HealthCheck))
    @given(
        said=st.lists(TICKETS, max_size=6),
        period=PERIODS,
        technician=st.none() | st.integers(0, 1),
        customer=st.none() | st.integers(0, 1),
    )
    def reckoned(said: list[Any], period: tuple[int, int, int], technician: int | None, customer: int | None) -> None:
        ago, days, parts = period
        asked = {"since": work.now - ago * DAY, "until": work.now - ago * DAY + days * DAY}
        if technician is not None:
            asked["technician_id"] = technicians[technician]
        if customer is not None:
            asked["customer_id"] = customers[customer]
        kept = work.db.begin_nested()
        try:
            rows = [made(work, one, customers, technicians) for one in said]
            check(work, rows, Narrowed.check(asked), parts)
        finally:
            kept.rollback()

    reckoned()
