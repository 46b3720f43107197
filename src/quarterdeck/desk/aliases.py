"""Old ids that go on answering: of records merged into others."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from quarterdeck.desk.record import Record, key, table
from quarterdeck.desk.statement import Link, Statement


class Alias(Record):
    """A former record's id, and the record that answers in its place."""

    __tablename__ = "aliases"
    __table_args__ = table(sa.UniqueConstraint("of_kind", "old_id"), sa.Index("ix_aliases_to", "of_kind", "new_id"))
    kind = "alias"

    id: Mapped[int] = key()
    of_kind: Mapped[str] = mapped_column(sa.String(30))
    old_id: Mapped[int]
    new_id: Mapped[int]


LEADS_TO = Statement(
    sa.select(Alias.new_id).where(Alias.of_kind == sa.bindparam("kind"), Alias.old_id == sa.bindparam("old"))
)


def leads_to(link: Link, kind: str, id: int) -> int | None:
    """The record that answers for an id that is gone, where there is one."""
    rows = LEADS_TO.raw(link, {"kind": kind, "old": id})
    return int(rows[0][0]) if rows else None
