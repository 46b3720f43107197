"""A list of tickets as a file."""

from collections.abc import Iterator

from quarterdeck.desk import queues
from quarterdeck.desk.fields import Target
from quarterdeck.edge.http import Answer
from quarterdeck.web import editing
from quarterdeck.web.directory import EXPORTED_AT_ONCE, EXPORTED_MAX, cell, saved
from quarterdeck.web.kit import Visit, page
from quarterdeck.web.lists import State, state_of
from quarterdeck.web.wording import N_

COLUMNS = (
    (N_("Number"), "id"),
    (N_("Title"), "title"),
    (N_("Customer"), "customer"),
    (N_("Contact"), "contact"),
    (N_("Technician"), "technician"),
    (N_("Status"), "status"),
    (N_("Priority"), "priority"),
    (N_("Type"), "type"),
    (N_("Tags"), "tags"),
    (N_("Created"), "created_at"),
    (N_("Due"), "due_at"),
    (N_("Resolved"), "resolved_at"),
    (N_("Last activity"), "last_activity_at"),
)


def as_file(visit: Visit) -> Answer:
    """The tickets an address asks for, all its pages, with what their custom fields hold."""
    state = state_of(visit)
    own = editing.definitions(visit, Target.TICKET)
    header = [*(visit.speech._(title) for title, _ in COLUMNS), *(one.name for one in own)]
    return saved(visit, "tickets", header, lines(visit, state, [one.id for one in own]))


def lines(visit: Visit, state: State, own: list[int]) -> Iterator[list[str]]:
    after, left = None, EXPORTED_MAX
    while left > 0:
        size = min(EXPORTED_AT_ONCE, left)
        found = queues.page(visit.work, state.condition, state.order, after=after, size=size)
        held = editing.cells(visit, Target.TICKET, [row.id for row in found.rows], own)
        for row, values in zip(found.rows, held, strict=True):
            yield [*(said(getattr(row, name)) for _, name in COLUMNS), *values]
        after, left = found.after, left - len(found.rows)
        if after is None:
            break


def said(value: object) -> str:
    return ", ".join(value) if isinstance(value, list) else cell(value)


ROUTES = (page("/queue.csv", as_file),)
