"""The database itself: which one, how far it has been migrated, and how big it is."""

from dataclasses import dataclass

import sqlalchemy as sa

from quarterdeck.desk.work import Work


@dataclass(frozen=True)
class About:
    database: str
    version: str
    schema: str
    bytes: int


def about(work: Work) -> About:
    work.require("access:read")
    schema = str(work.db.scalar(sa.text("SELECT version_num FROM alembic_version")))
    if work.link.dialect == "sqlite":
        version = work.db.scalar(sa.text("SELECT sqlite_version()"))
        size = work.db.scalar(sa.text("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"))
        return About("SQLite", str(version), schema, int(size or 0))
    version = work.db.scalar(sa.text("SHOW server_version"))
    size = work.db.scalar(sa.text("SELECT pg_database_size(current_database())"))
    return About("PostgreSQL", str(version), schema, int(size or 0))
