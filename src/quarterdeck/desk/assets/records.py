"""Devices under care. A first form: how they are watched comes later."""

from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quarterdeck.desk.customers import Customer, Site
from quarterdeck.desk.record import Kept, Record, Word, key, table


class PatchState(StrEnum):
    MISSING = "missing"
    FAILED = "failed"
    REJECTED = "rejected"
    INSTALLED = "installed"


class Asset(Record, Kept):
    __tablename__ = "assets"
    __table_args__ = table(
        sa.Index("ix_assets_of_customer", "customer_id", "id"),
        sa.Index("ix_assets_by_name", "name_key"),
        sa.Index("ix_assets_by_change", "updated_at", "id"),
    )
    kind = "agent"

    id: Mapped[int] = key()
    guid: Mapped[str] = mapped_column(sa.String(36), unique=True)
    customer_id: Mapped[int] = mapped_column(sa.ForeignKey("customers.id"))
    name: Mapped[str]
    name_key: Mapped[str]
    domain: Mapped[str | None]
    description: Mapped[str | None]
    device_class: Mapped[str | None]
    monitored: Mapped[bool] = mapped_column(default=True)
    online: Mapped[bool] = mapped_column(default=False)
    last_seen_at: Mapped[datetime | None]
    last_reboot_at: Mapped[datetime | None]
    last_user: Mapped[str | None]
    reported_from: Mapped[str | None]
    agent_version: Mapped[str | None]
    os: Mapped[str | None]
    os_version: Mapped[str | None]
    os_build: Mapped[str | None]
    vendor: Mapped[str | None]
    model: Mapped[str | None]
    serial: Mapped[str | None]
    processor: Mapped[str | None]
    cores: Mapped[int | None]
    memory_mib: Mapped[int | None]
    office: Mapped[str | None]
    mac_addresses: Mapped[list[str]] = mapped_column(default=[])
    ip_addresses: Mapped[list[str]] = mapped_column(default=[])
    # Each {"drive": "C:", "free": MiB, "used": MiB, "total": MiB}.
    disks: Mapped[list[Any]] = mapped_column(default=[])
    # What sort of device it is, in the provider's own words: "Laptop", "Printer".
    type: Mapped[str | None]
    serial_key: Mapped[str | None] = mapped_column(index=True)
    contact_id: Mapped[int | None] = mapped_column(index=True)
    site_id: Mapped[int | None] = mapped_column(sa.ForeignKey("sites.id"), index=True)
    notes: Mapped[str | None]
    purchased_on: Mapped[str | None] = mapped_column(sa.String(10))
    warranty_until: Mapped[str | None] = mapped_column(sa.String(10))

    customer: Mapped[Customer] = relationship(lazy="raise")
    site: Mapped[Site | None] = relationship(lazy="raise")


class Patch(Record, Kept):
    """An update of a device's software, missing or there."""

    __tablename__ = "asset_patches"
    __table_args__ = table(sa.UniqueConstraint("asset_id", "code"))
    kind = "patch"

    id: Mapped[int] = key()
    asset_id: Mapped[int] = mapped_column(sa.ForeignKey("assets.id"))
    code: Mapped[str]
    title: Mapped[str]
    category: Mapped[str | None]
    severity: Mapped[str | None]
    state: Mapped[PatchState] = mapped_column(Word(PatchState))
    at: Mapped[datetime]
    reason: Mapped[str | None]


class Software(Record):
    """A program found on a device."""

    __tablename__ = "asset_software"
    __table_args__ = table(sa.Index("ix_asset_software_of_asset", "asset_id", "id"))
    kind = "software"

    id: Mapped[int] = key()
    asset_id: Mapped[int] = mapped_column(sa.ForeignKey("assets.id"))
    name: Mapped[str]
    vendor: Mapped[str | None]
    release: Mapped[str | None]
