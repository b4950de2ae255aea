"""A small HTTP server in a thread of its own, and what all stubs can be told to do wrong."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Protocol

Answer = tuple[int, str, bytes] | tuple[int, str, bytes, dict[str, str]]


@dataclass
class Knobs:
    """How a stub misbehaves."""

    copies: int = 0
    wrong_amount: bool = False
    is_silent_after_success: bool = False
    is_down: bool = False


@dataclass
class Message:
    """One webhook that waits to be carried to the shop."""

    body: bytes
    headers: dict[str, str] = field(default_factory=dict)


class Stub(Protocol):
    """What a stub answers to a request."""

    def answer(self, method: str, path: str, headers: Any, body: bytes) -> Answer | None:
        """Answer, or None to say nothing and hang up."""


@contextmanager
def served(make: Callable[[str], Any], *, port: int = 0) -> Iterator[Any]:
    """Run a stub on a free port of this machine."""
    found: dict[str, Any] = {}

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _speak(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            told = found["stub"].answer(self.command, self.path, self.headers, self.rfile.read(length))
            if told is None:
                self.close_connection = True
                self.connection.close()
                return
            status, kind, content, *more = told
            self.send_response(status)
            for name, value in (more[0] if more else {}).items():
                self.send_header(name, value)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = _speak  # noqa: N815 - names of the standard library

        def log_message(self, *arguments: Any) -> None:
            """Stay quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    found["stub"] = make(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield found["stub"]
    finally:
        server.shutdown()
        server.server_close()
        thread.join(timeout=5)
