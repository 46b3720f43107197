"""What may be asked of contacts."""

from quarterdeck.desk.input import UNSENT, Email, Id, Ids, Input, LongText, Moment, Name, NoEmail, Text, Trimmed


class New(Input):
    # One of the two says whose contact it is; the name must be exact.
    customer_id: Id | None = None
    customer_name: Text | None = None
    first_name: Trimmed | None = None
    last_name: Trimmed | None = None
    # In place of the two: what stands before the first space is the first name.
    full_name: Trimmed | None = None
    email: NoEmail = None
    phone: Text | None = None
    mobile: Text | None = None
    job_title: Text | None = None
    primary: bool = False
    ignored: bool = False
    archived: bool = False
    department_id: Id | None = None
    department_name: Text | None = None
    default_asset_id: Id | None = None
    extension: Text | None = None
    address: Text | None = None
    address_2: Text | None = None
    city: Text | None = None
    state: Text | None = None
    zip: Text | None = None
    notes: LongText | None = None
    opt_out: bool = False
    get_billing: bool = False
    get_marketing: bool = False
    site_id: Id | None = None
    created_at: Moment = UNSENT


class NewByMail(New):
    """A contact of whom the mail address has to be known."""

    email: Email


class NewByName(New):
    """A contact of whom the name has to be known, and the customer by its id."""

    customer_id: Id
    full_name: Name


class Changes(Input):
    customer_id: Id = UNSENT
    first_name: Trimmed | None = UNSENT
    last_name: Trimmed | None = UNSENT
    full_name: Name = UNSENT
    email: NoEmail = UNSENT
    phone: Text | None = UNSENT
    mobile: Text | None = UNSENT
    job_title: Text | None = UNSENT
    primary: bool = UNSENT
    ignored: bool = UNSENT
    archived: bool = UNSENT
    department_id: Id | None = UNSENT
    department_name: Text | None = UNSENT
    default_asset_id: Id | None = UNSENT
    extension: Text | None = UNSENT
    address: Text | None = UNSENT
    address_2: Text | None = UNSENT
    city: Text | None = UNSENT
    state: Text | None = UNSENT
    zip: Text | None = UNSENT
    notes: LongText | None = UNSENT
    opt_out: bool = UNSENT
    get_billing: bool = UNSENT
    get_marketing: bool = UNSENT
    site_id: Id | None = UNSENT


class ChangesByMail(Changes):
    """Changes to a contact who keeps a mail address."""

    email: Email = UNSENT


class Filter(Input):
    customer_id: Id = UNSENT
    ids: Ids = UNSENT
    not_ids: Ids = UNSENT
    email: Text = UNSENT
    # The whole of the address, whatever its case.
    exact_email: Text = UNSENT
    name: Text = UNSENT
    phone: Text = UNSENT
    archived: bool = UNSENT
    # Some part of name, mail address or phone number.
    like: Text = UNSENT
    created_since: Moment = UNSENT
    created_until: Moment = UNSENT
    changed_since: Moment = UNSENT
    changed_until: Moment = UNSENT
    text: Text = UNSENT
