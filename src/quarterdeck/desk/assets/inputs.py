"""What may be asked of devices."""

from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from quarterdeck.desk.input import UNSENT, Id, Input, Moment, Name, Text

Count = Annotated[int, Field(ge=0, le=2**40)]


class New(Input):
    customer_id: Id
    name: Name
    guid: UUID | None = None
    domain: Text | None = None
    description: Text | None = None
    device_class: Text | None = None
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


class Filter(Input):
    customer_id: Id = UNSENT
    name: Text = UNSENT
    online: bool = UNSENT
    guid: Text = UNSENT
