"""The tickets of a year: which trouble came to whom and when, and how far each of them got."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from quarterdeck.demo.cast import Customer, Technician
from quarterdeck.demo.chance import Dice, dice, pick
from quarterdeck.demo.hours import DAY, evening, moments
from quarterdeck.demo.stories import REPEATS, STORIES, SUFFERERS, Story
from quarterdeck.demo.telling import Event, Fate, Telling, Ticket, changed
from quarterdeck.desk.tickets import Stage

YEAR = 365
# Of a hundred tickets, so many are told by monitoring.
WATCHED_SHARE = 0.13
# How long before now the newest tickets came in, which nobody has looked at yet.
FRESH_HOURS = 8
# Open and waiting tickets are mostly of the last weeks; of a hundred, so many are older and forgotten.
FADING_DAYS = 11
FORGOTTEN_SHARE = 0.08
FORGOTTEN_AFTER = 80
SETTLING_DAYS = 3


@dataclass(frozen=True)
class Measure:
    """How many tickets there are, and how many of them are in which state."""

    tickets: int
    fresh: int
    open: int
    pending: int


@dataclass(frozen=True)
class Call:
    """A ticket to be told."""

    number: int
    story: Story
    at: datetime
    customer: Customer
    fate: Fate


def tickets(
    customers: Sequence[Customer], staff: Sequence[Technician], measure: Measure, today: datetime, now: datetime
) -> list[Ticket]:
    calls = [*past(customers, measure, today), *fresh(customers, measure, today, now)]
    told = {call.number: tell(call, staff) for call in calls}
    for call in unfinished(calls, told, measure, today):
        told[call.number] = promised(tell(call, staff), call, today)
    return [cut(one, today) for one in told.values()]


def tell(call: Call, staff: Sequence[Technician]) -> Ticket:
    return Telling(call.number, call.story, call.at, call.customer, staff).tell(call.fate)


def past(customers: Sequence[Customer], measure: Measure, today: datetime) -> list[Call]:
    """What came in between a year ago and today."""
    by = dice("year", measure.tickets)
    repeated = [one for one in sufferers(customers, measure) for _ in range(one[2])]
    count = measure.tickets - measure.fresh - len(repeated)
    watched = round(count * WATCHED_SHARE)
    since = today - DAY * YEAR

    found = [
        (at, *ordinary(by, customers, at, watched=True)) for at in moments(by, watched, since, today, watched=True)
    ]
    found += [(at, *ordinary(by, customers, at, watched=False)) for at in moments(by, count - watched, since, today)]
    found += [
        (at, story, customer)
        for at, (story, customer, _) in zip(
            moments(by, len(repeated), since, today), shuffled(by, repeated), strict=True
        )
    ]
    found.sort(key=lambda one: one[0])
    return [Call(number, story, at, customer, Fate.TOLD) for number, (at, story, customer) in enumerate(found)]


def shuffled(by: Dice, repeated: list[tuple[Story, Customer, int]]) -> list[tuple[Story, Customer, int]]:
    return by.sample(repeated, len(repeated))


def sufferers(customers: Sequence[Customer], measure: Measure) -> list[tuple[Story, Customer, int]]:
    """Who has the same trouble again and again, and how often."""
    found = {customer.company.code: customer for customer in customers}
    return [
        (REPEATS[key], found[code], math.ceil(often * measure.tickets / 1500))
        for key, (code, often) in SUFFERERS.items()
        if code in found
    ]


def ordinary(by: Dice, customers: Sequence[Customer], at: datetime, *, watched: bool) -> tuple[Story, Customer]:
    there = [customer for customer in customers if customer.since + DAY < at]
    customer = pick(by, there, [calls_often(customer) for customer in there])
    stories = [
        story for story in STORIES if story.monitored is watched and (customer.servers or not story.needs_server)
    ]
    return pick(by, stories, [story.often for story in stories]), customer


def calls_often(customer: Customer) -> float:
    """More people call more often, and some companies are just louder."""
    return math.pow(len(customer.contacts), 0.8) * dice("loud", customer.company.code).uniform(0.5, 1.8)


def fresh(customers: Sequence[Customer], measure: Measure, today: datetime, now: datetime) -> list[Call]:
    """What came in within the last hours, whatever the time is now."""
    by = dice("fresh", today.date(), measure.tickets)
    steps = sorted(by.uniform(0.02, FRESH_HOURS) for _ in range(measure.fresh))
    calls = [ordinary(by, customers, today, watched=by.random() < WATCHED_SHARE) for _ in steps]
    return [
        Call(
            measure.tickets - measure.fresh + number,
            story,
            now - timedelta(seconds=round(3600 * ago)),
            customer,
            Fate.UNSEEN,
        )
        for number, (ago, (story, customer)) in enumerate(zip(reversed(steps), calls, strict=True))
    ]


def unfinished(calls: Sequence[Call], told: dict[int, Ticket], measure: Measure, today: datetime) -> list[Call]:
    """Those of the tickets closed by now that shall not be closed, so that there are as many as the measure says."""
    by = dice("unfinished", measure.tickets)
    stages = [told[call.number].stage(today) for call in calls]
    closed = [call for call, stage in zip(calls, stages, strict=True) if stage is Stage.CLOSED]
    wanted = [Fate.OPEN] * (measure.open - stages.count(Stage.OPEN))
    wanted += [Fate.PENDING] * (measure.pending - stages.count(Stage.PENDING))
    chosen: list[Call] = []
    for fate in wanted:
        ages = [(today - call.at) / DAY for call in closed]
        call = pick(by, closed, forgotten(ages) if by.random() < FORGOTTEN_SHARE else recent(ages))
        closed.remove(call)
        chosen.append(Call(call.number, call.story, call.at, call.customer, fate))
    return chosen


def recent(ages: Sequence[float]) -> list[float]:
    return [math.exp(-age / FADING_DAYS) if age > SETTLING_DAYS else 0.0 for age in ages]


def forgotten(ages: Sequence[float]) -> list[float]:
    return [1.0 if age > FORGOTTEN_AFTER else 0.001 for age in ages]


def promised(ticket: Ticket, call: Call, today: datetime) -> Ticket:
    """Most tickets that take longer were given a new date; some were not, and are late."""
    by = dice("promise", call.number)
    late = (today - call.at) / DAY > FORGOTTEN_AFTER or by.random() < 0.3
    if not late:
        last = ticket.events[-1].at + timedelta(minutes=2)
        due = changed(due_at=evening(today, by.randint(0, 9)))
        ticket.events.append(Event(last, ticket.events[0].by, due))
    return ticket


def cut(ticket: Ticket, today: datetime) -> Ticket:
    """Nothing has happened after today began; what came in later nobody has looked at yet."""
    ticket.events = [event for event in ticket.events if event.at < today]
    return ticket
