"""People who work here, their roles, and the keys of programs."""

from quarterdeck.desk.access.actions import change, create, end_sessions, give_key, revoke_key, saw_key
from quarterdeck.desk.access.inputs import Changes, Filter, New, NewKey, Password
from quarterdeck.desk.access.queries import READING, bearer, by_email, everyone, get, hashed, keys, myself, owned, seen
from quarterdeck.desk.access.records import ApiKey, Role, Session, Technician
from quarterdeck.desk.access.rights import ALL, READ, ROLES, ROOMS

__all__ = [
    "ALL",
    "READ",
    "READING",
    "ROLES",
    "ROOMS",
    "ApiKey",
    "Changes",
    "Filter",
    "New",
    "NewKey",
    "Password",
    "Role",
    "Session",
    "Technician",
    "bearer",
    "by_email",
    "change",
    "create",
    "end_sessions",
    "everyone",
    "get",
    "give_key",
    "hashed",
    "keys",
    "myself",
    "owned",
    "revoke_key",
    "saw_key",
    "seen",
]
