"""What can happen to alerts."""

from datetime import datetime

from quarterdeck.desk import assets, customers, journal, tickets
from quarterdeck.desk.alerts.inputs import New
from quarterdeck.desk.alerts.queries import get
from quarterdeck.desk.alerts.records import Alert
from quarterdeck.desk.errors import MISSING, Invalid, Problem, Why
from quarterdeck.desk.work import Work, exists, unchanged

NO_CUSTOMER = Problem("names no customer", Why.UNKNOWN)
NO_ASSET = Problem("names no device", Why.UNKNOWN)
NO_TICKET = Problem("names no ticket", Why.UNKNOWN)


def create(work: Work, new: New) -> int:
    work.require("alerts:write")
    values = new.model_dump(exclude={"asset_guid", "created_at"})
    values |= {"created_at": new.created_at} if "created_at" in new.sent else {}
    values |= {"archived_at": new.archived_at or work.now} if new.archived else {}
    if new.asset_guid is not None:
        values["asset_id"] = device(work, new.asset_guid)
    asset = exists(work, values, "asset_id", assets.seen, NO_ASSET)
    if values["customer_id"] is None and asset is not None:
        values["customer_id"] = asset.customer_id
    exists(work, values, "ticket_id", tickets.seen, NO_TICKET)
    if exists(work, values, "customer_id", customers.seen, NO_CUSTOMER) is None:
        raise Invalid({"customer_id": MISSING})

    id = work.insert(Alert, **values)
    journal.record(work, "alert.created", id, customer_id=values["customer_id"], after=new.sent)
    return id


def device(work: Work, guid: str) -> int:
    id = assets.by_guid(work, guid)
    if id is None or assets.seen(work, id) is None:
        raise Invalid({"asset_guid": NO_ASSET})
    return id


def snooze(work: Work, id: int, until: datetime, version: int | None = None) -> None:
    """Let an alert rest until a moment."""
    work.require("alerts:write")
    alert = get(work, id, hold=True)
    unchanged(alert, version)

    work.update(Alert, alert.id, snoozed_until=until)
    before, after = {"snoozed_until": alert.snoozed_until}, {"snoozed_until": until}
    journal.record(work, "alert.snoozed", alert.id, customer_id=alert.customer_id, before=before, after=after)


def resolve(work: Work, id: int, version: int | None = None, note: str | None = None) -> None:
    """Put an alert away as done; one that is already stays as it is."""
    work.require("alerts:write")
    alert = get(work, id, hold=True)
    unchanged(alert, version)
    if alert.archived:
        return

    work.update(Alert, alert.id, archived=True, archived_at=work.now)
    journal.record(work, "alert.resolved", alert.id, customer_id=alert.customer_id, after={"note": note})


def remove(work: Work, id: int, version: int | None = None) -> None:
    """Delete an alert for good."""
    work.require("alerts:write")
    alert = get(work, id, hold=True)
    unchanged(alert, version)

    work.delete(Alert, Alert.id == alert.id)
    journal.record(work, "alert.deleted", alert.id, customer_id=alert.customer_id, before={"title": alert.title})
