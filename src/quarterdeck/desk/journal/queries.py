"""How the journal is read beside a record: whoever may see the record may see what happened to it."""

from typing import Any

import sqlalchemy as sa

from quarterdeck.desk.journal.records import Entry
from quarterdeck.desk.statement import Row, Statement
from quarterdeck.desk.work import Work

SHOWN = ("id", "at", "what", "who", "technician_id", "face", "before", "after")
COLUMNS = [Entry.__table__.c[name] for name in SHOWN]
ABOUT = Statement(
    sa.select(*COLUMNS)
    .where(
        Entry.kind_of == sa.bindparam("kind"),
        Entry.record_id == sa.bindparam("of"),
        Entry.id < sa.bindparam("before", type_=sa.BigInteger()),
    )
    .order_by(Entry.id.desc())
    .limit(sa.bindparam("most", type_=sa.Integer()))
)


def about(work: Work, kind: str, id: int, *, before: int | None = None, most: int = 50) -> list[dict[str, Any]]:
    """What happened to one record, the latest first. The caller has found the record for whoever asks."""
    given = {"kind": kind, "of": id, "before": before or 2**62, "most": most}
    rows: list[Row] = ABOUT.rows(work.link, given)
    return [dict(zip(SHOWN, row, strict=True)) for row in rows]
