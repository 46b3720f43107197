"""What can happen to those who sign in at the portal. Of passwords, nothing but a hash is kept anywhere."""

from typing import Any

from quarterdeck.desk import contacts, customers, journal
from quarterdeck.desk.errors import MISSING, Invalid, Problem, Why
from quarterdeck.desk.hashing import hash_password
from quarterdeck.desk.input import fold
from quarterdeck.desk.portal.inputs import Changes, Invitation, New
from quarterdeck.desk.portal.queries import get
from quarterdeck.desk.portal.records import PortalUser
from quarterdeck.desk.work import Work, exists, unchanged, unique

NO_CUSTOMER = Problem("names no customer", Why.UNKNOWN)
NO_CONTACT = Problem("names no contact", Why.UNKNOWN)
OTHER_CUSTOMERS = Problem("belongs to another customer", Why.UNKNOWN)
TAKEN = Problem("belongs to another portal user", Why.TAKEN)
DIFFERS = Problem("is not the password")
NO_MAIL = Problem("cannot be invited: mail is not set up", Why.REFUSED)


def create(work: Work, new: New) -> int:
    work.require("portal:write")
    values = settled(work, new.model_dump(exclude={"password", "confirmation"}))
    if values["customer_id"] is None:
        raise Invalid({"customer_id": MISSING})

    with unique("email", TAKEN):
        id = work.insert(PortalUser, **values, **keys(values), **{"password_hash": None, **hidden(new)})
    journal.record(work, "portal user.created", id, customer_id=values["customer_id"], after=values)
    return id


def change(work: Work, id: int, changes: Changes, version: int | None = None) -> None:
    work.require("portal:write")
    user = get(work, id, hold=True)
    unchanged(user, version)
    sent = {name: value for name, value in changes.sent.items() if name not in ("password", "confirmation")}
    values = settled(work, sent, user)

    with unique("email", TAKEN):
        work.update(PortalUser, user.id, **values, **keys(values), **hidden(changes))
    before = {name: getattr(user, name) for name in values}
    journal.record(work, "portal user.changed", user.id, customer_id=user.customer_id, before=before, after=values)


def remove(work: Work, id: int, version: int | None = None) -> None:
    work.require("portal:write")
    user = get(work, id, hold=True)
    unchanged(user, version)

    work.delete(PortalUser, PortalUser.id == user.id)
    journal.record(work, "portal user.deleted", user.id, customer_id=user.customer_id, before={"email": user.email})


def invite(work: Work, asked: Invitation) -> None:
    """Send somebody the way in. Nothing is sent yet, and nobody is told otherwise."""
    work.require("portal:write")
    get(work, asked.id)
    raise Invalid({"id": NO_MAIL})


def hidden(asked: New | Changes) -> dict[str, str]:
    """The password as it is kept, where one was sent."""
    password, confirmation = asked.sent.get("password"), asked.sent.get("confirmation")
    if confirmation is not None and confirmation != (password or ""):
        raise Invalid({"confirmation": DIFFERS})
    return {"password_hash": hash_password(password)} if password else {}


def settled(work: Work, values: dict[str, Any], before: PortalUser | None = None) -> dict[str, Any]:
    """The values with every id known to exist. A contact says whose person it is."""
    if not values.keys() & {"customer_id", "contact_id"}:
        return dict(values)
    exists(work, values, "customer_id", customers.seen, NO_CUSTOMER)
    known = {"contact_id": before and before.contact_id, **values}
    contact = exists(work, known, "contact_id", contacts.seen, NO_CONTACT)
    if contact is not None and values.get("customer_id") not in (None, contact.customer_id):
        raise Invalid({"contact_id": OTHER_CUSTOMERS})
    kept = values.get("customer_id") or (before and before.customer_id)
    return {**values, "customer_id": contact.customer_id if contact else kept}


def keys(values: dict[str, Any]) -> dict[str, str]:
    return {"email_key": fold(values["email"])} if "email" in values else {}
