"""What may be asked of alerts."""

from typing import Any

from quarterdeck.desk.alerts.records import Category, Severity
from quarterdeck.desk.input import UNSENT, Id, Input, LongText, Moment, Name, Text


class New(Input):
    # Whose it is; without that, it is of the customer whose device it is about.
    customer_id: Id | None = None
    asset_id: Id | None = None
    # The device by its guid, for who knows no id.
    asset_guid: Text | None = None
    ticket_id: Id | None = None
    code: int = 0
    source: Text = "API"
    title: Name
    message: LongText | None = None
    severity: Severity = Severity.INFORMATION
    category: Category = Category.GENERAL
    trigger: Text | None = None
    properties: dict[str, Any] | None = None
    snoozed_until: Moment | None = None
    archived: bool = False
    archived_at: Moment | None = None
    created_at: Moment = UNSENT


class NewOfDevice(New):
    """An alert that has to name its device."""

    asset_guid: Name


class Filter(Input):
    customer_id: Id = UNSENT
    asset_id: Id = UNSENT
    severity: Severity = UNSENT
    archived: bool = UNSENT
    snoozed_at: Moment = UNSENT
    awake_at: Moment = UNSENT
    created_after: Moment = UNSENT
    changed_since: Moment = UNSENT
