"""What is wrong with a set-up, and what to do about it."""

import os
import shutil
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from quarterdeck import migrations
from quarterdeck.desk import access, journal
from quarterdeck.desk.attachments import Attachment, Blob
from quarterdeck.desk.record import Record
from quarterdeck.desk.records import METADATA
from quarterdeck.desk.search import KINDS, table_of
from quarterdeck.desk.statement import Link
from quarterdeck.desk.work import Actor, Counter, Work
from quarterdeck.files import InFolder
from quarterdeck.settings import Settings, is_loopback
from quarterdeck.storage import engine_for

MIB = 2**20
POSTGRESQL_MIN = 130000


@dataclass(frozen=True)
class Finding:
    """`level` is ok, warning or problem; a remedy says what to do."""

    level: str
    about: str
    says: str
    remedy: str = ""


Findings = Iterator[Finding]


def ok(about: str, says: str) -> Finding:
    return Finding("ok", about, says)


def warning(about: str, says: str, remedy: str) -> Finding:
    return Finding("warning", about, says, remedy)


def problem(about: str, says: str, remedy: str) -> Finding:
    return Finding("problem", about, says, remedy)


def examine(settings: Settings) -> Findings:
    """Every finding, the most basic first; what cannot be looked at because of one is left out."""
    yield from network(settings)
    yield from callers(settings)
    yield from processes(settings)
    file = settings.sqlite_file
    if file is not None:
        if not file.exists():
            yield problem("database", f"there is none at {file}", "make it with: quarterdeck migrate")
            return
        yield from on_disk(file)
    engine = engine_for(settings.database_url)
    try:
        with one_moment(engine) as db:
            yield from database(db, settings)
    except sa.exc.DBAPIError as error:
        said = str(error.orig).strip().partition("\n")[0]
        yield problem("database", f"cannot be read: {said}", "see that it runs, and QUARTERDECK_DATABASE_URL")
    finally:
        engine.dispose()


def one_moment(engine: sa.Engine) -> sa.Connection:
    """A connection that sees the database as it is at one moment, and holds nobody up."""
    if engine.dialect.name == "sqlite":
        db = engine.connect().execution_options(by_hand=True)
        db.exec_driver_sql("BEGIN")
        return db
    return engine.connect().execution_options(isolation_level="REPEATABLE READ")


def network(settings: Settings) -> Findings:
    if is_loopback(settings.host):
        yield ok("network", f"listens on {settings.host} only; a proxy there adds HTTPS")
    elif settings.allow_plain_http:
        yield warning(
            "network",
            f"listens on {settings.host} without TLS",
            "see that only a proxy with HTTPS, or a private network, can reach it",
        )
    else:
        yield problem(
            "network",
            f"{settings.host} is not this machine alone, and serve refuses it",
            "set QUARTERDECK_HOST=127.0.0.1 behind a proxy, or QUARTERDECK_ALLOW_PLAIN_HTTP=true",
        )


def callers(settings: Settings) -> Findings:
    if settings.public_url and not settings.trusted_proxies:
        yield warning(
            "callers",
            "everybody seems to call from the proxy's own address, so that those who guess passwords slow down all",
            "set QUARTERDECK_TRUSTED_PROXIES to the proxy's address, such as 127.0.0.1",
        )


def processes(settings: Settings) -> Findings:
    if settings.workers > 1 and settings.sqlite_file is not None:
        yield warning(
            "processes",
            f"{settings.workers} processes write one SQLite file, which is slower than one",
            "set QUARTERDECK_WORKERS=1, or move to PostgreSQL",
        )


def on_disk(file: Path) -> Findings:
    yield from permissions(file)
    free, size = shutil.disk_usage(file.parent).free, file.stat().st_size
    if free < max(200 * MIB, size // 10):
        yield problem("disk", f"{free // MIB} MiB free", "make room: without it nothing can be written")
    elif free < max(1024 * MIB, 2 * size):
        yield warning(
            "disk", f"{free // MIB} MiB free, database {size // MIB} MiB", "make room for growth and a backup"
        )
    else:
        yield ok("disk", f"{free // MIB} MiB free, database {size // MIB} MiB")
    log = file.with_name(file.name + "-wal")
    if log.exists() and log.stat().st_size > 64 * MIB:
        yield warning(
            "write-ahead log",
            f"{log.stat().st_size // MIB} MiB: something has been reading for long",
            "end old backups and shells on the file; a restart of the server shrinks it",
        )


def permissions(file: Path) -> Findings:
    if not (os.access(file, os.R_OK | os.W_OK) and os.access(file.parent, os.W_OK)):
        yield problem("files", f"{file} and its folder cannot be written", "run as the user that owns them, or chown")
    elif stat.S_IMODE(file.stat().st_mode) & 0o077:
        yield warning("files", f"{file} can be read by other users of this machine", f"run: chmod 600 {file}*")
    else:
        yield ok("files", f"{file} is for its owner alone")


def database(db: sa.Connection, settings: Settings) -> Findings:
    found = migrations.current(db.engine)
    if found != migrations.newest():
        yield problem("schema", f"at {found or 'nothing'}, needs {migrations.newest()}", "run: quarterdeck migrate")
        return
    yield ok("schema", f"at {found}")
    yield from sqlite(db) if db.dialect.name == "sqlite" else postgresql(db, settings)
    yield from clock(db)
    yield from found_by_words(db)
    yield from counters(db)
    yield from files(db, settings)
    yield from owner(db)


def value(db: sa.Connection, sql: str) -> Any:
    return db.exec_driver_sql(sql).scalar()


def sqlite(db: sa.Connection) -> Findings:
    yield from set_to(
        db, "journal_mode", "PRAGMA journal_mode", {"wal"}, "put the file on a local disk, not a network's"
    )
    yield from set_to(db, "synchronous", "PRAGMA synchronous", {2, 3}, "an acknowledged write may be lost; report this")
    yield from set_to(db, "foreign_keys", "PRAGMA foreign_keys", {1}, "use a build of SQLite that has them")
    yield from set_to(db, "integrity", "PRAGMA integrity_check(1)", {"ok"}, "restore the last good backup")
    broken = db.exec_driver_sql("PRAGMA foreign_key_check").fetchmany(1)
    if broken:
        yield problem("references", f"a row of {broken[0][0]} names a row that is gone", "restore the last good backup")
    else:
        yield ok("references", "every row that is named is there")


def set_to(db: sa.Connection, about: str, sql: str, good: set[Any], remedy: str) -> Findings:
    found = value(db, sql)
    yield ok(about, str(found)) if found in good else problem(about, f"is {found}", remedy)


def postgresql(db: sa.Connection, settings: Settings) -> Findings:
    for name in ("fsync", "synchronous_commit", "full_page_writes"):
        good = {"on", "local", "remote_write", "remote_apply"}
        remedy = f"an acknowledged write may be lost; run: ALTER SYSTEM SET {name} = on; SELECT pg_reload_conf()"
        yield from set_to(db, name, f"SHOW {name}", good, remedy)
    if value(db, "SHOW data_checksums") == "on":
        yield ok("data_checksums", "on")
    else:
        yield warning(
            "data_checksums", "off: a failing disk is not noticed", "stop the server, run pg_checksums --enable"
        )
    version, words = int(value(db, "SHOW server_version_num")), value(db, "SHOW server_version")
    if version < POSTGRESQL_MIN:
        yield problem("version", words, f"move to PostgreSQL {POSTGRESQL_MIN // 10000} or newer")
    else:
        yield ok("version", words)
    yield from letters(db)
    yield from connections(db, settings)


def letters(db: sa.Connection) -> Findings:
    if value(db, "SELECT lower('ÄÉŠ') = 'äéš'"):
        yield ok("letters", "compared without their case")
    else:
        says = "beyond English ones, capitals and small letters are told apart in searches and views"
        yield warning("letters", says, "move to a database made with a locale such as C.UTF-8 or en_US.UTF-8")


def connections(db: sa.Connection, settings: Settings) -> Findings:
    # A thread may hold one connection to read and one to write.
    needed = settings.workers * (2 * settings.threads + 2)
    allowed = int(value(db, "SHOW max_connections")) - int(value(db, "SHOW superuser_reserved_connections"))
    says = f"{settings.workers} processes may open {needed}, the database allows {allowed}"
    if needed > allowed:
        yield problem("connections", says, "raise max_connections, or lower QUARTERDECK_THREADS or QUARTERDECK_WORKERS")
    else:
        yield ok("connections", says)


def clock(db: sa.Connection) -> Findings:
    here = datetime.now(UTC)
    there = here
    if db.dialect.name == "postgresql":
        there = datetime.fromtimestamp(float(value(db, "SELECT extract(epoch FROM clock_timestamp())")), UTC)
    last = db.scalar(sa.select(sa.func.max(journal.Entry.at)))
    remedy = "set the clock, and keep it by NTP"
    if not 2025 <= here.year < 2100:
        yield problem("clock", f"this machine believes it is {here:%Y-%m-%d}", remedy)
    elif abs(here - there) > timedelta(seconds=5):
        yield problem("clock", f"{abs(here - there).total_seconds():.0f} s apart from the database's", remedy)
    elif last is not None and last > here + timedelta(minutes=1):
        yield warning("clock", f"the last change is dated {last:%Y-%m-%d %H:%M}, which is to come", remedy)
    else:
        yield ok("clock", f"{here:%Y-%m-%d %H:%M} UTC")


def records() -> list[type[Record]]:
    found = [mapper.class_ for mapper in Record.registry.mappers if mapper.local_table in METADATA.sorted_tables]
    return sorted(found, key=lambda record: record.kind)


def count(db: sa.Connection, table: sa.FromClause) -> int:
    return db.scalar(sa.select(sa.func.count()).select_from(table)) or 0


def found_by_words(db: sa.Connection) -> Findings:
    for record in records():
        if record.kind not in KINDS:
            continue
        rows, found = count(db, record.__table__), count(db, table_of(record.kind))
        about = f"search for {record.kind}s"
        if rows == found:
            yield ok(about, f"{rows} of {rows}")
        else:
            yield problem(about, f"{found} entries for {rows} {record.kind}s", "restore a backup, and report this")


def counters(db: sa.Connection) -> Findings:
    kept = dict(
        db.execute(sa.select(Counter.counted_kind, sa.func.sum(Counter.n)).group_by(Counter.counted_kind)).all()
    )
    wrong = [
        f"{kept.get(record.kind, 0)} for {rows} of kind {record.kind}"
        for record in records()
        if record.counted and int(kept.get(record.kind, 0)) != (rows := count(db, record.__table__))
    ]
    if wrong:
        yield problem("counters", "; ".join(wrong), "totals of lists are off; restore a backup, and report this")
    else:
        yield ok("counters", "agree with what they count")


def files(db: sa.Connection, settings: Settings) -> Findings:
    """Whether the content of every file on a ticket is where it can be found; more than that does no harm."""
    folder = settings.attachments_folder
    lying = InFolder(folder, settings.attachment_max).hashes() if folder else set()
    named = set(db.scalars(sa.select(Attachment.hash).distinct()))
    missing = len(named - lying - set(db.scalars(sa.select(Blob.hash))))
    says = f"{len(named)} in use, {len(lying - named)} that no ticket names"
    if missing:
        yield problem("attachments", f"{missing} of {len(named)} files are missing", "restore them from a backup")
    elif folder and folder.exists() and stat.S_IMODE(folder.stat().st_mode) & 0o077:
        yield warning("attachments", f"{folder} can be read by other users of this machine", f"run: chmod 700 {folder}")
    else:
        yield ok("attachments", says if folder else f"{len(named)} in use, in the database")


def owner(db: sa.Connection) -> Findings:
    if access.owned(Work(Link(db), Actor("doctor"), datetime.now(UTC))):
        yield ok("owner", "there is one")
    else:
        yield problem("owner", "there is none, so nobody may do everything", "make one with: quarterdeck user create")
