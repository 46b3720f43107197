"""What may be asked of people and keys."""

from typing import Annotated

from pydantic import AfterValidator, Field

from quarterdeck.desk.access.records import Role
from quarterdeck.desk.access.rights import is_scope
from quarterdeck.desk.input import UNSENT, Email, Id, Input, Moment, Name, Text, Trimmed, malformed


def known(scopes: list[str]) -> list[str]:
    for scope in scopes:
        if not is_scope(scope):
            raise malformed(f"has no scope {scope!r}")
    return scopes


Password = Annotated[str, Field(min_length=10, max_length=200)]
Scopes = Annotated[list[str], Field(max_length=50), AfterValidator(known)]


class New(Input):
    first_name: Name
    last_name: Trimmed = ""
    email: Email
    role: Role = Role.TECHNICIAN
    password: Password | None = None


class Changes(Input):
    first_name: Name = UNSENT
    last_name: Trimmed = UNSENT
    role: Role = UNSENT
    password: Password = UNSENT
    active: bool = UNSENT


class Filter(Input):
    email: Text = UNSENT
    active: bool = UNSENT


class NewKey(Input):
    name: Name
    technician_id: Id
    scopes: Scopes = ["*"]
    customer_id: Id | None = None
    ends_at: Moment | None = None
