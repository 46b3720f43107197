"""What happened to a ticket, in words."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from quarterdeck.desk import access, tickets
from quarterdeck.web.kit import Visit, rows
from quarterdeck.web.people import TECHNICIANS
from quarterdeck.web.wording import word

PEOPLE_MAX = 300
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
        changes = []
        if what in ("ticket.changed", "ticket.field set"):
            for name in sorted(after or before or {}):
                old, new = ((values or {}).get(name) for values in (before, after))
                if name in HIDDEN or old == new:
                    continue
                changes.append((label(visit, name), shown(visit, name, old, names), shown(visit, name, new, names)))
            if not changes:
                continue
        named = {(after or {}).get(name) for name in ("ticket_id", "primary_id", "duplicate_id")} - {None, id}
        other = next(iter(named), None)
        made.append(
            {
                "at": at,
                "who": who,
                "did": events.get(what, what.partition(".")[2] or what),
                "face": face,
                "changes": changes,
                "comment": (after or {}).get("comment_id"),
                "internal": (after or {}).get("internal"),
                "other": other,
            }
        )
    return made


def label(visit: Visit, name: str) -> str:
    _ = visit.speech._
    labels = {
        "title": _("Title"),
        "description": _("Description"),
        "status": _("Status"),
        "priority": _("Priority"),
        "type": _("Type"),
        "impact": _("Impact"),
        "technician_id": _("Technician"),
        "contact_id": _("Contact"),
        "customer_id": _("Customer"),
        "contract_id": _("Contract"),
        "site_id": _("Site"),
        "due_at": _("Due"),
        "problem": _("Problem"),
        "tags": _("Tags"),
    }
    return labels.get(name, name.replace("_", " ").capitalize())


def shown(visit: Visit, name: str, value: Any, names: Mapping[str, str]) -> str:
    if value is None or value == "" or value == []:
        return "–"
    if name.endswith("_at") and isinstance(value, str):
        return visit.speech.moment(datetime.fromisoformat(value), "short")
    if name == "technician_id":
        return names.get(str(value), f"#{value}")
    if isinstance(value, list):
        return ", ".join(str(one) for one in value)
    return word(visit.speech, str(value))[:200]
