"""Resolving a ticket and going on to the next one, and taking that back."""

from urllib.parse import parse_qsl, urlencode

from quarterdeck.desk import bulk, tickets
from quarterdeck.desk.errors import Conflict, Invalid, NotFound
from quarterdeck.desk.tickets import SETTLED
from quarterdeck.edge.http import Answer
from quarterdeck.web import lists
from quarterdeck.web.kit import Visit, act, rows
from quarterdeck.web.tickets import BESIDE, onward, ticket


def resolve(visit: Visit) -> Answer:
    id = visit.id()
    one = tickets.get(visit.work, id)
    # Asked while the ticket still stands in its list.
    where = following(visit, one.id)
    if one.stage in SETTLED:
        return visit.go(where)
    outcome = bulk.change_several(visit.work, bulk.Several(ids=[one.id], status=tickets.Stage.RESOLVED))
    if one.id in outcome.refused:
        visit.refuse(status=outcome.refused[one.id])
    return visit.go(f"{where}{'&' if '?' in where else '?'}done={outcome.id}")


def following(visit: Visit, id: int) -> str:
    """Where to go on: to the next ticket of the list this one was opened from, else to that of one's own that is due
    next."""
    if listed := visit.query.get("list"):
        try:
            next_id = lists.following(visit, listed, id)
        except (NotFound, Invalid):
            return "/queue"
        return f"/tickets/{next_id}{onward(visit)}" if next_id else f"/queue?{urlencode(parse_qsl(listed))}"
    where = tickets.Filter(technician_id=visit.visitor.technician_id, going_on=True, not_ids=[id])
    found = rows(BESIDE, visit, where, 1, order="due_at")
    return f"/tickets/{found[0].id}" if found else "/queue"


def reopen(visit: Visit) -> Answer:
    """Take back that a ticket was resolved, where nobody has gone on with it since."""
    outcome = bulk.undo_several(visit.work, visit.id("change"))
    for id, why in outcome.refused.items():
        raise Conflict(f"#{id} {why}")
    id = visit.id()
    return visit.go(f"/tickets/{id}", visit.speech._("#%(id)s is as it was.", id=id))


ROUTES = (
    act("/tickets/{id}/resolution", resolve, again=ticket),
    act("/tickets/{id}/resolution/{change}/undoing", reopen),
)
