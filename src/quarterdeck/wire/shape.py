"""One record out and back: a list of fields, in the vendor's order.

`field` goes both ways, `shown` only out, `taken` only in, `fixed` is theirs alone and leads nowhere; `within` shows a
related record, and `group` some of the record's own fields in an object.
"""

import itertools
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import msgspec

from quarterdeck.wire.codecs import PLAIN, Codec, Unreadable


@dataclass(frozen=True)
class Field:
    """Their name, our path, how the value is written."""

    name: str
    path: str
    codec: Codec = PLAIN
    shown: bool = True
    taken: bool = True
    value: Any = None
    # The fields of a related record that is shown whole; without a path, of the record itself.
    inside: "Shape | None" = None

    @property
    def paths(self) -> tuple[str, ...]:
        """What has to be read to show it."""
        if self.inside is None:
            return (self.path,) if self.path else ()
        if not self.path:
            return self.inside.paths
        return tuple(f"{self.path}.{path}" for path in ("id", *self.inside.paths))


def field(name: str, path: str, codec: Codec = PLAIN) -> Field:
    return Field(name, path, codec)


def shown(name: str, path: str, codec: Codec = PLAIN) -> Field:
    return Field(name, path, codec, taken=False)


def taken(name: str, path: str, codec: Codec = PLAIN) -> Field:
    return Field(name, path, codec, shown=False)


def fixed(name: str, value: Any) -> Field:
    return Field(name, "", Codec(schema_of(value)), taken=False, value=value)


def within(name: str, path: str, shape: "Shape") -> Field:
    """A related record, shown whole; null where there is none."""
    return Field(name, path, Codec({"type": ["object", "null"]}), taken=False, inside=shape)


def group(name: str, *fields: Field) -> Field:
    """Some of the record's own fields, in an object of their own."""
    return Field(name, "", Codec({"type": "object"}), taken=False, inside=Shape(*fields))


def schema_of(value: Any) -> dict[str, Any]:
    names = {bool: "boolean", int: "integer", float: "number", str: "string", list: "array", dict: "object"}
    return {"type": names[type(value)]} if value is not None else {"type": "null"}


def listed_as(**kinds: str) -> dict[str, Any]:
    """The schema of a list of small objects, for what no shape says."""
    properties = {name: {"type": kind} for name, kind in kinds.items()}
    return {"type": "array", "items": {"type": "object", "properties": properties, "required": list(kinds)}}


# Makes rows of a shape from raw rows of a view, ready for JSON.
Encoder = Callable[[Sequence[tuple[Any, ...]]], list[Any]]


class Shape:
    """The fields of one record."""

    def __init__(self, *fields: Field) -> None:
        self.fields = fields
        # The name by which a problem is told is the first that leads to its field.
        self.names = {one.path: one.name for one in reversed(fields) if one.taken} | {}
        self.takers: dict[str, Field] = {}
        for one in fields:
            if one.taken:
                self.takers.setdefault(one.name.casefold(), one)

    def __add__(self, other: "Shape") -> "Shape":
        return Shape(*self.fields, *other.fields)

    @cached_property
    def paths(self) -> tuple[str, ...]:
        """What has to be read to show the record."""
        return tuple(dict.fromkeys(path for one in self.fields if one.shown for path in one.paths))

    @cached_property
    def without_twins(self) -> "Shape":
        """The shape without second spellings that differ in case alone, for readers that know only one."""
        seen: set[str] = set()
        kept = []
        for one in self.fields:
            if one.shown and one.name.casefold() in seen:
                kept.append(Field(one.name, one.path, one.codec, shown=False, taken=one.taken))
                continue
            if one.shown:
                seen.add(one.name.casefold())
            kept.append(one)
        thin = Shape(*kept)
        thin.__dict__["paths"] = self.paths
        return thin

    def encoder(self, tail: int = 0, paths: Sequence[str] | None = None, more: Sequence[str] = ()) -> Encoder:
        """A function from raw rows to records for JSON. A row holds the values of `paths`, those of the shape unless
        said otherwise, then `tail` values that are not shown, then one ready value for each name in `more`.

        It is written out as one comprehension over one constructor: for a list of fifty, a call for each field would
        cost more than the query.
        """
        source = Source(self.paths if paths is None else paths)
        record = source.record(self, "", [f"m{place}" for place in range(len(more))], more)
        columns = [
            *source.columns,
            *(f"_{place}" for place in range(tail)),
            *(f"m{place}" for place in range(len(more))),
        ]
        # Only numbers made here and the codecs' own expressions go into this text: no name of a field, no value.
        row = "".join(f"{one}, " for one in columns)
        exec(f"def encode(rows): return [{record} for ({row}) in rows]", source.parts)  # noqa: S102
        encode: Encoder = source.parts["encode"]
        return encode

    def decode(self, data: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
        """Our values under our paths, and what could not be read. Names count without case; unknown ones are ignored.

        Where two names lead to one path, the later in the body wins, except that null never hides a value. Nothing
        written where a number, a truth or a moment belongs, as in an empty box of a form, is null.
        """
        values: dict[str, Any] = {}
        problems: dict[str, str] = {}
        for name, value in data.items():
            taker = self.takers.get(name.casefold())
            if value == "" and taker is not None and not taker.codec.wordy:
                value = None
            if taker is None or (value is None and values.get(taker.path) is not None):
                continue
            try:
                values[taker.path] = None if value is None else taker.codec.decode(value)
            except Unreadable as error:
                problems[taker.path] = str(error)
        return values, problems

    def renamed(self, problems: Mapping[str, Any]) -> Iterable[tuple[str, Any]]:
        """Problems under the names the caller knows."""
        return ((self.names.get(path, path), problem) for path, problem in problems.items())


class Source:
    """The text of an encoder while it is written, and the objects it names."""

    def __init__(self, paths: Sequence[str]) -> None:
        self.column_of = {path: f"c{place}" for place, path in enumerate(paths)}
        self.parts: dict[str, Any] = {}
        self.count = itertools.count()

    @property
    def columns(self) -> list[str]:
        return list(self.column_of.values())

    def part(self, what: Any) -> str:
        name = f"p{len(self.parts)}"
        self.parts[name] = what
        return name

    def record(self, shape: Shape, prefix: str, values: Sequence[str] = (), names: Sequence[str] = ()) -> str:
        """The call that makes one record of a shape whose paths begin with `prefix`."""
        out = [one for one in shape.fields if one.shown]
        # What has been written once in this record is not written again.
        written: dict[tuple[str, int], str] = {}
        arguments = [*(self.value(one, prefix, written) for one in out), *values]
        whole = [*(one.name for one in out), *names]
        record = msgspec.defstruct(
            "Record",
            [(f"f{place}", Any) for place in range(len(whole))],
            rename={f"f{place}": name for place, name in enumerate(whole)},
            gc=False,
        )
        return f"{self.part(record)}({', '.join(arguments)})"

    def value(self, one: Field, prefix: str, written: dict[tuple[str, int], str]) -> str:
        if one.inside is not None and not one.path:
            return self.record(one.inside, prefix)
        if one.inside is not None:
            whole = self.record(one.inside, f"{prefix}{one.path}.")
            return f"(None if {self.column_of[f'{prefix}{one.path}.id']} is None else {whole})"
        if not one.path:
            return self.part(one.value)
        column = self.column_of[prefix + one.path]
        if one.codec.encode is None:
            return column
        key = (one.path, id(one.codec))
        if key not in written:
            text = (one.codec.inline or f"{self.part(one.codec.encode)}({{0}})").format(column)
            written[key] = f"x{next(self.count)}"
            return f"({written[key]} := {text})"
        return written[key]
