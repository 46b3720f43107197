"""Which part of a list is wanted, and what was found."""

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, TypeVar

import msgspec

from quarterdeck.desk.errors import Invalid
from quarterdeck.desk.input import aware, storable

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Page:
    """The `number`th page of `size` rows. With `after` or `before`, a key, it costs the same however deep it lies."""

    number: int = 1
    size: int = 50
    order: str = "id"
    descending: bool = False
    after: str | None = None
    before: str | None = None


@dataclass(frozen=True, slots=True)
class Found(Generic[Item]):
    """One page of what matches, how many match in all, and the keys of the neighbouring pages."""

    items: Sequence[Item]
    total: int
    page: Page
    first: str | None = field(default=None)
    last: str | None = field(default=None)
    # Whether more rows lie beyond this page, in the direction in which it was read.
    further: bool = False

    @property
    def pages(self) -> int:
        """At least 1, also when there is nothing."""
        return max(1, -(-self.total // self.page.size))


def write_key(value: Any, id: int) -> str:
    """The place of a row in an order, as an opaque word."""
    return base64.urlsafe_b64encode(msgspec.json.encode([value, id])).decode().rstrip("=")


def read_key(key: str, of: type) -> tuple[Any, int]:
    """The value, of the ordered column's type, and the id that a key stands for."""
    try:
        padded = key.encode("ascii") + b"=" * (-len(key) % 4)
        value, id = msgspec.json.decode(base64.b64decode(padded, altchars=b"-_", validate=True), type=tuple[Any, int])
        if of is datetime and value is not None:
            value = aware(datetime.fromisoformat(value))
        if isinstance(value, str):
            storable(value)
    except (binascii.Error, msgspec.DecodeError, ValueError, TypeError) as error:
        raise Invalid({"after": "is not a key of this list"}) from error
    if not (value is None or isinstance(value, of)) or isinstance(value, bool) or not abs(id) < 2**63:
        raise Invalid({"after": "is not a key of this list"})
    if isinstance(value, int) and not abs(value) < 2**63:
        raise Invalid({"after": "is not a key of this list"})
    return value, id
