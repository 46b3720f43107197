"""Drives a server as hard as it can be driven: keep-alive connections, each with one request under way.

It runs in a process of its own and reads what to do from standard input as JSON. It knows nothing of HTTP but where an
answer ends, so that one core of it outruns one core of any server in Python.
"""

import itertools
import json
import os
import select
import socket
import sys
import time
from array import array
from typing import Any

# An answer that takes longer than this is a failure of the server, in seconds.
PATIENCE = 20.0
WARMING = 0.15
BUFFER = bytearray(1 << 20)
VIEW = memoryview(BUFFER)
DIGIT_2 = ord("2")


class Caller:
    """One connection: asks, takes the whole answer, asks again."""

    __slots__ = ("asked_at", "head", "left", "socket")

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.asked_at = 0.0
        # Bytes of the answer that are still to come, and what there is of a head that came in pieces.
        self.left = 0
        self.head = b""

    def ask(self, request: bytes) -> None:
        self.asked_at = time.perf_counter()
        self.socket.send(request)

    def answered(self) -> bool:
        """Take what has come; whether the answer is whole."""
        count = self.socket.recv_into(BUFFER)
        if not count:
            raise ConnectionResetError("the server hung up")
        if self.left:
            self.left -= count
            return self.left == 0
        if self.head:
            whole = self.head + bytes(VIEW[:count])
            return self.began(whole, len(whole))
        return self.began(BUFFER, count)

    def began(self, data: bytes | bytearray, count: int) -> bool:
        end = data.find(b"\r\n\r\n", 0, count)
        if end < 0:
            self.head = bytes(data[:count])
            return False
        if data[9] != DIGIT_2:
            raise ValueError(f"the server refused: {bytes(data[:count]).decode('latin-1')[:2000]}")
        self.head = b""
        at = data.find(b"content-length: ", 0, end) + 16
        self.left = int(data[at : data.find(b"\r", at, end + 1)]) - (count - end - 4)
        return self.left == 0


class Load:
    """Callers on one port, working through a list of requests again and again."""

    def __init__(self, port: int, requests: list[bytes], connections: int) -> None:
        self.next = itertools.cycle(requests).__next__
        self.poll = select.epoll()
        self.callers = {caller.socket.fileno(): caller for caller in (Caller(port) for _ in range(connections))}
        for number, caller in self.callers.items():
            self.poll.register(number, select.EPOLLIN)
            caller.ask(self.next())

    def run(self, seconds: float) -> "array[float]":
        """How long each answer took."""
        taken = array("d")
        clock, callers, next = time.perf_counter, self.callers, self.next
        end_at = clock() + seconds
        while clock() < end_at:
            ready = self.poll.poll(PATIENCE)
            if not ready:
                raise TimeoutError(f"no answer within {PATIENCE} seconds")
            for number, _ in ready:
                caller = callers[number]
                if caller.answered():
                    taken.append(clock() - caller.asked_at)
                    caller.ask(next())
        return taken

    def close(self) -> None:
        self.poll.close()
        for caller in self.callers.values():
            caller.socket.close()


def drive(plan: dict[str, Any]) -> dict[str, float]:
    load = Load(plan["port"], [request.encode() for request in plan["requests"]], plan["connections"])
    try:
        warming = load.run(min(WARMING, plan["seconds"]))
        began_at = time.perf_counter()
        taken = sorted(load.run(plan["seconds"]))
        elapsed = time.perf_counter() - began_at
    finally:
        load.close()
    return {
        "rps": len(taken) / elapsed,
        "p50_ms": taken[len(taken) // 2] * 1000,
        "p99_ms": taken[len(taken) * 99 // 100] * 1000,
        # With those of the warming: the server's own clock ran then, too.
        "answers": len(warming) + len(taken),
    }


def main() -> None:
    plan = json.load(sys.stdin)
    if plan["core"] is not None:
        os.sched_setaffinity(0, {plan["core"]})
    json.dump(drive(plan), sys.stdout)


if __name__ == "__main__":
    main()
