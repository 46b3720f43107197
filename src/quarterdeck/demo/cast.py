"""The people, companies and devices of the demo, as they are planned. Ids are filled in when they are entered."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from quarterdeck.demo.companies import Company
from quarterdeck.demo.industries import Industry
from quarterdeck.demo.team import Member


@dataclass(eq=False)
class Technician:
    member: Member
    since: datetime
    id: int = 0

    @property
    def first_name(self) -> str:
        return self.member.first_name

    @property
    def full_name(self) -> str:
        return f"{self.member.first_name} {self.member.last_name}"


@dataclass(eq=False)
class Contact:
    first_name: str
    last_name: str
    email: str
    phone: str
    mobile: str | None
    job_title: str
    department: str
    primary: bool
    since: datetime
    left: datetime | None = None
    device: "Device | None" = None
    id: int = 0

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}"

    def here(self, at: datetime) -> bool:
        return self.since < at and self.left is None


@dataclass(eq=False)
class Device:
    name: str
    server: bool
    since: datetime
    given: dict[str, Any]
    price: int
    # How long before now it was last heard of, and how long it had been running then.
    silent: timedelta
    running: timedelta
    id: int = 0


@dataclass(eq=False)
class Customer:
    company: Company
    industry: Industry
    phone: str
    since: datetime
    contacts: list[Contact] = field(default_factory=list)
    devices: list[Device] = field(default_factory=list)
    id: int = 0
    contract_id: int | None = None

    @property
    def computers(self) -> list[Device]:
        return [device for device in self.devices if not device.server]

    @property
    def servers(self) -> list[Device]:
        return [device for device in self.devices if device.server]
