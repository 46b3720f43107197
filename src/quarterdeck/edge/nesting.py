"""Records under records: lists and objects that a record is shown with, each read in one statement for a whole page."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any, Protocol

import msgspec

from quarterdeck.desk import fields
from quarterdeck.desk.errors import Invalid
from quarterdeck.desk.paging import Found, Page
from quarterdeck.desk.reading import TAIL, Reading, View
from quarterdeck.desk.statement import Row
from quarterdeck.desk.work import Work
from quarterdeck.wire.shape import Encoder, Shape

VALUES = fields.VALUES.view(("field.name", "text"))


class Under(Protocol):
    """What hangs on the records of a page: its name, the paths it needs of them, and its value for each."""

    @property
    def name(self) -> str: ...

    @property
    def paths(self) -> tuple[str, ...]: ...

    def schema(self, owner: Reading) -> Any:
        """What it is shown as, with forms where their records stand."""
        ...

    def values(self, work: Work, rows: Sequence[Row], place: Mapping[str, int]) -> list[Any]: ...


@dataclass(frozen=True)
class Form:
    """One kind of record as it is shown: its fields, and what hangs on it."""

    reading: Reading
    shape: Shape
    nests: tuple[Under, ...] = ()

    @cached_property
    def paths(self) -> tuple[str, ...]:
        needed = [path for nest in self.nests for path in nest.paths if path != "id"]
        return tuple(dict.fromkeys([*self.shape.paths, *needed]))

    @cached_property
    def view(self) -> View:
        return self.reading.view(self.paths)

    @cached_property
    def place(self) -> dict[str, int]:
        """Where in a row the value of a path is; the id ends it."""
        return {path: place for place, path in enumerate(self.paths)} | {"id": -1}

    @cached_property
    def encode(self) -> Encoder:
        return self.shape.encoder(TAIL, self.paths, [nest.name for nest in self.nests])

    @cached_property
    def encode_without_twins(self) -> Encoder:
        return self.shape.without_twins.encoder(TAIL, self.paths, [nest.name for nest in self.nests])

    def encoded(self, work: Work, rows: Sequence[Row], *, thin: bool = False) -> list[Any]:
        """Records for JSON, of raw rows of the view."""
        if self.nests and rows:
            columns = [nest.values(work, rows, self.place) for nest in self.nests]
            rows = [(*row, *more) for row, *more in zip(rows, *columns, strict=True)]
        return self.encode_without_twins(rows) if thin else self.encode(rows)

    def all(self, work: Work, where: Any, most: int = 1000) -> list[Any]:
        """The records that meet a filter, as they are shown: for lists that are short by nature."""
        found: Found[Row] = self.view.page(work, where, Page(size=most))
        return self.encoded(work, found.items)


@dataclass(frozen=True)
class Nest:
    """A list of other records under each: those whose column `by` names its value at `owner`.

    Whoever may not read them is shown none. `gather` makes of the list what is shown.
    """

    name: str
    form: Form
    by: str
    owner: str = "id"
    only: Mapping[str, Any] = field(default_factory=dict)
    newest: bool = False
    most: int | None = None
    gather: Callable[[Sequence[Any]], Any] = list

    @property
    def paths(self) -> tuple[str, ...]:
        return (self.owner,)

    def schema(self, owner: Reading) -> Any:
        if self.gather is one:
            return {"anyOf": [self.form, {"type": "null"}]}
        return {"type": "array", "items": self.form} if self.gather is list else {}

    def values(self, work: Work, rows: Sequence[Row], place: Mapping[str, int]) -> list[Any]:
        owners = [row[place[self.owner]] for row in rows]
        ids = sorted({owner for owner in owners if owner is not None})
        under: dict[int, list[Any]] = {}
        if ids and self.form.reading.right in work.actor.rights:
            found = self.form.view.under(work, self.by, ids, self.only, newest=self.newest, most=self.most)
            for row, item in zip(found, self.form.encoded(work, found), strict=True):
                under.setdefault(row[-2], []).append(item)
        return [self.gather(under.get(owner, ())) for owner in owners]


def one(items: Sequence[Any]) -> Any:
    """The first of a list, for a record that is only ever one."""
    return items[0] if items else None


@dataclass(frozen=True)
class Custom:
    """Custom values as one object, with some of the record's own fields among them.

    In a body, the own fields count as if they stood beside the object, and everything else is a custom value: set, or
    with null cleared; what is not named stays.
    """

    name: str
    target: fields.Target
    beside: Shape = field(default_factory=Shape)
    # Further names of the object in a body.
    also: tuple[str, ...] = ()

    @property
    def paths(self) -> tuple[str, ...]:
        return self.beside.paths

    def schema(self, owner: Reading) -> Any:
        said = "Custom values by name, and some of the record's own fields."
        return {"allOf": [Form(owner, self.beside)], "description": said}

    def values(self, work: Work, rows: Sequence[Row], place: Mapping[str, int]) -> list[Any]:
        places = [place[path] for path in self.paths]
        own = self.own([tuple(row[one] for one in places) for row in rows])
        custom: dict[int, dict[str, str]] = {}
        if fields.VALUES.right in work.actor.rights:
            for name, text, owner, _ in VALUES.under(
                work, "record_id", [row[-1] for row in rows], {"target": self.target}
            ):
                custom.setdefault(owner, {})[name] = text
        return [self.together(mine, custom.get(row[-1], {})) for row, mine in zip(rows, own, strict=True)]

    def together(self, own: Any, custom: dict[str, str]) -> dict[str, Any]:
        """A custom value stands in for a field that is shown alone; one that can be set says what it is itself. No two
        names differ in case alone."""
        shown: dict[str, Any] = msgspec.to_builtins(own, builtin_types=(Decimal,))
        if not custom:
            return shown
        custom = {name: text for name, text in custom.items() if name.casefold() not in self.beside.takers}
        said = {name.casefold() for name in custom}
        return {**{name: value for name, value in shown.items() if name.casefold() not in said}, **custom}

    @cached_property
    def own(self) -> Encoder:
        return self.beside.encoder()

    def split(self, data: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
        """A body without the object, its own fields beside the others, and the custom values that were in it."""
        names = {self.name.casefold(), *(name.casefold() for name in self.also)}
        plain = {name: value for name, value in data.items() if name.casefold() not in names}
        custom: dict[str, Any] = {}
        for name, value in data.items():
            if name.casefold() not in names or value is None or value == "":
                continue
            if not isinstance(value, dict):
                raise Invalid({self.name: "is not an object"})
            for inner, said in value.items():
                if inner.casefold() in self.beside.takers:
                    plain.setdefault(inner, said)
                else:
                    custom[inner] = said
        return plain, custom

    def keep(self, work: Work, id: int, values: Mapping[str, Any]) -> None:
        for name, value in values.items():
            try:
                fields.write(work, self.target, id, name, written(value))
            except Invalid as invalid:
                raise Invalid({name: next(iter(invalid.problems.values()))}) from None


def written(value: Any) -> str | None:
    """A custom value as text: as it is, a number or truth value as JSON says it, anything larger as JSON."""
    return value if value is None or isinstance(value, str) else msgspec.json.encode(value).decode()
