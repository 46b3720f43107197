"""What may be asked of alerts."""

from quarterdeck.desk.alerts.records import Category, Severity
from quarterdeck.desk.input import UNSENT, Id, Input, LongText, Moment, Name, Text


class New(Input):
    customer_id: Id
    asset_id: Id | None = None
    ticket_id: Id | None = None
    code: int = 0
    source: Text = "API"
    title: Name
    message: LongText | None = None
    severity: Severity = Severity.INFORMATION
    category: Category = Category.GENERAL
    snoozed_until: Moment | None = None
    archived: bool = False
    archived_at: Moment | None = None
    created_at: Moment = UNSENT


class Filter(Input):
    customer_id: Id = UNSENT
    asset_id: Id = UNSENT
    severity: Severity = UNSENT
    archived: bool = UNSENT
    snoozed_at: Moment = UNSENT
    awake_at: Moment = UNSENT
