"""How technicians come in."""

from quarterdeck.desk.signin.actions import admit, come_in, leave
from quarterdeck.desk.signin.queries import STRANGER, Visitor, visitor
from quarterdeck.desk.signin.records import (
    Attempt,
    Challenge,
    Factor,
    Identity,
    Invitation,
    Passkey,
    Purpose,
    RecoveryCode,
    Session,
)

__all__ = [
    "STRANGER",
    "Attempt",
    "Challenge",
    "Factor",
    "Identity",
    "Invitation",
    "Passkey",
    "Purpose",
    "RecoveryCode",
    "Session",
    "Visitor",
    "admit",
    "come_in",
    "leave",
    "visitor",
]
