"""Time written in one line: `30m fixed the printer`. Pure: a text in, values out."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from quarterdeck.desk.errors import Invalid, Problem

UNREAD = Problem("says no time: begin with 30m, 1h15, 1:15, 0.5h or 14:10-14:40")

CLOCK = r"([01]?\d|2[0-3])[:.]([0-5]\d)"
SPAN = re.compile(rf"(?:from\s+|von\s+)?{CLOCK}\s*(?:-|–|—|to|till|until|bis)\s*{CLOCK}(?!\d)", re.IGNORECASE)
HOURS, MINUTES = r"(?:h(?:(?:ou)?rs?)?|st(?:d\.?|unden?))", r"(?:m(?:in(?:ute[ns]?|s)?)?\.?)"
LENGTHS = (
    # 1h15, 1h 15m, 2h
    re.compile(
        rf"(?P<hours>\d{{1,3}})\s*{HOURS}(?:(?P<minutes>[0-5]\d)(?:\s*{MINUTES})?|\s*(?P<more>[0-5]?\d)\s*{MINUTES})?(?![\w.,:])",
        re.IGNORECASE,
    ),
    # 0.5h, 1,25 h
    re.compile(rf"(?P<part>\d{{0,3}}[.,]\d{{1,3}})\s*{HOURS}(?![\w])", re.IGNORECASE),
    # 1:15
    re.compile(r"(?P<hours>[01]?\d|2[0-3]):(?P<minutes>[0-5]\d)(?![\w:]|\s*[-–—]\s*\d)"),
    # 30m
    re.compile(rf"(?P<minutes>\d{{1,5}})\s*{MINUTES}(?!\w)", re.IGNORECASE),
)
AROUND = " \t\n\r-–—:;,."


@dataclass(frozen=True)
class Line:
    """What a line says: a length, or from when till when; and what was done."""

    minutes: int | None
    starts_at: datetime | None
    ends_at: datetime | None
    notes: str


def read_line(text: str, now: datetime) -> Line:
    """Read a line as its writer means it, whose clock says `now`. The time stands at the beginning or at the end."""
    text = text.strip()
    if found := at_an_end(SPAN, text):
        start, end = span(*(int(one) for one in found.groups()), now=now)
        return Line(None, start, end, rest(text, found))
    for form in LENGTHS:
        if (found := at_an_end(form, text)) and (minutes := length(found)) > 0:
            return Line(minutes, None, None, rest(text, found))
    raise Invalid({"line": UNREAD})


def at_an_end(form: re.Pattern[str], text: str) -> re.Match[str] | None:
    if begins := form.match(text):
        return begins
    return next(
        (found for found in form.finditer(text) if found.end() == len(text) and text[found.start() - 1] in AROUND), None
    )


def rest(text: str, found: re.Match[str]) -> str:
    return (text[: found.start()] + text[found.end() :]).strip(AROUND)


def length(found: re.Match[str]) -> int:
    """Whole minutes."""
    said = found.groupdict()
    if part := said.get("part"):
        return round(float(part.replace(",", ".")) * 60)
    return int(said.get("hours") or 0) * 60 + int(said.get("minutes") or said.get("more") or 0)


def span(hour: int, minute: int, till_hour: int, till_minute: int, *, now: datetime) -> tuple[datetime, datetime]:
    """The latest such span that has begun: just after midnight, 23:30 was yesterday."""
    start, end = on(now.date(), hour, minute, now), on(now.date(), till_hour, till_minute, now)
    if end <= start:
        end = on(now.date() + timedelta(days=1), till_hour, till_minute, now)
    if start <= now:
        return start, end
    days = timedelta(days=1)
    return on(start.date() - days, hour, minute, now), on(end.date() - days, till_hour, till_minute, now)


def on(day: date, hour: int, minute: int, now: datetime) -> datetime:
    return datetime.combine(day, time(hour, minute), tzinfo=now.tzinfo)
