"""How a job is asked for, taken, carried on and ended."""

from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from quarterdeck.desk.errors import Conflict, Forbidden
from quarterdeck.desk.jobs.queries import get
from quarterdeck.desk.jobs.records import Job, Piece, State
from quarterdeck.desk.work import Work

# Whoever takes a job says within this time that it goes on; else another one may take it.
LEASE = timedelta(seconds=60)
# What is longer over is forgotten, with its files.
KEPT = timedelta(days=30)
OVER = (State.DONE, State.FAILED)


class Lost(Exception):
    """The job was taken over, or stopped: what was just done of it does not count."""


def ask(work: Work, what: str, asked: dict[str, Any], total: int = 0, given: bytes | None = None) -> int:
    """Write down long work that is to be begun later."""
    if work.actor.technician_id is None:
        raise Forbidden("is for people who work here")
    forget(work)
    id = work.insert(
        Job,
        what=what,
        technician_id=work.actor.technician_id,
        state=State.DRAFT,
        asked=asked,
        total=total,
        result=None,
        created_at=work.now,
        leased_until=None,
        finished_at=None,
    )
    if given is not None:
        work.insert(Piece, job_id=id, made=False, content=given)
    return id


def begin(work: Work, id: int, asked: dict[str, Any]) -> None:
    """Let it be done. It begins once, however often that is asked."""
    job = get(work, id, hold=True)
    if job.state is not State.DRAFT:
        raise Conflict("has begun already")
    work.update(Job, id, state=State.WAITING, asked=asked)


def claim(work: Work) -> Job | None:
    """Take the next job that is due, for a while: of two who try, one gets it. A crash gives it back."""
    free = sa.or_(Job.state == State.WAITING, sa.and_(Job.state == State.RUNNING, Job.leased_until <= work.now))
    id = work.db.scalar(sa.select(Job.id).where(free).order_by(Job.id).limit(1).with_for_update(skip_locked=True))
    if id is None:
        return None
    values = {"state": State.RUNNING, "leased_until": work.now + LEASE}
    taken = work.db.execute(sa.update(Job).where(Job.id == id, free).values(values)).rowcount
    return work.find(Job, id) if taken else None


def advance(work: Work, job: Job, done: int, result: dict[str, Any], made: bytes | None = None) -> Job:
    """Note how far a job is, in the transaction of that part. `Lost` where somebody else has carried it on."""
    mine = (Job.id == job.id, Job.state == State.RUNNING, Job.done == job.done)
    values = {"done": done, "result": result, "leased_until": work.now + LEASE}
    if not work.db.execute(sa.update(Job).where(*mine).values(values)).rowcount:
        raise Lost
    if made:
        work.insert(Piece, job_id=job.id, made=True, content=made)
    found = work.find(Job, job.id)
    assert found is not None
    return found


def finish(work: Work, job: Job) -> None:
    end(work, job.id, State.DONE, job.result or {})


def fail(work: Work, job: Job, why: str) -> None:
    """End a job that cannot go on. What was done of it stays."""
    end(work, job.id, State.FAILED, {**(job.result or {}), "why": why})


def stop(work: Work, id: int) -> None:
    """End a job where it is."""
    job = get(work, id, hold=True)
    if job.state in OVER:
        raise Conflict("is over already")
    end(work, id, State.FAILED, {**(job.result or {}), "why": "was stopped"})


def end(work: Work, id: int, state: State, result: dict[str, Any]) -> None:
    going = (Job.id == id, Job.state.not_in(OVER))
    values = {"state": state, "result": result, "leased_until": None, "finished_at": work.now}
    work.db.execute(sa.update(Job).where(*going).values(values))


def forget(work: Work) -> None:
    old = sa.select(Job.id).where(Job.created_at < work.now - KEPT, Job.state.in_((*OVER, State.DRAFT)))
    work.delete(Piece, Piece.job_id.in_(old))
    work.delete(Job, Job.id.in_(old))
