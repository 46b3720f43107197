"""How a command that runs for long is ended."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def ending_on_signals(unless: Callable[[], bool] = lambda: False) -> Iterator[None]:
    """Let SIGTERM and Ctrl-C end the program like a return: files are closed, the exit code is 0."""

    def stop(*_: object) -> None:
        if not unless():
            raise SystemExit(0)

    before = {each: signal.signal(each, stop) for each in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
