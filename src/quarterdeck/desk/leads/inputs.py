"""What may be asked of leads."""

from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field

from quarterdeck.desk.input import (
    UNSENT,
    Id,
    Ids,
    Input,
    LongText,
    Moment,
    Name,
    NoEmail,
    Text,
    Trimmed,
    storable,
    trimmed,
)

Status = Annotated[str, BeforeValidator(trimmed), Field(min_length=1, max_length=50), AfterValidator(storable)]
# How likely it is that something comes of it, per cent.
Likelihood = Annotated[int, Field(ge=0, le=100)]
Cents = Annotated[int, Field(ge=0, le=10**14)]


class New(Input):
    first_name: Trimmed | None = None
    last_name: Trimmed | None = None
    business_name: Trimmed | None = None
    email: NoEmail = None
    phone: Text | None = None
    mobile: Text | None = None
    address: Text | None = None
    city: Text | None = None
    state: Text | None = None
    zip: Text | None = None
    status: Status = "New"
    source: Text | None = None
    subject: Trimmed | None = None
    description: LongText | None = None
    problem: Text | None = None
    notes: LongText | None = None
    read: bool = False
    archived: bool = False
    converted: bool = False
    likelihood: Likelihood | None = None
    amount_cents: Cents | None = None
    starts_at: Moment | None = None
    technician_id: Id | None = None
    customer_id: Id | None = None
    contact_id: Id | None = None
    ticket_id: Id | None = None
    # Somebody stands at the counter: what is wanted has to be said.
    walked_in: bool = False


class Changes(Input):
    first_name: Trimmed | None = UNSENT
    last_name: Trimmed | None = UNSENT
    business_name: Trimmed | None = UNSENT
    email: NoEmail = UNSENT
    phone: Text | None = UNSENT
    mobile: Text | None = UNSENT
    address: Text | None = UNSENT
    city: Text | None = UNSENT
    state: Text | None = UNSENT
    zip: Text | None = UNSENT
    status: Status = UNSENT
    source: Text | None = UNSENT
    subject: Trimmed | None = UNSENT
    description: LongText | None = UNSENT
    problem: Text | None = UNSENT
    notes: LongText | None = UNSENT
    read: bool = UNSENT
    archived: bool = UNSENT
    converted: bool = UNSENT
    likelihood: Likelihood | None = UNSENT
    amount_cents: Cents | None = UNSENT
    starts_at: Moment | None = UNSENT
    technician_id: Id | None = UNSENT
    customer_id: Id | None = UNSENT
    contact_id: Id | None = UNSENT
    ticket_id: Id | None = UNSENT


class Conversion(Input):
    """Whether a ticket is opened as well, and what it is called: else what the lead wants."""

    create_ticket: bool = False
    ticket_title: Name | None = None


class Filter(Input):
    statuses: Annotated[list[Name], Field(max_length=100)] = UNSENT
    technician_ids: Ids = UNSENT
    customer_id: Id = UNSENT
    has_ticket: bool = UNSENT
    source: Text = UNSENT
    email: Text = UNSENT
    converted: bool = UNSENT
    archived: bool = UNSENT
    # Some part of name, mail address, phone number or what is wanted.
    like: Text = UNSENT
    created_since: Moment = UNSENT
    changed_since: Moment = UNSENT
