"""The base of every table, and the column types both databases agree on."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar

import msgspec
import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import Dialect
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

ID_MAX = 2**63 - 1


def write_instant(moment: datetime) -> str:
    """An aware moment as text that sorts in time order: `2024-02-15T09:00:00.000000Z`."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


class Instant(sa.TypeDecorator[datetime]):
    """A moment, aware and in UTC. SQLite keeps it as sortable text, PostgreSQL as timestamptz."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> sa.types.TypeEngine[Any]:
        return sa.String(27) if dialect.name == "sqlite" else sa.DateTime(timezone=True)

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        if value is None or dialect.name != "sqlite":
            return value
        return write_instant(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return datetime.fromisoformat(value) if isinstance(value, str) else value


class Json(sa.TypeDecorator[Any]):
    """Plain data: what JSON can say."""

    impl = sa.Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> sa.types.TypeEngine[Any]:
        return sa.Text() if dialect.name == "sqlite" else JSONB()

    def bind_processor(self, dialect: Dialect) -> Any:
        return lambda value: None if value is None else msgspec.json.encode(value).decode()

    def result_processor(self, dialect: Dialect, coltype: object) -> Any:
        return lambda value: msgspec.json.decode(value) if isinstance(value, str) else value


class Word(sa.TypeDecorator[Any]):
    """One of our own words, kept as readable text."""

    impl = sa.String(30)
    cache_ok = True

    def __init__(self, words: type[StrEnum]) -> None:
        super().__init__()
        self.words = words

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else str(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> StrEnum | None:
        return None if value is None else self.words(value)


class Record(DeclarativeBase):
    """A kept thing. Ids are made by the database and never given twice."""

    metadata = sa.MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        int: sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
        str: sa.Text(),
        datetime: Instant(),
        dict[str, Any]: Json(),
        list[Any]: Json(),
        list[str]: Json(),
    }
    # Kinds whose lists are long: a counter row holds how many there are, so that a list need not count them.
    counted: ClassVar[bool] = False
    # What a person calls one of these; it names the kind in the journal and in refusals.
    kind: ClassVar[str] = "record"

    if TYPE_CHECKING:
        id: Mapped[int]


class Kept:
    """Columns of every record that callers may change: when it was made and changed, and how often."""

    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)


def key() -> Mapped[int]:
    return mapped_column(sa.BigInteger().with_variant(sa.Integer(), "sqlite"), primary_key=True)


def table(*extra: Any) -> tuple[Any, ...]:
    """Table arguments with which SQLite, too, never gives a deleted id again."""
    return (*extra, {"sqlite_autoincrement": True})


def joined(
    first: sa.SQLColumnExpression[str | None], last: sa.SQLColumnExpression[str | None]
) -> sa.ColumnElement[str]:
    """First and last name as one; "" where there is neither."""
    # Constants stand in the statement itself: as parameters they would keep PostgreSQL from keeping the plan.
    none: sa.ColumnElement[str]
    space: sa.ColumnElement[str]
    none, space = sa.literal_column("''"), sa.literal_column("' '")
    return sa.func.trim(sa.func.coalesce(first, none) + space + sa.func.coalesce(last, none))


class Person:
    """Columns of a record that names somebody."""

    first_name: Mapped[str | None]
    last_name: Mapped[str | None]

    @hybrid_property
    def full_name(self) -> str:
        return f"{self.first_name or ''} {self.last_name or ''}".strip()

    @full_name.inplace.expression
    @classmethod
    def full_name_column(cls) -> sa.ColumnElement[str]:
        return joined(cls.first_name, cls.last_name)
