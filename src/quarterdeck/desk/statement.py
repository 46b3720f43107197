"""Statements compiled once and run on the bare driver.

Building a statement costs more than running it, and so does executing it through the library: both are paid once
for each statement and database here, and never on a request.
"""

import threading
from collections.abc import Callable, Sequence
from typing import Any, Protocol

import msgspec
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Dialect
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

DIALECTS: dict[str, Dialect] = {
    "sqlite": sqlite.dialect(paramstyle="named"),
    "postgresql": postgresql.psycopg.dialect(),  # type: ignore[no-untyped-call]
}
BUILDING = threading.Lock()

Row = tuple[Any, ...]


class Driver(Protocol):
    """What `sqlite3` and `psycopg` connections have in common."""

    def execute(self, sql: Any, parameters: Any = ..., /) -> Any: ...


class Compiled:
    """One statement in the words of one database."""

    def __init__(self, statement: sa.sql.ClauseElement, dialect: Dialect) -> None:
        compiled = statement.compile(dialect=dialect)
        self.sql = str(compiled)
        binds = {name: bind for bind, name in compiled.bind_names.items()}  # type: ignore[attr-defined]  # of SQLCompiler alone
        self.constants = {name: bind.effective_value for name, bind in binds.items() if not bind.required}
        processors = {name: bind.type.dialect_impl(dialect).bind_processor(dialect) for name, bind in binds.items()}
        self.writers = {name: write for name, write in processors.items() if write is not None}
        for name, write in self.writers.items():
            if name in self.constants:
                self.constants[name] = write(self.constants[name])

    def values(self, given: dict[str, Any]) -> dict[str, Any]:
        """The parameters as the driver takes them."""
        values = {**self.constants, **given}
        for name, write in self.writers.items():
            if name in given:
                values[name] = write(given[name])
        return values


class Statement:
    """A prebuilt statement with named `sa.bindparam`s."""

    def __init__(self, statement: Any) -> None:
        self.statement = statement
        self.compiled: dict[str, Compiled] = {}
        self.readers: dict[str, list[tuple[int, Callable[[Any], Any]]]] = {}

    def run(self, db: "Link", given: dict[str, Any]) -> Any:
        """Run and return the driver's cursor."""
        compiled = self.compiled.get(db.dialect) or self.compile(db.dialect)
        return db.driver.execute(compiled.sql, compiled.values(given))

    def raw(self, db: "Link", given: dict[str, Any]) -> list[Row]:
        """Rows just as the driver gives them: for faces, which write values from there on their own."""
        rows: list[Row] = self.run(db, given).fetchall()
        return rows

    def rows(self, db: "Link", given: dict[str, Any]) -> list[Row]:
        """Rows in the desk's own values: aware moments, words, plain data."""
        rows = self.raw(db, given)
        readers = self.readers[db.dialect]
        if not readers:
            return rows
        return [self.read(row, readers) for row in rows]

    def first(self, db: "Link", given: dict[str, Any]) -> Row | None:
        rows = self.rows(db, given)
        return rows[0] if rows else None

    def read(self, row: Row, readers: Sequence[tuple[int, Callable[[Any], Any]]]) -> Row:
        values = list(row)
        for position, reader in readers:
            values[position] = reader(values[position])
        return tuple(values)

    def compile(self, name: str) -> Compiled:
        dialect = DIALECTS[name]
        with BUILDING:
            self.readers[name] = [
                (position, reader)
                for position, column in enumerate(getattr(self.statement, "exported_columns", ()))
                if (reader := reader_of(column.type, dialect)) is not None
            ]
            self.compiled[name] = Compiled(self.statement, dialect)
        return self.compiled[name]


def reader_of(type: sa.types.TypeEngine[Any], dialect: Dialect) -> Callable[[Any], Any] | None:
    """What makes the desk's value of the driver's: needed for our own types, and for SQLite's idea of truth."""
    if isinstance(type, sa.TypeDecorator | sa.Boolean):
        return type.dialect_impl(dialect).result_processor(dialect, None)
    return None


class Several(sa.TypeDecorator[Sequence[Any]]):
    """Many values in one parameter: a statement made before does not know how many there will be."""

    impl = sa.Text
    cache_ok = True

    def __init__(self, *, words: bool = False) -> None:
        super().__init__()
        self.words = words

    def load_dialect_impl(self, dialect: Dialect) -> sa.types.TypeEngine[Any]:
        return sa.Text() if dialect.name == "sqlite" else postgresql.ARRAY(sa.Text() if self.words else sa.BigInteger())

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        return msgspec.json.encode(list(value)).decode() if dialect.name == "sqlite" else list(value)


class among(FunctionElement[bool]):
    """True where a column's value is one of those of a parameter, which is `Several`."""

    type = sa.Boolean()
    inherit_cache = True

    def __init__(self, column: Any, values: sa.ColumnElement[Any]) -> None:
        super().__init__(column, values)

    def self_group(self, against: Any = None) -> "among":
        # Else it is compared with 1 where a database has no booleans, and no index is used.
        return self


@compiles(among, "sqlite")
def among_in_sqlite(element: among, compiler: Any, **kw: Any) -> str:
    column, values = (compiler.process(clause, **kw) for clause in element.clauses)
    return f"{column} IN (SELECT value FROM json_each({values}))"  # noqa: S608


@compiles(among, "postgresql")
def among_in_postgresql(element: among, compiler: Any, **kw: Any) -> str:
    column, values = (compiler.process(clause, **kw) for clause in element.clauses)
    several = list(element.clauses)[1].type
    kind = "text" if isinstance(several, Several) and several.words else "bigint"
    return f"{column} = ANY({values}::{kind}[])"


class Link:
    """One open connection: the library's for statements made on the spot, the driver's for those made before."""

    __slots__ = ("db", "dialect", "driver")

    def __init__(self, db: sa.Connection) -> None:
        self.db = db
        self.dialect: str = db.dialect.name
        driver = db.connection.driver_connection
        assert driver is not None
        self.driver: Driver = driver
