"""What happened to a ticket, in words."""

from collections.abc import Mapping
from typing import Any

from quarterdeck.desk import access, tickets
from quarterdeck.web.kit import Visit, rows
from quarterdeck.web.people import TECHNICIANS
from quarterdeck.web.wording import held, label

PEOPLE_MAX = 300
SHOWN_MAX = 200
CHANGING = ("ticket.changed", "ticket.field set")
# What changes by itself with what a person changed.
HIDDEN = {
    "status_key",
    "problem_key",
    "stage",
    "status_changed_at",
    "resolved_at",
    "closed_at",
    "respond_by",
    "due_by_hand",
}


def history(visit: Visit, id: int) -> list[dict[str, Any]]:
    _ = visit.speech._
    names = {str(row.id): row.full_name for row in rows(TECHNICIANS, visit, access.Filter(), PEOPLE_MAX)}
    events = {
        "ticket.created": _("opened the ticket"),
        "ticket.commented": _("wrote"),
        "ticket.changed": _("changed"),
        "ticket.linked": _("linked another ticket"),
        "ticket.unlinked": _("took away the link to another ticket"),
        "ticket.merged": _("merged tickets"),
        "ticket.field set": _("changed"),
        "ticket.field cleared": _("cleared"),
    }
    made = []
    for entry in tickets.history(visit.work, id):
        _id, at, what, who, face, before, after = entry
        told = changes(visit, before or {}, after or {}, names) if what in CHANGING else []
        if what in CHANGING and not told:
            continue
        named = {(after or {}).get(name) for name in ("ticket_id", "primary_id", "duplicate_id")} - {None, id}
        made.append(
            {
                "at": at,
                "who": who,
                "did": events.get(what, what.partition(".")[2] or what),
                "face": face,
                "changes": told,
                "comment": (after or {}).get("comment_id"),
                "internal": (after or {}).get("internal"),
                "other": next(iter(named), None),
            }
        )
    return made


def changes(
    visit: Visit, before: Mapping[str, Any], after: Mapping[str, Any], names: Mapping[str, str]
) -> list[tuple[str, str, str]]:
    """What each field is called, what it held and what it holds."""

    def held_in(values: Mapping[str, Any], name: str) -> str:
        return shown(visit, name, values.get(name), names)

    return [
        (label(visit.speech, name), held_in(before, name), held_in(after, name))
        for name in sorted(after or before)
        if name not in HIDDEN and before.get(name) != after.get(name)
    ]


def shown(visit: Visit, name: str, value: Any, names: Mapping[str, str]) -> str:
    if name == "technician_id" and value is not None:
        return names.get(str(value), f"#{value}")
    return held(visit.speech, name, value)[:SHOWN_MAX] or "–"
