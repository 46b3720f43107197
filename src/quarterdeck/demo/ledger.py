"""Everything that is to happen, entered into the desk in the order of time."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

import sqlalchemy as sa

from quarterdeck.demo.cast import Contact, Technician
from quarterdeck.desk import access
from quarterdeck.desk.statement import Link
from quarterdeck.desk.work import Actor, Work
from quarterdeck.storage import Storage

# So many entries share a transaction.
BATCH = 1000

Act = Callable[[Work], Any]
# Whoever does something: a person of the cast, or a program by its name.
Doer = Technician | Contact | str
Progress = Callable[[str], None]


@dataclass(frozen=True)
class Entry:
    """Something that someone does at a moment. `counts_as` is what the progress counts it as."""

    at: datetime
    by: Doer
    act: Act
    counts_as: str | None = None


class Ledger:
    def __init__(self) -> None:
        self.entries: list[Entry] = []

    def add(self, at: datetime, by: Doer, act: Act, counts_as: str | None = None) -> None:
        self.entries.append(Entry(at, by, act, counts_as))

    def enter(self, storage: Storage, progress: Progress) -> None:
        """Let it all happen. What is at the same moment happens in the order in which it was added."""
        entries = sorted(self.entries, key=lambda entry: entry.at)
        totals = Counter(entry.counts_as for entry in entries if entry.counts_as)
        done: Counter[str] = Counter()
        for start in range(0, len(entries), BATCH):
            batch = entries[start : start + BATCH]
            storage.write_later(partial(happen, entries=batch)).result()
            step = Counter(entry.counts_as for entry in batch if entry.counts_as)
            done += step
            if step:
                kind = step.most_common(1)[0][0]
                progress(f"{kind}: {done[kind]:,} of {totals[kind]:,}")


def happen(db: sa.Connection, entries: Sequence[Entry]) -> None:
    link = Link(db)
    for entry in entries:
        entry.act(Work(link, actor(entry.by), entry.at, face="demo"))


def actor(by: Doer) -> Actor:
    """Who acts. What people may do was settled when the demo was planned."""
    if isinstance(by, str):
        return Actor(by, access.ALL)
    return Actor(by.full_name, access.ALL, technician_id=by.id if isinstance(by, Technician) else None)
