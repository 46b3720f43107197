"""What can happen to contacts. How one leaves for good is in `leaving`."""

import re
from typing import Any

from quarterdeck.desk import assets, customers, departments, journal, search
from quarterdeck.desk.contacts.inputs import Changes, New
from quarterdeck.desk.contacts.queries import by_email, get
from quarterdeck.desk.contacts.records import Contact
from quarterdeck.desk.departments import Department
from quarterdeck.desk.errors import MISSING, Invalid, Problem, Why
from quarterdeck.desk.input import digits, fold
from quarterdeck.desk.likeness import person_key
from quarterdeck.desk.work import Work, exists, unchanged, unique

TAKEN = Problem("belongs to another contact", Why.TAKEN)
NO_CUSTOMER = Problem("names no customer", Why.UNKNOWN)
NO_DEPARTMENT = Problem("names no department", Why.UNKNOWN)
NO_SITE = Problem("names no site", Why.UNKNOWN)
NO_AGENT = Problem("names no agent", Why.UNKNOWN)


def create(work: Work, new: New) -> int:
    work.require("contacts:write")
    values = settled(work, new.model_dump(exclude={"created_at"}))
    if values.get("customer_id") is None:
        raise Invalid({"customer_id": MISSING})
    if new.email is not None and by_email(work, new.email) is not None:
        raise Invalid({"email": TAKEN})

    made = {"created_at": new.created_at} if "created_at" in new.sent else {}
    with unique("email", TAKEN):
        id = work.insert(Contact, **values, **keys(values), **made)
    index(work, id, values, fresh=True)
    journal.record(work, "contact.created", id, customer_id=values["customer_id"], after=new.sent)
    return id


def change(work: Work, id: int, changes: Changes, version: int | None = None) -> None:
    """Change a contact. One who moves to another customer leaves tickets behind, with the customer they were for."""
    work.require("contacts:write")
    contact = get(work, id, hold=True)
    unchanged(contact, version)
    values = moved(contact, settled(work, unnamed(contact, changes.sent)))
    if values.get("email") is not None and by_email(work, values["email"]) not in (None, contact.id):
        raise Invalid({"email": TAKEN})

    whole = {name: values.get(name, getattr(contact, name)) for name in FOUND_BY}
    with unique("email", TAKEN):
        work.update(Contact, contact.id, **values, **keys(whole))
    index(work, contact.id, whole)
    if any(values.get(name) not in (None, getattr(contact, name)) for name in NAMED_BY):
        search.renamed(work, "contact", contact.id, *(whole[name] for name in NAMED_BY))
    before = {name: getattr(contact, name) for name in values}
    journal.record(work, "contact.changed", contact.id, customer_id=contact.customer_id, before=before, after=values)


def take_over(work: Work, id: int, values: dict[str, Any]) -> None:
    """Give a contact values that another one had, just as they were kept. Merging writes down what it takes over."""
    contact = get(work, id, hold=True)
    whole = {name: values.get(name, getattr(contact, name)) for name in FOUND_BY}
    work.update(Contact, contact.id, **values, **keys(whole))
    index(work, contact.id, whole)


def remove_department(work: Work, id: int, version: int | None = None) -> None:
    """Delete a department; its people stay, in none."""
    work.require("departments:write")
    unchanged(departments.get(work, id, hold=True), version)

    work.update_all(Contact, Contact.department_id == id, department_id=None)
    work.delete(Department, Department.id == id)
    journal.record(work, "department.deleted", id)


NAMED_BY = ("first_name", "last_name", "email")
FOUND_BY = ("first_name", "last_name", "email", "phone", "mobile", "job_title")


def index(work: Work, id: int, values: dict[str, Any], *, fresh: bool = False) -> None:
    search.put(work, "contact", id, *(values.get(name) for name in FOUND_BY), fresh=fresh)


def settled(work: Work, values: dict[str, Any]) -> dict[str, Any]:
    """The values with every name of a customer or department turned into its id, and every id known to exist."""
    values = dict(values)
    if name := values.pop("full_name", None):
        values |= halves(name)
    if name := values.pop("customer_name", None):
        values["customer_id"] = values.get("customer_id") or customers.by_name(work, name)
        if values["customer_id"] is None:
            raise Invalid({"customer_name": NO_CUSTOMER})
    if name := values.pop("department_name", None):
        values["department_id"] = values.get("department_id") or departments.by_name(work, name)
        if values["department_id"] is None:
            raise Invalid({"department_name": NO_DEPARTMENT})
    exists(work, values, "customer_id", customers.seen, NO_CUSTOMER)
    exists(work, values, "department_id", departments.seen, NO_DEPARTMENT)
    exists(work, values, "default_asset_id", assets.seen, NO_AGENT)
    exists(work, values, "site_id", customers.SITE.seen, NO_SITE)
    return values


# The space between the halves is the last of those after the first word, so that no last name begins with one.
TWO_HALVES = re.compile(r"(\S+ *) (\S.*)", re.DOTALL)


def halves(name: str) -> dict[str, str | None]:
    """First and last name, which put together are the name as it was written."""
    found = TWO_HALVES.fullmatch(name)
    return {"first_name": found[1], "last_name": found[2]} if found else {"first_name": name, "last_name": None}


def unnamed(contact: Contact, changes: dict[str, Any]) -> dict[str, Any]:
    """The changes, without a whole name that is the one there is: it would be cut in halves anew."""
    same = changes.get("full_name") == f"{contact.first_name or ''} {contact.last_name or ''}".strip()
    return {name: value for name, value in changes.items() if not (same and name == "full_name")}


def moved(contact: Contact, values: dict[str, Any]) -> dict[str, Any]:
    """Who moves to another customer leaves its site."""
    leaves = values.get("customer_id") not in (None, contact.customer_id)
    return {"site_id": None, **values} if leaves else values


def keys(values: dict[str, Any]) -> dict[str, Any]:
    name = f"{values.get('first_name') or ''} {values.get('last_name') or ''}"
    email = values.get("email")
    return {
        "name_key": fold(name),
        "alike_key": person_key(values.get("first_name"), values.get("last_name")),
        "email_key": fold(email) if email else None,
        "phone_key": digits(values.get("phone")),
    }
