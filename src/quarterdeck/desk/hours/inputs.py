"""What may be asked of time."""

from quarterdeck.desk.input import UNSENT, Email, Id, Input, LongText, Moment


class New(Input):
    starts_at: Moment
    ends_at: Moment
    technician_id: Id | None = None
    technician_email: Email | None = None
    billable: bool = True
    on_site: bool = False
    notes: LongText | None = None
    rate_id: Id | None = None


class Filter(Input):
    ticket_id: Id = UNSENT
    customer_id: Id = UNSENT
    technician_id: Id = UNSENT
    billable: bool = UNSENT
    starts_since: Moment = UNSENT
    starts_before: Moment = UNSENT
