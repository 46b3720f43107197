"""How fields and values are read."""

import sqlalchemy as sa

from quarterdeck.desk import assets, contacts, contracts, customers, tickets
from quarterdeck.desk.errors import NotFound
from quarterdeck.desk.fields.records import Field, Target, Value
from quarterdeck.desk.input import fold
from quarterdeck.desk.reading import Reading, Where
from quarterdeck.desk.work import Work

DEFINITIONS = Reading(
    Field,
    "fields:read",
    filters={
        "target": Where(lambda value: Field.target == value),
        "name": Where(lambda value: Field.name_key == value, prepare=fold),
    },
)

FIELD_NAME = sa.select(Field.name_key).where(Field.id == Value.field_id).scalar_subquery()

# Read only with the record that owns the values, which `owner` has found.
VALUES = Reading(
    Value,
    "fields:read",
    filters={
        "target": Where(lambda value: Value.target == value),
        "record_id": Where(lambda value: Value.record_id == value),
        "guid": Where(lambda value: Value.guid == value, prepare=fold),
        "name": Where(lambda value: value == FIELD_NAME, prepare=fold),
        "field_id": Where(lambda value: Value.field_id == value),
    },
)

# The rooms whose records may have fields, and how one is found by someone who may see it.
OWNERS = {
    Target.CUSTOMER: ("customers", customers.get),
    Target.CONTACT: ("contacts", contacts.get),
    Target.TICKET: ("tickets", tickets.get),
    Target.AGENT: ("assets", assets.get),
    Target.CONTRACT: ("contracts", contracts.get),
}


def get(work: Work, id: int) -> Field:
    work.require("fields:read")
    field = work.find(Field, id)
    if field is None:
        raise NotFound("custom field", id)
    return field


def named(work: Work, target: Target, name: str) -> Field | None:
    found = sa.select(Field.id).where(Field.target == target, Field.name_key == fold(name))
    id = work.db.scalar(found)
    return work.find(Field, id) if id is not None else None


def owner(work: Work, target: Target, id: int) -> int:
    """The customer of a record that has values; `NotFound` where the actor may not see it."""
    record = OWNERS[target][1](work, id)
    return int(getattr(record, "customer_id", id))


def value_of(work: Work, guid: str) -> int:
    """The id of a value by its guid, for someone who may see its record."""
    work.require("fields:read")
    id = work.db.scalar(sa.select(Value.id).where(Value.guid == fold(guid)))
    value = work.find(Value, id) if id is not None else None
    if value is None:
        raise NotFound("custom value", guid)
    owner(work, value.target, value.record_id)
    return value.id
