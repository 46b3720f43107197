"""Rules of custom fields."""

from typing import Any

import pytest

import make
from desk.looking import acting, at, how_many, ids, last_entry, later
from quarterdeck.desk import fields
from quarterdeck.desk.errors import Conflict, Forbidden, Invalid, NotFound, Why
from quarterdeck.desk.fields import Changes, Field, Filter, NewValue, Target, Value, ValueFilter
from quarterdeck.desk.work import Work

OWNERS = {
    Target.CUSTOMER: make.customer,
    Target.CONTACT: make.contact,
    Target.TICKET: make.ticket,
    Target.AGENT: make.agent,
    Target.CONTRACT: make.contract,
}


def put(work: Work, id: int, name: str, value: str, target: Target = Target.CUSTOMER) -> Any:
    """Set a value and return its row."""
    kept = work.find(Value, fields.put(work, target, id, NewValue(name=name, value=value)))
    assert kept is not None
    return kept


@pytest.mark.parametrize("target", list(Target))
def test_every_kind_of_record_may_have_values(work: Work, target: Target) -> None:
    id = OWNERS[target](work)

    value = put(work, id, "Account manager", "Dana", target)

    assert (value.target, value.record_id, value.text) == (target, id, "Dana")
    assert ids(work, fields.VALUES, ValueFilter(target=target, record_id=id, name="account MANAGER")) == [value.id]


def test_a_name_that_no_field_has_makes_a_text_field(work: Work) -> None:
    put(work, make.customer(work), "Account manager", "Dana")

    field = fields.named(work, Target.CUSTOMER, " account MANAGER")
    assert field is not None
    assert (field.name, field.type, field.options) == ("Account manager", fields.Type.TEXT, [])


def test_the_same_name_is_another_field_on_another_kind_of_record(work: Work) -> None:
    put(work, make.customer(work), "Floor", "2")
    put(work, make.contact(work), "Floor", "3", Target.CONTACT)

    assert how_many(work, Field) == 2


def test_a_name_in_another_case_is_the_same_field(work: Work) -> None:
    id = make.customer(work)

    first, second = put(work, id, "Floor", "2"), put(work, id, "FLOOR", "3")

    assert (second.id, second.text, second.version, second.guid) == (first.id, "3", 2, first.guid)


@pytest.mark.parametrize(
    ("type", "given", "text", "number", "date", "yes"),
    [
        ("text", "  as it is ", "  as it is ", None, None, None),
        ("text", "", "", None, None, None),
        ("number", "12.50", "12.50", "12.50", None, None),
        ("number", " -3 ", " -3 ", "-3", None, None),
        ("number", "1e3", "1e3", "1000", None, None),
        ("number", "0.1000000000000000055", "0.1000000000000000055", "0.1000000000000000055", None, None),
        ("date", "2026-03-02", "2026-03-02T00:00:00Z", None, at("2026-03-02T00:00:00Z"), None),
        ("date", "2026-03-02T10:00:00+02:00", "2026-03-02T08:00:00Z", None, at("2026-03-02T08:00:00Z"), None),
        ("yes/no", "YES", "true", None, None, True),
        ("yes/no", "1", "true", None, None, True),
        ("yes/no", " false ", "false", None, None, False),
        ("choice", "gold", "Gold", None, None, None),
        ("choice", " SILVER ", "Silver", None, None, None),
    ],
)
def test_a_value_is_kept_in_every_form_its_type_has(
    work: Work, type: str, given: str, text: str, number: str | None, date: Any, yes: bool | None
) -> None:
    make.field(work, name="Plan", type=type, options=["Gold", "Silver"] if type == "choice" else [])

    value = put(work, make.customer(work), "plan", given)

    assert (value.text, value.number, value.date, value.yes) == (text, number, date, yes)


@pytest.mark.parametrize(
    ("type", "given"),
    [
        *(("number", text) for text in ("", "twelve", "1,5", "NaN", "Infinity", "-inf", "1e400", "9" * 61, "0x10")),
        *(
            ("date", text)
            for text in ("", "soon", "2026-02-30", "02/03/2026", "0001-01-01T00:00:00+14:00", "2026-13-01")
        ),
        *(("yes/no", text) for text in ("", "maybe", "2", "truee")),
        *(("choice", text) for text in ("", "Bronze", "Gold Silver")),
    ],
)
def test_a_value_that_is_not_of_its_type_is_refused(work: Work, type: str, given: str) -> None:
    make.field(work, name="Plan", type=type, options=["Gold", "Silver"] if type == "choice" else [])
    id = make.customer(work)

    with pytest.raises(Invalid) as refused:
        put(work, id, "Plan", given)

    assert refused.value.problems.keys() == {"value"}
    assert how_many(work, Value) == 0


def test_a_choice_needs_something_to_choose_from(work: Work) -> None:
    with pytest.raises(Invalid) as refused:
        make.field(work, type="choice")
    assert refused.value.problems["options"].why is Why.MISSING

    id = make.field(work, type="choice", options=["Gold"])
    with pytest.raises(Invalid) as refused:
        fields.change(work, id, Changes(options=[]))
    assert refused.value.problems["options"].why is Why.MISSING


def test_a_new_option_can_be_chosen(work: Work) -> None:
    id = make.field(work, name="Plan", type="choice", options=["Gold"])

    fields.change(work, id, Changes(options=["Gold", "Bronze"]))

    assert put(work, make.customer(work), "Plan", "bronze").text == "Bronze"


def test_a_cleared_value_is_gone(work: Work) -> None:
    id = make.customer(work)
    value = put(work, id, "Floor", "2")

    fields.clear(work, Target.CUSTOMER, id, value.field_id)

    assert how_many(work, Value) == 0
    entry = last_entry(work)
    assert (entry.what, entry.record_id, entry.before) == ("customer.field cleared", id, {"name": "Floor"})


def test_a_value_that_is_not_there_cannot_be_cleared(work: Work) -> None:
    id, other = make.customer(work), make.customer(work)
    value = put(work, id, "Floor", "2")

    with pytest.raises(NotFound):
        fields.clear(work, Target.CUSTOMER, other, value.field_id)
    with pytest.raises(NotFound):
        fields.clear(work, Target.CUSTOMER, id, 2**62)


def test_a_renamed_field_keeps_its_values(work: Work) -> None:
    id = make.customer(work)
    value = put(work, id, "Floor", "2")

    fields.change(work, value.field_id, Changes(name="Storey"))

    assert ids(work, fields.VALUES, ValueFilter(name="storey")) == [value.id]
    assert ids(work, fields.VALUES, ValueFilter(name="floor")) == []
    assert put(work, id, "STOREY", "3").id == value.id


def test_a_field_may_be_rewritten_in_another_case(work: Work) -> None:
    id = make.field(work, name="floor")

    fields.change(work, id, Changes(name="Floor"))

    assert fields.get(work, id).name == "Floor"


def test_two_fields_of_a_kind_have_two_names(work: Work) -> None:
    make.field(work, name="Floor")
    id = make.field(work, name="Storey")

    with pytest.raises(Invalid) as refused:
        make.field(work, name="FLOOR ")
    assert refused.value.problems["name"].why is Why.TAKEN
    with pytest.raises(Invalid) as refused:
        fields.change(work, id, Changes(name="floor"))
    assert refused.value.problems["name"].why is Why.TAKEN


def test_a_field_in_use_cannot_be_removed(work: Work) -> None:
    value = put(work, make.customer(work), "Floor", "2")
    put(work, make.customer(work), "Floor", "3")

    with pytest.raises(Conflict, match="holds a value in 2 records"):
        fields.remove(work, value.field_id)

    assert how_many(work, Field) == 1


def test_a_field_out_of_use_can_be_removed(work: Work) -> None:
    id = make.customer(work)
    value = put(work, id, "Floor", "2")
    fields.clear(work, Target.CUSTOMER, id, value.field_id)

    fields.remove(work, value.field_id)

    assert how_many(work, Field) == 0
    assert last_entry(work).what == "custom field.deleted"


def test_a_value_is_written_down_with_before_and_after(work: Work) -> None:
    customer = make.customer(work)
    id = make.ticket(work, customer_id=customer)
    put(work, id, "Floor", "2", Target.TICKET)

    put(later(work), id, "Floor", "3", Target.TICKET)

    entry = last_entry(work)
    assert (entry.what, entry.record_id, entry.customer_id) == ("ticket.field set", id, customer)
    assert (entry.before, entry.after) == ({"Floor": "2"}, {"Floor": "3"})


def test_a_value_needs_a_record(work: Work) -> None:
    with pytest.raises(NotFound, match="customer not found"):
        put(work, 2**62, "Floor", "2")

    assert how_many(work, Field) == 0


def test_a_value_is_found_by_its_guid(work: Work) -> None:
    value = put(work, make.customer(work), "Floor", "2")

    assert fields.value_of(work, value.guid.upper()) == value.id
    with pytest.raises(NotFound):
        fields.value_of(work, "no-such-guid")


def test_a_value_needs_the_right_to_write_its_record(work: Work) -> None:
    id = make.customer(work)
    make.field(work, name="Floor")

    with pytest.raises(Forbidden):
        put(acting(work, rights=work.actor.rights - {"customers:write"}), id, "Floor", "2")
    with pytest.raises(Forbidden):
        put(acting(work, rights=work.actor.rights - {"fields:write"}), id, "A new name", "2")
    assert put(acting(work, rights=work.actor.rights - {"fields:write"}), id, "Floor", "2").text == "2"


def test_someone_of_another_customer_reaches_no_value(work: Work) -> None:
    id = make.customer(work)
    value = put(work, id, "Floor", "2")
    olga = acting(work, customer_id=make.customer(work, name="Birch"))

    for act in (
        lambda: put(olga, id, "Floor", "3"),
        lambda: fields.clear(olga, Target.CUSTOMER, id, value.field_id),
        lambda: fields.value_of(olga, value.guid),
        lambda: fields.owner(olga, Target.CUSTOMER, id),
    ):
        with pytest.raises(NotFound):
            act()


def test_definitions_are_listed_by_kind_and_name(work: Work) -> None:
    floor = make.field(work, name="Floor")
    make.field(work, name="Floor", target="contact")

    assert ids(work, fields.DEFINITIONS, Filter(target=Target.CUSTOMER, name="FLOOR")) == [floor]
