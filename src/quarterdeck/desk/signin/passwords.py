"""Passwords: whether one is right, and which may be chosen.

To check one takes a processor for a while, on purpose. It is done between transactions, not within: `apart` is how the
caller does that.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from quarterdeck.desk.access import Technician
from quarterdeck.desk.errors import Invalid
from quarterdeck.desk.input import fold
from quarterdeck.desk.signin.inputs import Chosen

T = TypeVar("T")

Apart = Callable[[Callable[[], T]], T]

HASHER = PasswordHasher()
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
    try:
        HASHER.verify(hash or nobodys, password[:LONGEST])
    except (VerificationError, InvalidHashError):
        return Checked(False)
    if hash is None:
        return Checked(False)
    return Checked(True, HASHER.hash(password) if HASHER.check_needs_rehash(hash) else None)


@cache
def nobody() -> str:
    return HASHER.hash("the password of an account that is not there")


def may_choose(technician: Technician, chosen: Chosen) -> None:
    """Refuse a password that is easily thought of, or was mistyped."""
    if fold(chosen.password) in (technician.email_key, technician.email_key.partition("@")[0]):
        raise Invalid({"password": "is your mail address"})
    if chosen.password != chosen.again:
        raise Invalid({"again": "is not the same"})
