"""When people call and when they work: busy mornings, Mondays above all, and quiet Sundays."""

from datetime import datetime, timedelta, timezone

from quarterdeck.demo.chance import Dice

# Arizona keeps one time all year, so that no table of time zones is needed here.
LOCAL = timezone(timedelta(hours=-7))
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)

WEEKDAYS = (1.45, 1.15, 1.05, 1.0, 0.9, 0.12, 0.05)
CALLS = (
    *(0.01, 0.0, 0.0, 0.01, 0.01, 0.03, 0.12, 0.6, 1.6, 1.8, 1.4, 1.0),
    *(0.55, 0.85, 0.9, 0.7, 0.45, 0.2, 0.08, 0.05, 0.05, 0.04, 0.03, 0.02),
)
# Monitoring knows no weekend, and most of what can fail is done at night.
WATCHED_WEEKDAYS = (1.0, 1.1, 1.1, 1.1, 1.1, 0.7, 0.45)
WATCHED = (
    *(0.8, 1.6, 1.8, 1.6, 1.2, 0.8, 1.0, 1.0, 0.9, 0.7, 0.6, 0.5),
    *(0.5, 0.5, 0.5, 0.5, 0.4, 0.4, 0.3, 0.3, 0.4, 0.5, 0.8, 0.8),
)
HOLIDAYS = {(1, 1), (7, 4), (12, 24), (12, 25)}
# Business has grown over the year by this much.
GROWTH = 0.3

OPENS, CLOSES = 7.5, 17.5


def moments(by: Dice, count: int, since: datetime, until: datetime, *, watched: bool = False) -> list[datetime]:
    """Moments at which tickets come in, in order; all of them before `until`."""
    first = since.astimezone(LOCAL).replace(minute=0, second=0, microsecond=0) + HOUR
    hours = [first + HOUR * n for n in range(max(int((until - first) / HOUR), 1))]
    weights = [traffic(hour, watched) * (1 + GROWTH * n / len(hours)) for n, hour in enumerate(hours)]
    drawn = by.choices(hours, weights, k=count)
    return sorted(hour + timedelta(seconds=by.randrange(3600)) for hour in drawn)


def traffic(hour: datetime, watched: bool) -> float:
    if watched:
        return WATCHED_WEEKDAYS[hour.weekday()] * WATCHED[hour.hour]
    weekday = 6 if (hour.month, hour.day) in HOLIDAYS else hour.weekday()
    return WEEKDAYS[weekday] * CALLS[hour.hour]


def open_at(by: Dice, moment: datetime) -> datetime:
    """The moment itself during office hours, else soon after the office opens again."""
    # Thrown whether needed or not: what the same dice decide next, a name perhaps, must not hang on the weekday.
    late = timedelta(seconds=by.randrange(75 * 60))
    local = moment.astimezone(LOCAL)
    if is_working_day(local) and OPENS <= local.hour + local.minute / 60 < CLOSES:
        return moment.replace(microsecond=0)
    if local.hour + local.minute / 60 >= OPENS:
        local += DAY
    while not is_working_day(local):
        local += DAY
    morning = local.replace(hour=7, minute=30, second=0, microsecond=0)
    return (morning + late).astimezone(moment.tzinfo)


def is_working_day(local: datetime) -> bool:
    return local.weekday() < 5 and (local.month, local.day) not in HOLIDAYS


def evening(moment: datetime, days: int) -> datetime:
    """The end of a working day, some days later."""
    local = moment.astimezone(LOCAL) + DAY * days
    while not is_working_day(local):
        local += DAY
    return local.replace(hour=17, minute=0, second=0, microsecond=0).astimezone(moment.tzinfo)


def after(by: Dice, moment: datetime, least: float, most: float, often: float) -> datetime:
    """Some minutes later."""
    return moment + timedelta(seconds=round(60 * by.triangular(least, most, often)))
