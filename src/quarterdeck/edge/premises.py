"""What all faces of one server stand on."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, Protocol

from quarterdeck.desk.errors import Busy, Conflict
from quarterdeck.edge.http import BODY_PATIENCE, SLOWEST, Receive, Request, Scope
from quarterdeck.edge.observe import Figures, Log
from quarterdeck.edge.outside import Needed, Outside


class Storage(Protocol):
    """What faces ask of the database."""

    quick: bool

    def read(self, job: Callable[[Any], Any]) -> Any: ...

    def read_later(self, job: Callable[[Any], Any]) -> "Future[Any]": ...

    def write_later(self, job: Callable[[Any], Any]) -> "Future[Any]": ...


@dataclass(frozen=True)
class Premises:
    """The database, what is observed, what lies outside, and how much is taken in (in bytes) from whom."""

    storage: Storage
    figures: Figures
    log: Log
    outside: Outside
    body_max: int
    files_max: int
    # What the database raises when it is away, and when two changes met.
    unavailable: type[Exception]
    clashed: type[Exception]
    public_url: str | None = None
    # Proxies whose word is taken for where a request came from.
    trusted: frozenset[str] = frozenset()

    def request(self, scope: Scope) -> Request:
        made = Request(scope, self.public_url)
        made.believe(self.trusted)
        return made

    async def take_files(self, request: Request, receive: Receive) -> None:
        """Read a body that may hold files, for as long as a slow line needs."""
        await request.read(receive, self.files_max, BODY_PATIENCE + self.files_max / SLOWEST)

    async def bring(self, request: Request, needed: Needed) -> None:
        """Do what has to be done outside the database, for the request to begin again with it."""
        request.brought.append(await asyncio.to_thread(needed.do, self.outside))

    def refusing(self, error: Exception, told: dict[str, Any]) -> Exception:
        """The refusal that a failure of the database is to whoever asked; any other error is what it was."""
        if isinstance(error, self.unavailable):
            told["error"] = str(error)
            return Busy("the database cannot be reached just now")
        if isinstance(error, self.clashed):
            return Conflict("was changed by someone else at the same moment: please try again")
        return error
