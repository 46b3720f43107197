"""Canned replies: what is said often, written once."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quarterdeck.desk.record import Kept, Record, key, table


class Category(Record, Kept):
    __tablename__ = "reply_categories"
    __table_args__ = table()
    kind = "canned reply category"

    id: Mapped[int] = key()
    name: Mapped[str]
    name_key: Mapped[str] = mapped_column(unique=True)


class Reply(Record, Kept):
    __tablename__ = "replies"
    __table_args__ = table()
    kind = "canned reply"

    id: Mapped[int] = key()
    title: Mapped[str]
    title_key: Mapped[str] = mapped_column(index=True)
    subject: Mapped[str | None]
    body: Mapped[str]
    category_id: Mapped[int | None] = mapped_column(sa.ForeignKey("reply_categories.id"), index=True)

    category: Mapped[Category | None] = relationship(lazy="raise")
