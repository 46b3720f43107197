"""Tickets that have to do with each other: links, parts split off, and who follows."""

from quarterdeck.desk import merging, queues, tickets
from quarterdeck.desk.errors import Invalid, Problem, Why
from quarterdeck.desk.input import whole
from quarterdeck.edge.http import Answer
from quarterdeck.web.kit import Visit, act, called_here
from quarterdeck.web.tickets import ticket


def follow(visit: Visit) -> Answer:
    id = tickets.get(visit.work, visit.id()).id
    if visit.form.get("stop"):
        queues.unfollow(visit.work, id)
    else:
        queues.follow(visit.work, id)
    return visit.go(f"/tickets/{id}")


def link(visit: Visit) -> Answer:
    id = visit.id()
    queues.relate(visit.work, id, numbered(visit, "other_id"))
    return visit.go(f"/tickets/{id}#links")


def unlink(visit: Visit) -> Answer:
    id = visit.id()
    queues.unrelate(visit.work, id, visit.id("other"))
    return visit.go(f"/tickets/{id}#links")


def split(visit: Visit) -> Answer:
    id = visit.id()
    with called_here(title="split_title"):
        new = queues.NewSplit.check({"title": visit.form.get("split_title", "")})
        made = queues.split(visit.work, id, visit.id("comment"), new)
    return visit.go(f"/tickets/{made}", visit.speech._("Split off #%(id)s.", id=id))


def merge(visit: Visit) -> Answer:
    """Make this ticket part of another. Its number leads there from then on."""
    id = visit.id()
    one, into = tickets.get(visit.work, id), tickets.seen(visit.work, numbered(visit, "into_id"))
    if into is None or into.customer_id != one.customer_id:
        raise Invalid({"into_id": Problem(visit.speech._("names no ticket of this customer"), Why.UNKNOWN)})
    with called_here(duplicate_id="into_id"):
        merging.merge_tickets(visit.work, into.id, one.id)
    return visit.go(f"/tickets/{into.id}", visit.speech._("#%(id)s is part of this ticket now.", id=id))


def numbered(visit: Visit, name: str) -> int:
    """A ticket's number as people write it: 12 or #12."""
    number = whole(str(visit.form.get(name, "")).strip().lstrip("#"))
    if number is None:
        raise Invalid({name: Problem(visit.speech._("names no ticket"), Why.UNKNOWN)})
    return number


ROUTES = (
    act("/tickets/{id}/follow", follow, again=ticket),
    act("/tickets/{id}/links", link, again=ticket),
    act("/tickets/{id}/links/{other}/removal", unlink, again=ticket),
    act("/tickets/{id}/merge", merge, again=ticket),
    act("/tickets/{id}/comments/{comment}/split", split, again=ticket),
)
