"""What may be asked of departments."""

from quarterdeck.desk.input import UNSENT, Input, LongText, Name, Text


class New(Input):
    name: Name
    description: LongText | None = None


class Changes(Input):
    name: Name = UNSENT
    description: LongText | None = UNSENT


class Filter(Input):
    name: Text = UNSENT
