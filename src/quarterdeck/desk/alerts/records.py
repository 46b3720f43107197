"""What monitoring reports. A first form: what it opens comes later."""

from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quarterdeck.desk.assets import Asset
from quarterdeck.desk.customers import Customer
from quarterdeck.desk.record import Kept, Record, Word, key, table
from quarterdeck.desk.tickets import Ticket


class Severity(StrEnum):
    INFORMATION = "information"
    WARNING = "warning"
    CRITICAL = "critical"


class Category(StrEnum):
    HARDWARE = "hardware"
    DISK = "disk"
    AVAILABILITY = "availability"
    PERFORMANCE = "performance"
    EXCHANGE = "exchange"
    GENERAL = "general"


class Alert(Record, Kept):
    __tablename__ = "alerts"
    __table_args__ = table(
        sa.Index("ix_alerts_of_customer", "customer_id", "id"),
        sa.Index("ix_alerts_of_asset", "asset_id", "id"),
        sa.Index("ix_alerts_of_ticket", "ticket_id"),
    )
    kind = "alert"
    counted = True

    id: Mapped[int] = key()
    customer_id: Mapped[int] = mapped_column(sa.ForeignKey("customers.id"))
    asset_id: Mapped[int | None] = mapped_column(sa.ForeignKey("assets.id"))
    ticket_id: Mapped[int | None] = mapped_column(sa.ForeignKey("tickets.id"))
    code: Mapped[int] = mapped_column(default=0)
    source: Mapped[str]
    title: Mapped[str]
    message: Mapped[str | None]
    severity: Mapped[Severity] = mapped_column(Word(Severity))
    category: Mapped[Category] = mapped_column(Word(Category))
    snoozed_until: Mapped[datetime | None]
    archived: Mapped[bool] = mapped_column(default=False)
    archived_at: Mapped[datetime | None]
    # What monitoring itself calls its finding, and whatever else it sent along.
    trigger: Mapped[str | None]
    properties: Mapped[dict[str, Any] | None]

    customer: Mapped[Customer] = relationship(lazy="raise")
    asset: Mapped[Asset | None] = relationship(lazy="raise")
    ticket: Mapped[Ticket | None] = relationship(lazy="raise")
