"""What may be asked of tickets."""

from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field

from quarterdeck.desk.input import (
    UNSENT,
    Body,
    Email,
    Id,
    Ids,
    Input,
    LongText,
    Moment,
    Name,
    Text,
    Trimmed,
    storable,
    trimmed,
)
from quarterdeck.desk.tickets.records import Impact, Priority, Source, Stage, Type

Status = Annotated[
    str,
    BeforeValidator(trimmed),
    Field(min_length=1, max_length=50),
    AfterValidator(storable),
    AfterValidator(lambda status: status.lower() if status.lower() in set(Stage) else status),
]
Tags = Annotated[list[Name], Field(max_length=50)]
COMMENTS_MAX = 200


class NewComment(Input):
    subject: Text | None = None
    body: Body
    internal: bool = False
    at: Moment = UNSENT
    # Who says it; nobody named means the technician who asks.
    technician_id: Id | None = None
    technician_email: Email | None = None
    contact_id: Id | None = None
    # The name it is shown under, where that is not its author's.
    said_by: Trimmed | None = None


Said = Annotated[list[NewComment], Field(max_length=COMMENTS_MAX)]


class New(Input):
    title: Name
    description: LongText | None = None
    status: Status = Stage.OPEN
    priority: Priority = Priority.LOW
    type: Type = Type.PROBLEM
    impact: Impact = Impact.MINOR
    source: Source = Source.API
    # Who asks: a contact, by id or by mail (made when there is none), or only a customer, by id or as people know it
    # (made when there is none).
    customer_id: Id | None = None
    customer_name: Trimmed | None = None
    customer_email: Trimmed | None = None
    customer_phone: Text | None = None
    contact_id: Id | None = None
    # Beside an id a mail address says nothing, and may be anything.
    contact_email: Trimmed | None = None
    contact_first_name: Trimmed | None = None
    contact_last_name: Trimmed | None = None
    contact_phone: Text | None = None
    technician_id: Id | None = None
    technician_email: Trimmed | None = None
    contract_id: Id | None = None
    due_at: Moment | None = None
    problem: Text | None = None
    tags: Tags = []
    site_id: Id | None = None
    parent_id: Id | None = None
    starts_at: Moment | None = None
    ends_at: Moment | None = None
    asset_ids: Ids = []
    # What has been said so far. Where there is no description, the first of these is it.
    comments: Said = []
    # For records that were kept elsewhere before.
    created_at: Moment = UNSENT
    resolved_at: Moment | None = None


class Changes(Input):
    title: Name = UNSENT
    description: LongText | None = UNSENT
    status: Status = UNSENT
    priority: Priority = UNSENT
    type: Type = UNSENT
    impact: Impact = UNSENT
    customer_id: Id = UNSENT
    contact_id: Id | None = UNSENT
    technician_id: Id | None = UNSENT
    technician_email: Trimmed | None = UNSENT
    contract_id: Id | None = UNSENT
    due_at: Moment | None = UNSENT
    problem: Text | None = UNSENT
    tags: Tags = UNSENT
    site_id: Id | None = UNSENT
    parent_id: Id | None = UNSENT
    starts_at: Moment | None = UNSENT
    ends_at: Moment | None = UNSENT
    asset_ids: Ids = UNSENT
    # What is said with the change.
    comments: Said = UNSENT


class Filter(Input):
    ids: Ids = UNSENT
    not_ids: Ids = UNSENT
    id: Id = UNSENT
    customer_id: Id = UNSENT
    contract_id: Id = UNSENT
    contact_id: Id = UNSENT
    technician_id: Id = UNSENT
    status: Status = UNSENT
    priority: Priority = UNSENT
    type: Type = UNSENT
    problem: Text = UNSENT
    parent_id: Id = UNSENT
    asset_id: Id = UNSENT
    asset_name: Text = UNSENT
    asset_serial: Text = UNSENT
    # Only tickets that are resolved or closed, and only those that are not.
    settled: Literal[True] = UNSENT
    going_on: Literal[True] = UNSENT
    resolved_after: Moment = UNSENT
    created_since: Moment = UNSENT
    created_until: Moment = UNSENT
    changed_since: Moment = UNSENT
    changed_until: Moment = UNSENT
    active_since: Moment = UNSENT
    status_changed_after: Moment = UNSENT
    due_since: Moment = UNSENT
    due_until: Moment = UNSENT
    text: Text = UNSENT


class CommentFilter(Input):
    ticket_id: Id = UNSENT
    customer_id: Id = UNSENT
    internal: bool = UNSENT
    initial: bool = UNSENT
    said_since: Moment = UNSENT
    said_until: Moment = UNSENT
    # Of tickets like these.
    contact_id: Id = UNSENT
    technician_id: Id = UNSENT
    status: Status = UNSENT
    settled: Literal[True] = UNSENT
    going_on: Literal[True] = UNSENT
    changed_since: Moment = UNSENT
