"""Real server processes on free loopback ports, and a client that knows exactly what it was answered."""

import asyncio
import os
import queue
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

import msgspec

from conftest import cast
from quarterdeck.desk import access
from quarterdeck.desk.statement import Link
from quarterdeck.desk.work import Actor, Work
from quarterdeck.edge.gate import now
from quarterdeck.storage import open_storage
from warm import Warm

# How long a server, an answer, or the end of a process is waited for, in seconds.
PATIENCE = 30


@dataclass
class Server:
    """One `quarterdeck serve`, with as many worker processes as it was asked for."""

    database: str
    settings: dict[str, str] = field(default_factory=dict)
    workers: int = 1
    # Started from nothing, imports and all.
    cold: bool = False
    process: "subprocess.Popen[bytes] | Warm | None" = None
    port: int = 0
    # What it wrote to its standard error.
    said: list[str] = field(default_factory=list)

    def start(self) -> None:
        """Return once it answers, which it says on its standard output."""
        settings = {
            "QUARTERDECK_DATABASE_URL": self.database,
            "QUARTERDECK_LOG_REQUESTS": "false",
            "QUARTERDECK_ATERA_CALLS_PER_MINUTE": "0",
            "QUARTERDECK_SYNCRO_CALLS_PER_MINUTE": "0",
            **self.settings,
        }
        words = ["serve", "--port", "0", "--workers", str(self.workers)]
        said, saying = os.pipe()
        try:
            self.process = self.begin(words, {**os.environ, **settings}, saying)
        finally:
            os.close(saying)
        lines: queue.SimpleQueue[str] = queue.SimpleQueue()
        self.listening = threading.Thread(target=self.listen, args=(os.fdopen(said), lines))
        self.listening.start()
        for _ in range(100):
            told = lines.get(timeout=PATIENCE)
            if found := re.search(r" runs at \S+:(\d+)$", told):
                self.port = int(found[1])
                return
            assert told, f"the server did not start: {self.said}"

    def begin(self, words: list[str], environment: dict[str, str], err: int) -> "subprocess.Popen[bytes] | Warm":
        if not self.cold:
            return Warm(words, environment, 1, err)
        command = [sys.executable, "-m", "quarterdeck", *words]
        return subprocess.Popen(command, env=environment, stderr=err, start_new_session=True)

    def listen(self, to: IO[str], lines: "queue.SimpleQueue[str]") -> None:
        """Take in what it says, so that it never waits for a reader."""
        with to:
            for text in to:
                self.said.append(text.rstrip())
                lines.put(text.rstrip())
        lines.put("")

    def kill(self) -> None:
        """End the whole process group as a power cut would."""
        assert self.process is not None
        os.killpg(self.process.pid, signal.SIGKILL)
        self.ended()

    def ended(self) -> None:
        assert self.process is not None
        self.process.wait(PATIENCE)
        self.listening.join(PATIENCE)

    def stop(self) -> float:
        """Ask it to end, and return the seconds that took."""
        assert self.process is not None
        began = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        self.ended()
        return time.monotonic() - began

    @property
    def memory(self) -> int:
        """Bytes of memory in use by the (only) process."""
        assert self.process is not None
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        found = re.search(r"VmRSS:\s+(\d+) kB", status)
        assert found
        return int(found[1]) * 1024


@contextmanager
def serving(database: str, *, workers: int = 1, cold: bool = False, **settings: Any) -> Iterator[Server]:
    """A running server; whatever is left of it afterwards is killed."""
    named = {f"QUARTERDECK_{name.upper()}": str(value) for name, value in settings.items()}
    server = Server(database, named, workers, cold)
    try:
        server.start()
        yield server
    finally:
        if server.process is not None and server.process.poll() is None:
            server.kill()


def keys(database: str, *more: str) -> dict[str, str]:
    """The cast's keys, and more keys of Dana's, made straight in the database."""
    storage = open_storage(database, threads=1)

    def job(db: Any) -> dict[str, str]:
        work = Work(Link(db), Actor("setup", access.ALL, technician_id=1), now(), "tests")
        made = cast(work)
        return made | {name: access.give_key(work, access.NewKey(name=name, technician_id=1))[1] for name in more}

    made: dict[str, str] = storage.write_later(job).result()
    storage.close()
    return made


class Gone(Exception):
    """The connection ended before anything of the answer arrived: the request may or may not have been done."""


class Cut(Exception):
    """The connection ended in the middle of an answer."""


@dataclass(frozen=True)
class Reply:
    status: int
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:
        return msgspec.json.decode(self.body)


class Line:
    """One connection to a server, kept open from request to request."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, key: str) -> None:
        self.reader, self.writer, self.key = reader, writer, key

    async def ask(self, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None) -> Reply:
        """Send one request and read the whole answer."""
        content = b"" if body is None else body if isinstance(body, bytes) else msgspec.json.encode(body)
        sent = {"Host": "desk.example", "X-API-KEY": self.key, **(headers or {})}
        if content:
            sent |= {"Content-Length": str(len(content)), "Content-Type": "application/json"}
        lines = [f"{method} {path if path.startswith('/api') else f'/api/v3{path}'} HTTP/1.1"]
        lines += [f"{name}: {value}" for name, value in sent.items()]
        return await self.send(("\r\n".join(lines) + "\r\n\r\n").encode() + content, head=method == "HEAD")

    async def send(self, request: bytes, *, head: bool = False) -> Reply:
        try:
            self.writer.write(request)
            await self.writer.drain()
            return await asyncio.wait_for(self.reply(head), PATIENCE)
        except OSError as error:
            raise Gone from error

    async def reply(self, head: bool) -> Reply:
        try:
            top = await self.reader.readuntil(b"\r\n\r\n")
        except asyncio.IncompleteReadError as error:
            raise (Cut if error.partial else Gone) from error
        first, *lines = top.decode("latin-1").strip().split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        length = 0 if head else int(headers.get("content-length", 0))
        try:
            body = await self.reader.readexactly(length)
        except (asyncio.IncompleteReadError, OSError) as error:
            raise Cut from error
        return Reply(int(first.split()[1]), headers, body)

    def close(self) -> None:
        self.writer.close()


@asynccontextmanager
async def line(port: int, key: str, address: str = "127.0.0.1") -> AsyncIterator[Line]:
    """A connection to a server of this machine, from one of its addresses."""
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=2**22, local_addr=(address, 0))
    except OSError as error:
        raise Gone from error
    try:
        yield Line(reader, writer, key)
    finally:
        # Whatever is not sent by now will never be: closing would wait for it.
        writer.transport.abort()
