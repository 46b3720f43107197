"""A consistent copy of the database, made while the server runs."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import sqlalchemy as sa

from quarterdeck.settings import Settings
from quarterdeck.trouble import Trouble


def backup(settings: Settings, target: Path, *, overwrite: bool = False) -> int:
    """Write the copy and return its size. It appears under its name only when it is whole and on disk."""
    if target.exists() and not overwrite:
        raise Trouble(f"{target} is there already. Name another file, or add --force to replace it.")
    if not target.parent.is_dir():
        raise Trouble(f"There is no folder {target.parent}. Make it first.")

    file = settings.sqlite_file
    if file is None:
        into_place(target, lambda part: dump(settings.database_url, part))
    else:
        into_place(target, lambda part: copy(file, part))
    return target.stat().st_size


def into_place(target: Path, write: Callable[[Path], None]) -> None:
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        part.touch(mode=0o600)
        write(part)
        flush(part)
        part.replace(target)
        flush(target.parent)
    finally:
        part.unlink(missing_ok=True)


def flush(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def copy(file: Path, part: Path) -> None:
    """A snapshot taken in one read transaction: writers go on meanwhile, and none of their work is there in halves."""
    if not file.exists():
        raise Trouble(f"There is no database at {file}. Set QUARTERDECK_DATABASE_URL to the one that is to be copied.")
    try:
        with closing(sqlite3.connect(file, timeout=10)) as source, closing(sqlite3.connect(part)) as made:
            source.backup(made)
            made.execute("PRAGMA journal_mode=DELETE")  # one plain file, with nothing beside it
            faults = [row[0] for row in made.execute("PRAGMA integrity_check(3)")]
    except sqlite3.Error as error:
        raise Trouble(f"The database cannot be copied: {error}. Run: quarterdeck doctor") from error
    if faults != ["ok"]:
        raise Trouble(f"The copy is damaged ({faults[0]}), so the database is too. Run: quarterdeck doctor")


def dump(url: str, part: Path) -> None:
    program = shutil.which("pg_dump")
    if program is None:
        raise Trouble(
            "A PostgreSQL database is copied with pg_dump, which is not on this machine.\n"
            "Install PostgreSQL's client programs (Debian: apt install postgresql-client), "
            "of the server's version or newer."
        )
    address = sa.make_url(url).set(drivername="postgresql")
    # Other users of the machine can read a command's arguments, but not its environment.
    environment = {**os.environ, **({"PGPASSWORD": str(address.password)} if address.password else {})}
    source = address.set(password=None).render_as_string()
    done = subprocess.run(  # noqa: S603  # our own arguments
        [program, "--format=custom", "--no-password", f"--file={part}", f"--dbname={source}"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        hint = "\nInstall the client programs of the server's version." if "version mismatch" in done.stderr else ""
        raise Trouble(f"pg_dump could not copy the database:\n{done.stderr.strip()}{hint}")
