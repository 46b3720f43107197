"""How fields and values are read."""

from typing import Any

import sqlalchemy as sa

from quarterdeck.desk import assets, contacts, contracts, customers, tickets
from quarterdeck.desk.errors import NotFound
from quarterdeck.desk.fields.records import Field, Target, Value
from quarterdeck.desk.input import fold
from quarterdeck.desk.reading import Reading, Where
from quarterdeck.desk.statement import Statement
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


BY_NAME = Statement(
    sa.select(Field.id).where(Field.target == sa.bindparam("kind"), Field.name_key == sa.bindparam("name"))
)
KEPT = Statement(
    sa.select(Value.id, Value.text).where(
        Value.target == sa.bindparam("kind"),
        Value.record_id == sa.bindparam("record"),
        Value.field_id == sa.bindparam("field"),
    )
)


def get(work: Work, id: int) -> Field:
    work.require("fields:read")
    field = work.find(Field, id)
    if field is None:
        raise NotFound("custom field", id)
    return field


def named(work: Work, target: Target, name: str) -> Field | None:
    row = BY_NAME.first(work.link, {"kind": target, "name": fold(name)})
    return work.find(Field, row[0]) if row else None


def kept(work: Work, target: Target, record_id: int, field_id: int) -> tuple[int, str] | None:
    """The id and text of a record's value in a field."""
    row = KEPT.first(work.link, {"kind": target, "record": record_id, "field": field_id})
    return (row[0], row[1]) if row else None


def owner(work: Work, target: Target, id: int, *, hold: bool = False) -> Any:
    """The record that has values; `NotFound` where the actor may not see it."""
    return OWNERS[target][1](work, id, hold=hold)


def customer_of(owner: Any) -> int:
    return int(getattr(owner, "customer_id", owner.id))


def value_of(work: Work, guid: str) -> int:
    """The id of a value by its guid, for someone who may see its record."""
    work.require("fields:read")
    id = work.db.scalar(sa.select(Value.id).where(Value.guid == fold(guid)))
    value = work.find(Value, id) if id is not None else None
    if value is None:
        raise NotFound("custom value", guid)
    try:
        owner(work, value.target, value.record_id)
    except NotFound:
        # That there is such a value is told no more than that there is the record.
        raise NotFound("custom value", guid) from None
    return value.id
