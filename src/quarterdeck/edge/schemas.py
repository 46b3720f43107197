"""What a shape says of a record, as JSON schemas: how it is shown, and what may be sent."""

from collections.abc import Callable, Iterable, Iterator
from types import NoneType
from typing import Any, get_args

import sqlalchemy as sa

from quarterdeck.desk.input import Input
from quarterdeck.edge.nesting import Custom, Form
from quarterdeck.wire.codecs import PLAIN
from quarterdeck.wire.shape import Field, Shape

Schema = dict[str, Any]

LIMITS = ("minLength", "maxLength", "minimum", "maximum", "maxItems", "pattern", "format")


def record(form: Form, resolved: Callable[[Any], Any]) -> Schema:
    """A record as it is shown: every field is always there. `resolved` finds what stands for other records."""
    schema = fields(form, form.shape)
    under = {nest.name: resolved(nest.schema(form.reading)) for nest in form.nests}
    return {**schema, "properties": {**schema["properties"], **under}, "required": [*schema["required"], *under]}


def fields(form: Form, shape: Shape, before: str = "") -> Schema:
    """The fields of a shape whose paths begin with `before`."""
    always = [one.name for one in shape.without_twins.fields if one.shown]
    shown_ones = [one for one in shape.fields if one.shown]
    return {"type": "object", "properties": named(shown_ones, lambda one: shown(form, one, before)), "required": always}


def named(fields: Iterable[Field], schema_of: Callable[[Field], Schema]) -> Schema:
    """The fields' schemas under their names; a second name of the same thing says so."""
    properties: Schema = {}
    first: dict[tuple[str, int], str] = {}
    for one in fields:
        schema = schema_of(one)
        name = first.setdefault((one.path, id(one.codec)), one.name) if one.path else one.name
        properties[one.name] = schema if name == one.name else {**schema, "description": f"The same as `{name}`."}
    return properties


def shown(form: Form, one: Field, before: str = "") -> Schema:
    path = before + one.path
    if one.inside is not None and not one.path:
        return fields(form, one.inside, before)
    if one.inside is not None:
        return {**fields(form, one.inside, f"{path}."), "type": ["object", "null"]}
    if not one.path:
        return one.codec.schema
    column = form.view.column(path)
    schema = one.codec.schema
    if one.codec is PLAIN:
        schema = {"type": [kind_of(column), "null"]}
    # What is read over a relation may be missing with it.
    return schema if "." in path or getattr(column, "nullable", True) else without_null(schema)


def kind_of(column: Any) -> str:
    if isinstance(column.type, sa.Integer):
        return "integer"
    return "number" if isinstance(column.type, sa.Numeric) else "string"


def without_null(schema: Schema) -> Schema:
    kinds = schema.get("type")
    if not isinstance(kinds, list):
        return schema
    kept = [kind for kind in kinds if kind != "null"]
    schema = {**schema, "type": kept[0] if len(kept) == 1 else kept}
    if "enum" in schema:
        schema["enum"] = [word for word in schema["enum"] if word is not None]
    return schema


def body(
    shape: Shape, input: type[Input], required: tuple[str, ...], *, fresh: bool, custom: Custom | None = None
) -> Schema:
    """What may be sent. For a fresh record null is as good as not sent; else it clears what may be empty."""
    limits = limits_of(input)

    def schema_of(one: Field) -> Schema:
        schema = {**one.codec.schema, **limits.get(one.path, {})}
        empty = one.name not in required if fresh else clears(input, one.path)
        return schema if empty else without_null(schema)

    properties = named(read_by(shape, input), schema_of)
    if custom is not None:
        properties[custom.name] = {"type": ["object", "null"], "description": "Custom values by name; null clears one."}
    return {"type": "object", "properties": properties, **({"required": list(required)} if required else {})}


def read_by(shape: Shape, input: type[Input]) -> Iterator[Field]:
    return (one for one in shape.fields if one.taken and one.path in input.model_fields)


def clears(input: type[Input], name: str) -> bool:
    return NoneType in get_args(input.model_fields[name].annotation)


def limits_of(input: type[Input]) -> dict[str, Schema]:
    """The bounds the desk sets to each field."""
    found = {}
    for name, schema in input.model_json_schema().get("properties", {}).items():
        branches = [schema, *schema.get("anyOf", ())]
        found[name] = {key: one[key] for one in branches for key in LIMITS if key in one}
    return found


def parameters(shape: Shape, input: type[Input] | None) -> list[Schema]:
    """The fields of a query."""
    limits = limits_of(input) if input else {}
    fields = list(read_by(shape, input)) if input else [one for one in shape.fields if one.taken]
    schemas = named(fields, lambda one: {**without_null(one.codec.schema), **limits.get(one.path, {})})
    found = []
    for name, schema in schemas.items():
        kept = {key: value for key, value in schema.items() if key != "description"}
        said = {"description": schema["description"]} if "description" in schema else {}
        found.append({"name": name, "in": "query", **said, "schema": kept})
    return found
