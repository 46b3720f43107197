"""How alerts are read."""

import sqlalchemy as sa

from quarterdeck.desk.alerts.records import Alert
from quarterdeck.desk.errors import NotFound
from quarterdeck.desk.reading import Reading, Where
from quarterdeck.desk.work import Work

READING = Reading(
    Alert,
    "alerts:read",
    filters={
        "customer_id": Where(lambda value: Alert.customer_id == value),
        "asset_id": Where(lambda value: Alert.asset_id == value),
        "severity": Where(lambda value: Alert.severity == value),
        "archived": Where(lambda value: Alert.archived == value),
        "snoozed_at": Where(lambda value: Alert.snoozed_until > value),
        "awake_at": Where(lambda value: sa.or_(Alert.snoozed_until.is_(None), Alert.snoozed_until <= value)),
    },
    belongs=Alert.customer_id,
)


def seen(work: Work, id: int, *, hold: bool = False) -> Alert | None:
    """The alert, where the actor may see it."""
    alert = work.find(Alert, id, hold=hold)
    return alert if alert is not None and work.actor.customer_id in (None, alert.customer_id) else None


def get(work: Work, id: int, *, hold: bool = False) -> Alert:
    work.require("alerts:read")
    alert = seen(work, id, hold=hold)
    if alert is None:
        raise NotFound("alert", id)
    return alert
