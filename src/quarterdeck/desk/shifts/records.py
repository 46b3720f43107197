"""When technicians come and go."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quarterdeck.desk.access import Technician
from quarterdeck.desk.record import Kept, Record, key, table


class Shift(Record, Kept):
    __tablename__ = "shifts"
    __table_args__ = table(sa.Index("ix_shifts_of_technician", "technician_id", "id"))
    kind = "shift"

    id: Mapped[int] = key()
    technician_id: Mapped[int] = mapped_column(sa.ForeignKey("technicians.id"))
    in_at: Mapped[datetime]
    out_at: Mapped[datetime | None]
    in_note: Mapped[str | None]
    out_note: Mapped[str | None]
    lunch: Mapped[bool] = mapped_column(default=False)
    # Whether somebody set the times by hand.
    corrected: Mapped[bool] = mapped_column(default=False)

    technician: Mapped[Technician] = relationship(lazy="raise")
