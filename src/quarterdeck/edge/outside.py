"""What lies outside the database: it is done between transactions, never within one."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from quarterdeck.files import Files
from quarterdeck.outbound import Fetched


@dataclass(frozen=True)
class Outside:
    """Where files are kept, and the way to fetch one from elsewhere."""

    files: Files
    fetch: Callable[[str], Fetched]
    # What is wrong with the set-up: findings of the doctor.
    examine: Callable[[], list[Any]] = list
    # Copies the database: the name and size of the copy. Refuses where that cannot be.
    backup: Callable[[], tuple[str, int]] = lambda: ("", 0)


class Needed(Exception):
    """A verb cannot go on within its transaction: this has to be done first, and then the verb begun again."""

    def __init__(self, call: Any, do: Callable[[Outside], Any]) -> None:
        super().__init__("is done outside the transaction")
        self.call = call
        self.do = do
