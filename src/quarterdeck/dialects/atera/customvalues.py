"""Custom fields and their values, in the three families of paths that are in use."""

from typing import Any

from quarterdeck.desk import fields
from quarterdeck.desk.errors import NotFound, Why
from quarterdeck.desk.fields import Target, Type
from quarterdeck.desk.paging import Page
from quarterdeck.dialects.atera.words import said
from quarterdeck.edge.http import Malformed
from quarterdeck.edge.rest import Answer, Call, Resource, Verb
from quarterdeck.wire.codecs import DECIMAL, INSTANT, TEXTS, Choice, Codec, Unreadable, json_out, nullable
from quarterdeck.wire.shape import Shape, field, fixed, shown, taken

TARGET = Choice(Target, customer="Customer", contact="Contact", ticket="Ticket", agent="Agent", contract="Contract")
TYPE = Choice(
    Type, text="Text", number="Numeric", date="Date", yes_no="Boolean", choice="Options",
    also={"Number": Type.NUMBER, "YesNo": Type.YES_NO, "Choice": Type.CHOICE, "Checkbox": Type.YES_NO},
)  # fmt: skip
# One record cannot have more fields than this.
ALL = Page(size=10_000)


def text_of(value: Any) -> str:
    """A value of any plain kind, as text."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str | int | float):
        return str(value)
    raise Unreadable("is not a plain value")


ANY = Codec(nullable("string"), None, text_of)
NEVER_NULL = Codec({"type": "boolean"}, bool)

OPTIONS = Codec(
    {
        "type": "array",
        "items": {
            "type": "object",
            "properties": {"Value": {"type": "string"}, "Text": {"type": "string"}, "ParentName": {"type": "null"}},
            "required": ["Value", "Text", "ParentName"],
        },
    },
    lambda options: [{"Value": one, "Text": one, "ParentName": None} for one in json_out(options)],
)

ONLY_VALUE = Shape(taken("Value", "value", ANY))
BODY = Shape(taken("FieldName", "name")) + ONLY_VALUE
VALUE = Shape(
    shown("ItemId", "record_id"),
    shown("Id", "guid"),
    shown("FieldID", "field_id"),
    shown("FieldName", "field.name"),
    shown("ValueAsString", "text"),
    shown("ValueAsDecimal", "number", DECIMAL),
    shown("ValueAsDateTime", "date", INSTANT),
    shown("ValueAsBool", "yes", NEVER_NULL),
    fixed("OptionId", None),
    shown("Value", "text", ANY),
    *BODY.fields,
)
DEFINITION = Shape(
    shown("FieldID", "id"),
    field("FieldName", "name"),
    field("Name", "name"),
    field("FieldType", "type", TYPE),
    field("DataType", "type", TYPE),
    field("FieldDescription", "description"),
    field("Target", "target", TARGET),
    shown("PossibleValues", "options", OPTIONS),
    taken("PossibleValues", "options", TEXTS),
    fixed("ParentAttributeName", None),
)


WORDS = {
    ("name", Why.MISSING): said("FieldName required"),
    ("name", Why.TAKEN): said("Field already exists"),
    ("value", Why.MISSING): said("Value required"),
}
VALUES = Resource("customvalues", "custom value", fields.VALUES, VALUE, (), words=WORDS)
DEFINITIONS = Resource("customvalues", "custom field", fields.DEFINITIONS, DEFINITION, (), words=WORDS)


def values(call: Call, **where: Any) -> Answer:
    """Values as a bare array: no client expects an envelope here."""
    call = call.showing(VALUES)
    found = VALUES.form.view.page(call.work, fields.ValueFilter.check(where), ALL)
    return Answer(200, call.encoded(found.items))


def definitions(call: Call, **where: Any) -> list[Any]:
    found = DEFINITIONS.form.view.page(call.work, fields.Filter.check(where), ALL)
    return DEFINITIONS.form.encode(found.items)


def every_definition(call: Call) -> Answer:
    return Answer(200, definitions(call))


def by_guid(call: Call) -> Answer:
    fields.value_of(call.work, call.request.params["guid"])
    return values(call, guid=call.request.params["guid"])


def stored(call: Call, target: Target, name: Any, value: Any) -> Answer:
    if value is None:
        value = ""
    read, problems = BODY.decode({"FieldName": name, "Value": value})
    if problems:
        raise Malformed("the value is not plain text")
    id = fields.put(call.work, target, call.id, fields.NewValue.check(read))
    item, _ = call.showing(VALUES).record(id)
    return call.manners.changed(call, id, item)


class Family:
    """The operations on the values of one kind of record."""

    def __init__(self, target: Target) -> None:
        self.target = target
        self.word = target.value

    def all(self, call: Call) -> Answer:
        owner = fields.owner(call.work, self.target, call.id)
        return values(call, target=self.target, record_id=owner.id)

    def one(self, call: Call) -> Answer:
        owner = fields.owner(call.work, self.target, call.id)
        name = self.known(call).name
        return values(call, target=self.target, record_id=owner.id, name=name)

    def known(self, call: Call) -> fields.Field:
        """The field named in the path; where the vendor's own paths name one that is not there, that is a 404.

        Some clients write a space in the path as a plus sign.
        """
        name = call.request.params["fieldName"]
        found = fields.named(call.work, self.target, name)
        found = found or fields.named(call.work, self.target, name.replace("+", " "))
        if found is None:
            raise NotFound("custom field")
        return found

    def put(self, call: Call) -> Answer:
        """Under a name that no field has yet, a text field is made."""
        data = {name.casefold(): value for name, value in call.data.items()}
        return stored(call, self.target, data.get("fieldname"), data.get("value"))

    def put_named(self, call: Call) -> Answer:
        data = {name.casefold(): value for name, value in call.data.items()}
        fields.owner(call.work, self.target, call.id)
        return stored(call, self.target, self.known(call).name, data.get("value"))

    def put_in_path(self, call: Call) -> Answer:
        fields.owner(call.work, self.target, call.id)
        return stored(call, self.target, self.known(call).name, call.request.params["value"])

    def clear(self, call: Call) -> Answer:
        fields.owner(call.work, self.target, call.id)
        fields.clear(call.work, self.target, call.id, self.known(call).id)
        return call.manners.removed(call, call.id, None)

    def clear_by_id(self, call: Call) -> Answer:
        fields.clear(call.work, self.target, call.id, call.number("fieldId"))
        return call.manners.removed(call, call.id, None)

    def defined(self, call: Call) -> Answer:
        return Answer(200, definitions(call, target=self.target))

    def definition(self, call: Call) -> Answer:
        (found,) = definitions(call, target=self.target, name=self.known(call).name)
        return Answer(200, found)

    def define(self, call: Call) -> Answer:
        call = call.showing(DEFINITIONS)
        id = fields.create(call.work, call.asked(fields.New, DEFINITION, fresh=True, target=self.target))
        item, _ = call.record(id)
        return call.manners.created(call, id, item)

    def verbs(self) -> tuple[Verb, ...]:
        word, room = self.word, {"agent": "assets"}.get(self.word, f"{self.word}s")
        one = f"an {word}" if word[0] in "aeiou" else f"a {word}"
        many, defined = {"type": "array", "items": VALUE}, {"type": "array", "items": DEFINITION}
        write = f"{room}:write"
        return (
            Verb("GET", f"/{word}/{{id}}", self.all, f"Custom values of {one}", "fields:read", gives=many),
            Verb("POST", f"/{word}/{{id}}", self.put, f"Set a custom value of {one}", write, takes=BODY,
                 required=("FieldName",), gives=VALUE, input=fields.NewValue),
            Verb("DELETE", f"/{word}/{{id}}/{{fieldName}}", self.clear, f"Clear a custom value of {one}", write,
                 body="none"),
            Verb("DELETE", f"/{word}/{{id}}/field/{{fieldId}}", self.clear_by_id,
                 f"Clear a custom value of {one} by the field's id", write, body="none"),
            Verb("GET", f"/{word}fields/{{id}}", self.all, f"All custom values of {one}", "fields:read", gives=many),
            Verb("GET", f"/{word}field/{{id}}/{{fieldName}}", self.one, f"One custom value of {one}", "fields:read",
                 gives=many),
            Verb("PUT", f"/{word}field/{{id}}/{{fieldName}}", self.put_named, f"Set a known custom field of {one}",
                 write, takes=ONLY_VALUE, gives=VALUE, input=fields.NewValue),
            Verb("POST", f"/{word}field/{{id}}/{{fieldName}}", self.put_named, f"Set a known custom field of {one}",
                 write, takes=ONLY_VALUE, gives=VALUE, input=fields.NewValue),
            Verb("PUT", f"/{word}field/{{id}}/{{fieldName}}/{{value}}", self.put_in_path,
                 f"Set a known custom field of {one} from the path", write, gives=VALUE, body="none"),
            Verb("GET", f"/{word}field", self.defined, f"Custom fields of {word}s", "fields:read", gives=defined),
            Verb("POST", f"/{word}field", self.define, f"Define a custom field of {word}s", "fields:write",
                 takes=DEFINITION, required=("FieldName",), gives=DEFINITION, status=201, input=fields.New),
            Verb("GET", f"/{word}fieldname/{{fieldName}}", self.definition, f"One custom field of {word}s by name",
                 "fields:read", gives=DEFINITION),
        )  # fmt: skip


CUSTOM_VALUES = (
    *(
        Resource(
            path="customvalues",
            one=target.value,
            reading=fields.VALUES,
            shape=VALUE,
            words=WORDS,
            verbs=Family(target).verbs(),
        )
        for target in Target
    ),
    Resource(
        path="customvalues",
        one="custom value",
        reading=fields.VALUES,
        shape=VALUE,
        verbs=(
            Verb(
                "GET", "/customfields", every_definition, "All custom fields", "fields:read",
                gives={"type": "array", "items": DEFINITION},
            ),
            Verb(
                "GET", "/{guid}", by_guid, "One custom value by its guid", "fields:read",
                gives={"type": "array", "items": VALUE},
            ),
        ),
    ),
)  # fmt: skip
