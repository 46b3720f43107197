"""Finding records by the words in them, alike on both databases.

Each searchable kind has a table `<kind>_search`: full-text rows under the record's id. Texts are folded and cut into
words here, so that neither database's own idea of a word decides what is found.
"""

import bisect
import itertools
import re
import unicodedata
from functools import cache
from typing import Any, Self

import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from quarterdeck.desk.reading import Where
from quarterdeck.desk.record import Record
from quarterdeck.desk.statement import Statement
from quarterdeck.desk.work import Work

KINDS = ("customer", "contact", "ticket")
# A search for more words than this is cut short: each costs the database a look-up.
ASKED_MAX = 12
WORD_LENGTH_MAX = 60
TEXT_LENGTH_MAX = 200_000
# PostgreSQL refuses more than a megabyte of words in one row; what is beyond is not found by its words.
BYTES_MAX = 1_000_000
WORD_OVERHEAD = 3
UNFINISHED_LENGTH_MIN = 3


def words(*texts: str | None) -> list[str]:
    """The words of the texts, without case or accents, each once."""
    whole = " ".join(text for text in texts if text)[:TEXT_LENGTH_MAX]
    bare = "".join(one for one in unicodedata.normalize("NFKD", whole) if not unicodedata.combining(one))
    found = re.findall(r"[^\W_]+", bare.casefold())
    return fitting(list(dict.fromkeys(word[:WORD_LENGTH_MAX] for word in found)))


def fitting(found: list[str]) -> list[str]:
    """As many of the words as one row takes."""
    sizes = itertools.accumulate(len(word.encode()) + WORD_OVERHEAD for word in found)
    return found[: bisect.bisect_left(list(sizes), BYTES_MAX)]


class Words(sa.TypeDecorator[list[str]]):
    """The words of one record, as the database indexes them."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: list[str] | None, dialect: Dialect) -> str:
        return " ".join(value or ())


class Question(sa.TypeDecorator[str]):
    """What a person looks for: every word must occur, and a long enough last one may be unfinished."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str:
        asked = [f'"{word}"' if dialect.name == "sqlite" else f"'{word}'" for word in words(value)[:ASKED_MAX]]
        if not asked:
            return '""' if dialect.name == "sqlite" else ""
        if len(asked[-1]) >= UNFINISHED_LENGTH_MIN + 2:
            asked[-1] += "*" if dialect.name == "sqlite" else ":*"
        return " ".join(asked) if dialect.name == "sqlite" else " & ".join(asked)


def put(work: Work, kind: str, id: int, *texts: str | None, fresh: bool = False) -> None:
    """Make these texts what the record is found by; a fresh one has not been found by any yet."""
    if not fresh:
        clearing(kind).run(work.link, {"of": id})
    putting(kind).run(work.link, {"of": id, "words": words(*texts)})


def add(work: Work, kind: str, id: int, *texts: str | None) -> None:
    """Let the record be found by these texts too."""
    if more := words(*texts):
        adding(kind).run(work.link, {"of": id, "words": more})


def drop(work: Work, kind: str, ids: sa.Select[Any]) -> None:
    """Forget the records whose ids are selected."""
    table = table_of(kind)
    work.db.execute(sa.delete(table).where(table.c.rowid.in_(ids)))


def filter_for(record: type[Record]) -> Where:
    """The filter of a list by words, counted over the words alone where nothing else limits the list."""
    return Where(lambda question: matches(record, question), Question(), count=lambda question: found(record, question))


class matches(FunctionElement[bool]):
    """True for records found by the words of a `Question`."""

    inherit_cache = False

    def __init__(self, record: type[Record], question: sa.ColumnElement[Any]) -> None:
        self.type = sa.Boolean()
        self.table = f"{record.kind}_search"
        super().__init__(record.__table__.c.id, question)

    def self_group(self, against: Any = None) -> Self:
        # Else it is compared with 1 where a database has no booleans, and SQLite walks all records for that.
        return self


@compiles(matches, "sqlite")
def matches_in_sqlite(element: matches, compiler: Any, **kw: Any) -> str:
    id, question = (compiler.process(clause, **kw) for clause in element.clauses)
    return f"{id} IN (SELECT rowid FROM {element.table} WHERE {element.table} MATCH {question})"  # noqa: S608


@compiles(matches, "postgresql")
def matches_in_postgresql(element: matches, compiler: Any, **kw: Any) -> str:
    id, question = (compiler.process(clause, **kw) for clause in element.clauses)
    return f"{id} IN (SELECT rowid FROM {element.table} WHERE words @@ ({question})::tsquery)"  # noqa: S608


class having(FunctionElement[bool]):
    """True for rows of words in which those of a `Question` are, on SQLite."""

    inherit_cache = False

    def __init__(self, record: type[Record], question: sa.ColumnElement[Any]) -> None:
        self.type = sa.Boolean()
        self.table = f"{record.kind}_search"
        super().__init__(question)

    def self_group(self, against: Any = None) -> Self:
        return self


@compiles(having, "sqlite")
def having_in_sqlite(element: having, compiler: Any, **kw: Any) -> str:
    return f"{element.table} MATCH {compiler.process(next(iter(element.clauses)), **kw)}"


class found(FunctionElement[int]):
    """How many records the words of a `Question` find. There is a row of words for each record, so these need not be
    looked at."""

    inherit_cache = False

    def __init__(self, record: type[Record], question: sa.ColumnElement[Any]) -> None:
        self.type = sa.Integer()
        self.table = f"{record.kind}_search"
        super().__init__(question)


@compiles(found, "sqlite")
def found_in_sqlite(element: found, compiler: Any, **kw: Any) -> str:
    question = compiler.process(next(iter(element.clauses)), **kw)
    return f"(SELECT count(*) FROM {element.table} WHERE {element.table} MATCH {question})"  # noqa: S608


@compiles(found, "postgresql")
def found_in_postgresql(element: found, compiler: Any, **kw: Any) -> str:
    question = compiler.process(next(iter(element.clauses)), **kw)
    return f"(SELECT count(*) FROM {element.table} WHERE words @@ ({question})::tsquery)"  # noqa: S608


class indexed(FunctionElement[str]):
    """Words in the form the full-text column takes."""

    type = sa.Text()
    inherit_cache = True


@compiles(indexed, "sqlite")
def indexed_in_sqlite(element: indexed, compiler: Any, **kw: Any) -> str:
    return str(compiler.process(next(iter(element.clauses)), **kw))


@compiles(indexed, "postgresql")
def indexed_in_postgresql(element: indexed, compiler: Any, **kw: Any) -> str:
    # Not to_tsvector: its parser would cut the words once more, and drop some.
    text = compiler.process(next(iter(element.clauses)), **kw)
    return f"array_to_tsvector(string_to_array(nullif({text}, ''), ' '))"


class joined(FunctionElement[str]):
    """The words kept so far, and more."""

    type = sa.Text()
    inherit_cache = True


@compiles(joined, "sqlite")
def joined_in_sqlite(element: joined, compiler: Any, **kw: Any) -> str:
    return " || ' ' || ".join(compiler.process(clause, **kw) for clause in element.clauses)


@compiles(joined, "postgresql")
def joined_in_postgresql(element: joined, compiler: Any, **kw: Any) -> str:
    kept, more = (compiler.process(clause, **kw) for clause in element.clauses)
    size = f"octet_length({kept}::text) + octet_length(coalesce({more}, '')::text)"
    return f"CASE WHEN {size} < {BYTES_MAX} THEN {kept} || coalesce({more}, '') ELSE {kept} END"


@cache
def table_of(kind: str) -> sa.TableClause:
    return sa.table(f"{kind}_search", sa.column("rowid", sa.BigInteger()), sa.column("words", sa.Text()))


@cache
def clearing(kind: str) -> Statement:
    table = table_of(kind)
    return Statement(sa.delete(table).where(table.c.rowid == sa.bindparam("of")))


@cache
def putting(kind: str) -> Statement:
    given = indexed(sa.bindparam("words", type_=Words()))
    return Statement(sa.insert(table_of(kind)).values(rowid=sa.bindparam("of"), words=given))


@cache
def adding(kind: str) -> Statement:
    table = table_of(kind)
    more = joined(table.c.words, indexed(sa.bindparam("words", type_=Words())))
    return Statement(sa.update(table).where(table.c.rowid == sa.bindparam("of")).values(words=more))


def renamed(work: Work, kind: str, id: int, *names: str | None) -> None:
    """Let the tickets of a customer or contact be found by a new name too."""
    tickets = Record.metadata.tables["tickets"]
    table = table_of("ticket")
    theirs = sa.select(tickets.c.id).where(tickets.c[f"{kind}_id"] == id)
    more = joined(table.c.words, indexed(sa.literal(words(*names), Words())))
    work.db.execute(sa.update(table).where(table.c.rowid.in_(theirs)).values(words=more))
