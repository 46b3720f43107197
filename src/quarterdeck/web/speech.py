"""A person's language, time zone and formats."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from functools import cache, lru_cache
from importlib import resources
from io import BytesIO
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from babel import Locale, dates, numbers
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

# The language the program is written in, as two peoples write dates, and those there are catalogues of.
LANGUAGES = {"en": "English (US)", "en-GB": "English (UK)", "de": "Deutsch"}
# Where a language is spoken, if its week begins there otherwise than in most of the world.
LOCALES = {"en": "en-US"}
# In minutes.
HOUR, DAY, YEAR = 60, 1440, 525_600
CATALOGUES = resources.files("quarterdeck.web") / "languages"


@cache
def translations(language: str) -> NullTranslations:
    """The catalogue of a language, made ready when it is first spoken."""
    file = CATALOGUES / f"{language}.po"
    if not file.is_file():
        return NullTranslations()
    compiled = BytesIO()
    with file.open("rb") as source:
        write_mo(compiled, read_po(source, locale=language))
    compiled.seek(0)
    return Translations(compiled)


def chosen(asked: str | None) -> str:
    """The first language we speak of those a browser asks for, the dearest first."""
    weighed = [part.replace(" ", "").partition(";q=") for part in (asked or "").split(",")]
    dearest = sorted(weighed, key=lambda one: -weight(one[2]))
    for name, _, _ in dearest:
        spoken = {one.lower(): one for one in LANGUAGES}
        if found := spoken.get(name.lower()) or spoken.get(name.lower().partition("-")[0]):
            return found
    return "en"


def weight(text: str) -> float:
    """How dear a language is to a browser, from 0 to 1."""
    try:
        return float(text or 1)
    except ValueError:
        return 0


def learn() -> None:
    """Make every language ready before somebody has to wait for it: its first words take as long as several pages."""
    for language in LANGUAGES:
        speech = Speech(language, "UTC", datetime.now(UTC))
        speech.moment(speech.now)
        speech.ago(speech.now)


@cache
def zones() -> frozenset[str]:
    """The time zones there are. Looking them up takes as long as a page."""
    return frozenset(available_timezones())


# A page says a hundred moments, and the next page most of them again: each takes a while to say, and none ever changes.
REMEMBERED = 5_000


@lru_cache(REMEMBERED)
def moment(at: datetime, format: str, zone: ZoneInfo, locale: Locale) -> str:
    return dates.format_datetime(at, format, tzinfo=zone, locale=locale)


@lru_cache(REMEMBERED)
def day(on: date, format: str, locale: Locale) -> str:
    return dates.format_date(on, format, locale=locale)


@lru_cache(REMEMBERED)
def by_skeleton(on: date, skeleton: str, locale: Locale) -> str:
    return dates.format_skeleton(skeleton, on, locale=locale)


@lru_cache(REMEMBERED)
def clock(at: time, locale: Locale) -> str:
    return dates.format_time(at, "short", locale=locale)


class Speech:
    """How things are said to one person at one moment."""

    def __init__(self, language: str, zone: str, now: datetime) -> None:
        self.language = language if language in LANGUAGES else "en"
        self.locale = Locale.parse(LOCALES.get(self.language, self.language), sep="-")
        self.zone = ZoneInfo(zone if zone in zones() else "UTC")
        self.now = now
        self.catalogue = translations(self.locale.language)

    def _(self, text: str, **values: Any) -> str:
        said = self.catalogue.gettext(text)
        return said % values if values else said

    def many(self, one: str, several: str, n: int, **values: Any) -> str:
        return self.catalogue.ngettext(one, several, n) % {"n": self.number(n), **values}

    def moment(self, at: datetime | None, format: str = "medium") -> str:
        return "" if at is None else moment(at, format, self.zone, self.locale)

    def day(self, at: datetime | date | None, format: str = "medium") -> str:
        if at is None:
            return ""
        return day(self.local(at), format, self.locale)

    def local(self, at: datetime | date) -> date:
        """The day of a moment, where the person is."""
        return at.astimezone(self.zone).date() if isinstance(at, datetime) else at

    def by_skeleton(self, skeleton: str, at: datetime | date) -> str:
        """A day with the parts that a skeleton names, as the language puts them: `Tue`, `3 Nov`."""
        return by_skeleton(self.local(at), skeleton, self.locale)

    def date(self, at: datetime | date) -> str:
        """`Nov 3`, of a year that goes without saying."""
        return self.by_skeleton("MMMd", at)

    def clock(self, at: datetime) -> str:
        local = at.astimezone(self.zone)
        return clock(time(local.hour, local.minute), self.locale)

    def ago(self, at: datetime | None) -> str:
        """`5 minutes ago`, `in 3 days`."""
        if at is None:
            return ""
        return dates.format_timedelta(at - self.now, add_direction=True, threshold=1, locale=self.locale)

    def brief(self, span: timedelta) -> str:
        """`45m`, `30h`, `12d`: never weeks or months, whose letters say too little."""
        minutes = max(0, int(span.total_seconds() // 60))
        if minutes < 90:
            return self._("%(n)sm", n=minutes)
        if minutes < 48 * HOUR:
            return self._("%(n)sh", n=minutes // HOUR)
        if minutes < 2 * YEAR:
            return self._("%(n)sd", n=minutes // DAY)
        return self._("%(n)sy", n=minutes // YEAR)

    def span(self, seconds: float) -> str:
        """`1:30` hours."""
        minutes = int(seconds) // 60
        return f"{minutes // 60}:{minutes % 60:02}"

    def number(self, value: int | float | Decimal) -> str:
        return numbers.format_decimal(value, locale=self.locale)

    def money(self, cents: int | Decimal) -> str:
        return numbers.format_decimal(Decimal(cents) / 100, "#,##0.00", locale=self.locale)

    def midnight(self) -> datetime:
        """When today began, where the person is."""
        local = self.now.astimezone(self.zone)
        return local.replace(hour=0, minute=0, second=0, microsecond=0).astimezone(UTC)

    def week(self) -> datetime:
        """When this week began, by the customs of the language."""
        local = self.now.astimezone(self.zone)
        back = (local.weekday() - self.locale.first_week_day) % 7
        start = local.replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=back)
        return start.astimezone(UTC)
