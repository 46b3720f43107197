"""The base of everything a caller may ask for."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated, Any, Self

from email_validator import EmailNotValidError, validate_email
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from quarterdeck.desk.errors import MISSING, Invalid, Problem
from quarterdeck.desk.record import ID_MAX

# Stands for "not sent". A field that may also be cleared is `… | None = UNSENT`: the two are different.
UNSENT: Any = None


class Input(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", validate_default=False, arbitrary_types_allowed=True)

    @classmethod
    def check(cls, data: Mapping[str, Any]) -> Self:
        """Make one, or raise `Invalid` with every problem at once."""
        try:
            return cls.model_validate(data)
        except ValidationError as error:
            problems = {str(one["loc"][0]): said(one) for one in reversed(error.errors(include_url=False))}
            raise Invalid(problems) from None

    @property
    def sent(self) -> dict[str, Any]:
        """Only what the caller named."""
        return {name: getattr(self, name) for name in self.model_fields_set}


def said(error: ErrorDetails) -> Problem:
    """One complaint of the library, in our words."""
    context = error.get("ctx", {})
    match error["type"]:
        case "string_too_short" if context["min_length"] > 1:
            return Problem(f"is shorter than {context['min_length']} characters")
        case "missing" | "string_too_short" | "too_short":
            return MISSING
        case "string_type" if error["input"] is None:
            return MISSING
        case "int_type" | "int_parsing" if error["input"] is None:
            return MISSING
        case "string_too_long":
            return Problem(f"is longer than {context['max_length']} characters")
        case "enum" | "literal_error":
            return Problem(f"is not one of {context['expected']}")
        case "greater_than_equal" | "greater_than" | "less_than_equal" | "less_than" | "too_long":
            return Problem("is out of range")
        case "malformed":
            return Problem(error["msg"])
    return Problem("is not well formed")


def malformed(message: str) -> PydanticCustomError:
    """The error a validator of ours raises; the message completes the sentence "*field* …"."""
    return PydanticCustomError("malformed", "{message}", {"message": message})


def storable(text: str) -> str:
    """Refuse what one of the databases could not give back byte for byte."""
    if "\x00" in text:
        raise malformed("holds a NUL character")
    try:
        text.encode()
    except UnicodeEncodeError:
        raise malformed("is not valid Unicode text") from None
    return text


def trimmed(value: Any) -> Any:
    return value.strip() if isinstance(value, str) else value


def fold(text: str) -> str:
    """One spelling for comparing names and addresses: case and compatibility forms do not count."""
    return unicodedata.normalize("NFKC", text).casefold().strip()


def whole(text: str) -> int | None:
    """The number that is written in a text, as long as an id may be; None where it is none, or longer."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def digits(text: str | None) -> str | None:
    """A phone number as its digits alone; None where there are none."""
    return re.sub(r"[^0-9]", "", text or "") or None


def address(text: str) -> str:
    """A mail address as it was written, once it has been seen to be one."""
    try:
        validate_email(text, check_deliverability=False, allow_smtputf8=True, test_environment=True, strict=True)
    except EmailNotValidError:
        raise malformed("is not a mail address") from None
    return text


def aware(moment: datetime) -> datetime:
    """A moment without a zone is in UTC."""
    moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        raise malformed("is out of range") from None


Text = Annotated[str, Field(max_length=500), AfterValidator(storable)]
LongText = Annotated[str, Field(max_length=200_000), AfterValidator(storable)]
Trimmed = Annotated[str, BeforeValidator(trimmed), Field(max_length=250), AfterValidator(storable)]
# A text that says something.
Body = Annotated[
    str,
    BeforeValidator(lambda text: "" if isinstance(text, str) and text.isspace() else text),
    Field(min_length=1, max_length=200_000),
    AfterValidator(storable),
]
Name = Annotated[str, BeforeValidator(trimmed), Field(min_length=1, max_length=250), AfterValidator(storable)]
Email = Annotated[
    str,
    BeforeValidator(trimmed),
    Field(min_length=1, max_length=254, json_schema_extra={"format": "email"}),
    AfterValidator(storable),
    AfterValidator(address),
]


def nothing(value: Any) -> Any:
    return None if isinstance(value, str) and not value.strip() else value


# A mail address, or nothing.
NoEmail = Annotated[Email | None, BeforeValidator(nothing)]
Id = Annotated[int, Field(ge=1, le=ID_MAX)]
Ids = Annotated[list[Id], Field(max_length=500)]
Moment = Annotated[datetime, AfterValidator(aware)]
