"""One record by its id, for whom it is there to see."""

from collections.abc import Callable
from typing import Generic, TypeVar

from quarterdeck.desk.aliases import leads_to
from quarterdeck.desk.errors import NotFound
from quarterdeck.desk.record import Record
from quarterdeck.desk.work import Work

R = TypeVar("R", bound=Record)


class Finder(Generic[R]):
    """Looks one kind of record up. `owner` tells whose a record is; without it, everybody sees all."""

    def __init__(self, record: type[R], right: str, owner: Callable[[R], int | None] | None = None) -> None:
        self.record = record
        self.right = right
        self.owner = owner

    def seen(self, work: Work, id: int, *, hold: bool = False) -> R | None:
        """The record, or the one that answers in its place, where the actor may see it. With `hold`, nobody else
        changes it meanwhile."""
        found = work.find(self.record, id, hold=hold)
        if found is None and (new_id := leads_to(work.link, self.record.kind, id)) is not None:
            found = work.find(self.record, new_id, hold=hold)
        if found is None or self.owner is None or work.actor.customer_id in (None, self.owner(found)):
            return found
        return None

    def get(self, work: Work, id: int, *, hold: bool = False) -> R:
        """The record, for an actor with the right to read such; else `NotFound`, as for an id that never was."""
        work.require(self.right)
        found = self.seen(work, id, hold=hold)
        if found is None:
            raise NotFound(self.record.kind, id)
        return found
