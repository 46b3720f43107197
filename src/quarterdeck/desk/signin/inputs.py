"""What may be asked by those who come in, and of their own account."""

from typing import Annotated, Literal
from zoneinfo import available_timezones

from pydantic import AfterValidator, Field

from quarterdeck.desk.access import Password
from quarterdeck.desk.input import UNSENT, Email, Input, Name, Text, Trimmed, malformed


def zone(name: str) -> str:
    if name not in available_timezones():
        raise malformed("is no time zone")
    return name


class Chosen(Input):
    """A new password, typed twice."""

    password: Password
    again: Text = ""


class Owner(Chosen):
    """Who makes themselves the first owner."""

    first_name: Name
    last_name: Trimmed = ""
    email: Email


class Preferences(Input):
    language: Annotated[str, Field(pattern="^[a-z]{2,3}(-[A-Z]{2})?$")] = UNSENT
    time_zone: Annotated[str, AfterValidator(zone)] = UNSENT
    theme: Literal["", "light", "dark"] = UNSENT
    keys: Literal["on", "off"] = UNSENT


class PasskeyName(Input):
    name: Annotated[Name, Field(max_length=60)]
