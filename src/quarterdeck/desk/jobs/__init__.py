"""Long work: asked once, done in steps by whoever has hands free, and told when it is over."""

from quarterdeck.desk.jobs.actions import Lost, advance, ask, begin, claim, fail, finish, stop
from quarterdeck.desk.jobs.queries import actor_of, content, get, recent, waiting
from quarterdeck.desk.jobs.records import Job, Piece, State

__all__ = [
    "Job",
    "Lost",
    "Piece",
    "State",
    "actor_of",
    "advance",
    "ask",
    "begin",
    "claim",
    "content",
    "fail",
    "finish",
    "get",
    "recent",
    "stop",
    "waiting",
]
