"""A consistent copy of the database, made while the server runs."""

import os
import shutil
import sqlite3
import subprocess
import threading
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa

from quarterdeck.settings import Settings
from quarterdeck.trouble import Trouble

# One copy at a time of those that pages ask for.
COPYING = threading.Lock()
# So much more than the database holds has to be free beside it.
ROOM = 1.2


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


def copy_here(settings: Settings) -> tuple[str, int]:
    """A copy in the folder for those that pages ask for: its name and its size."""
    folder, file = settings.backups_folder, settings.sqlite_file
    if folder is None:
        raise Trouble("There is no folder for copies. Set QUARTERDECK_BACKUPS_IN to one.")
    if not COPYING.acquire(blocking=False):
        raise Trouble("A copy is being made already. Wait until it is done.")
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if file is not None and shutil.disk_usage(folder).free < file.stat().st_size * ROOM:
            raise Trouble(f"There is no room for a copy in {folder}. Free some, or set QUARTERDECK_BACKUPS_IN.")
        name = f"quarterdeck-{datetime.now(UTC):%Y%m%d-%H%M%S}.{'dump' if file is None else 'db'}"
        return name, backup(settings, folder / name)
    except OSError as error:
        raise Trouble(f"The copy could not be written to {folder}: {error.strerror}.") from error
    finally:
        COPYING.release()


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
