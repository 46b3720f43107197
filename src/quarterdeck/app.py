"""Puts the parts together; the only module that knows them all."""

import asyncio
import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

from quarterdeck import migrations
from quarterdeck.backup import copy_here
from quarterdeck.desk.errors import Invalid
from quarterdeck.desk.statement import Link
from quarterdeck.dialects.atera import ATERA
from quarterdeck.dialects.syncro import LENIENT, SYNCRO
from quarterdeck.doctor import examine
from quarterdeck.edge.gate import Door
from quarterdeck.edge.http import Receive, Request, Scope, Send
from quarterdeck.edge.limits import InDatabase, InFile, InMemory, Limiter
from quarterdeck.edge.observe import Figures, Log
from quarterdeck.edge.outside import Outside
from quarterdeck.edge.premises import Premises
from quarterdeck.files import open_files
from quarterdeck.outbound import Client
from quarterdeck.pages import Pages
from quarterdeck.settings import Settings
from quarterdeck.storage import Clashed, Storage, Unavailable, open_storage
from quarterdeck.trouble import Trouble
from quarterdeck.web import ROUTES
from quarterdeck.web.kit import Setup
from quarterdeck.web.openid import Provider
from quarterdeck.web.site import Site
from quarterdeck.web.speech import learn
from quarterdeck.worker import Runner

DIALECTS = (ATERA, SYNCRO)
FLUSH_EVERY = 0.2
PROVIDER_SAYS_MAX = 2**20


class App:
    """The whole program as one ASGI application."""

    def __init__(self, settings: Settings, storage: Storage, limiter: Limiter, log: Log) -> None:
        self.settings = settings
        self.storage = storage
        self.log = log
        self.figures = Figures(shared=settings.workers > 1)
        limits = {"atera": settings.atera_calls_per_minute, "syncro": settings.syncro_calls_per_minute}
        served = (ATERA, LENIENT if settings.syncro_names_optional else SYNCRO)
        premises = Premises(
            storage,
            self.figures,
            log,
            outside_of(settings),
            body_max=settings.body_max,
            files_max=settings.files_max,
            unavailable=Unavailable,
            clashed=Clashed,
            public_url=settings.public_url,
            trusted=frozenset(listed(settings.trusted_proxies)),
        )
        self.doors = {
            dialect.prefix.encode(): Door(replace(dialect, calls_per_minute=limits[dialect.name]), premises, limiter)
            for dialect in served
        }
        self.pages = Pages(served, storage, self.figures)
        self.runner = Runner(storage, log, unavailable=Unavailable, clashed=Clashed)
        self.site = Site(ROUTES, premises, provider_of(settings), setup_of(settings))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.lifespan(receive, send)
            return
        if scope["type"] != "http":
            return
        path = scope["path"]
        door = None if path in self.pages else self.door(path)
        if door is not None:
            await door(scope, receive, send)
            return
        if path in self.pages:
            await self.pages(Request(scope), send)
        else:
            await self.site(scope, receive, send)

    def door(self, path: str) -> Door | None:
        parts = [part for part in path[:64].split("/", 6) if part][:2]
        return self.doors.get(f"/{'/'.join(parts)}".lower().encode("latin-1", "replace"))

    async def lifespan(self, receive: Receive, send: Send) -> None:
        async with self.running():
            await receive()
            await send({"type": "lifespan.startup.complete"})
            await asyncio.to_thread(learn)
            await receive()
        await send({"type": "lifespan.shutdown.complete"})

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        flushing = asyncio.create_task(self.flush())
        self.runner.start()
        # What there is by now stays for good, and need not be looked through for garbage again and again.
        gc.enable()
        gc.freeze()
        try:
            yield
        finally:
            flushing.cancel()
            await asyncio.to_thread(self.runner.stop)
            await asyncio.to_thread(self.storage.close)
            self.log.flush()

    async def flush(self) -> None:
        while True:
            await asyncio.sleep(FLUSH_EVERY)
            self.log.flush()


def outside_of(settings: Settings) -> Outside:
    """Where files lie and how they are fetched, as the settings say."""
    longest = settings.attachment_max
    return Outside(
        open_files(settings.attachments_in, longest),
        Client(listed(settings.outbound_allow), longest=longest).fetch,
        lambda: list(examine(settings)),
        lambda: copied(settings),
    )


def copied(settings: Settings) -> tuple[str, int]:
    """A copy of the database; what stands in its way is told beside the button."""
    try:
        return copy_here(settings)
    except Trouble as trouble:
        raise Invalid({"backup": str(trouble)}) from trouble


def setup_of(settings: Settings) -> Setup:
    """What pages tell of the settings."""
    limits = {"atera": settings.atera_calls_per_minute, "syncro": settings.syncro_calls_per_minute}
    return Setup(
        tuple((dialect.title, limits[dialect.name]) for dialect in DIALECTS),
        None if settings.backups_folder is None else str(settings.backups_folder),
    )


def provider_of(settings: Settings) -> Provider | None:
    """Where technicians may sign in beside here, as the settings say."""
    if settings.openid_issuer is None or settings.public_url is None:
        return None
    return Provider(
        settings.openid_issuer,
        settings.openid_client_id,
        settings.openid_client_secret,
        settings.openid_name,
        settings.public_url.rstrip("/"),
        Client(listed(settings.outbound_allow), longest=PROVIDER_SAYS_MAX),
    )


def listed(text: str) -> list[str]:
    return [one.strip() for one in text.split(",") if one.strip()]


class OldSchema(SystemExit):
    """The database is not at the revision this program needs."""


def limiter_for(settings: Settings, storage: Storage) -> Limiter:
    """Where calls are counted: as widely as there are processes that serve."""
    if settings.limits_in == "database":
        return InDatabase(lambda job: asyncio.wrap_future(storage.write_later(lambda db: job(Link(db)))))
    if settings.limits_file:
        return InFile(settings.limits_file, max(settings.atera_calls_per_minute, settings.syncro_calls_per_minute, 1))
    return InMemory()


def build(settings: Settings) -> App:
    """The application for these settings; refuses a database of another revision."""
    storage = opened(settings)
    return App(settings, storage, limiter_for(settings, storage), Log(on=settings.log_requests))


def opened(settings: Settings) -> Storage:
    """The database, once it is seen to be at the revision this program needs."""
    file = settings.sqlite_file
    if file is not None and not file.exists():
        raise OldSchema(f"There is no database at {file} yet. Make it with: quarterdeck migrate")
    storage = open_storage(settings.database_url, settings.threads)
    try:
        if migrations.current(storage.engine) != migrations.newest():
            raise OldSchema("The database is not at the schema this version needs. Run: quarterdeck migrate")
    except BaseException:
        storage.close()
        raise
    return storage


def from_environment() -> App:
    """What each server process runs."""
    return build(Settings())
