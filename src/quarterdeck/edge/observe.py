"""What an operator sees: one line of JSON for each request, and figures for Prometheus."""

import sys
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any, TextIO

import msgspec
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest, multiprocess

BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10)


class Figures:
    """Counts and times of requests by face, operation and status."""

    def __init__(self, *, shared: bool = False) -> None:
        self.shared = shared
        self.registry = CollectorRegistry()
        kept = None if shared else self.registry
        self.requests = Counter(
            "quarterdeck_requests", "Requests answered.", ("face", "operation", "status"), registry=kept
        )
        self.seconds = Histogram(
            "quarterdeck_request_seconds", "Time to answer.", ("face", "operation"), buckets=BUCKETS, registry=kept
        )
        # Looking a child up by its labels costs more than counting.
        self.children: dict[tuple[str, str, int], tuple[Any, Any]] = {}

    def saw(self, face: str, operation: str, status: int, seconds: float) -> None:
        key = (face, operation, status)
        children = self.children.get(key)
        if children is None:
            children = self.requests.labels(face, operation, str(status)), self.seconds.labels(face, operation)
            self.children[key] = children
        children[0].inc()
        children[1].observe(seconds)

    def text(self) -> bytes:
        if not self.shared:
            return generate_latest(self.registry)
        whole = CollectorRegistry()
        multiprocess.MultiProcessCollector(whole)  # type: ignore[no-untyped-call]
        return generate_latest(whole)


class Log:
    """Lines of JSON. Those of one moment are written together; none holds a query, a body or a key."""

    def __init__(self, to: TextIO | None = None, *, on: bool = True) -> None:
        self.to = to or sys.stderr
        self.on = on
        self.waiting: list[bytes] = []

    def request(self, **what: Any) -> None:
        if self.on:
            self.waiting.append(msgspec.json.encode({"at": datetime.now(UTC), **what}))

    def event(self, what: str, **more: Any) -> None:
        """Something to be seen at once."""
        self.waiting.append(msgspec.json.encode({"at": datetime.now(UTC), "event": what, **more}))
        self.flush()

    def flush(self) -> None:
        if not self.waiting:
            return
        lines, self.waiting = self.waiting, []
        # A log that nobody can read any more is no reason to stop answering.
        with suppress(OSError, ValueError):
            print(b"\n".join(lines).decode(), file=self.to, flush=True)  # this is the log
