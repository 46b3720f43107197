"""How alembic reaches the database and the records."""

from typing import Literal

import sqlalchemy as sa
from alembic import context

from quarterdeck.desk.record import Instant, Json, Word
from quarterdeck.desk.records import METADATA
from quarterdeck.desk.search import KINDS


def ours(name: str | None, kind: str, parents: object) -> bool:
    """The full-text tables, and those the database keeps beside them, are no records."""
    return not (kind == "table" and name is not None and any(name.startswith(f"{one}_search") for one in KINDS))


def plainly(kind: str, item: object, _: object) -> str | Literal[False]:
    """Column types as a migration can still read them when ours have moved on."""
    if kind == "type":
        match item:
            case Instant():
                return 'sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite")'
            case Word():
                return "sa.String(30)"
            case Json():
                return 'sa.Text().with_variant(sa.dialects.postgresql.JSONB(), "postgresql")'
    return False


def run(engine: sa.Engine) -> None:
    with engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("SELECT pg_advisory_lock(8470)")  # two nodes that start at once take turns
        else:
            # A table that is made anew is dropped in between; what points at it points at the new one afterwards.
            connection.connection.driver_connection.execute("PRAGMA foreign_keys=OFF")  # type: ignore[union-attr]
        context.configure(
            connection=connection,
            target_metadata=METADATA,
            render_as_batch=True,
            include_name=ours,
            render_item=plainly,
            transaction_per_migration=True,
        )
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()
        if connection.dialect.name == "sqlite":
            assert not connection.exec_driver_sql("PRAGMA foreign_key_check").all(), "a row points at nothing"
            connection.rollback()
            connection.connection.driver_connection.execute("PRAGMA foreign_keys=ON")  # type: ignore[union-attr]


run(context.config.attributes["engine"])
