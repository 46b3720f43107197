"""What is left of a customer who has gone."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from quarterdeck.desk.record import Record, key, table


class Archive(Record):
    """A zip of JSON lines, one file for each kind of record, written in the transaction that deletes them."""

    __tablename__ = "archives"
    __table_args__ = table()
    kind = "archive"

    id: Mapped[int] = key()
    customer_id: Mapped[int]
    customer_name: Mapped[str]
    at: Mapped[datetime]
    size: Mapped[int]
    content: Mapped[bytes] = mapped_column(sa.LargeBinary)
