"""How jobs are read: everybody sees their own, an owner everybody's."""

from datetime import datetime

import sqlalchemy as sa

from quarterdeck.desk.access import ROLES, Technician
from quarterdeck.desk.errors import NotFound
from quarterdeck.desk.jobs.records import Job, Piece, State
from quarterdeck.desk.statement import Link, Statement
from quarterdeck.desk.work import Actor, Work

WAITING = Statement(
    sa.select(Job.id)
    .where(
        sa.or_(
            Job.state == State.WAITING,
            sa.and_(Job.state == State.RUNNING, Job.leased_until <= sa.bindparam("now", type_=Job.leased_until.type)),
        )
    )
    .limit(sa.literal_column("1"))
)


def waiting(link: Link, now: datetime) -> bool:
    """Whether there is something to do."""
    return bool(WAITING.raw(link, {"now": now}))


def get(work: Work, id: int, *, hold: bool = False) -> Job:
    job = work.find(Job, id, hold=hold)
    own = job is not None and job.technician_id == work.actor.technician_id
    if job is None or not (own or "access:read" in work.actor.rights):
        raise NotFound(Job.kind, id)
    return job


def recent(work: Work, what: str, most: int = 20) -> list[Job]:
    """The latest jobs of one sort that whoever asks may see."""
    wanted = [Job.what == what]
    if "access:read" not in work.actor.rights:
        wanted.append(Job.technician_id == work.actor.technician_id)
    ids = work.db.scalars(sa.select(Job.id).where(*wanted).order_by(Job.id.desc()).limit(most)).all()
    return [get(work, id) for id in ids]


def content(work: Work, id: int, *, made: bool) -> bytes:
    """The file that came with a job, or what it has made so far."""
    found = sa.select(Piece.content).where(Piece.job_id == id, Piece.made == made).order_by(Piece.id)
    return b"".join(bytes(piece) for piece in work.db.scalars(found))


def actor_of(work: Work, job: Job) -> Actor | None:
    """For whom a job is done, with the rights they have now; nobody where they no longer work here."""
    technician = work.find(Technician, job.technician_id)
    if technician is None or not technician.active:
        return None
    name = f"{technician.first_name} {technician.last_name or ''}".strip()
    return Actor(name, ROLES[technician.role], technician.id)
