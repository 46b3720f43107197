"""What may be asked of contracts."""

from typing import Annotated, Any

from pydantic import Field

from quarterdeck.desk.contracts.records import Kind
from quarterdeck.desk.input import UNSENT, Id, Input, LongText, Moment, Name, Text, Trimmed

Likelihood = Annotated[int, Field(ge=0, le=100)]


class New(Input):
    customer_id: Id
    name: Name
    billed_as: Kind = Kind.RETAINER
    active: bool = True
    default: bool = False
    taxable: bool = False
    starts_at: Moment = UNSENT
    ends_at: Moment | None = None
    notes: LongText | None = None
    terms: dict[str, Any] | None = None
    sort: Trimmed | None = None
    status: Trimmed | None = None
    likelihood: Likelihood = 0
    amount: Text | None = None
    primary_contact: Text | None = None
    covers_all: bool = False


class NewOfKind(New):
    """A contract of which it has to be said how it is billed."""

    billed_as: Kind


class Changes(Input):
    # Only ever the customer whose it is already.
    customer_id: Id = UNSENT
    name: Name = UNSENT
    billed_as: Kind = UNSENT
    active: bool = UNSENT
    default: bool = UNSENT
    taxable: bool = UNSENT
    starts_at: Moment = UNSENT
    ends_at: Moment | None = UNSENT
    notes: LongText | None = UNSENT
    # Those that are named; the others stay.
    terms: dict[str, Any] | None = UNSENT
    sort: Trimmed | None = UNSENT
    status: Trimmed | None = UNSENT
    likelihood: Likelihood = UNSENT
    amount: Text | None = UNSENT
    primary_contact: Text | None = UNSENT
    covers_all: bool = UNSENT


class Filter(Input):
    customer_id: Id = UNSENT
    active: bool = UNSENT
    name: Text = UNSENT
    standing: Text = UNSENT
    changed_since: Moment = UNSENT
