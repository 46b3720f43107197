"""What may be asked of fields."""

from typing import Annotated

from pydantic import Field as Limit

from quarterdeck.desk.fields.records import Target, Type
from quarterdeck.desk.input import UNSENT, Id, Input, LongText, Name, Text

Options = Annotated[list[Name], Limit(max_length=500)]


class New(Input):
    target: Target
    name: Name
    type: Type = Type.TEXT
    description: Text | None = None
    options: Options = []


class Changes(Input):
    name: Name = UNSENT
    description: Text | None = UNSENT
    options: Options = UNSENT


class Filter(Input):
    target: Target = UNSENT
    name: Text = UNSENT


class NewValue(Input):
    name: Name
    value: LongText


class ValueFilter(Input):
    target: Target = UNSENT
    record_id: Id = UNSENT
    guid: Text = UNSENT
    name: Text = UNSENT
    field_id: Id = UNSENT
