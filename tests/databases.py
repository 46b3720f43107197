"""Migrated, empty databases for tests to spend.

On SQLite each is a copy of a file, which takes milliseconds. On PostgreSQL a copy takes a tenth of a second, so what a
test leaves is emptied and lent again, unless it is no longer what the template is. An address that is lent again keeps
its engine, and with that the statements it has compiled, which take longer to compile than to run.
"""

import itertools
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
import sqlalchemy as sa
from psycopg import sql

from quarterdeck.storage import engine_for

NUMBER = itertools.count(1)
# In bytes: a longer table stays long when it is emptied, and would be read by another plan.
LONG = 256 * 1024
PATIENCE = 200

# What there is, and whether it has been filled far or counted for the planner.
STATE = f"""SELECT count(*), max(oid::bigint), sum(relnatts), coalesce(bool_or(reltuples > 0 AND relkind = 'r'), false),
    max(pg_relation_size(oid)) > {LONG} FROM pg_class WHERE relnamespace = 'public'::regnamespace"""
TABLES = "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY relname"
OTHERS = """SELECT pg_terminate_backend(pid), pg_sleep(0.005) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()"""
# Only in the hands of an administrator, who may leave references alone until the rows are there again.
LOOSE = "SET session_replication_role = replica"
COUNTERS = "SELECT setval(seqrelid::regclass, seqstart, false) FROM pg_sequence"


@dataclass
class Databases:
    """Copies of one migrated database of each kind."""

    sqlite: Path
    postgresql: str
    # Asks which tables have rows.
    held: str = ""
    # Statements that put in what a migration leaves in the tables.
    rows: list[str] = field(default_factory=list)
    state: Any = None
    free: dict[str, list[str]] = field(default_factory=lambda: {"sqlite": [], "postgresql": []})
    # The engine of each address: one that nobody uses, and the last one given out.
    idle: dict[str, sa.Engine] = field(default_factory=dict)
    busy: dict[str, sa.Engine] = field(default_factory=dict)

    def begin(self) -> None:
        """Look at the template that PostgreSQL's copies are made of."""
        with self.connect("desk") as db:
            tables = [name for (name,) in db.execute(TABLES)]
            self.held = " UNION ALL ".join(f"SELECT '{one}' WHERE EXISTS (SELECT 1 FROM \"{one}\")" for one in tables)
            for (name,) in db.execute(self.held).fetchall():
                rows = db.execute(f'SELECT * FROM "{name}"').fetchall()
                values = ", ".join(f"({', '.join(sql.Literal(one).as_string(db) for one in row)})" for row in rows)
                self.rows.append(f'INSERT INTO "{name}" VALUES {values}')
            self.state = db.execute(STATE).fetchone()

    def fresh(self, kind: str) -> str:
        free = self.free[kind]
        if kind == "sqlite":
            return self.copied(Path(free.pop()) if free else self.sqlite.with_name(f"desk_{next(NUMBER)}.db"))
        if free:
            return free.pop()
        name = f"desk_{next(NUMBER)}"
        self.execute(f"CREATE DATABASE {name} TEMPLATE desk STRATEGY FILE_COPY")
        return self.url(name)

    def engine(self, url: str) -> sa.Engine:
        """An engine for an address, with what an earlier user compiled; never one that somebody else is using."""
        engine = self.busy[url] = self.idle.pop(url, None) or engine_for(url)
        return engine

    def copied(self, file: Path) -> str:
        """A database of SQLite's in a place of one's own."""
        shutil.copy(self.sqlite, file)
        return f"sqlite:///{file}"

    def drop(self, url: str) -> None:
        """Take a database back, for the next one who asks where that is possible."""
        if url in self.busy:
            self.idle[url] = self.busy.pop(url)
        name = str(sa.make_url(url).database)
        if url.startswith("sqlite"):
            if Path(name).parent != self.sqlite.parent:
                return
            for suffix in ("", "-wal", "-shm"):
                Path(name + suffix).unlink(missing_ok=True)
            self.free["sqlite"].append(name)
        elif url == self.url(name) and self.emptied(name):
            self.free["postgresql"].append(url)
        else:
            self.lose(url)

    def lose(self, url: str) -> None:
        """Take a database of PostgreSQL's away, whoever is using it."""
        self.execute(f"DROP DATABASE {sa.make_url(url).database} WITH (FORCE)")

    def emptied(self, name: str) -> bool:
        """Make a database what the template is; false where that cannot be done by taking its rows away."""
        with self.connect(name) as db:
            if not any(not db.execute(OTHERS).fetchall() for _ in range(PATIENCE)):
                return False
            if db.execute(STATE).fetchone() != self.state:
                return False
            gone = [f'DELETE FROM "{one}"' for (one,) in db.execute(self.held).fetchall()]
            db.execute(";".join([LOOSE, *gone, *self.rows, COUNTERS]))
        return True

    def url(self, name: str) -> str:
        return self.postgresql.replace("/postgres?", f"/{name}?")

    def connect(self, name: str) -> psycopg.Connection[Any]:
        return psycopg.connect(self.url(name).replace("+psycopg", ""), autocommit=True)

    def execute(self, statement: str) -> None:
        with self.connect("postgres") as db:
            db.execute(statement)
