"""Where the bytes of files are kept: in the database, or in a folder under their hash."""

import hashlib
import os
import re
import secrets
from pathlib import Path
from typing import Protocol

from quarterdeck.desk.attachments import Stored
from quarterdeck.desk.errors import Busy, Invalid
from quarterdeck.trouble import Trouble

HASH = re.compile(r"[0-9a-f]{64}")


class Files(Protocol):
    """Takes bytes in before anything tells of them, and gives back those it has."""

    def keep(self, content: bytes) -> Stored: ...

    def read(self, hash: str) -> bytes | None: ...


class InDatabase:
    """The bytes go with the row that tells of them."""

    def __init__(self, longest: int) -> None:
        self.longest = longest

    def keep(self, content: bytes) -> Stored:
        return Stored(hashed(content, self.longest), len(content), content)

    def read(self, hash: str) -> bytes | None:
        return None


class InFolder:
    """A file for each content, named by its hash: no name from outside reaches the disk."""

    def __init__(self, folder: Path, longest: int) -> None:
        self.folder = folder
        self.longest = longest

    def keep(self, content: bytes) -> Stored:
        """Return once it is on disk, whatever happens to the power."""
        hash = hashed(content, self.longest)
        place = self.place(hash)
        try:
            if not (place.is_file() and place.stat().st_size == len(content)):
                write(place, content)
        except OSError as error:
            raise Busy(f"the file cannot be kept just now: {error.strerror}") from error
        return Stored(hash, len(content))

    def read(self, hash: str) -> bytes | None:
        try:
            return self.place(hash).read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise Busy(f"the file cannot be read just now: {error.strerror}") from error

    def place(self, hash: str) -> Path:
        assert HASH.fullmatch(hash)
        return self.folder / hash[:2] / hash

    def hashes(self) -> set[str]:
        """All that lie there."""
        return {one.name for one in self.folder.glob("??/*") if HASH.fullmatch(one.name)}


def hashed(content: bytes, longest: int) -> str:
    if len(content) > longest:
        raise Invalid({"content": f"is longer than {longest} bytes"})
    return hashlib.sha256(content).hexdigest()


def write(place: Path, content: bytes) -> None:
    """Write under a name nobody looks for; under its own it appears whole."""
    made = not place.parent.exists()
    place.parent.mkdir(mode=0o700, exist_ok=True)
    if made:
        flush(place.parent.parent)
    part = place.with_name(f".{secrets.token_hex(8)}.part")
    try:
        with open(part, "xb", opener=for_the_owner) as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(place)
    finally:
        part.unlink(missing_ok=True)
    flush(place.parent)


def for_the_owner(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def flush(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def open_files(place: str, longest: int) -> Files:
    """The place a setting names; a folder that is not there yet is made."""
    if place == "database":
        return InDatabase(longest)
    folder = Path(place)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise Trouble(f"Files cannot be kept in {folder}: {error.strerror}. See QUARTERDECK_ATTACHMENTS_IN.") from error
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        raise Trouble(f"Files cannot be kept in {folder}: it cannot be written. See QUARTERDECK_ATTACHMENTS_IN.")
    return InFolder(folder, longest)
