"""Time on a ticket: in one line, or by a timer."""

from datetime import timedelta
from typing import Any

from quarterdeck.desk import hours, tickets, timers
from quarterdeck.edge.http import Answer
from quarterdeck.web.kit import Visit, act, below, called_here
from quarterdeck.web.tickets import ticket

LINE_MAX = 500


def enter(visit: Visit) -> Answer:
    """`30m fixed the printer`."""
    id, form, speech = visit.id(), visit.form, visit.speech
    line = hours.read_line(str(form.get("line", "")), visit.work.now.astimezone(speech.zone))
    asked: dict[str, Any] = {"ticket_id": id, "notes": line.notes or None, **ticked(visit)}
    said = {"minutes": line.minutes, "starts_at": line.starts_at, "ends_at": line.ends_at}
    asked |= {name: value for name, value in said.items() if value is not None}
    with called_here(minutes="line", starts_at="line", ends_at="line", notes="line"):
        entry_id = hours.enter(visit.work, hours.NewLasting.check(asked))
    entry = hours.get(visit.work, entry_id)
    return visit.go(f"/tickets/{id}#time", speech._("%(time)s h entered.", time=speech.span(entry.seconds)))


def ticked(visit: Visit) -> dict[str, bool]:
    return {"billable": visit.form.get("billable") == "1", "on_site": visit.form.get("on_site") == "1"}


def remove(visit: Visit) -> Answer:
    id = tickets.get(visit.work, visit.id()).id
    entry = below("time entry", hours.get(visit.work, visit.id("entry")), ticket_id=id)
    hours.remove(visit.work, entry.id)
    said = visit.speech._("Time removed. It stands in the line once more: enter it to take that back.")
    return visit.go(f"/tickets/{id}", said, line=as_line(visit, entry))


def as_line(visit: Visit, entry: hours.TimeEntry) -> str:
    """A time entry as it would be written today."""
    start, end, now = (at.astimezone(visit.speech.zone) for at in (entry.starts_at, entry.ends_at, visit.work.now))
    today = start.date() == now.date() and end - start < timedelta(days=1)
    time = f"{start:%H:%M}-{end:%H:%M}" if today else f"{max(1, entry.seconds // 60)}m"
    return f"{time} {entry.notes or ''}"[:LINE_MAX].strip()


def start(visit: Visit) -> Answer:
    with called_here(technician_id="timer"):
        timers.start(visit.work, timers.New.check({"ticket_id": visit.id()}))
    return visit.go(f"/tickets/{visit.id()}#time")


def stop(visit: Visit) -> Answer:
    """End one's own timer, wherever it runs, and make a time entry of it."""
    timer = timers.get(visit.work, visit.id("timer"))
    notes = str(visit.form.get("notes", "")).strip() or timer.notes
    changes = timers.Changes.check({"notes": notes, "billable": ticked(visit)["billable"]})
    entry = hours.get(visit.work, timers.stop(visit.work, timer.id, changes))
    if ticked(visit)["on_site"]:
        hours.change(visit.work, entry.id, hours.Changes(on_site=True))
    said = visit.speech._("%(time)s h entered.", time=visit.speech.span(entry.seconds))
    return visit.go(f"/tickets/{visit.id()}#time", said)


def discard(visit: Visit) -> Answer:
    timer = timers.get(visit.work, visit.id("timer"))
    timers.discard(visit.work, timer.id)
    said = visit.speech._("Timer discarded. Its time stands in the line: enter it to keep it after all.")
    minutes = max(1, int((visit.work.now - timer.started_at).total_seconds()) // 60)
    return visit.go(f"/tickets/{visit.id()}", said, line=f"{minutes}m {timer.notes or ''}"[:LINE_MAX].strip())


ROUTES = (
    act("/tickets/{id}/hours", enter, again=ticket),
    act("/tickets/{id}/hours/{entry}/removal", remove, again=ticket),
    act("/tickets/{id}/timers", start, again=ticket),
    act("/tickets/{id}/timers/{timer}/end", stop, again=ticket),
    act("/tickets/{id}/timers/{timer}/removal", discard, again=ticket),
)
