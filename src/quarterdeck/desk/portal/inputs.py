"""What may be asked of those who sign in at the portal."""

from typing import Annotated

from pydantic import AfterValidator, Field

from quarterdeck.desk.input import UNSENT, Email, Id, Input, Moment, Text, storable

Password = Annotated[str, Field(min_length=8, max_length=200), AfterValidator(storable)]
# The password once more, to be sure of it; whether it is the same is the desk's to say.
Confirmation = Annotated[str, Field(max_length=200), AfterValidator(storable)]


class New(Input):
    email: Email
    password: Password | None = None
    confirmation: Confirmation | None = None
    # One of the two says whose person this is.
    customer_id: Id | None = None
    contact_id: Id | None = None


class Changes(Input):
    email: Email = UNSENT
    password: Password = UNSENT
    confirmation: Confirmation = UNSENT
    customer_id: Id = UNSENT
    contact_id: Id | None = UNSENT


class Invitation(Input):
    id: Id


class Filter(Input):
    customer_id: Id = UNSENT
    contact_id: Id = UNSENT
    email: Text = UNSENT
    created_since: Moment = UNSENT
    changed_since: Moment = UNSENT
