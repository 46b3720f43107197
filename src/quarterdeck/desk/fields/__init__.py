"""Custom fields: typed definitions for each kind of record, and values."""

from quarterdeck.desk.fields.actions import change, clear, create, put, remove, write
from quarterdeck.desk.fields.inputs import Changes, Filter, New, NewValue, ValueFilter
from quarterdeck.desk.fields.queries import DEFINITIONS, VALUES, get, named, owner, value_of
from quarterdeck.desk.fields.records import Field, Target, Type, Value

__all__ = [
    "DEFINITIONS",
    "VALUES",
    "Changes",
    "Field",
    "Filter",
    "New",
    "NewValue",
    "Target",
    "Type",
    "Value",
    "ValueFilter",
    "change",
    "clear",
    "create",
    "get",
    "named",
    "owner",
    "put",
    "remove",
    "value_of",
    "write",
]
