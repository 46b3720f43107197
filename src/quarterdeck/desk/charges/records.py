"""What will be billed: goods and labour, line by line."""

from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quarterdeck.desk.access import Technician
from quarterdeck.desk.products import Product
from quarterdeck.desk.record import Kept, Record, key, table
from quarterdeck.desk.tickets import Ticket


def amount(quantity: str, price_cents: int, discount_percent: str | None = None) -> Decimal:
    """What a line comes to less its discount, in cents and parts of them."""
    return Decimal(quantity) * price_cents * (100 - Decimal(discount_percent or 0)) / 100


class Charge(Record, Kept):
    """A line, on a ticket or on its own. Prices are in cents for one unit."""

    __tablename__ = "charges"
    __table_args__ = table(
        sa.Index("ix_charges_of_ticket", "ticket_id", "id"),
        sa.Index("ix_charges_by_change", "updated_at", "id"),
    )
    kind = "line item"

    id: Mapped[int] = key()
    ticket_id: Mapped[int | None] = mapped_column(sa.ForeignKey("tickets.id"))
    technician_id: Mapped[int | None] = mapped_column(sa.ForeignKey("technicians.id"), index=True)
    product_id: Mapped[int | None] = mapped_column(sa.ForeignKey("products.id"), index=True)
    name: Mapped[str]
    description: Mapped[str | None]
    # Decimals are kept as text: they are to come back as they went in, on either database.
    quantity: Mapped[str] = mapped_column(default="1")
    cost_cents: Mapped[int] = mapped_column(default=0)
    price_cents: Mapped[int] = mapped_column(default=0)
    discount_percent: Mapped[str | None]
    taxable: Mapped[bool] = mapped_column(default=True)
    barcode: Mapped[str | None]
    position: Mapped[int] = mapped_column(default=0)

    @hybrid_property
    def wording(self) -> str:
        return self.description or self.name

    @wording.inplace.expression
    @classmethod
    def wording_column(cls) -> sa.ColumnElement[str]:
        return sa.func.coalesce(cls.description, cls.name)

    ticket: Mapped[Ticket | None] = relationship(lazy="raise")
    technician: Mapped[Technician | None] = relationship(lazy="raise")
    product: Mapped[Product | None] = relationship(lazy="raise")
