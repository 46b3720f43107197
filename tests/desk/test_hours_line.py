"""Time written in one line."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from quarterdeck.desk import hours
from quarterdeck.desk.errors import Invalid

EAST = timezone(timedelta(hours=2))
NOW = datetime(2026, 3, 2, 15, 0, tzinfo=EAST)


@pytest.mark.parametrize(
    ("text", "minutes", "notes"),
    [
        ("30m fixed the printer", 30, "fixed the printer"),
        ("30 min: fixed the printer", 30, "fixed the printer"),
        ("90 minutes on the phone", 90, "on the phone"),
        ("1h15 fixed 2 printers", 75, "fixed 2 printers"),
        ("1h 15m drove there", 75, "drove there"),
        ("2h", 120, ""),
        ("2 hours waited", 120, "waited"),
        ("1:15 - rebuilt it", 75, "rebuilt it"),
        ("0:05 looked", 5, "looked"),
        ("0.5h on the phone", 30, "on the phone"),
        ("1,25 h am Telefon", 75, "am Telefon"),
        ("1 Std. 15 Min. Kabel gezogen", 75, "Kabel gezogen"),
        ("2 Stunden gewartet", 120, "gewartet"),
        ("1,5 Stunden gewartet", 90, "gewartet"),
        ("1 Stunde 5 Minuten gesucht", 65, "gesucht"),
        (".25h quick one", 15, "quick one"),
        ("fixed the printer 30m", 30, "fixed the printer"),
        ("fixed the printer, 1h15", 75, "fixed the printer"),
        ("2h 3 printers fixed", 120, "3 printers fixed"),
        ("  10M\ttyped in capitals ", 10, "typed in capitals"),
    ],
)
def test_a_line_says_how_long_it_took_and_what_was_done(text: str, minutes: int, notes: str) -> None:
    line = hours.read_line(text, NOW)

    assert (line.minutes, line.starts_at, line.ends_at, line.notes) == (minutes, None, None, notes)


@pytest.mark.parametrize(
    ("text", "start", "end", "notes"),
    [
        ("from 14:10 to 14:40 fixed it", (2, 12, 10), (2, 12, 40), "fixed it"),
        ("14:10-14:40 fixed it", (2, 12, 10), (2, 12, 40), "fixed it"),
        ("fixed it 14.10 – 14.40", (2, 12, 10), (2, 12, 40), "fixed it"),
        ("von 9:00 bis 9:30 Kabel", (2, 7, 0), (2, 7, 30), "Kabel"),
        ("23:30-0:15 at night", (1, 21, 30), (1, 22, 15), "at night"),
        ("14:50 to 15:20 still at it", (2, 12, 50), (2, 13, 20), "still at it"),
        ("16:00-17:00 yesterday then", (1, 14, 0), (1, 15, 0), "yesterday then"),
    ],
)
def test_a_line_says_from_when_till_when(text: str, start: tuple[int, ...], end: tuple[int, ...], notes: str) -> None:
    line = hours.read_line(text, NOW)

    assert line.minutes is None
    assert line.starts_at == datetime(2026, 3, *start, tzinfo=UTC)
    assert line.ends_at == datetime(2026, 3, *end, tzinfo=UTC)
    assert line.notes == notes


@pytest.mark.parametrize(
    "text", ["", "fixed the printer", "3 printers", "0m nothing", "25:00-26:00", "1h99", "10mb moved", "version 1.5"]
)
def test_a_line_without_time_is_refused(text: str) -> None:
    with pytest.raises(Invalid, match="begin with 30m"):
        hours.read_line(text, NOW)
