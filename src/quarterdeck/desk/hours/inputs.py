"""What may be asked of time."""

from typing import Annotated

from pydantic import Field

from quarterdeck.desk.input import UNSENT, Email, Id, Ids, Input, LongText, Moment

Minutes = Annotated[int, Field(ge=0, le=31 * 24 * 60)]


class Spent(Input):
    """Whose time it was, and what it was spent on."""

    technician_id: Id | None = None
    technician_email: Email | None = None
    billable: bool = True
    on_site: bool = False
    notes: LongText | None = None
    rate_id: Id | None = None
    # What an hour of it is billed as.
    product_id: Id | None = None
    # Whether it has been billed already, elsewhere.
    billed: bool = False


class New(Spent):
    starts_at: Moment
    ends_at: Moment


class NewFrom(Spent):
    """Time on a ticket from a moment on, until another or for so long."""

    ticket_id: Id
    starts_at: Moment
    ends_at: Moment = UNSENT
    minutes: Minutes = UNSENT


class NewLasting(NewFrom):
    """Time that may be given by its length alone: then it ends now."""

    starts_at: Moment = UNSENT


class Changes(Input):
    starts_at: Moment = UNSENT
    ends_at: Moment = UNSENT
    minutes: Minutes = UNSENT
    technician_id: Id | None = UNSENT
    billable: bool = UNSENT
    on_site: bool = UNSENT
    notes: LongText | None = UNSENT
    rate_id: Id | None = UNSENT
    product_id: Id | None = UNSENT
    billed: bool = UNSENT


class Marking(Input):
    """Whether time is to be billed, and nothing else."""

    billable: bool


class Filter(Input):
    ids: Ids = UNSENT
    ticket_id: Id = UNSENT
    customer_id: Id = UNSENT
    technician_id: Id = UNSENT
    billable: bool = UNSENT
    billed: bool = UNSENT
    starts_since: Moment = UNSENT
    starts_before: Moment = UNSENT
    created_after: Moment = UNSENT
    created_before: Moment = UNSENT
    changed_since: Moment = UNSENT
