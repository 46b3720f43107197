"""What may be asked of products."""

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from quarterdeck.desk.input import UNSENT, Id, Ids, Input, LongText, Moment, Name, Text, Trimmed
from quarterdeck.desk.money import Cents, Percent, Quantity

Count = Annotated[int, Field(ge=0, le=10**9)]


class New(Input):
    name: Name
    description: LongText | None = None
    category_id: Id | None = None
    # In place of the id: a category of this name, made where there is none.
    category_name: Trimmed | None = None
    sku: Trimmed | None = None
    barcode: Trimmed | None = None
    price_cents: Cents = 0
    cost_cents: Cents = 0
    wholesale_cents: Cents = 0
    discount_percent: Percent | None = None
    taxable: bool = True
    archived: bool = False
    stocked: bool = False
    serialized: bool = False
    quantity: Quantity = Decimal(0)
    reorder_at: Count | None = None
    desired_stock: Count | None = None
    condition: Text | None = None
    warranty: Text | None = None
    location: Text | None = None
    sort_order: Text | None = None
    notes: LongText | None = None


class Changes(Input):
    name: Name = UNSENT
    description: LongText | None = UNSENT
    category_id: Id | None = UNSENT
    category_name: Trimmed | None = UNSENT
    sku: Trimmed | None = UNSENT
    barcode: Trimmed | None = UNSENT
    price_cents: Cents = UNSENT
    cost_cents: Cents = UNSENT
    wholesale_cents: Cents = UNSENT
    discount_percent: Percent | None = UNSENT
    taxable: bool = UNSENT
    archived: bool = UNSENT
    stocked: bool = UNSENT
    serialized: bool = UNSENT
    quantity: Quantity = UNSENT
    reorder_at: Count | None = UNSENT
    desired_stock: Count | None = UNSENT
    condition: Text | None = UNSENT
    warranty: Text | None = UNSENT
    location: Text | None = UNSENT
    sort_order: Text | None = UNSENT
    notes: LongText | None = UNSENT


class Filter(Input):
    ids: Ids = UNSENT
    not_ids: Ids = UNSENT
    name: Text = UNSENT
    sku: Text = UNSENT
    barcode: Text = UNSENT
    category_id: Id = UNSENT
    category_name: Text = UNSENT
    archived: bool = UNSENT
    changed_since: Moment = UNSENT
    text: Text = UNSENT


class CategoryFilter(Input):
    name: Text = UNSENT
    changed_since: Moment = UNSENT
