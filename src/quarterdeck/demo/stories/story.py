"""What a story is made of: how a kind of trouble is reported, talked about and settled.

Texts may name people, devices and places in braces; `year` fills them in. Where several texts stand, one is taken.
"""

from dataclasses import dataclass
from enum import StrEnum

from quarterdeck.desk.tickets import Impact, Priority, Source, Type


class Move(StrEnum):
    """What a step does: a public answer, one that leaves the ticket waiting, a reply, or an internal note."""

    ANSWER = "answer"
    WAIT = "wait"
    REPLY = "reply"
    NOTE = "note"


@dataclass(frozen=True)
class Step:
    move: Move
    texts: tuple[str, ...]


@dataclass(frozen=True)
class Story:
    key: str
    skill: str
    titles: tuple[str, ...]
    asks: tuple[str, ...]
    steps: tuple[Step, ...]
    # What is said when it is solved, and what the time entry says.
    ends: tuple[str, ...]
    job: str
    minutes: tuple[int, int]
    cause: str
    type: Type = Type.INCIDENT
    priority: Priority = Priority.MEDIUM
    impact: Impact = Impact.MINOR
    # None: by mail, phone or portal, as people do. Monitoring reports through the agent, and nobody asks.
    source: Source | None = None
    billable: bool = True
    on_site: bool = False
    # How often it happens beside others.
    often: float = 1.0
    # How many days a ticket waits on others, and how many are allowed when it is no case of hours.
    waits: int = 2
    planned: int | None = None
    # Whether the first of all texts belong together, and the second, and so on.
    paired: bool = False
    # Whether it is done in the evening, when nobody is disturbed.
    late: bool = False

    @property
    def needs_server(self) -> bool:
        texts = (*self.titles, *self.asks, *self.ends, self.job, *(text for step in self.steps for text in step.texts))
        return any("{server}" in text for text in texts)

    @property
    def monitored(self) -> bool:
        return self.source is Source.AGENT


def answer(*texts: str) -> Step:
    return Step(Move.ANSWER, texts)


def wait(*texts: str) -> Step:
    return Step(Move.WAIT, texts)


def reply(*texts: str) -> Step:
    return Step(Move.REPLY, texts)


def note(*texts: str) -> Step:
    return Step(Move.NOTE, texts)
