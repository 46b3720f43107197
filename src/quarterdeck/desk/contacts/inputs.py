"""What may be asked of contacts."""

from quarterdeck.desk.input import UNSENT, Email, Id, Input, Moment, Text, Trimmed


class New(Input):
    # One of the two says whose contact it is; the name must be exact.
    customer_id: Id | None = None
    customer_name: Text | None = None
    first_name: Trimmed | None = None
    last_name: Trimmed | None = None
    email: Email
    phone: Text | None = None
    mobile: Text | None = None
    job_title: Text | None = None
    primary: bool = False
    ignored: bool = False
    archived: bool = False
    department_id: Id | None = None
    department_name: Text | None = None
    default_asset_id: Id | None = None
    created_at: Moment = UNSENT


class Changes(Input):
    customer_id: Id = UNSENT
    first_name: Trimmed | None = UNSENT
    last_name: Trimmed | None = UNSENT
    email: Email = UNSENT
    phone: Text | None = UNSENT
    mobile: Text | None = UNSENT
    job_title: Text | None = UNSENT
    primary: bool = UNSENT
    ignored: bool = UNSENT
    archived: bool = UNSENT
    department_id: Id | None = UNSENT
    department_name: Text | None = UNSENT
    default_asset_id: Id | None = UNSENT


class Filter(Input):
    customer_id: Id = UNSENT
    email: Text = UNSENT
    name: Text = UNSENT
    phone: Text = UNSENT
    archived: bool = UNSENT
    created_since: Moment = UNSENT
    created_until: Moment = UNSENT
    changed_since: Moment = UNSENT
    changed_until: Moment = UNSENT
    text: Text = UNSENT
