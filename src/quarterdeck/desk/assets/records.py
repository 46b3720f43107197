"""Devices under care. A first form: how they are watched comes later."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quarterdeck.desk.customers import Customer
from quarterdeck.desk.record import Kept, Record, key, table


class Asset(Record, Kept):
    __tablename__ = "assets"
    __table_args__ = table(
        sa.Index("ix_assets_of_customer", "customer_id", "id"),
        sa.Index("ix_assets_by_name", "name_key"),
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

    customer: Mapped[Customer] = relationship(lazy="raise")
