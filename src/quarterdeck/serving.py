"""Running the server: where it listens, in how many processes, and how it ends."""

import http.client
import os
import socket
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import uvicorn
from uvicorn.config import STARTUP_FAILURE
from uvicorn.supervisors import ChangeReload, Multiprocess

from quarterdeck.app import build, opened
from quarterdeck.edge.connection import Connection
from quarterdeck.settings import Settings, is_loopback
from quarterdeck.signals import ending_on_signals
from quarterdeck.trouble import Trouble

# Requests under way get so many seconds to finish after a signal to stop.
GRACE = 7
ANSWERS_WITHIN = 60

Announce = Callable[[str], None]


def serve(settings: Settings, announce: Announce, *, reload: bool = False) -> int:
    """Serve until a signal says stop. `announce` hears the address once the server answers there."""
    refuse_plain_http(settings)
    with (
        closing(listener(settings.host, settings.port)) as listening,
        announcing(settings.host, listening.getsockname()[1], announce),
    ):
        if settings.workers > 1 or reload:
            return supervised(settings, listening, reload=reload)
        server = uvicorn.Server(uvicorn.Config(build(settings), **options(settings)))
        # A server that has ended because of a signal raises it once more.
        with ending_on_signals(unless=lambda: server.should_exit):
            server.run([listening])
        return 0 if server.started else 1


def refuse_plain_http(settings: Settings) -> None:
    if not settings.allow_plain_http and not is_loopback(settings.host):
        raise Trouble(
            f"{settings.host} can be reached from other machines, and keys would cross the network unencrypted.\n"
            "Listen on 127.0.0.1 behind a proxy that speaks HTTPS, or add --allow-plain-http "
            "(QUARTERDECK_ALLOW_PLAIN_HTTP=true) where the network itself is private."
        )


def listener(host: str, port: int) -> socket.socket:
    """A socket bound to the address. It does not listen yet, so nobody waits on a server that fails to start."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        return bound(socket.socket(family, kind, protocol), address)
    except OSError as error:
        raise Trouble(
            f"Cannot listen on {host}, port {port}: {error.strerror}.\n"
            "Name another with --port; --port 0 takes a free one."
        ) from error


def bound(made: socket.socket, address: Any) -> socket.socket:
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind(address)
        made.set_inheritable(True)
    except OSError:
        made.close()
        raise
    return made


def free_port(usual: int) -> int:
    """The usual port, or another when somebody has it."""
    try:
        listener("127.0.0.1", usual).close()
    except Trouble:
        return 0
    return usual


@contextmanager
def announcing(host: str, port: int, announce: Announce) -> Iterator[None]:
    """Meanwhile, tell the address as soon as somebody answers there."""
    ended = threading.Event()

    def watch() -> None:
        until = time.monotonic() + ANSWERS_WITHIN
        while not ended.wait(0.02) and time.monotonic() < until:
            if answers(host, port):
                announce(f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}")
                return

    watching = threading.Thread(target=watch, daemon=True)
    watching.start()
    try:
        yield
    finally:
        ended.set()
        watching.join()


def answers(host: str, port: int) -> bool:
    reached = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104  # compared, not bound
    try:
        with closing(http.client.HTTPConnection(reached, port, timeout=5)) as connection:
            connection.request("GET", "/health")
            connection.getresponse().read()
    except (OSError, http.client.HTTPException):
        return False
    return True


def options(settings: Settings) -> dict[str, Any]:
    return {
        "http": Connection,
        "loop": "uvloop",
        "ws": "none",
        "lifespan": "on",
        "server_header": False,
        "date_header": True,
        "access_log": False,
        "log_level": "warning",
        "proxy_headers": False,  # the faces read them on their own, all of them
        "timeout_graceful_shutdown": GRACE,
    }


def supervised(settings: Settings, listening: socket.socket, *, reload: bool) -> int:
    """Several processes on one socket, or one that starts again when the code changes."""
    opened(settings).close()
    with tempfile.TemporaryDirectory(prefix="quarterdeck-") as folder:
        os.environ.update(handed_down(settings, Path(folder)))
        how = {"reload": True, "reload_dirs": [str(Path(__file__).parent)]} if reload else {"workers": settings.workers}
        config = uvicorn.Config("quarterdeck.app:from_environment", factory=True, **how, **options(settings))
        if reload:
            ChangeReload(config, uvicorn.Server(config).run, [listening]).run()
            return 0
        processes = Multiprocess(config, [listening])
        processes.run()
        return 1 if any(one.exitcode == STARTUP_FAILURE for one in processes.processes) else 0


def handed_down(settings: Settings, folder: Path) -> dict[str, str]:
    """What the server processes read from their environment: these settings, and where they share what they count."""
    if settings.workers > 1:
        (folder / "figures").mkdir()
        settings = settings.model_copy(update={"limits_file": str(folder / "limits")})
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder / "figures")
    named = {f"QUARTERDECK_{name.upper()}": value for name, value in settings.model_dump().items()}
    return {name: str(value) for name, value in named.items() if value is not None}
