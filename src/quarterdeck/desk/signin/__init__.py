"""How technicians come in."""

from quarterdeck.desk.access import Session
from quarterdeck.desk.signin.actions import (
    Browser,
    Outcome,
    admit,
    change_password,
    come_in,
    leave,
    leave_others,
    prefer,
    proved,
    second_factor,
)
from quarterdeck.desk.signin.actions import confirm_factor as confirm
from quarterdeck.desk.signin.beginning import set_up, word
from quarterdeck.desk.signin.factors import asked_of, codes_left, offer, renew_codes
from quarterdeck.desk.signin.factors import begin as begin_factor
from quarterdeck.desk.signin.factors import discard as discard_factor
from quarterdeck.desk.signin.factors import remove as remove_factor
from quarterdeck.desk.signin.identities import Asked, answered, ask, come_in_as, unlink
from quarterdeck.desk.signin.inputs import Chosen, Owner, Preferences
from quarterdeck.desk.signin.links import Offer, accept, invite, invite_again, offered, reset, reset_factor, waiting
from quarterdeck.desk.signin.passkeys import Site, add, ask_to_add, ask_to_enter, come_in_with
from quarterdeck.desk.signin.passkeys import remove as remove_passkey
from quarterdeck.desk.signin.passkeys import rename as rename_passkey
from quarterdeck.desk.signin.queries import (
    STRANGER,
    Place,
    Visitor,
    ended,
    has_password,
    identities,
    oneself,
    passkeys,
    sessions,
    visitor,
)
from quarterdeck.desk.signin.records import (
    Attempt,
    Challenge,
    Factor,
    Identity,
    Invitation,
    Passkey,
    Purpose,
    RecoveryCode,
)

__all__ = [
    "STRANGER",
    "Asked",
    "Attempt",
    "Browser",
    "Challenge",
    "Chosen",
    "Factor",
    "Identity",
    "Invitation",
    "Offer",
    "Outcome",
    "Owner",
    "Passkey",
    "Place",
    "Preferences",
    "Purpose",
    "RecoveryCode",
    "Session",
    "Site",
    "Visitor",
    "accept",
    "add",
    "admit",
    "answered",
    "ask",
    "ask_to_add",
    "ask_to_enter",
    "asked_of",
    "begin_factor",
    "change_password",
    "codes_left",
    "come_in",
    "come_in_as",
    "come_in_with",
    "confirm",
    "discard_factor",
    "ended",
    "has_password",
    "identities",
    "invite",
    "invite_again",
    "leave",
    "leave_others",
    "offer",
    "offered",
    "oneself",
    "passkeys",
    "prefer",
    "proved",
    "remove_factor",
    "remove_passkey",
    "rename_passkey",
    "renew_codes",
    "reset",
    "reset_factor",
    "second_factor",
    "sessions",
    "set_up",
    "unlink",
    "visitor",
    "waiting",
    "word",
]
