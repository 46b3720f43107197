"""One record that hangs on a ticket, by its id: whoever sees the ticket sees it."""

from collections.abc import Callable
from typing import TypeVar

from quarterdeck.desk.finding import Finder
from quarterdeck.desk.record import Record
from quarterdeck.desk.tickets.queries import seen
from quarterdeck.desk.work import Work

R = TypeVar("R", bound=Record)


class Hanging(Finder[R]):
    """Looks up what hangs on a ticket. Without a ticket it is no customer's."""

    def __init__(self, record: type[R], right: str, ticket: Callable[[R], int | None]) -> None:
        super().__init__(record, right)
        self.ticket = ticket

    def seen(self, work: Work, id: int, *, hold: bool = False) -> R | None:
        found = super().seen(work, id, hold=hold)
        if found is None or work.actor.customer_id is None:
            return found
        ticket_id = self.ticket(found)
        return found if ticket_id is not None and seen(work, ticket_id) is not None else None
