"""What may be asked of appointments and their types."""

from typing import Annotated

from pydantic import Field

from quarterdeck.desk.appointments.records import Place
from quarterdeck.desk.input import UNSENT, Id, Ids, Input, LongText, Moment, Name, Text

# A year at most.
Hours = Annotated[float, Field(ge=0, le=8784, allow_inf_nan=False)]


class New(Input):
    summary: Name
    # Left out, it says who is visited and why.
    description: LongText | None = None
    customer_id: Id | None = None
    ticket_id: Id | None = None
    type_id: Id | None = None
    technician_id: Id | None = None
    companions: Ids = []
    starts_at: Moment
    # One of the two says when it is over.
    ends_at: Moment | None = None
    hours: Hours | None = None
    all_day: bool = False
    # Left out, the type says where it is.
    location: Text | None = None
    quiet: bool = True


class Changes(Input):
    summary: Name = UNSENT
    description: LongText | None = UNSENT
    customer_id: Id | None = UNSENT
    ticket_id: Id | None = UNSENT
    type_id: Id | None = UNSENT
    technician_id: Id | None = UNSENT
    companions: Ids = UNSENT
    starts_at: Moment = UNSENT
    ends_at: Moment = UNSENT
    hours: Hours = UNSENT
    all_day: bool = UNSENT
    location: Text | None = UNSENT
    quiet: bool = UNSENT


class Filter(Input):
    customer_id: Id = UNSENT
    ticket_id: Id = UNSENT
    technician_id: Id = UNSENT
    type_id: Id = UNSENT
    starts_since: Moment = UNSENT
    starts_until: Moment = UNSENT
    changed_since: Moment = UNSENT


class NewType(Input):
    name: Name
    place: Place
    location: Text | None = None
    instructions: LongText | None = None


class TypeChanges(Input):
    name: Name = UNSENT
    place: Place = UNSENT
    location: Text | None = UNSENT
    instructions: LongText | None = UNSENT


class TypeFilter(Input):
    changed_since: Moment = UNSENT
