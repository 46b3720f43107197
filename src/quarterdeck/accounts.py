"""People and keys, from the command line: each command is one transaction of the desk."""

import secrets
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from typing import Any, TypeVar

from quarterdeck.app import opened
from quarterdeck.desk import access
from quarterdeck.desk.errors import NotFound
from quarterdeck.desk.statement import Link
from quarterdeck.desk.work import Actor, Work
from quarterdeck.settings import Settings
from quarterdeck.trouble import Trouble

FACE = "command line"

T = TypeVar("T")
Rows = list[list[Any]]


def at_desk(settings: Settings, act: Callable[[Work], T]) -> T:
    """Do it in a transaction of its own, with every right: who may run this may read the database anyway."""

    def job(db: Any) -> T:
        return act(Work(Link(db), Actor(FACE, access.ALL), datetime.now(UTC), FACE))

    with closing(opened(settings)) as storage:
        return storage.write_later(job).result()


def list_users(settings: Settings) -> Rows:
    head = ["id", "name", "mail", "role", "", "since"]
    found = at_desk(settings, access.everyone)
    return [head, *([*row[:4], "" if row[4] else "deactivated", day(row[5])] for row in found)]


def create_user(settings: Settings, given: dict[str, Any], password: str | None) -> tuple[str, str | None]:
    """The new user in words, and the password if it was made up here. The first user is the owner."""
    made_up = secrets.token_urlsafe(15) if password is None else None

    def act(work: Work) -> str:
        role = given.get("role") or ("technician" if access.owned(work) else "owner")
        if role != "owner" and not access.owned(work):
            raise Trouble("The first user must be the owner. Leave --role out, or say --role owner.")
        new = access.New.check({**given, "role": role, "password": made_up or password})
        technician = access.create(work, new)
        return f"{technician.first_name} {technician.last_name}".strip() + f", {role}, id {technician.id}"

    return at_desk(settings, act), made_up


def set_password(settings: Settings, email: str, password: str | None) -> str | None:
    """The password, if it was made up here."""
    made_up = secrets.token_urlsafe(15) if password is None else None
    changes = access.Changes.check({"password": made_up or password})
    at_desk(settings, lambda work: access.change(work, known(work, email), changes))
    return made_up


def deactivate_user(settings: Settings, email: str) -> None:
    at_desk(settings, lambda work: access.change(work, known(work, email), access.Changes(active=False)))


def known(work: Work, email: str) -> int:
    id = access.by_email(work, email)
    if id is None:
        raise NotFound(f"user {email}")
    return id


def list_keys(settings: Settings) -> Rows:
    head = ["id", "name", "begins", "of", "scopes", "customer", "ends", "last used", ""]
    return [head, *(key_row(row) for row in at_desk(settings, access.keys))]


def key_row(row: tuple[Any, ...]) -> list[Any]:
    id, name, hint, email, scopes, customer_id, ends_at, revoked_at, used_at = row
    ended = ends_at is not None and ends_at <= datetime.now(UTC)
    state = "revoked" if revoked_at else "ended" if ended else ""
    return [id, name, hint, email, " ".join(scopes), customer_id or "all", day(ends_at), day(used_at), state]


def create_key(settings: Settings, email: str, given: dict[str, Any]) -> tuple[int, str]:
    """The new key's id and text."""

    def act(work: Work) -> tuple[int, str]:
        return access.give_key(work, access.NewKey.check({**given, "technician_id": known(work, email)}))

    return at_desk(settings, act)


def revoke_key(settings: Settings, id: int) -> None:
    at_desk(settings, lambda work: access.revoke_key(work, id))


def day(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M}" if moment else "-"
