"""What may be asked of timers."""

from quarterdeck.desk.input import UNSENT, Id, Input, LongText, Moment


class New(Input):
    ticket_id: Id
    # Whose time it is; of whoever asks, unless said.
    technician_id: Id | None = None
    started_at: Moment = UNSENT
    notes: LongText | None = None
    billable: bool = True
    product_id: Id | None = None


class Changes(Input):
    started_at: Moment = UNSENT
    notes: LongText | None = UNSENT
    billable: bool = UNSENT
    product_id: Id | None = UNSENT


class Filter(Input):
    ticket_id: Id = UNSENT
    technician_id: Id = UNSENT
    changed_since: Moment = UNSENT
