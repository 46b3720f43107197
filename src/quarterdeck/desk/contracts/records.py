"""What was sold. What it bills comes later."""

from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quarterdeck.desk.customers import Customer
from quarterdeck.desk.record import Kept, Record, Word, key, table

ACTIVE, INACTIVE = "Active", "Inactive"


class Kind(StrEnum):
    RETAINER = "retainer"
    HOURLY = "hourly"
    BLOCK_HOURS = "block hours"
    BLOCK_MONEY = "block money"
    REMOTE_MONITORING = "remote monitoring"
    ONLINE_BACKUP = "online backup"
    PROJECT_FEE = "project fee"
    PROJECT_HOURLY = "project hourly"


class Contract(Record, Kept):
    __tablename__ = "contracts"
    __table_args__ = table(sa.Index("ix_contracts_of_customer", "customer_id", "id"))
    kind = "contract"

    id: Mapped[int] = key()
    customer_id: Mapped[int] = mapped_column(sa.ForeignKey("customers.id"))
    name: Mapped[str]
    billed_as: Mapped[Kind] = mapped_column(Word(Kind))
    active: Mapped[bool] = mapped_column(default=True)
    default: Mapped[bool] = mapped_column(default=False)
    taxable: Mapped[bool] = mapped_column(default=False)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime | None]
    notes: Mapped[str | None]
    # What the kind of contract asks for: period, quantity, hours included, rates.
    terms: Mapped[dict[str, Any] | None]
    # What sort of contract it is, in the provider's own words.
    sort: Mapped[str | None]
    # How a sale goes: the provider's own words, and how likely it is in per cent.
    status: Mapped[str | None]
    likelihood: Mapped[int] = mapped_column(default=0)
    # What it is worth, in the words it was agreed in.
    amount: Mapped[str | None]
    primary_contact: Mapped[str | None]
    covers_all: Mapped[bool] = mapped_column(default=False)

    @hybrid_property
    def standing(self) -> str:
        """The status, or whether it runs."""
        return self.status or (ACTIVE if self.active else INACTIVE)

    @standing.inplace.expression
    @classmethod
    def standing_column(cls) -> sa.ColumnElement[str]:
        runs = sa.case((cls.active, sa.literal_column(f"'{ACTIVE}'")), else_=sa.literal_column(f"'{INACTIVE}'"))
        return sa.func.coalesce(sa.func.nullif(cls.status, sa.literal_column("''")), runs)

    customer: Mapped[Customer] = relationship(lazy="raise")
