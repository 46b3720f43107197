"""What may be asked of contracts."""

from typing import Any

from quarterdeck.desk.contracts.records import Kind
from quarterdeck.desk.input import UNSENT, Id, Input, LongText, Moment, Name


class New(Input):
    customer_id: Id
    name: Name
    billed_as: Kind
    active: bool = True
    default: bool = False
    taxable: bool = False
    starts_at: Moment = UNSENT
    ends_at: Moment | None = None
    notes: LongText | None = None
    terms: dict[str, Any] | None = None


class Filter(Input):
    customer_id: Id = UNSENT
    active: bool = UNSENT
