"""Passwords: whether one is right, and which may be chosen.

To check one takes a processor for a while, on purpose. It is done between transactions, not within: `apart` is how the
caller does that.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

from quarterdeck.desk.access import Technician
from quarterdeck.desk.errors import Invalid
from quarterdeck.desk.hashing import fits, hash_password, is_outdated
from quarterdeck.desk.input import fold
from quarterdeck.desk.signin.inputs import Chosen

T = TypeVar("T")

Apart = Callable[[Callable[[], T]], T]

# Longer texts are no password of ours, and are not worth the work.
LONGEST = 1000


@dataclass(frozen=True)
class Checked:
    right: bool
    # The same password hashed as we do it today, where it was hashed otherwise.
    anew: str | None = None


def check(hash: str | None, password: str) -> Checked:
    """Whether a password is right. Where there is no account, telling so takes as long as telling a wrong one."""
    nobodys = nobody()
    if not fits(hash or nobodys, password[:LONGEST]) or hash is None:
        return Checked(False)
    return Checked(True, hash_password(password) if is_outdated(hash) else None)


@cache
def nobody() -> str:
    return hash_password("the password of an account that is not there")


def may_choose(technician: Technician, chosen: Chosen) -> None:
    """Refuse a password that is easily thought of, or was mistyped."""
    if fold(chosen.password) in (technician.email_key, technician.email_key.partition("@")[0]):
        raise Invalid({"password": "is your mail address"})
    if chosen.password != chosen.again:
        raise Invalid({"again": "is not the same"})
