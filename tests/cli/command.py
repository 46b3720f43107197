"""Running the real command, as a person or another program would."""

import io
import json
import os
import select
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

import httpx

from quarterdeck.cli import main
from warm import Warm

# Generous: what is measured here is what happens, not how soon.
PATIENCE = 60


def environment(database: str | None, **settings: Any) -> dict[str, str]:
    """The environment without this machine's own settings of Quarterdeck."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("QUARTERDECK_")}
    named = {f"QUARTERDECK_{name.upper()}": str(value) for name, value in settings.items()}
    return {**kept, **({"QUARTERDECK_DATABASE_URL": database} if database else {}), **named}


@dataclass
class Said:
    """What a command answered (standard output), what it told (standard error), and its exit code."""

    code: int
    out: str
    err: str


def run(
    *words: str | Path, database: str | None = None, stdin: str = "", path: str | None = None, **settings: Any
) -> Said:
    """Run a command to its end, in this process: starting Python each time would take most of the time."""
    env = environment(database, **settings) | ({"PATH": path} if path is not None else {})
    out, err, umask = io.StringIO(), io.StringIO(), os.umask(0o022)
    try:
        with (
            mock.patch.dict(os.environ, env, clear=True),
            mock.patch("sys.stdin", io.StringIO(stdin)),
            redirect_stdout(out),
            redirect_stderr(err),
        ):
            code = main([str(word) for word in words])
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1
        err.write("" if isinstance(end.code, int) else str(end.code))
    finally:
        os.umask(umask)
    return Said(code, out.getvalue(), err.getvalue())


def done(*words: str | Path, **more: Any) -> Said:
    """Run a command that is expected to work."""
    said = run(*words, **more)
    assert said.code == 0, said.err
    return said


class Running:
    """A command that runs until it is told to stop."""

    def __init__(self, process: Warm, out: Path, err: Path) -> None:
        self.process = process
        self.out = out
        self.err = err

    def stop(self, how: signal.Signals = signal.SIGTERM) -> int:
        self.process.send_signal(how)
        return self.process.wait(PATIENCE)

    def line(self, file: Path, beginning: str) -> str:
        """The first line in the file with this beginning, once it is there."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            for line in file.read_text().splitlines(keepends=True):
                if line.startswith(beginning) and line.endswith("\n"):
                    return line.strip()
            assert self.process.poll() is None, self.err.read_text()
            select.select([], [], [], 0.02)
        raise AssertionError(f"no line beginning {beginning!r} in time: {self.err.read_text()}")

    def url(self) -> str:
        return self.line(self.err, "Quarterdeck runs at ").rpartition(" ")[2]

    def told(self) -> dict[str, Any]:
        """The line of JSON that `demo --json` prints."""
        found: dict[str, Any] = json.loads(self.line(self.out, "{"))
        return found


@contextmanager
def running(folder: Path, *words: str | Path, database: str | None = None, **settings: Any) -> Iterator[Running]:
    out, err = folder / "out", folder / "err"
    with out.open("w") as to_out, err.open("w") as to_err:
        named = environment(database, **settings)
        made = Running(Warm([*map(str, words)], named, to_out.fileno(), to_err.fileno()), out, err)
        try:
            yield made
        finally:
            if made.process.poll() is None:
                made.stop()


def client(url: str, key: str) -> httpx.Client:
    return httpx.Client(base_url=f"{url}/api/v3", headers={"X-API-KEY": key}, timeout=PATIENCE)
