"""The boxes of a ticket's page that one writes in: drafts, canned replies, and what the names in those stand for."""

from typing import Any

from quarterdeck.desk import access, provider, queues, replies
from quarterdeck.desk.input import whole
from quarterdeck.web.kit import Visit
from quarterdeck.web.wording import word

# What a form calls the text in each.
ANSWER, NOTE = "answer", "note"


def boxes(visit: Visit, one: Any) -> dict[str, Any]:
    """What stands in the boxes one writes in: what was typed, a canned reply that was chosen, or a draft."""
    places = {ANSWER: place(one.id, ANSWER), NOTE: place(one.id, NOTE)}
    drafts = queues.drafts(visit.work, list(places.values()))
    chosen = whole(visit.query.get("reply", ""))
    made = {}
    for box, where in places.items():
        draft = drafts.get(where)
        said = visit.form.get(box, draft.body if draft else "")
        if box == ANSWER and chosen is not None:
            body = replies.filled(replies.get(visit.work, chosen).body, known(visit, one))
            said = f"{said.rstrip()}\n\n{body}" if said.strip() else body
        made[box] = {"said": said, "draft": draft, "open": bool(said or box in visit.problems)}
    return made


def place(id: int, box: str) -> str:
    return f"ticket/{id}/{box}"


def known(visit: Visit, one: Any) -> dict[str, str | None]:
    """What the names in a canned reply stand for on this ticket."""
    speech, me, us = visit.speech, access.myself(visit.work), provider.get(visit.work)
    return {
        "contact.first_name": one.contact_first_name,
        "contact.last_name": one.contact_last_name,
        "contact.name": one.contact_full_name,
        "contact.email": one.contact_email,
        "customer.name": one.customer_name,
        "ticket.id": str(one.id),
        "ticket.title": one.title,
        "ticket.status": word(speech, one.status),
        "ticket.priority": word(speech, one.priority),
        "ticket.due_at": speech.moment(one.due_at),
        "technician.first_name": me.first_name,
        "technician.last_name": me.last_name,
        "technician.name": visit.visitor.name,
        "technician.email": visit.visitor.email,
        "provider.name": us.name,
        "provider.phone": us.phone,
        "date": speech.day(visit.work.now),
        "time": speech.clock(visit.work.now),
    }
