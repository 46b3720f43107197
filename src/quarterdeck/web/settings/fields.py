"""Custom fields: what is asked of each kind of record beyond the usual."""

from typing import Any

from quarterdeck.desk import fields
from quarterdeck.desk.errors import Conflict, Invalid
from quarterdeck.desk.fields import Field, Target, Type
from quarterdeck.edge.http import Answer
from quarterdeck.web.editing import definitions
from quarterdeck.web.entrance import said
from quarterdeck.web.kit import Visit, act, page
from quarterdeck.web.settings.forms import differing, options
from quarterdeck.web.settings.tabs import shown
from quarterdeck.web.wording import N_

TARGETS = {
    Target.CUSTOMER: N_("Customers"),
    Target.CONTACT: N_("Contacts"),
    Target.TICKET: N_("Tickets"),
    Target.AGENT: N_("Assets"),
    Target.CONTRACT: N_("Contracts"),
}
TYPES = {
    Type.TEXT: N_("Text"),
    Type.NUMBER: N_("Number, such as 12.5"),
    Type.DATE: N_("Date"),
    Type.YES_NO: N_("Yes or no"),
    Type.CHOICE: N_("One of several options"),
}


def fields_page(visit: Visit) -> Answer:
    target = target_of(visit.query.get("target"))
    targets = [(f"/settings/fields?target={one}", visit.speech._(name), one is target) for one, name in TARGETS.items()]
    return shown(
        visit, "fields", "/fields", target=target, targets=targets, fields=definitions(visit, target), types=TYPES
    )


def target_of(word: str | None) -> Target:
    return Target(word) if word in set(Target) else Target.CUSTOMER


def new_field_page(visit: Visit) -> Answer:
    visit.work.require("fields:write")
    return sheet(visit, target_of(visit.query.get("target") or said(visit, "target")))


def sheet(visit: Visit, target: Target, field: Field | None = None) -> Answer:
    """The form of one field, or of a new one."""
    types, targets = options(visit, TYPES), options(visit, TARGETS)
    return shown(visit, "field", "/fields", field=field, target=target, types=types, targets=targets)


def make_field(visit: Visit) -> Answer:
    asked = fields.New.check({"target": said(visit, "target"), "type": said(visit, "type"), **field_form(visit)})
    fields.create(visit.work, asked)
    return visit.go("/settings/fields", visit.speech._("The field is there."), target=asked.target)


def field_form(visit: Visit) -> dict[str, Any]:
    lines = [line.strip() for line in said(visit, "options").splitlines() if line.strip()]
    return {"name": said(visit, "name"), "description": said(visit, "description").strip() or None, "options": lines}


def field_page(visit: Visit) -> Answer:
    field = fields.get(visit.work, visit.id())
    return sheet(visit, field.target, field)


def change_field(visit: Visit) -> Answer:
    field = fields.get(visit.work, visit.id())
    asked = {name: value for name, value in field_form(visit).items() if name in visit.form}
    changed = differing(asked, field)
    if changed:
        fields.change(visit.work, field.id, fields.Changes.check(changed))
    return visit.go("/settings/fields", visit.speech._("Kept."), target=field.target)


def remove_field(visit: Visit) -> Answer:
    field = fields.get(visit.work, visit.id())
    try:
        fields.remove(visit.work, field.id)
    except Conflict as conflict:
        raise Invalid({"field": str(conflict)}) from conflict
    return visit.go("/settings/fields", visit.speech._("The field is gone."), target=field.target)


ROUTES = (
    page("/settings/fields", fields_page),
    page("/settings/fields/new", new_field_page),
    act("/settings/fields/new", make_field, again=new_field_page),
    page("/settings/fields/{id}", field_page),
    act("/settings/fields/{id}", change_field, again=field_page),
    act("/settings/fields/{id}/removal", remove_field, again=field_page),
)
