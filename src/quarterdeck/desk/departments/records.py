"""Departments that contacts belong to."""

from sqlalchemy.orm import Mapped

from quarterdeck.desk.record import Kept, Record, key, table


class Department(Record, Kept):
    __tablename__ = "departments"
    __table_args__ = table()
    kind = "department"

    id: Mapped[int] = key()
    name: Mapped[str]
    name_key: Mapped[str]
    description: Mapped[str | None]
