"""One record out and back: a list of fields, in the vendor's order.

`field` goes both ways, `shown` only out, `taken` only in, `fixed` is theirs alone and leads nowhere.
"""

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


def field(name: str, path: str, codec: Codec = PLAIN) -> Field:
    return Field(name, path, codec)


def shown(name: str, path: str, codec: Codec = PLAIN) -> Field:
    return Field(name, path, codec, taken=False)


def taken(name: str, path: str, codec: Codec = PLAIN) -> Field:
    return Field(name, path, codec, shown=False)


def fixed(name: str, value: Any) -> Field:
    return Field(name, "", Codec(schema_of(value)), taken=False, value=value)


def schema_of(value: Any) -> dict[str, Any]:
    names = {bool: "boolean", int: "integer", float: "number", str: "string", list: "array"}
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
        return tuple(dict.fromkeys(one.path for one in self.fields if one.shown and one.path))

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

    def encoder(self, tail: int = 0) -> Encoder:
        """A function from raw rows, in the order of `paths` and with `tail` more values, to records for JSON.

        It is written out as one comprehension over one constructor: for a list of fifty, a call for each field would
        cost more than the query.
        """
        out = [one for one in self.fields if one.shown]
        record = msgspec.defstruct(
            "Record",
            [(f"f{place}", Any) for place in range(len(out))],
            rename={f"f{place}": one.name for place, one in enumerate(out)},
            gc=False,
        )
        place_of = {path: place for place, path in enumerate(self.paths)}
        parts: dict[str, Any] = {"record": record}
        made: dict[tuple[str, int], str] = {}
        arguments = []
        for place, one in enumerate(out):
            if not one.path:
                parts[f"v{place}"] = one.value
                arguments.append(f"v{place}")
                continue
            column = f"c{place_of[one.path]}"
            if one.codec.encode is None:
                arguments.append(column)
            elif (value := made.get((one.path, id(one.codec)))) is not None:
                arguments.append(value)
            else:
                parts[f"e{place}"] = one.codec.encode
                made[one.path, id(one.codec)] = f"x{place}"
                text = (one.codec.inline or f"e{place}({{0}})").format(column)
                arguments.append(f"(x{place} := {text})")
        columns = [f"c{place}" for place in range(len(self.paths))] + [f"_{place}" for place in range(tail)]
        # Only numbers made here and the codecs' own expressions go into this text: no name of a field, no value.
        source = f"def encode(rows): return [record({', '.join(arguments)}) for ({', '.join(columns)},) in rows]"
        exec(source, parts)  # noqa: S102
        encode: Encoder = parts["encode"]
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
