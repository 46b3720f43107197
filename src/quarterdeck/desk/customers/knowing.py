"""Which customer somebody means who gives a name, a mail address or a number in place of an id."""

from typing import Any

from quarterdeck.desk.customers.actions import create
from quarterdeck.desk.customers.inputs import New
from quarterdeck.desk.customers.queries import by_email, by_name, by_phone, seen
from quarterdeck.desk.errors import MISSING, Invalid
from quarterdeck.desk.work import Work


def known_as(
    work: Work, name: str | None = None, email: str | None = None, phone: str | None = None, **more: Any
) -> int:
    """The customer with this address, else with this number, else of this name; a new one, of whom `more` is known,
    where nobody is."""
    found = (
        by_email(work, email) if email else None,
        by_phone(work, phone) if phone else None,
        by_name(work, name) if name else None,
    )
    for id in found:
        if id is not None and seen(work, id) is not None:
            return id
    if not (called := name or email or phone):
        raise Invalid({"customer_id": MISSING})
    return create(work, New.check({"name": called, "email": email or None, "phone": phone, **more}))
