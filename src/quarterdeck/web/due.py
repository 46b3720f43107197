"""How a ticket stands to the time it is due, and why it is due then."""

from datetime import datetime, timedelta
from typing import Any

from babel import dates

from quarterdeck.desk.tickets import SETTLED, TARGETS, Priority
from quarterdeck.web.speech import Speech
from quarterdeck.web.wording import word

# Less than this share of the time allowed, or of this much of it, is soon.
QUARTER = 0.25
AT_LEAST = timedelta(minutes=30)


def standing(speech: Speech, ticket: Any) -> str:
    """`done`, `late`, `soon`, `fine`, or nothing where there is no time it is due."""
    if ticket.stage in SETTLED:
        return "done"
    if ticket.due_at is None:
        return ""
    left = ticket.due_at - speech.now
    if left <= timedelta():
        return "late"
    return "soon" if left < max(TARGETS[Priority(ticket.priority)] * QUARTER, AT_LEAST) else "fine"


def why(speech: Speech, ticket: Any) -> str:
    """What makes a ticket due when it is."""
    if ticket.due_by_hand:
        return speech._("set by hand")
    allowed = TARGETS[Priority(ticket.priority)]
    return speech._(
        "%(priority)s = %(hours)s after %(opened)s",
        priority=word(speech, ticket.priority),
        hours=dates.format_timedelta(allowed, granularity="hour", threshold=30, locale=speech.locale),
        opened=weekday(speech, ticket.created_at),
    )


def weekday(speech: Speech, at: datetime) -> str:
    """`Tue 14:20`; of another week the day as well."""
    skeleton = "E" if abs(at - speech.now) < timedelta(days=6) else "MMMEd"
    return f"{speech.by_skeleton(skeleton, at)} {speech.clock(at)}"
