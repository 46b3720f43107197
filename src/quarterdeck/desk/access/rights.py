"""Who may do what. A right is a room and a verb: `tickets:write`."""

from quarterdeck.desk.access.records import Role

ROOMS = (
    "customers",
    "contacts",
    "departments",
    "tickets",
    "hours",
    "fields",
    "assets",
    "alerts",
    "contracts",
    "products",
    "charges",
    "appointments",
    "leads",
    "knowledge",
    "replies",
    "attachments",
    "portal",
    "schedules",
    "shifts",
    "access",
    "journal",
)
READ = frozenset(f"{room}:read" for room in ROOMS)
WRITE = frozenset(f"{room}:write" for room in ROOMS)
ALL = READ | WRITE

ROLES: dict[Role, frozenset[str]] = {
    Role.OWNER: ALL,
    Role.TECHNICIAN: ALL - {"access:read", "access:write", "journal:read", "journal:write"},
    Role.READ_ONLY: READ - {"access:read", "journal:read"},
}
# A key of one customer changes nothing that the customers share, and sees nothing that is the provider's own affair.
OF_ONE_CUSTOMER = ALL - {
    "access:read",
    "access:write",
    "journal:read",
    "journal:write",
    "departments:write",
    "fields:write",
    "products:write",
    "replies:write",
    "shifts:read",
    "shifts:write",
}


def of_scopes(scopes: list[str]) -> frozenset[str]:
    """The rights that scopes name: `tickets:write`, `tickets:*`, `*:read` or `*`."""
    return frozenset(right for right in ALL if any(covers(scope, right) for scope in scopes))


def covers(scope: str, right: str) -> bool:
    """Whoever may write may read: a change answers with the record."""
    room, _, verb = scope.partition(":")
    right_room, _, right_verb = right.partition(":")
    return room in ("*", right_room) and (verb in ("", "*", "write") or verb == right_verb)


def is_scope(scope: str) -> bool:
    return any(covers(scope, right) for right in ALL)
