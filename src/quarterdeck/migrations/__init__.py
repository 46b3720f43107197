"""The schema's history, and the commands that bring a database up to it."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa

if TYPE_CHECKING:
    from alembic.config import Config

# Where alembic notes the revision a database is at.
NOTE = "alembic_version"
HERE = Path(__file__).parent
# Alembic is imported where a schema is changed: a server that only starts should not wait for it.


def config(engine: sa.Engine | None = None) -> "Config":
    from alembic.config import Config

    made = Config()
    made.set_main_option("script_location", str(HERE))
    made.set_main_option("file_template", "%%(year)d-%%(month).2d-%%(day).2d-%%(hour).2d%%(minute).2d_%%(slug)s")
    made.attributes["engine"] = engine
    return made


def newest() -> str:
    """The revision this program needs: the last one's, in the order of their file names."""
    last = max(HERE.glob("versions/*.py"))
    revision = re.search(r'^revision = "(\w+)"$', last.read_text("utf-8"), re.MULTILINE)
    assert revision is not None, f"{last.name} names no revision"
    return revision[1]


def current(engine: sa.Engine) -> str | None:
    """The revision a database is at; None for an empty one."""
    with engine.connect() as connection:
        if not sa.inspect(connection).has_table(NOTE):
            return None
        noted = sa.select(sa.column("version_num", sa.String())).select_from(sa.table(NOTE))
        revision: str | None = connection.scalar(noted)
        return revision


def upgrade(engine: sa.Engine) -> None:
    """Bring a database to the newest revision. What is there already stays."""
    from alembic import command

    command.upgrade(config(engine), "head")
