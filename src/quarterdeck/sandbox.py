"""The demo: a database of its own in a folder, filled once and kept, with the keys to it."""

import fcntl
import json
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from quarterdeck import demo, migrations
from quarterdeck.app import DIALECTS
from quarterdeck.backup import copy, into_place
from quarterdeck.settings import Settings
from quarterdeck.storage import engine_for, open_storage
from quarterdeck.trouble import Trouble

DATABASE = "demo.db"
# Keys are kept hashed in the database; to show them again they are also kept here, for their owner's eyes alone.
KEYS = "demo.json"

Tell = Callable[[str], None]


@contextmanager
def sandbox(folder: Path, size: str | None, tell: Tell, *, fresh: bool) -> Iterator[dict[str, str]]:
    """A folder that holds a whole demo, and is nobody else's meanwhile. Gives the sign-in and the keys."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "demo.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Trouble(f"Another demo runs on {folder}. End it, or name another folder with --data.") from None
        yield prepared(folder, size, tell, fresh=fresh)


def prepared(folder: Path, size: str | None, tell: Tell, *, fresh: bool) -> dict[str, str]:
    if fresh or not ((folder / DATABASE).exists() and (folder / KEYS).exists()):
        make(folder, size or "full", tell)
    kept: dict[str, Any] = json.loads((folder / KEYS).read_text())
    if size not in (None, kept["size"]):
        raise Trouble(
            f"The demo in {folder} is of size {kept['size']}. Add --fresh to make it anew, or name another --data."
        )
    bring_up_to_date(folder)
    credentials: dict[str, str] = kept["credentials"]
    return credentials


def make(folder: Path, size: str, tell: Tell) -> None:
    """Fill a database under another name: one whose making was interrupted is never taken for a whole one."""
    remove(folder, DATABASE)
    remove(folder, "filling.db")
    tell(f"Making a demo of size {size} in {folder}.")
    url = f"sqlite:///{folder / 'filling.db'}"
    engine = engine_for(url)
    migrations.upgrade(engine)
    engine.dispose()
    with closing(open_storage(url)) as storage:
        credentials = demo.fill(storage, size, datetime.now(UTC), tell)

    kept = json.dumps({"size": size, "credentials": credentials}, indent=2)
    into_place(folder / KEYS, lambda part: write(part, kept))
    into_place(folder / DATABASE, lambda part: copy(folder / "filling.db", part))
    remove(folder, "filling.db")


def write(part: Path, text: str) -> None:
    part.write_text(text)


def remove(folder: Path, name: str) -> None:
    for ending in ("", "-wal", "-shm"):
        (folder / f"{name}{ending}").unlink(missing_ok=True)


def bring_up_to_date(folder: Path) -> None:
    """A demo made by an older version goes on with this one."""
    engine = engine_for(f"sqlite:///{folder / DATABASE}")
    if migrations.current(engine) != migrations.newest():
        migrations.upgrade(engine)
    engine.dispose()


def settings_for(folder: Path, port: int, *, limits: bool) -> Settings:
    """This machine only, one process, quiet; the limits are the vendors' own unless switched off."""
    unlimited: dict[str, Any] = {name: 0 for name in Settings.model_fields if name.endswith("_calls_per_minute")}
    return Settings(
        database_url=f"sqlite:///{folder / DATABASE}",
        host="127.0.0.1",
        port=port,
        workers=1,
        public_url=None,
        log_requests=False,
        limits_in="memory",
        attachments_in="database",
        **({} if limits else unlimited),
    )


def as_json(url: str, credentials: dict[str, str]) -> str:
    return json.dumps({"url": url, **credentials, "technician_id": int(credentials["technician_id"])})


def as_text(url: str, credentials: dict[str, str]) -> str:
    keys = "".join(
        f"  {each.title + ' key':<18}{credentials[f'{each.name}_api_key']}\n"
        for each in DIALECTS
        if f"{each.name}_api_key" in credentials
    )
    return (
        f"\nQuarterdeck runs. Open it in a browser:\n\n"
        f"  {'Address':<18}{url}\n"
        f"  {'Mail address':<18}{credentials['owner_email']}\n"
        f"  {'Password':<18}{credentials['owner_password']}\n\n"
        "Or let a script in:\n\n"
        f"{keys}"
        f"  {'Read-only key':<18}{credentials['read_only_api_key']}\n\n"
        f"  curl -H 'X-API-KEY: {credentials['atera_api_key']}' '{url}/api/v3/tickets?itemsInPage=2'\n"
        f"  curl -H 'Authorization: Bearer {credentials['syncro_api_key']}' '{url}/api/v1/tickets?per_page=2'\n\n"
        "Ctrl-C ends it. The data stays; --fresh starts over.\n"
    )
