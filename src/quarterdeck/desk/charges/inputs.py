"""What may be asked of lines."""

from typing import Annotated

from pydantic import Field

from quarterdeck.desk.input import UNSENT, Id, Ids, Input, LongText, Moment, Name, Trimmed
from quarterdeck.desk.money import Cents, Percent, Quantity

Position = Annotated[int, Field(ge=0, le=10**9)]


class New(Input):
    """What is not said is taken from the product, where one is named."""

    ticket_id: Id | None = None
    technician_id: Id | None = None
    product_id: Id | None = None
    name: Trimmed | None = None
    description: LongText | None = None
    quantity: Quantity = UNSENT
    cost_cents: Cents = UNSENT
    price_cents: Cents = UNSENT
    discount_percent: Percent | None = None
    taxable: bool = UNSENT
    barcode: Trimmed | None = None
    # Where on the ticket; at the end unless said.
    position: Position = UNSENT


class Changes(Input):
    technician_id: Id | None = UNSENT
    product_id: Id | None = UNSENT
    name: Name = UNSENT
    description: LongText | None = UNSENT
    quantity: Quantity = UNSENT
    cost_cents: Cents = UNSENT
    price_cents: Cents = UNSENT
    discount_percent: Percent | None = UNSENT
    taxable: bool = UNSENT
    barcode: Trimmed | None = UNSENT
    position: Position = UNSENT


class Filter(Input):
    ids: Ids = UNSENT
    ticket_id: Id = UNSENT
    product_id: Id = UNSENT
    customer_id: Id = UNSENT
    changed_since: Moment = UNSENT
