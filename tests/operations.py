"""Every operation of every face, and ground for each to stand on: tests by the route table, so that a new route is in
by itself."""

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import httpx
import jsonschema_rs

from conftest import Client, Stage
from furnish import BARCODE, FIELD, MACHINE, custom_values, furnish, guids, keyed, least
from quarterdeck.app import DIALECTS
from quarterdeck.desk.errors import Refusal
from quarterdeck.desk.input import Input
from quarterdeck.desk.work import Work
from quarterdeck.edge.openapi import input_of
from quarterdeck.edge.rest import Dialect, Resource, Verb
from quarterdeck.wire.codecs import Unreadable
from quarterdeck.wire.shape import Field

# Kinds of record that there are none of yet: to ask for one is to be told so.
NONE_YET = {"invoice", "estimate", "payment"}
# Kinds that are known by what their resource calls one, for there is no table of them.
BY_NAME = {"ticket problem type", *NONE_YET}
# A path's own words for a kind of record, where they are not ours.
THEIRS = {"asset": "agent"}
OTHERWISE = {
    "asset": "agent",
    "user": "technician",
    "technician contact": "technician",
    "device": "agent",
    "address": "site",
    "parent": "ticket",
    "field": "customer field",
}


@dataclass(frozen=True)
class Operation:
    dialect: Dialect
    on: Resource
    verb: Verb

    @property
    def path(self) -> str:
        return f"{self.dialect.prefix}/{self.on.path}{self.verb.path}"

    @property
    def parameters(self) -> list[str]:
        return re.findall(r"{(\w+)}", self.path)

    @property
    def named(self) -> dict[str, str]:
        """The kinds of record that the path names, by the parameters that are their ids."""
        return {name: self.kind_of(name) for name in self.parameters if is_id(name)}

    def kind_of(self, parameter: str) -> str:
        """The kind of record behind an id: the last of a path is one of its own, before it stands what others are of."""
        own = self.on.one if self.on.one in KINDS | BY_NAME else self.on.reading.record.kind
        before = re.search(rf"([\w-]+)/{{{parameter}}}", self.path)
        assert before is not None
        word = before[1].removesuffix("s") if parameter == "id" else re.sub("_?[iI]d$", "", parameter)
        word = THEIRS.get(word, word.replace("_", " "))
        known = word in KINDS or word == "field"
        return own if (self.path.endswith("/{id}") and parameter == "id") or not known else word

    @property
    def takes_a_body(self) -> bool:
        return self.verb.changes or self.verb.method == "POST"

    @property
    def makes(self) -> bool:
        """Whether it makes a record of what is in its body."""
        return self.verb.method == "POST" and self.verb.takes is not None and not self.verb.path.endswith("/{id}")

    @cached_property
    def taken(self) -> dict[str, Field]:
        """The field behind each of our paths, under the name by which the vendor tells of it."""
        shape, input = self.verb.takes, input_of(self.on, self.verb)
        if shape is None or input is None:
            return {}
        names = {path: name for path, name in shape.names.items() if path in input.model_fields}
        return {path: shape.takers[name.casefold()] for path, name in names.items()}

    @property
    def texts(self) -> list[Field]:
        """The fields that take free text. Passwords are not shown again, and slow to keep."""
        return [one for path, one in self.taken.items() if is_text(one) and path not in ("password", "confirmation")]

    def status(self, kind: type[Refusal]) -> int:
        return self.dialect.manners.status(kind)

    def __str__(self) -> str:
        return f"{self.verb.method} {self.path}"


def is_id(name: str) -> bool:
    """Whether a parameter or field is called as one that names a record."""
    return re.search("(^i|I|_i)ds?$|ID$", name) is not None


def kind_named(name: str) -> str:
    """The kind of record that a field such as `customer_id` or `CustomerID` names."""
    word = re.sub(r"_?ids?$", "", name.casefold()).replace("_", " ")
    return OTHERWISE.get(word, word)


def is_text(one: Field) -> bool:
    """Whether a field takes free text; an amount may be written as text, too, and is none."""
    schema = one.codec.schema
    kinds = schema.get("type", [])
    if "string" not in ([kinds] if isinstance(kinds, str) else kinds) or schema.keys() & {"enum", "format"}:
        return False
    try:
        return bool(one.codec.decode("free text"))
    except Unreadable:
        return False


KINDS = {on.reading.record.kind for dialect in DIALECTS for on in dialect.resources}
# The room of each kind of record that a path can name.
ROOMS = {on.reading.record.kind: on.reading.right.partition(":")[0] for dialect in DIALECTS for on in dialect.resources}
OPERATIONS = [Operation(dialect, on, verb) for dialect in DIALECTS for on in dialect.resources for verb in on.verbs]
WITH_BODY = [one for one in OPERATIONS if one.takes_a_body]
TAKING = [one for one in OPERATIONS if one.verb.takes is not None]


@dataclass(frozen=True)
class Ground:
    """One record of each kind, and what a path or a body has to say to name it."""

    ids: dict[str, int]
    guids: dict[str, str]
    word: str = "Acme"

    def path(self, operation: Operation, **given: str) -> str:
        """The operation's path with its parameters filled in, where nothing else is given for them."""
        return operation.path.format(**{**self.values(operation), **given})

    def values(self, operation: Operation) -> dict[str, Any]:
        """The parameters of the operation's path."""
        known: dict[str, Any] = {
            "fieldName": FIELD,
            "value": "Mia",
            "guid": self.guids.get(operation.on.reading.record.kind, ""),
            "deviceGuid": self.guids["agent"],
            "name": f"{self.word}.txt",
            "machineName": MACHINE,
        }
        for parameter, kind in operation.named.items():
            known[parameter] = self.ids.get(f"{operation.on.one} field" if kind == "field" else kind, 1)
        return {name: known[name] for name in operation.parameters}

    def query(self, operation: Operation) -> dict[str, Any]:
        """What the operation asks for beside path and body."""
        known = {
            "barcode": BARCODE,
            "duplicate_id": self.ids.get(f"{operation.on.one} twin"),
            "duplicateid": self.ids.get(f"{operation.on.one} twin"),
            "ids": self.ids.get(operation.on.reading.record.kind),
            "mute_for": "1-day",
            "user_id": self.ids["technician"],
        }
        names = set(operation.verb.parameters.takers if operation.verb.parameters else ())
        # Whose, where everybody has one of their own.
        names |= {"user_id"} if operation.on.one in ("timer", "timelog") and not operation.verb.many else set()
        return {name: known[name] for name in names & known.keys()}

    def body(self, operation: Operation) -> Any:
        """What the operation asks for at least, in the vendor's names."""
        if operation.verb.body == "array":
            return [self.ids["ticket"]]
        body = self.aside(operation)
        input = input_of(operation.on, operation.verb)
        if operation.verb.body != "none" and operation.verb.takes is not None and input is not None:
            body |= self.fields(operation, input)
        return body or None

    def aside(self, operation: Operation) -> dict[str, Any]:
        """Ids that stand in a body, as the operation's own note says."""
        names = re.findall(r"`(\w+_id)` names", operation.verb.note)
        return dict.fromkeys(names, self.ids.get(operation.on.reading.record.kind))

    def fields(self, operation: Operation, input: type[Input]) -> dict[str, Any]:
        """All there is to say of a new record, and of others what they ask for."""
        shape, kind = operation.verb.takes, operation.on.reading.record.kind
        assert shape is not None
        asked = {shape.takers[name.casefold()].path for name in operation.verb.required}
        asked |= {name for name, one in input.model_fields.items() if one.is_required()}
        values: dict[str, Any] = {
            **least(input, self.ids, self.word),
            "id": self.ids.get(kind),
            "asset_guid": self.guids["agent"],
            "duplicate_id": self.ids.get(f"{operation.on.one} twin"),
            "files": [{"url": "http://127.0.0.1:1/file", "filename": "a.txt", "content": "SGk="}],
        }
        if "value" in operation.taken:
            values["name"] = FIELD
        wanted = operation.taken.keys() & values.keys() & (operation.taken.keys() if operation.makes else asked)
        return {operation.taken[path].name: written(operation.taken[path], values[path]) for path in wanted}


def written(one: Field, value: Any) -> Any:
    """A value in the vendor's words, where the field has such."""
    return one.codec.encode(value) if "enum" in one.codec.schema and one.codec.encode else value


def lay(work: Work, word: str = "Acme") -> Ground:
    """One record of every kind."""
    ids = furnish(work, word)
    ids |= custom_values(work, ids)
    return Ground(ids, guids(work, ids), word)


def lay_on(stage: Stage, word: str = "Acme") -> Ground:
    made: Ground = stage.do(lambda work: lay(work, word))
    return made


def call(
    client: Client, operation: Operation, ground: Ground, key: str, path: str | None = None, **more: Any
) -> httpx.Response:
    """Call as the holder of a key, sent as the dialect has it, with what the operation asks for; as nobody where there
    is no key."""
    body = ground.body(operation)
    sent = {"params": ground.query(operation), **({} if body is None else {"json": body}), **more}
    headers = {**(keyed(operation.dialect, key) if key else {}), **sent.pop("headers", {})}
    return client.request(operation.verb.method, path or ground.path(operation), key=None, headers=headers, **sent)


def record_of(operation: Operation, content: dict[str, Any]) -> dict[str, Any]:
    """The record in an answer that shows one, whether it is wrapped or not."""
    wrapper = getattr(operation.on, "wrapper", "")
    inner = content.get(wrapper)
    return inner if isinstance(inner, dict) else content


def is_told_properly(operation: Operation, content: Any) -> bool:
    """Whether a refusal is in the face's shape."""
    return jsonschema_rs.is_valid(operation.dialect.outline.error, content) and bool(content["error"])
