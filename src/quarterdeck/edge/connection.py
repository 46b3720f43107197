"""One client's connection, on which a request's head may be of some length only."""

from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

# Bytes beside the body: the request line and headers, and what frames a body sent in chunks.
HEAD_MAX = 128 * 1024


class Connection(HttpToolsProtocol):
    """The server's own, which by itself would take in a head without end."""

    beside_body = 0

    def data_received(self, data: bytes) -> None:
        self.beside_body += len(data)
        super().data_received(data)
        if self.beside_body > HEAD_MAX and not self.transport.is_closing():
            self.send_400_response("The request's head is too long.")

    def on_message_begin(self) -> None:
        self.beside_body = 0
        super().on_message_begin()

    def on_body(self, body: bytes) -> None:
        self.beside_body -= len(body)
        super().on_body(body)

    def shutdown(self) -> None:
        super().shutdown()
        # An answer that goes on until the browser leaves has to end with the server.
        scope: Any = self.scope
        if scope is not None and "ending" in scope:
            scope["ending"]()
