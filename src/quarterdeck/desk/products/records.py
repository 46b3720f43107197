"""What is sold."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quarterdeck.desk.record import Kept, Record, key, table


class Category(Record, Kept):
    """A drawer of the catalogue; one may lie in another."""

    __tablename__ = "product_categories"
    __table_args__ = table()
    kind = "product category"

    id: Mapped[int] = key()
    name: Mapped[str]
    name_key: Mapped[str] = mapped_column(index=True)
    description: Mapped[str | None]
    parent_id: Mapped[int | None] = mapped_column(sa.ForeignKey("product_categories.id"))


class Product(Record, Kept):
    """A good or a kind of labour. Prices are in cents of the provider's currency."""

    __tablename__ = "products"
    __table_args__ = table(
        sa.Index("ix_products_by_name", "name_key", "id"),
        sa.Index("ix_products_by_change", "updated_at", "id"),
    )
    kind = "product"

    id: Mapped[int] = key()
    name: Mapped[str]
    name_key: Mapped[str]
    description: Mapped[str | None]
    category_id: Mapped[int | None] = mapped_column(sa.ForeignKey("product_categories.id"), index=True)
    sku: Mapped[str | None] = mapped_column(index=True)
    barcode: Mapped[str | None] = mapped_column(index=True)
    price_cents: Mapped[int] = mapped_column(default=0)
    cost_cents: Mapped[int] = mapped_column(default=0)
    wholesale_cents: Mapped[int] = mapped_column(default=0)
    # Decimals are kept as text: they are to come back as they went in, on either database.
    discount_percent: Mapped[str | None]
    taxable: Mapped[bool] = mapped_column(default=True)
    archived: Mapped[bool] = mapped_column(default=False)
    stocked: Mapped[bool] = mapped_column(default=False)
    serialized: Mapped[bool] = mapped_column(default=False)
    quantity: Mapped[str] = mapped_column(default="0")
    reorder_at: Mapped[int | None]
    desired_stock: Mapped[int | None]
    condition: Mapped[str | None]
    warranty: Mapped[str | None]
    location: Mapped[str | None]
    sort_order: Mapped[str | None]
    notes: Mapped[str | None]

    category: Mapped[Category | None] = relationship(lazy="raise")
