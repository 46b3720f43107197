"""People and keys, from the command line: each command is one transaction of the desk."""

import secrets
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from typing import Any, TypeVar

from quarterdeck.app import OldSchema, opened
from quarterdeck.desk import access, provider, signin
from quarterdeck.desk.errors import NotFound, Refusal
from quarterdeck.desk.statement import Link
from quarterdeck.desk.work import Actor, Work
from quarterdeck.settings import Settings
from quarterdeck.storage import Unavailable
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


def note_backup(settings: Settings, file: str, size: int) -> bool:
    """Let the desk know that it was copied. One of another version is not told: its copy is as good."""
    try:
        at_desk(settings, lambda work: provider.backed_up(work, file, size))
    except (OldSchema, Refusal, Unavailable):
        return False
    return True


def list_users(settings: Settings) -> Rows:
    head = ["id", "name", "mail", "role", "", "since"]
    found = at_desk(settings, access.everyone)
    return [head, *([*row[:4], "" if row[4] else "deactivated", day(row[5])] for row in found)]


def create_user(settings: Settings, given: dict[str, Any], password: str | None) -> tuple[str, str | None]:
    """The new user in words, and the password if it was made up here. The first user is the owner."""
    made_up = secrets.token_urlsafe(15) if password is None else None

    def act(work: Work) -> str:
        role = role_of(work, given)
        new = access.New.check({**given, "role": role, "password": made_up or password})
        return named(access.create(work, new))

    return at_desk(settings, act), made_up


def invite_user(settings: Settings, given: dict[str, Any]) -> tuple[str, str]:
    """The new user in words, and the link by which they choose a password. The first user is the owner."""

    def act(work: Work) -> tuple[str, str]:
        id, token = signin.invite(work, access.New.check({**given, "role": role_of(work, given)}))
        return named(access.get(work, id)), link(settings, token)

    return at_desk(settings, act)


def reset_user(settings: Settings, email: str) -> str:
    """A link by which somebody chooses another password; they are signed out everywhere."""

    def act(work: Work) -> str:
        id = known(work, email)
        new = work.find(access.Technician, id)
        never_in = new is not None and new.active and new.password_hash is None
        return signin.invite_again(work, id) if never_in else signin.reset(work, id)

    return link(settings, at_desk(settings, act))


def reset_factor(settings: Settings, email: str) -> None:
    at_desk(settings, lambda work: signin.reset_factor(work, known(work, email)))


def setup_link(settings: Settings, url: str) -> str | None:
    """Where the first owner makes themselves; nothing where there is one."""
    word = at_desk(settings, signin.word)
    return f"{settings.public_url or url}/setup?word={word}" if word else None


def link(settings: Settings, token: str) -> str:
    """Where a link of one use leads. Its address is the settings', never what a browser says."""
    base = settings.public_url or f"http://{settings.host}:{settings.port}"
    return f"{base.rstrip('/')}/welcome/{token}"


def role_of(work: Work, given: dict[str, Any]) -> str:
    role: str = given.get("role") or ("technician" if access.owned(work) else "owner")
    if role != "owner" and not access.owned(work):
        raise Trouble("The first user must be the owner. Leave --role out, or say --role owner.")
    return role


def named(technician: access.Technician) -> str:
    name = f"{technician.first_name} {technician.last_name}".strip()
    return f"{name}, {technician.role}, id {technician.id}"


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
