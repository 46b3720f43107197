"""Tells one story at one customer: who said and did what, and when."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from quarterdeck.demo import talk, wording
from quarterdeck.demo.cast import Contact, Customer, Device, Technician
from quarterdeck.demo.chance import Dice, dice, pick
from quarterdeck.demo.hours import DAY, LOCAL, after, evening, open_at
from quarterdeck.demo.stories import Move, Step, Story
from quarterdeck.desk import fields, hours, tickets
from quarterdeck.desk.tickets import Priority, Source, Stage, Type
from quarterdeck.desk.work import Work

# Minutes until somebody takes the ticket: at least, at most, most often.
RESPONSE = {
    Priority.CRITICAL: (3, 20, 6),
    Priority.HIGH: (6, 80, 20),
    Priority.MEDIUM: (12, 200, 45),
    Priority.LOW: (20, 420, 90),
}
LADDER = tuple(Priority)
DESK_HOURS = range(7, 18)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)

Act = Callable[[Work, int], Any]


class Fate(StrEnum):
    """How far a story is told: to its end, until somebody waits, until somebody has begun, or not at all."""

    TOLD = "told"
    PENDING = "pending"
    OPEN = "open"
    UNSEEN = "unseen"


@dataclass(frozen=True)
class Event:
    """Something that happens to a ticket, and the stage that leaves it in where it changes that."""

    at: datetime
    by: Technician | Contact
    act: Act
    stage: Stage | None = None


@dataclass(eq=False)
class Ticket:
    """A ticket that came in, and what happened to it since. `new` is what it was opened with."""

    story: Story
    at: datetime
    customer: Customer
    contact: Contact | None
    device: Device
    new: dict[str, Any]
    events: list[Event] = field(default_factory=list)
    id: int = 0

    def stage(self, now: datetime) -> Stage:
        return next((one.stage for one in reversed(self.events) if one.stage and one.at < now), Stage.OPEN)

    def ended(self, now: datetime) -> datetime | None:
        """When it was closed, where it is."""
        return next((one.at for one in self.events if one.stage is Stage.CLOSED and one.at < now), None)


class Telling:
    """A story while it is told. `at` is how far it has come, and only goes forward."""

    def __init__(
        self, number: int, story: Story, at: datetime, customer: Customer, staff: Sequence[Technician]
    ) -> None:
        self.by = dice("ticket", number, story.key)
        self.story = story
        self.at = at
        self.staff = [one for one in staff if one.member.load and one.since < at]
        self.technician = chosen(self.by, self.staff, story.skill)
        self.caller = caller(self.by, customer, at)
        device = customer.servers[0] if story.needs_server else workstation(self.by, customer, self.caller, at)
        self.turn = self.by.randrange(60) if story.paired else None
        self.names = wording.names(self.by, at, customer, self.caller, self.technician, device)
        unasked = story.monitored and all(step.move is Move.NOTE for step in story.steps)
        contact = None if unasked else self.caller
        self.ticket = Ticket(story, at, customer, contact, device, self.reported(contact))

    def reported(self, contact: Contact | None) -> dict[str, Any]:
        story = self.story
        return {
            "title": self.told(story.titles),
            "description": self.told(story.asks),
            "priority": urgency(self.by, story.priority),
            "type": story.type,
            "impact": story.impact,
            "source": story.source or source(self.by, self.at),
            "due_at": evening(self.at, story.planned) if story.planned else None,
        }

    def told(self, texts: Sequence[str]) -> str:
        """One of the story's own texts: where they are paired, the one that goes with the others."""
        return self.said(texts if self.turn is None else [texts[self.turn % len(self.story.titles) % len(texts)]])

    def said(self, texts: Sequence[str], **more: str) -> str:
        return wording.filled(self.by.choice(texts), {**self.names, **more})

    def tell(self, fate: Fate) -> Ticket:
        if fate is Fate.UNSEEN:
            return self.ticket
        self.take()
        for number, step in enumerate(so_far(self.by, self.story.steps, fate)):
            self.step(step)
            if number == 0:
                self.look()
        match fate:
            case Fate.TOLD:
                self.end()
            case Fate.PENDING if self.stage is not Stage.PENDING:
                self.step(Step(Move.WAIT, talk.WAITING if self.ticket.contact else talk.WAITING_INSIDE))
            case Fate.OPEN if self.ticket.contact and self.by.random() < 0.35:
                self.at += DAY
                self.step(Step(Move.REPLY, talk.NUDGES))
        return self.ticket

    @property
    def stage(self) -> Stage:
        return self.ticket.stage(self.at + DAY)

    def happens(self, by: Technician | Contact, act: Act, stage: Stage | None = None) -> None:
        self.ticket.events.append(Event(self.at, by, act, stage))

    def goes_on(self, least: float, most: float, often: float) -> None:
        """Let some minutes pass, and the night if it falls."""
        self.at = open_at(self.by, after(self.by, self.at, least, most, often))

    def take(self) -> None:
        priority = self.ticket.new["priority"]
        self.at = after(self.by, self.at, *RESPONSE[priority])
        if priority is not Priority.CRITICAL:
            self.at = open_at(self.by, self.at)
        self.happens(self.technician, changed(technician_id=self.technician))
        if self.ticket.contact and self.by.random() < 0.3:
            self.at += MINUTE
            self.comment(self.said(talk.RECEIVED))

    def look(self) -> None:
        """After the first step: now and then some minutes are booked, or a colleague takes over."""
        if self.by.random() < 0.25:
            self.book(self.said(talk.FIRST_LOOK), self.by.choice((5, 10, 15)), on_site=False)
        if self.by.random() < 0.05 and len(self.staff) > 1:
            other = chosen(self.by, [one for one in self.staff if one is not self.technician], self.story.skill)
            self.at += MINUTE
            self.comment(self.said(talk.HANDING_OVER, other=other.first_name), internal=True)
            self.at += MINUTE
            self.happens(self.technician, changed(technician_id=other))
            self.technician = other
            self.names["tech"] = other.first_name

    def step(self, step: Step) -> None:
        if step.move is Move.REPLY:
            self.answered(step)
            return
        waited = self.stage is Stage.PENDING
        if waited:
            self.wait()
        self.goes_on(3, 90, 12)
        if waited:
            self.happens(self.technician, changed(status=Stage.OPEN), Stage.OPEN)
        self.comment(self.told(step.texts), internal=step.move is Move.NOTE or self.ticket.contact is None)
        if step.move is Move.WAIT:
            self.at += MINUTE
            self.happens(self.technician, changed(status=Stage.PENDING), Stage.PENDING)

    def answered(self, step: Step) -> None:
        """The customer replies, which takes a waiting ticket up again."""
        waited = self.stage is Stage.PENDING
        if waited:
            self.wait()
        self.goes_on(4, 300, 15)
        self.replied(self.told(step.texts))
        if waited:
            self.happens(self.caller, changed(status=Stage.OPEN), Stage.OPEN)

    def wait(self) -> None:
        self.at = open_at(self.by, self.at + DAY * self.story.waits * self.by.uniform(0.6, 1.4))

    def end(self) -> None:
        minutes = self.by.randint(*self.story.minutes)
        self.solve(minutes, self.story.job, self.story.ends)
        self.happens(self.technician, held("Root cause", self.story.cause))
        if self.ticket.contact and self.story.type is Type.INCIDENT and self.by.random() < 0.05:
            self.again()
        elif self.ticket.contact and self.by.random() < 0.5:
            self.goes_on(4, 500, 30)
            self.replied(self.said(talk.THANKS if self.story.type is Type.INCIDENT else talk.WELCOMES))
            self.goes_on(5, 300, 40)
        else:
            self.at = open_at(self.by, self.at + DAY * self.by.uniform(2.5, 5))
        self.happens(self.technician, changed(status=Stage.CLOSED), Stage.CLOSED)

    def again(self) -> None:
        """It was not solved after all."""
        self.goes_on(60, 2000, 400)
        self.replied(self.said(talk.BACK_AGAIN))
        self.happens(self.caller, changed(status=Stage.OPEN), Stage.OPEN)
        self.step(Step(Move.ANSWER, talk.SECOND_LOOK))
        self.solve(self.by.randint(15, 40), self.by.choice(talk.MORE_WORK), talk.SOLVED_AGAIN)
        self.at = open_at(self.by, self.at + DAY * 4)

    def solve(self, minutes: int, job: str, ends: Sequence[str]) -> None:
        """Work, book the time, say what was done, resolve."""
        if self.stage is Stage.PENDING:
            self.wait()
        if self.story.late:
            self.at = evening(self.at, self.by.randint(1, 4)) + HOUR
        self.at = after(self.by, self.at, 2, 50, 8)
        if not self.story.late:
            self.at = open_at(self.by, self.at)
        self.at += timedelta(minutes=minutes)
        self.book(job, minutes, on_site=self.story.on_site)
        self.comment(self.told(ends), internal=self.ticket.contact is None)
        self.at += MINUTE
        self.happens(self.technician, changed(status=Stage.RESOLVED), Stage.RESOLVED)

    def comment(self, text: str, *, internal: bool = False) -> None:
        self.happens(self.technician, commented(text, internal=internal))

    def replied(self, text: str) -> None:
        assert self.ticket.contact is not None
        self.happens(self.caller, commented(text, contact=self.caller))

    def book(self, notes: str, minutes: int, *, on_site: bool) -> None:
        """Time that ends now, and does not begin before the ticket came in."""
        starts = max(self.at - timedelta(minutes=minutes), self.ticket.at)
        entry = hours.New(starts_at=starts, ends_at=self.at, billable=self.story.billable, on_site=on_site, notes=notes)
        self.happens(self.technician, lambda work, id: hours.create(work, id, entry))


def changed(technician_id: Technician | None = None, **values: Any) -> Act:
    """A change of the ticket. A technician's id is known only once the technician has been entered."""

    def act(work: Work, id: int) -> None:
        more = {"technician_id": technician_id.id} if technician_id else {}
        tickets.change(work, id, tickets.Changes(**values, **more))

    return act


def commented(text: str, *, internal: bool = False, contact: Contact | None = None) -> Act:
    def act(work: Work, id: int) -> None:
        who = contact.id if contact else None
        tickets.comment(work, id, tickets.NewComment(body=text, internal=internal, contact_id=who))

    return act


def held(name: str, value: str) -> Act:
    new = fields.NewValue(name=name, value=value)
    return lambda work, id: fields.put(work, fields.Target.TICKET, id, new)


def chosen(by: Dice, staff: Sequence[Technician], skill: str) -> Technician:
    """Most work goes to those who know the matter, some to whoever has time."""
    return pick(by, staff, [one.member.load * (dict(one.member.skills).get(skill, 0) + 0.4) for one in staff])


def caller(by: Dice, customer: Customer, at: datetime) -> Contact:
    """Who asks: the first contact more often than others."""
    here = [one for one in customer.contacts if one.here(at)]
    return pick(by, here, [2.5 if one.primary else 1 for one in here])


def workstation(by: Dice, customer: Customer, caller: Contact, at: datetime) -> Device:
    if caller.device and caller.device.since < at:
        return caller.device
    return by.choice([device for device in customer.computers if device.since < at])


def urgency(by: Dice, usual: Priority) -> Priority:
    """The usual priority, now and then a step more or less. What is critical is critical."""
    if usual is Priority.CRITICAL:
        return usual
    return LADDER[min(max(LADDER.index(usual) + pick(by, (-1, 0, 1), (7, 86, 7)), 0), 2)]


def source(by: Dice, at: datetime) -> Source:
    rings = at.astimezone(LOCAL).hour in DESK_HOURS
    return pick(by, (Source.EMAIL, Source.PORTAL, Source.PHONE), (50, 26, 24 if rings else 2))


def so_far(by: Dice, steps: Sequence[Step], fate: Fate) -> Sequence[Step]:
    """The steps that have been taken: all, up to one that waits, or some that do not."""
    waits = [number for number, step in enumerate(steps) if step.move is Move.WAIT]
    if fate is Fate.TOLD:
        return steps
    if fate is Fate.PENDING:
        return steps[: waits[0] + 1] if waits else steps[:1]
    return steps[: by.randint(0, min([*waits, max(len(steps) - 1, 0)]))]
