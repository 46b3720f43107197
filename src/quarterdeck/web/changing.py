"""Changing a ticket: what stands beside it, its title and description, and its devices."""

from datetime import UTC, datetime
from typing import Any

from quarterdeck.desk import access, fields, tickets
from quarterdeck.desk.errors import Invalid, Problem
from quarterdeck.desk.input import whole
from quarterdeck.edge.http import Answer
from quarterdeck.web import editing
from quarterdeck.web.kit import Visit, act
from quarterdeck.web.tickets import FIELDS, INVOLVED, current, ticket
from quarterdeck.web.wording import word

ALL_FIELDS = (*FIELDS, "tags")
# What may be left empty.
NOT_SET = {"technician_id", "contact_id", "contract_id", "site_id", "due_at", "problem"}


def change(visit: Visit) -> Answer:
    """Change what the side of the page shows. Whoever changes what somebody else has just changed is asked again."""
    id, form = visit.id(), visit.form
    one = tickets.get(visit.work, id, hold=True)
    now = current(visit, one)
    asked = {name: form[name] for name in ALL_FIELDS if name in form and form[name] != form.get(editing.WAS + name)}
    problems = {
        name: editing.changed_meanwhile(saying(visit, name, now[name]))
        for name, new in asked.items()
        if new != now[name] and form.get(editing.WAS + name, now[name]) != now[name]
    }
    if problems:
        raise Invalid(problems)
    values = {name: read(visit, name, new) for name, new in asked.items() if new != now[name]}
    if values:
        tickets.change(visit.work, id, tickets.Changes.check(values))
    editing.keep_custom(visit, fields.Target.TICKET, one.id)
    return visit.go(f"/tickets/{id}", visit.speech._("Saved."))


def read(visit: Visit, name: str, text: str) -> Any:
    """A field as it was sent, in the desk's own values."""
    text = text.strip()
    if name == "tags":
        return list(dict.fromkeys(editing.parted(text)))
    if not text and name in NOT_SET:
        return None
    if name == "due_at":
        return moment(visit, name, text)
    return text


def moment(visit: Visit, name: str, text: str) -> datetime:
    try:
        return datetime.fromisoformat(text).replace(tzinfo=visit.speech.zone).astimezone(UTC)
    except (ValueError, OverflowError):
        raise Invalid({name: Problem(visit.speech._("is not a date and time"))}) from None


def saying(visit: Visit, name: str, text: str) -> str:
    """What a field holds, for a person to read."""
    if text and name == "technician_id":
        found = access.seen(visit.work, int(text))
        return f"{found.first_name} {found.last_name}".strip() if found else text
    return word(visit.speech, text) if text else ""


def rename(visit: Visit) -> Answer:
    id = visit.id()
    unchanged(visit, "title", tickets.get(visit.work, id, hold=True).title)
    tickets.change(visit.work, id, tickets.Changes.check({"title": visit.form.get("title", "")}))
    return visit.go(f"/tickets/{id}")


def rewrite(visit: Visit) -> Answer:
    id = visit.id()
    text = plain(visit.form.get("description", ""))
    unchanged(visit, "description", tickets.get(visit.work, id, hold=True).description or "")
    tickets.change(visit.work, id, tickets.Changes.check({"description": text or None}))
    return visit.go(f"/tickets/{id}")


def unchanged(visit: Visit, name: str, now: str) -> None:
    """Ask whoever changes a text that somebody else has changed since it was shown."""
    form = visit.form
    if plain(now) not in (plain(form.get(editing.WAS + name, now)), plain(form.get(name, ""))):
        raise Invalid({name: editing.changed_meanwhile(now)})


def plain(text: str) -> str:
    return text.replace("\r\n", "\n")


def involve(visit: Visit) -> Answer:
    """Let a ticket be about a device too, or about one less."""
    id, form = visit.id(), visit.form
    tickets.get(visit.work, id, hold=True)
    known = [row.asset_id for row in INVOLVED.read(visit.work, INVOLVED.under(visit.work, "ticket_id", [id]))]
    if (one := whole(form.get("asset_id", ""))) is not None:
        wanted = [each for each in known if each != one] if form.get("remove") else [*known, one]
        tickets.change(visit.work, id, tickets.Changes.check({"asset_ids": wanted}))
    return visit.go(f"/tickets/{id}")


ROUTES = (
    act("/tickets/{id}/fields", change, again=ticket),
    act("/tickets/{id}/title", rename, again=ticket),
    act("/tickets/{id}/description", rewrite, again=ticket),
    act("/tickets/{id}/devices", involve, again=ticket),
)
