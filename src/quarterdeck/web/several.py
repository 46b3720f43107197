"""What is done with several tickets at once: changed and changed back, deleted, made into one."""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

from quarterdeck.desk import bulk, customers, leaving, merging, tickets
from quarterdeck.desk.errors import Conflict, Invalid
from quarterdeck.desk.input import whole
from quarterdeck.edge.http import Answer
from quarterdeck.web import people
from quarterdeck.web.editing import parted
from quarterdeck.web.kit import Visit, act, page
from quarterdeck.web.lists import ASKS
from quarterdeck.web.queue import ids_in, queue
from quarterdeck.web.wording import word

TICK = re.compile(r"t(\d{1,18})")


def change(visit: Visit) -> Answer:
    """Do with the ticked tickets what the form says."""
    form = visit.form
    ids = ticked(form)
    if not ids:
        visit.refuse(ids=visit.speech._("have to be ticked first"))
    do = form.get("do", "")
    if do in ("delete", "merge"):
        return visit.go(f"/queue/{do}", ids=",".join(map(str, ids)), back=form.get("back", ""))
    asked = changes(visit)
    if not asked:
        visit.refuse(change=visit.speech._("has to be chosen: who, which status, which priority or which tags"))
    outcome = bulk.change_several(visit.work, bulk.Several.check({"ids": ids, **asked}))
    return back(visit, done=str(outcome.id))


def ticked(form: Mapping[str, Any]) -> list[int]:
    return [int(match[1]) for name in form if (match := TICK.fullmatch(name))]


def changes(visit: Visit) -> dict[str, Any]:
    """What the form changes: whatever was chosen in it."""
    names = ("assign", "status", "priority", "add", "remove")
    chosen = {name: said for name in names if (said := visit.form.get(name, "").strip())}
    asked: dict[str, Any] = {name: chosen[name] for name in ("status", "priority") if name in chosen}
    if who := chosen.get("assign"):
        asked["technician_id"] = {"me": visit.visitor.technician_id, "nobody": None}.get(who, who)
    for name, tags in (("add", "add_tags"), ("remove", "remove_tags")):
        if name in chosen:
            asked[tags] = parted(chosen[name])
    return asked


def back(visit: Visit, **more: str) -> Answer:
    """To the list a form was on."""
    asked = {name: value for name, value in queried(visit.form.get("back", "")).items() if name in ASKS}
    return visit.go("/queue", **{**asked, **more})


def queried(where: str) -> dict[str, str]:
    return dict(parse_qsl(where.partition("?")[2]))


def again(visit: Visit) -> Answer:
    """The list a form was on, with what was wrong."""
    visit.request.query = queried(visit.form.get("back", ""))
    return queue(visit)


def undo(visit: Visit) -> Answer:
    outcome = bulk.undo_several(visit.work, visit.id())
    return back(visit, done=str(outcome.id))


def delete_page(visit: Visit) -> Answer:
    visit.work.require("tickets:write")
    going = chosen(visit)
    total: dict[str, int] = {}
    for ticket in going:
        for what, n in leaving.counts(visit.work, tickets.Ticket, ticket.id).items():
            total[what] = total.get(what, 0) + n
    return visit.page(
        "queue/delete.html", going=going, total={what: n for what, n in total.items() if n}, back=backwards(visit)
    )


def chosen(visit: Visit) -> list[Any]:
    """The tickets of an address, as far as they are there."""
    return [ticket for id in given_ids(visit) if (ticket := tickets.seen(visit.work, id)) is not None]


def given_ids(visit: Visit) -> list[int]:
    ids = ids_in(visit.form.get("ids") or visit.query.get("ids", ""))
    return list(dict.fromkeys(ids))[: bulk.TICKETS_MAX]


def backwards(visit: Visit) -> str:
    where = visit.form.get("back") or visit.query.get("back", "")
    return where if where.startswith("/queue") else "/queue"


def delete(visit: Visit) -> Answer:
    ids = given_ids(visit)
    if visit.form.get("typed", "").strip() != str(len(ids)):
        visit.refuse(typed=visit.speech._("is not the number of tickets"))
    outcome = bulk.remove_several(visit.work, ids)
    return back(visit, done=str(outcome.id))


def merge_page(visit: Visit) -> Answer:
    visit.work.require("tickets:write")
    several = sorted(chosen(visit), key=lambda ticket: ticket.id)
    if len(several) < 2:
        raise Conflict("at least two tickets have to be ticked to be merged")
    names = dict(people.technicians(visit.work))
    whose = {id: customers.get(visit.work, id).name for id in {ticket.customer_id for ticket in several}}
    return visit.page("queue/merge.html", several=several, names=names, whose=whose, back=backwards(visit), word=word)


def merge(visit: Visit) -> Answer:
    """Make all the chosen tickets one of them."""
    ids, into = given_ids(visit), whole(visit.form.get("into", ""))
    if into is None or into not in ids:
        raise Invalid({"into": visit.speech._("has to be one of the tickets")})
    for id in ids:
        if id != into:
            merging.merge_tickets(visit.work, into, id)
    n = len(ids) - 1
    said = visit.speech.many("%(n)s ticket became part of this one.", "%(n)s tickets became part of this one.", n)
    return visit.go(f"/tickets/{into}", said)


ROUTES = (
    act("/queue/change", change, again=again),
    act("/queue/changes/{id}/undo", undo),
    page("/queue/delete", delete_page),
    act("/queue/delete", delete, again=delete_page),
    page("/queue/merge", merge_page),
    act("/queue/merge", merge, again=merge_page),
)
