"""What can happen to devices. How one is removed is in `leaving`."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

from quarterdeck.desk import customers, journal
from quarterdeck.desk.aliases import leads_to
from quarterdeck.desk.assets.inputs import Changes, New, NewPatch, NewSoftware
from quarterdeck.desk.assets.queries import BY_SERIAL, CUSTOMER_OF_CONTACT, NO_LONGER_THEIRS, PATCH_OF, first, get
from quarterdeck.desk.assets.records import Asset, Patch, Software
from quarterdeck.desk.errors import Invalid, Problem, Why
from quarterdeck.desk.input import fold
from quarterdeck.desk.work import Work, exists, unchanged

NO_CUSTOMER = Problem("names no customer", Why.UNKNOWN)
NO_CONTACT = Problem("names no contact of this customer", Why.UNKNOWN)
NO_SITE = Problem("names no site of this customer", Why.UNKNOWN)
SERIAL_TAKEN = Problem("is the serial number of another device of this customer", Why.TAKEN)
KNOWN_BY = {"customer_name", "customer_email", "customer_phone"}
# What makers leave where a serial number should be.
NO_SERIAL = {"to be filled by o.e.m.", "system serial number", "default string", "not specified", "none", "n/a", "0"}


def create(work: Work, new: New, guid: UUID | None = None) -> int:
    """Take a device under care. One that has no guid of its own, and is brought none, gets a fresh one."""
    work.require("assets:write")
    values = new.model_dump(exclude=KNOWN_BY) | {"guid": str(new.guid or guid or uuid4())}
    if exists(work, values, "customer_id", customers.seen, NO_CUSTOMER) is None:
        values["customer_id"] = customers.known_as(work, new.customer_name, new.customer_email, new.customer_phone)
    fit(work, values, values["customer_id"])
    distinct(work, new.serial, values["customer_id"])

    id = work.insert(Asset, **values, **keys(values))
    after = {**new.model_dump(mode="json", exclude=KNOWN_BY), "customer_id": values["customer_id"]}
    journal.record(work, "agent.created", id, customer_id=values["customer_id"], after=after)
    return id


def change(work: Work, id: int, changes: Changes, version: int | None = None) -> None:
    """Change a device. One that goes to another customer leaves its people and its site behind."""
    work.require("assets:write")
    asset = get(work, id, hold=True)
    unchanged(asset, version)
    values = changes.sent
    exists(work, values, "customer_id", customers.seen, NO_CUSTOMER)
    customer_id = values.get("customer_id", asset.customer_id)
    moves = customer_id != asset.customer_id
    if moves:
        NO_LONGER_THEIRS.run(work.link, {"asset": asset.id, "now": work.now})
        values = {"contact_id": None, "site_id": None, **values}
    fit(work, values, customer_id)
    if moves or "serial" in values:
        distinct(work, values.get("serial", asset.serial), customer_id, asset.id)

    work.update(Asset, asset.id, **values, **keys(values))
    before = {name: getattr(asset, name) for name in values}
    journal.record(work, "agent.changed", asset.id, customer_id=customer_id, before=before, after=values)


def report_patch(work: Work, asset_id: int, new: NewPatch) -> int:
    """Keep what a device says of an update: one row for each code, and the latest word counts."""
    work.require("assets:write")
    asset = get(work, asset_id, hold=True)
    id = first(work, PATCH_OF, asset=asset.id, code=new.code)
    if id is None:
        id = work.insert(Patch, asset_id=asset.id, **new.model_dump())
    else:
        work.update(Patch, id, **new.model_dump())
    journal.record(work, "agent.patch reported", asset.id, customer_id=asset.customer_id, after=new.sent)
    return id


def report_software(work: Work, asset_id: int, found: Sequence[NewSoftware]) -> None:
    """Keep what programs are on a device, in place of what was there before."""
    work.require("assets:write")
    asset = get(work, asset_id, hold=True)
    work.delete(Software, Software.asset_id == asset.id)
    for one in found:
        work.insert(Software, asset_id=asset.id, **one.model_dump())
    after = {"programs": len(found)}
    journal.record(work, "agent.software reported", asset.id, customer_id=asset.customer_id, after=after)


def fit(work: Work, values: dict[str, Any], customer_id: int) -> None:
    """Refuse a user or a site that is not there, or not this customer's."""
    site = exists(work, values, "site_id", customers.SITE.seen, NO_SITE)
    if site is not None and site.customer_id != customer_id:
        raise Invalid({"site_id": NO_SITE})
    contact_id = values.get("contact_id")
    if contact_id is not None:
        values["contact_id"] = contact_id = leads_to(work.link, "contact", contact_id) or contact_id
        if first(work, CUSTOMER_OF_CONTACT, id=contact_id) != customer_id:
            raise Invalid({"contact_id": NO_CONTACT})


def distinct(work: Work, serial: str | None, customer_id: int, id: int | None = None) -> None:
    """Refuse a serial number that another device of the customer has. The customer is held meanwhile, so that of two
    who bring the same one only the first is let in."""
    key = serial_key(serial)
    if key is None:
        return
    customers.seen(work, customer_id, hold=True)
    if first(work, BY_SERIAL, customer=customer_id, serial=key) not in (None, id):
        raise Invalid({"serial": SERIAL_TAKEN})


def keys(values: dict[str, Any]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    if "name" in values:
        made["name_key"] = fold(values["name"])
    if "serial" in values:
        made["serial_key"] = serial_key(values["serial"])
    return made


def serial_key(serial: str | None) -> str | None:
    key = fold(serial) if serial else ""
    return key if key and key not in NO_SERIAL else None
