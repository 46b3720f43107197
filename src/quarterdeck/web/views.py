"""Saved views: a list of tickets that somebody gave a name."""

import json
from typing import Any

from quarterdeck.desk import queues
from quarterdeck.desk.input import whole
from quarterdeck.desk.queues import Condition
from quarterdeck.edge.http import Answer
from quarterdeck.web import conditions, people
from quarterdeck.web.kit import Visit, act, page
from quarterdeck.web.lists import SORTS, state_of


def view_page(visit: Visit) -> Answer:
    """A new view, which begins as the list one comes from; or one that is there."""
    saved = None
    condition: Condition
    if "id" in visit.request.params:
        saved = queues.view(visit.work, visit.id())
        condition, order, name, shared = saved.condition, saved.order, saved.name, saved.shared
    else:
        state = state_of(visit)
        condition, order, name, shared = conditions.flat(state.condition), str(state.order), "", False
    form, builder = visit.form, builder_of(visit)
    if form:
        join, rows, whole = form.get("join", "all"), builder.typed(form), form.get("whole", "")
    else:
        join, rows, whole = builder.rows(condition)
    return visit.page(
        "queue/view.html",
        saved=saved,
        mine=saved is None or saved.technician_id == visit.visitor.technician_id or visit.visitor.may("access:write"),
        name=name,
        shared=shared,
        order=order,
        sorts=[(key, visit.speech._(called)) for key, called in SORTS.items()],
        join=join,
        rows=[*rows, *[conditions.BLANK] * conditions.SPARE][: conditions.ROWS_MAX],
        whole=whole,
        builder=builder,
        condition=json.dumps(condition, indent=1, ensure_ascii=False),
    )


def builder_of(visit: Visit) -> conditions.Builder:
    return conditions.Builder(visit.work, people.technicians(visit.work), visit.speech)


def save_view(visit: Visit) -> Answer:
    id = queues.save_view(visit.work, queues.NewView.check(read_view(visit)))
    return visit.go("/queue", visit.speech._("The view has been saved."), view=id)


def read_view(visit: Visit) -> dict[str, Any]:
    form = visit.form
    return {
        "name": form.get("name", ""),
        "shared": form.get("shared") == "1",
        "condition": builder_of(visit).read(form),
        "order": form.get("order", "due"),
    }


def change_view(visit: Visit) -> Answer:
    asked = read_view(visit)
    if (position := whole(visit.form.get("position", ""))) is not None:
        asked["position"] = position
    queues.change_view(visit.work, visit.id(), queues.ViewChanges.check(asked))
    return visit.go("/queue", visit.speech._("The view has been saved."), view=visit.id())


def remove_view(visit: Visit) -> Answer:
    gone = queues.remove_view(visit.work, visit.id())
    if gone.technician_id == visit.visitor.technician_id:
        return visit.go("/queue", gone=gone.id)
    return visit.go("/queue", visit.speech._("The view “%(name)s” has been deleted.", name=gone.name))


def restore_view(visit: Visit) -> Answer:
    id = queues.restore_view(visit.work, visit.id())
    return visit.go("/queue", visit.speech._("The view is back."), view=id)


ROUTES = (
    page("/queue/views/new", view_page),
    act("/queue/views/new", save_view, again=view_page),
    page("/queue/views/{id}", view_page),
    act("/queue/views/{id}", change_view, again=view_page),
    act("/queue/views/{id}/delete", remove_view),
    act("/queue/views/{id}/restoration", restore_view),
)
