"""Running the command in a process of its own whose imports are behind it: they are most of what a start takes."""

import os
import signal
import sys
import warnings
from multiprocessing import get_context, reduction
from typing import Any

# Imported once, in a process that every command is then a fork of.
NURSERY = get_context("forkserver")
NURSERY.set_forkserver_preload(["quarterdeck.app", "quarterdeck.cli", "quarterdeck.demo", "quarterdeck.serving"])


class Handed:
    """An open file that the other process gets as well: there it arrives as its number."""

    def __init__(self, file: int) -> None:
        self.file = file

    def __reduce__(self) -> Any:
        return received, (reduction.DupFd(self.file),)


def received(copy: Any) -> int:
    file: int = copy.detach()
    return file


def live(words: list[str], environment: dict[str, str], out: int, err: int) -> None:
    """What the process does: be the command, alone in its group, for which a warning is an error."""
    from quarterdeck.cli import main

    os.setsid()
    os.environ.clear()
    os.environ.update(environment)
    # Its own workers are told the number of its input, and would look for that number in themselves.
    os.dup2(sys.stdin.fileno(), 0)
    sys.stdin = open(0, closefd=False)  # noqa: SIM115  # it is open for as long as the process lives
    os.dup2(out, 1)
    os.dup2(err, 2)
    os.close(out)
    os.close(err)
    warnings.simplefilter("error")
    sys.exit(main(words))


class Warm:
    """A running `quarterdeck`, as `subprocess.Popen` would show it."""

    def __init__(self, words: list[str], environment: dict[str, str], out: int, err: int) -> None:
        self.process = NURSERY.Process(target=live, args=(words, environment, Handed(out), Handed(err)))
        self.process.start()
        assert self.process.pid is not None
        self.pid = self.process.pid

    @property
    def returncode(self) -> int | None:
        return self.process.exitcode

    def poll(self) -> int | None:
        return self.process.exitcode

    def wait(self, seconds: float) -> int:
        self.process.join(seconds)
        assert self.process.exitcode is not None, "the process has not ended in time"
        return self.process.exitcode

    def send_signal(self, which: signal.Signals) -> None:
        os.kill(self.pid, which)
