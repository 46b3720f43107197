"""Does long work, one job at a time, in steps of a transaction each.

Every process that serves has one of these. A job is taken by moving it out of the others' reach for a while, so that
two never do the same; what a crash leaves is taken up again where its last step ended.
"""

import threading
import traceback
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol

from quarterdeck.desk import importing, jobs
from quarterdeck.desk.errors import Refusal
from quarterdeck.desk.jobs import Job, Lost
from quarterdeck.desk.statement import Link
from quarterdeck.desk.work import Actor, Work
from quarterdeck.edge.observe import Log

FACE = "jobs"
# How often, in seconds, it is looked whether there is something to do.
EVERY = 0.5
NOBODY = Actor("jobs")
WRONG = "something went wrong here, and has been written down"
GONE = "whoever asked for it no longer works here"


class Storage(Protocol):
    def read_later(self, job: Callable[[Any], Any]) -> "Future[Any]": ...

    def write_later(self, job: Callable[[Any], Any]) -> "Future[Any]": ...


@dataclass(frozen=True)
class Way:
    """How jobs of a sort are done: what all steps need, read once, and a step."""

    prepare: Callable[[Work, Job], Any]
    step: Callable[[Work, Job, Any], Job]


WAYS = {importing.WHAT: Way(importing.prepare, importing.step)}


class Runner:
    """One pair of hands."""

    def __init__(
        self,
        storage: Storage,
        log: Log,
        *,
        unavailable: type[Exception],
        clashed: type[Exception],
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.storage = storage
        self.log = log
        self.unavailable = unavailable
        self.clashed = clashed
        self.clock = clock
        self.over = threading.Event()
        self.thread = threading.Thread(target=self.run, name="jobs", daemon=True)

    def start(self) -> None:
        self.thread.start()

    def stop(self) -> None:
        """Stop after the step that is being done; the rest is taken up when somebody has hands again."""
        self.over.set()
        if self.thread.is_alive():
            self.thread.join()

    def run(self) -> None:
        while not self.over.wait(EVERY):
            try:
                while not self.over.is_set() and self.once():
                    pass
            except self.unavailable:
                continue
            except Exception as error:
                self.log.event("bug", operation=FACE, trace="".join(traceback.format_exception(error)))

    def once(self) -> bool:
        """Do one job to its end; returns whether there was one."""
        if not self.storage.read_later(lambda db: jobs.waiting(Link(db), self.clock())).result():
            return False
        job = self.write(NOBODY, jobs.claim)
        if job is None:
            return False
        actor = self.read(NOBODY, lambda work: jobs.actor_of(work, job))
        if actor is None:
            self.write(NOBODY, lambda work: jobs.fail(work, job, GONE))
            return True
        try:
            self.do(job, actor)
        except Lost:
            pass
        except Refusal as refusal:
            why = str(refusal)
            self.write(actor, lambda work: jobs.fail(work, job, why))
        except (self.unavailable, self.clashed):
            # The lease gives it back, to be gone on with.
            return False
        except Exception as error:
            self.log.event("bug", operation=f"{FACE} {job.what}", trace="".join(traceback.format_exception(error)))
            self.write(actor, lambda work: jobs.fail(work, job, WRONG))
        return True

    def do(self, job: Job, actor: Actor) -> None:
        way = WAYS[job.what]
        prepared = self.read(actor, lambda work: way.prepare(work, job))
        while job.done < job.total:
            if self.over.is_set():
                return
            job = self.write(actor, lambda work, job=job: way.step(work, job, prepared))  # type: ignore[misc]
        self.write(actor, lambda work: jobs.finish(work, job))

    def read(self, actor: Actor, do: Callable[[Work], Any]) -> Any:
        return self.storage.read_later(lambda db: do(self.work(db, actor))).result()

    def write(self, actor: Actor, do: Callable[[Work], Any]) -> Any:
        return self.storage.write_later(lambda db: do(self.work(db, actor))).result()

    def work(self, db: Any, actor: Actor) -> Work:
        return Work(Link(db), actor, self.clock(), FACE)
