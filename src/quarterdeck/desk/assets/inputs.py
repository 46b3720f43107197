"""What may be asked of devices."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from pydantic import AfterValidator, Field

from quarterdeck.desk.assets.records import PatchState
from quarterdeck.desk.input import UNSENT, Id, Ids, Input, LongText, Moment, Name, Text, malformed

Count = Annotated[int, Field(ge=0, le=2**40)]


def day(text: str) -> str:
    """A day of the calendar: `2026-03-02`."""
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise malformed("is not a date") from None


Day = Annotated[str, AfterValidator(day)]


class New(Input):
    # Whose it is: the id, or whatever else the customer is known by.
    customer_id: Id | None = None
    customer_name: Text | None = None
    customer_email: Text | None = None
    customer_phone: Text | None = None
    name: Name
    guid: UUID | None = None
    domain: Text | None = None
    description: Text | None = None
    device_class: Text | None = None
    type: Name | None = None
    contact_id: Id | None = None
    site_id: Id | None = None
    notes: LongText | None = None
    purchased_on: Day | None = None
    warranty_until: Day | None = None
    monitored: bool = True
    online: bool = False
    last_seen_at: Moment | None = None
    last_reboot_at: Moment | None = None
    last_user: Text | None = None
    reported_from: Text | None = None
    agent_version: Text | None = None
    os: Text | None = None
    os_version: Text | None = None
    os_build: Text | None = None
    vendor: Text | None = None
    model: Text | None = None
    serial: Text | None = None
    processor: Text | None = None
    cores: Count | None = None
    memory_mib: Count | None = None
    office: Text | None = None
    mac_addresses: list[str] = []
    ip_addresses: list[str] = []
    disks: list[dict[str, Any]] = []


class Changes(Input):
    """What people change. What a device reports of itself is not asked of them."""

    customer_id: Id = UNSENT
    name: Name = UNSENT
    domain: Text | None = UNSENT
    description: Text | None = UNSENT
    type: Name | None = UNSENT
    contact_id: Id | None = UNSENT
    site_id: Id | None = UNSENT
    notes: LongText | None = UNSENT
    purchased_on: Day | None = UNSENT
    warranty_until: Day | None = UNSENT
    os: Text | None = UNSENT
    os_version: Text | None = UNSENT
    vendor: Text | None = UNSENT
    model: Text | None = UNSENT
    serial: Text | None = UNSENT
    processor: Text | None = UNSENT


class Move(Changes):
    """A change of whose device it is."""

    customer_id: Id


class Filter(Input):
    customer_id: Id = UNSENT
    contact_id: Id = UNSENT
    ids: Ids = UNSENT
    name: Text = UNSENT
    # The whole word, whatever its case; None stands for the devices that have no type.
    type: Text | None = UNSENT
    serial: Text = UNSENT
    # Some part of name, serial number or model.
    like: Text = UNSENT
    online: bool = UNSENT
    guid: Text = UNSENT
    changed_since: Moment = UNSENT


class NewPatch(Input):
    code: Name
    title: Name
    category: Text | None = None
    severity: Text | None = None
    state: PatchState
    at: Moment
    reason: Text | None = None


class PatchFilter(Input):
    asset_id: Id = UNSENT
    installed: bool = UNSENT


class NewSoftware(Input):
    name: Name
    vendor: Text | None = None
    release: Text | None = None


class SoftwareFilter(Input):
    asset_id: Id = UNSENT
