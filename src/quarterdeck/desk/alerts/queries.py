"""How alerts are read."""

import sqlalchemy as sa

from quarterdeck.desk.alerts.records import Alert
from quarterdeck.desk.finding import Finder
from quarterdeck.desk.reading import Reading, Where

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
        "created_after": Where(lambda value: Alert.created_at > value),
        "changed_since": Where(lambda value: Alert.updated_at >= value),
    },
    orders={"created_at": Alert.created_at, "updated_at": Alert.updated_at},
    belongs=Alert.customer_id,
)


FINDER = Finder(Alert, "alerts:read", lambda alert: alert.customer_id)
seen, get = FINDER.seen, FINDER.get
