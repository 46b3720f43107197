"""What may be asked of files on tickets."""

import re
import unicodedata
from dataclasses import dataclass, field
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator

from quarterdeck.desk.input import UNSENT, Id, Input, Moment, storable

NAME_MAX = 200
# So much of a name's end is its ending, and kept when the name is cut.
ENDING_MAX = 20
NAMELESS = "file"
ANYTHING = "application/octet-stream"
TYPE = re.compile(r"[a-z0-9][a-z0-9.+-]{0,60}/[a-z0-9][a-z0-9.+-]{0,80}")
# They turn the order of what is read around, so that `exe.txt` may be shown of `txt.exe`.
TURNING = {"\u061c", "\u200e", "\u200f", *map(chr, range(0x202A, 0x202F)), *map(chr, range(0x2066, 0x206A))}


def tamed(value: Any) -> Any:
    """A file's name without folders, control characters and what turns its letters around, cut to its length."""
    if not isinstance(value, str):
        return value
    name = re.split(r"[/\\]", value[-10_000:])[-1]
    name = "".join(one for one in name if unicodedata.category(one) != "Cc" and one not in TURNING)
    name = name.strip(" .\u2028\u2029") or NAMELESS
    if len(name) <= NAME_MAX:
        return name
    stem, dot, ending = name.rpartition(".")
    kept = f"{dot}{ending}" if stem and len(ending) <= ENDING_MAX else ""
    return name[: NAME_MAX - len(kept)] + kept


def told(value: Any) -> str:
    """A media type as the sender gave it, without its parameters; whatever is none is just bytes."""
    kind = str(value or "").partition(";")[0].strip().lower()
    return kind if TYPE.fullmatch(kind) else ANYTHING


@dataclass(frozen=True, slots=True)
class Stored:
    """Content that was taken in: what it is known by, and itself where the database is to keep it."""

    hash: str
    size: int
    content: bytes | None = field(default=None, repr=False)


FileName = Annotated[str, BeforeValidator(tamed), AfterValidator(storable)]
Type = Annotated[str, BeforeValidator(told)]


class New(Input):
    name: FileName = NAMELESS
    type: Type = ANYTHING
    comment_id: Id | None = None
    stored: Stored


class Filter(Input):
    ticket_id: Id = UNSENT
    comment_id: Id = UNSENT
    changed_since: Moment = UNSENT
