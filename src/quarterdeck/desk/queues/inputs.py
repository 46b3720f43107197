"""What may be asked of views."""

from typing import Annotated, Any

from pydantic import AfterValidator, Field

from quarterdeck.desk.errors import Invalid
from quarterdeck.desk.input import UNSENT, Input, Name, malformed
from quarterdeck.desk.queues.conditions import build
from quarterdeck.desk.queues.ordering import Order


def sound(condition: dict[str, Any]) -> dict[str, Any]:
    try:
        build(condition)
    except Invalid as invalid:
        raise malformed(invalid.problems["condition"]) from None
    return condition


def known(order: str) -> str:
    try:
        return str(Order.read(order))
    except Invalid as invalid:
        raise malformed(invalid.problems["order"]) from None


Condition = Annotated[dict[str, Any], AfterValidator(sound)]
Ordered = Annotated[str, AfterValidator(known)]


class NewView(Input):
    name: Name
    shared: bool = False
    condition: Condition
    order: Ordered = "due"


class ViewChanges(Input):
    name: Name = UNSENT
    shared: bool = UNSENT
    condition: Condition = UNSENT
    order: Ordered = UNSENT
    position: Annotated[int, Field(ge=0, le=1000)] = UNSENT
