"""What the bench serves: the real application with a constant answer beside it, and a constant answer by itself."""

from dataclasses import replace
from functools import cache

from quarterdeck.app import App, from_environment
from quarterdeck.desk.work import Actor
from quarterdeck.dialects.atera.tickets import TICKETS
from quarterdeck.edge.gate import Door, End
from quarterdeck.edge.http import Answer, Receive, Request, Scope, Send
from quarterdeck.edge.rest import Verb
from quarterdeck.edge.routes import Tree
from quarterdeck.edge.verbs import show

ATERA_PREFIX = b"/api/v3"
FLOOR_PREFIX = "/bench/floor"
BYTES = Verb("GET", "/{size}", show, "So many constant bytes", "tickets:read")


class Floor(Door):
    """The gate with nothing behind it: key, limit, route, headers, figures, log, and as many bytes as are asked for."""

    def __init__(self, real: Door) -> None:
        # All but where its paths lead is the real door's own: storage, limiter, figures, log.
        self.__dict__.update(real.__dict__)
        self.dialect = replace(real.dialect, name="floor", prefix=FLOOR_PREFIX)
        self.tree = Tree()
        self.tree.add("GET", BYTES.path, End(TICKETS, BYTES, f"GET {FLOOR_PREFIX}{BYTES.path}"))

    async def perform(self, end: End, request: Request, actor: Actor) -> Answer:
        return Answer(200, constant(int(request.params["size"])))


@cache
def constant(size: int) -> bytes:
    """A JSON object of this length."""
    return b'{"constant":"%s"}' % (b"x" * (size - 15))


def desk() -> App:
    """The application as it is served, and the floor beside the Atera face."""
    app = from_environment()
    app.doors[FLOOR_PREFIX.encode()] = Floor(app.doors[ATERA_PREFIX])
    return app


async def nothing(scope: Scope, receive: Receive, send: Send) -> None:
    """What ASGI itself costs: `/SIZE` answers so many bytes."""
    if scope["type"] != "http":
        return
    body = constant(int(scope["path"][1:]))
    headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(body))]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def bare() -> object:
    return nothing
