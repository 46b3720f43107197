"""What may be asked of many tickets at once."""

from typing import Annotated

from pydantic import Field

from quarterdeck.desk.input import UNSENT, Id, Input, Name
from quarterdeck.desk.tickets import Priority, Status

TICKETS_MAX = 100


class Several(Input):
    """What is to become of many tickets: only what was sent changes."""

    ids: Annotated[list[Id], Field(min_length=1, max_length=TICKETS_MAX)]
    technician_id: Id | None = UNSENT
    status: Status = UNSENT
    priority: Priority = UNSENT
    add_tags: Annotated[list[Name], Field(max_length=20)] = UNSENT
    remove_tags: Annotated[list[Name], Field(max_length=20)] = UNSENT
