"""What the desk knows: pages for technicians, of everybody or of one customer."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quarterdeck.desk.customers import Customer
from quarterdeck.desk.record import Kept, Record, key, table


class Article(Record, Kept):
    __tablename__ = "articles"
    __table_args__ = table(sa.Index("ix_articles_of_customer", "customer_id", "id"))
    kind = "article"

    id: Mapped[int] = key()
    name: Mapped[str]
    # The name as a link says it.
    slug: Mapped[str] = mapped_column(unique=True)
    body: Mapped[str]
    customer_id: Mapped[int | None] = mapped_column(sa.ForeignKey("customers.id"))
    asset_id: Mapped[int | None] = mapped_column(sa.ForeignKey("assets.id"), index=True)
    # Whether customers may read it.
    public: Mapped[bool] = mapped_column(default=False)

    customer: Mapped[Customer | None] = relationship(lazy="raise")
