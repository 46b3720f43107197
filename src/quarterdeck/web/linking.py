"""Tickets that have to do with each other: links, parts split off, and who follows."""

from quarterdeck.desk import queues, tickets
from quarterdeck.desk.errors import Invalid, Problem, Why
from quarterdeck.edge.http import Answer
from quarterdeck.web.kit import Visit, act
from quarterdeck.web.tickets import called_here, ticket


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


def numbered(visit: Visit, name: str) -> int:
    """A ticket's number as people write it: 12 or #12."""
    text = str(visit.form.get(name, "")).strip().lstrip("#")
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        raise Invalid({name: Problem(visit.speech._("names no ticket"), Why.UNKNOWN)})
    return int(text)


ROUTES = (
    act("/tickets/{id}/follow", follow, again=ticket),
    act("/tickets/{id}/links", link, again=ticket),
    act("/tickets/{id}/links/{other}/removal", unlink, again=ticket),
    act("/tickets/{id}/comments/{comment}/split", split, again=ticket),
)
