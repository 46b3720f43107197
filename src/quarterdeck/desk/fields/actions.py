"""What can happen to fields and values."""

from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import uuid4

import sqlalchemy as sa

from quarterdeck.desk import journal
from quarterdeck.desk.errors import MISSING, Conflict, Invalid, NotFound, Problem, Why
from quarterdeck.desk.fields.inputs import Changes, New, NewValue
from quarterdeck.desk.fields.queries import OWNERS, customer_of, get, kept, named, owner
from quarterdeck.desk.fields.records import Field, Target, Type, Value
from quarterdeck.desk.input import aware, fold
from quarterdeck.desk.record import write_instant
from quarterdeck.desk.work import Work, unique

TAKEN = Problem("is the name of another field", Why.TAKEN)
YES = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}


def create(work: Work, new: New) -> int:
    """Define a field."""
    work.require("fields:write")
    if named(work, new.target, new.name) is not None:
        raise Invalid({"name": TAKEN})
    if new.type is Type.CHOICE and not new.options:
        raise Invalid({"options": MISSING})

    with unique("name", TAKEN):
        id = work.insert(Field, **new.model_dump(), name_key=fold(new.name))
    journal.record(work, "custom field.created", id, after=new.model_dump())
    return id


def change(work: Work, id: int, changes: Changes) -> None:
    """Rename a field or change its options. Its type stays: values have been kept by it."""
    work.require("fields:write")
    field = get(work, id)
    same = named(work, field.target, changes.name) if "name" in changes.sent else None
    if same is not None and same.id != id:
        raise Invalid({"name": TAKEN})
    if field.type is Type.CHOICE and not changes.sent.get("options", field.options):
        raise Invalid({"options": MISSING})

    folded = {"name_key": fold(changes.name)} if "name" in changes.sent else {}
    with unique("name", TAKEN):
        work.update(Field, id, **changes.sent, **folded)
    before = {name: getattr(field, name) for name in changes.sent}
    journal.record(work, "custom field.changed", id, before=before, after=changes.sent)


def remove(work: Work, id: int) -> None:
    """Delete a field that holds no value any more."""
    work.require("fields:write")
    get(work, id)
    used = work.db.scalar(sa.select(sa.func.count()).select_from(Value).where(Value.field_id == id))
    if used:
        raise Conflict(f"holds a value in {used} records")

    work.delete(Field, Field.id == id)
    journal.record(work, "custom field.deleted", id)


def put(work: Work, target: Target, record_id: int, new: NewValue) -> int:
    """Set a value. A name that no field has yet makes a text field."""
    work.require(f"{OWNERS[target][0]}:write")
    record = owner(work, target, record_id, hold=True)
    field = named(work, target, new.name)
    field_id = field.id if field is not None else create(work, New(target=target, name=new.name))
    values = typed(
        field.type if field is not None else Type.TEXT, field.options if field is not None else [], new.value
    )
    before = kept(work, target, record.id, field_id)

    if before is None:
        id = work.insert(Value, **values, target=target, record_id=record.id, field_id=field_id, guid=str(uuid4()))
    else:
        id = before[0]
        work.update(Value, id, **values)
    journal.record(
        work,
        f"{target}.field set",
        record.id,
        customer_id=customer_of(record),
        before={new.name: before[1]} if before else None,
        after={new.name: values["text"]},
    )
    return id


def write(work: Work, target: Target, record_id: int, name: str, text: str | None) -> None:
    """Set a value, or clear it where it is set to nothing; a value that stays leaves no trace."""
    field = named(work, target, name)
    record_id = owner(work, target, record_id).id
    before = kept(work, target, record_id, field.id) if field is not None else None
    if text is not None:
        if before is None or before[1] != text:
            put(work, target, record_id, NewValue.check({"name": name, "value": text}))
    elif field is not None and before is not None:
        clear(work, target, record_id, field.id)


def clear(work: Work, target: Target, record_id: int, field_id: int) -> None:
    """Remove a record's value in a field."""
    work.require(f"{OWNERS[target][0]}:write")
    record = owner(work, target, record_id)
    field = get(work, field_id)
    gone = work.delete(Value, Value.target == target, Value.record_id == record.id, Value.field_id == field_id)
    if not gone:
        raise NotFound("custom value")
    before = {"name": field.name}
    journal.record(work, f"{target}.field cleared", record.id, customer_id=customer_of(record), before=before)


def typed(type: Type, options: list[str], text: str) -> dict[str, Any]:
    """A value in every form its type has."""
    kept: dict[str, Any] = {"text": text, "number": None, "date": None, "yes": None}
    match type:
        case Type.NUMBER:
            return kept | {"number": number(text)}
        case Type.DATE:
            moment = date(text)
            return kept | {"date": moment, "text": write_instant(moment)[:19] + "Z"}
        case Type.YES_NO:
            if text.strip().lower() not in YES:
                raise Invalid({"value": "is neither yes nor no"})
            yes = YES[text.strip().lower()]
            return kept | {"yes": yes, "text": "true" if yes else "false"}
        case Type.CHOICE:
            chosen = next((option for option in options if fold(option) == fold(text)), None)
            if chosen is None:
                raise Invalid({"value": f"is not one of {', '.join(options)}"})
            return kept | {"text": chosen}
    return kept


def number(text: str) -> str:
    try:
        value = Decimal(text.strip())
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite() or len(text) > 60 or abs(value.adjusted()) > 30:
        raise Invalid({"value": "is not a number"})
    return format(value, "f")


def date(text: str) -> datetime:
    try:
        return aware(datetime.fromisoformat(text.strip())).astimezone(UTC)
    except ValueError:
        raise Invalid({"value": "is not a date"}) from None
