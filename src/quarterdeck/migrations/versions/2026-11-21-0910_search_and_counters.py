"""Full-text tables, the counters of long lists, and the provider's own row."""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

SEARCHED = ("customer", "contact", "ticket")
COUNTED = ("customer", "contact", "ticket", "time entry", "alert")


def upgrade() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    for kind in SEARCHED:
        if sqlite:
            op.execute(
                f"CREATE VIRTUAL TABLE {kind}_search USING fts5(words, tokenize='unicode61 remove_diacritics 0')"
            )
        else:
            op.execute(f"CREATE TABLE {kind}_search (rowid bigint PRIMARY KEY, words tsvector)")
            op.execute(f"CREATE INDEX ix_{kind}_search_words ON {kind}_search USING gin (words)")
    if not sqlite:
        op.execute("ALTER TABLE calls SET UNLOGGED")
    counters = sa.table("counters", sa.column("counted_kind"), sa.column("slot"), sa.column("n"))
    slots = range(1 if sqlite else 16)
    op.bulk_insert(counters, [{"counted_kind": kind, "slot": slot, "n": 0} for kind in COUNTED for slot in slots])
    now = datetime.now(UTC)
    provider = sa.table(
        "provider",
        sa.column("id"),
        sa.column("name"),
        sa.column("time_zone"),
        sa.column("created_at", sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite")),
        sa.column("updated_at", sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite")),
        sa.column("version"),
    )
    moment = f"{now:%Y-%m-%dT%H:%M:%S.%fZ}" if sqlite else now
    op.bulk_insert(
        provider,
        [
            {
                "id": 1,
                "name": "Quarterdeck",
                "time_zone": "UTC",
                "created_at": moment,
                "updated_at": moment,
                "version": 1,
            }
        ],
    )


def downgrade() -> None:
    for kind in SEARCHED:
        op.drop_table(f"{kind}_search")
