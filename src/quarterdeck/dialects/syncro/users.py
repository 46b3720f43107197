"""The people who work here, and whoever asks."""

from typing import Any

import msgspec

from quarterdeck.desk import access
from quarterdeck.desk.access import Role
from quarterdeck.dialects.syncro.kinds import Kind, sheet
from quarterdeck.dialects.syncro.manners import envelope
from quarterdeck.dialects.syncro.words import MILLIS
from quarterdeck.edge.nesting import Form
from quarterdeck.edge.rest import Answer, Call, Verb
from quarterdeck.edge.verbs import listed, show
from quarterdeck.wire.codecs import Choice, Codec, nullable
from quarterdeck.wire.shape import Shape, fixed, shown

GROUP = Choice(Role, owner="Admins", technician="Technicians", read_only="Read Only")
ADMIN = Codec(nullable("boolean"), lambda role: role and role == Role.OWNER)

# A user alone, and wherever one is shown with another record.
USER = Shape(
    shown("id", "id"),
    shown("email", "email"),
    shown("full_name", "full_name"),
    shown("created_at", "created_at", MILLIS),
    shown("updated_at", "updated_at", MILLIS),
    shown("group", "role", GROUP),
    shown("admin", "role", ADMIN),
    # The vendor documents the one and sends the other.
    shown("admin?", "role", ADMIN),
    fixed("color", "3366cc"),
)
PAIR = Form(access.READING, Shape(shown("id", "id"), shown("name", "full_name")))
PAIRS = envelope(
    "users",
    {
        "type": "array",
        "items": {"type": ["integer", "string"]},
        "minItems": 2,
        "maxItems": 2,
        "description": "An id and a name.",
    },
)

# What a key may do, in the vendor's areas, and our rooms behind them; nobody may what is not there.
AREAS = {"asset": "assets", "customer": "customers", "ticket": "tickets", "invoice": "", "payment": ""}


def pairs(call: Call) -> Answer:
    answer = listed(call, call.filtered(active=True))
    answer.content["users"] = [msgspec.structs.astuple(one) for one in answer.content["users"]]
    return answer


def me(call: Call) -> Answer:
    """Whoever asks, flat and once more under `user`; the key itself is not told."""
    myself = access.myself(call.work)
    admin = myself.role is Role.OWNER
    name = f"{myself.first_name} {myself.last_name}".strip()
    whole: dict[str, Any] = {
        "user_token": None,
        "user_email": myself.email,
        "user_name": name,
        "user_id": myself.id,
        "admin": admin,
        "can_use_app": True,
        "two_factor_required": False,
        "subdomain": "quarterdeck",
        "default_location": None,
        "enable_multi_locations": False,
        "locations_allowed": [],
        "permissions": permissions(call.work.actor.rights),
        "user": {
            "id": myself.id,
            "email": myself.email,
            "name": name,
            "full_name": name,
            "role": GROUP.encode(myself.role) if GROUP.encode else None,
            "admin": admin,
        },
    }
    return Answer(200, whole)


def permissions(rights: frozenset[str]) -> dict[str, Any]:
    areas: dict[str, Any] = {}
    for area, room in AREAS.items():
        write = f"{room}:write" in rights
        areas[area] = {"read": f"{room}:read" in rights, "write": write, "delete": write}
    return {
        **areas,
        "worksheet": {"add": False, "manage": False, "delete": False},
        "script": {"execute": False},
    }


MYSELF = {
    "type": "object",
    "properties": {
        "user_token": {"type": "null", "description": "Never told: the caller knows it."},
        "user_email": {"type": "string"},
        "user_name": {"type": "string"},
        "user_id": {"type": "integer"},
        "admin": {"type": "boolean"},
        "can_use_app": {"type": "boolean"},
        "two_factor_required": {"type": "boolean"},
        "subdomain": {"type": "string"},
        "default_location": {"type": "null"},
        "enable_multi_locations": {"type": "boolean"},
        "locations_allowed": {"type": "array"},
        "permissions": {"type": "object", "description": "What the key may do, by area."},
        "user": {"type": "object", "required": ["id", "email", "name", "full_name", "role", "admin"]},
    },
    "required": ["user_email", "user_name", "user_id", "admin", "permissions", "user"],
}

USERS = Kind(
    path="users",
    one="user",
    wrapper="user",
    many="users",
    reading=access.READING,
    shape=USER,
    brief=PAIR,
    filter=access.Filter,
    size=1000,
    verbs=(
        Verb("GET", "", pairs, "List users", "tickets:read", gives=PAIRS, many=True),
        Verb("GET", "/{id}", show, "Get a user", "tickets:read", gives=USER),
    ),
)

ME = sheet("me", me, "Whose key this is, and what it may do", None, MYSELF)
