"""How passwords are kept: in one way, wherever somebody has one."""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

HASHER = PasswordHasher()


def hash_password(password: str) -> str:
    """What is kept of a password. Takes a processor for a while, on purpose."""
    return HASHER.hash(password)


def fits(hash: str, password: str) -> bool:
    """Whether this is the password that was kept. Takes as long."""
    try:
        return HASHER.verify(hash, password)
    except (VerificationError, InvalidHashError):
        return False


def is_outdated(hash: str) -> bool:
    """Whether it was made in another way than passwords are kept today."""
    return HASHER.check_needs_rehash(hash)
