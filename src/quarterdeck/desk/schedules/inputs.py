"""What may be asked of schedules and their lines."""

from datetime import datetime
from typing import Annotated

from pydantic import AfterValidator, Field

from quarterdeck.desk.input import UNSENT, Id, Ids, Input, LongText, Moment, Name, Trimmed
from quarterdeck.desk.money import Cents, Quantity
from quarterdeck.desk.schedules.records import Frequency


def midnight(moment: datetime) -> datetime:
    """A schedule runs on a day: the one that begins then."""
    return moment.replace(hour=0, minute=0, second=0, microsecond=0)


Day = Annotated[Moment, AfterValidator(midnight)]
Position = Annotated[int, Field(ge=0, le=10**9)]
Counts = Annotated[int, Field(ge=1, le=6)]


class New(Input):
    customer_id: Id
    name: Name
    frequency: Frequency
    next_run: Day
    paused: bool = False
    by_email: bool = False
    by_post: bool = False
    charges_card: bool = False
    with_tickets: bool = False


class Changes(Input):
    customer_id: Id = UNSENT
    name: Name = UNSENT
    frequency: Frequency = UNSENT
    next_run: Day = UNSENT
    paused: bool = UNSENT
    by_email: bool = UNSENT
    by_post: bool = UNSENT
    charges_card: bool = UNSENT
    with_tickets: bool = UNSENT


class Filter(Input):
    customer_id: Id = UNSENT
    paused: bool = UNSENT
    ids: Ids = UNSENT
    changed_since: Moment = UNSENT


class NewLine(Input):
    """What is not said is taken from the product, where one is named."""

    schedule_id: Id
    product_id: Id | None = None
    technician_id: Id | None = None
    name: Trimmed | None = None
    description: LongText | None = None
    quantity: Quantity = UNSENT
    cost_cents: Cents = UNSENT
    price_cents: Cents = UNSENT
    # Where among the lines; at the end unless said.
    position: Position = UNSENT
    taxable: bool = UNSENT
    once: bool = UNSENT
    counts: Counts | None = None


class LineChanges(Input):
    product_id: Id | None = UNSENT
    technician_id: Id | None = UNSENT
    name: Name = UNSENT
    description: LongText | None = UNSENT
    quantity: Quantity = UNSENT
    cost_cents: Cents = UNSENT
    price_cents: Cents = UNSENT
    position: Position = UNSENT
    taxable: bool = UNSENT
    once: bool = UNSENT
    counts: Counts | None = UNSENT


class LineFilter(Input):
    schedule_id: Id = UNSENT
