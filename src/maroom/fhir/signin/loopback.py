"""The address on this machine to which the browser brings its answer. Listens on 127.0.0.1 alone, on a free port."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from http.server import BaseHTTPRequestHandler, HTTPServer
from types import TracebackType
from typing import Self
from urllib.parse import parse_qsl, urlsplit

_PATH = "/signed-in"
_LOOK = 0.2
"""seconds between two looks at whether to stop"""
_SLOWEST = 5.0
"""seconds that a connection is given to say what it wants"""


class Loopback:
    """`page` makes what the browser shows at the end: HTML for True (signed in) or False. Only the answer that carries
    `state` is taken; whatever else calls is turned away."""

    def __init__(self, state: str, page: Callable[[bool], str]) -> None:
        self._state = state
        self._page = page
        self._answer: Mapping[str, str] | None = None
        self._server = HTTPServer(("127.0.0.1", 0), self._handler())
        self._server.timeout = _LOOK

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}{_PATH}"

    def wait(self, stop: Callable[[], bool], patience: float) -> Mapping[str, str] | None:
        """What the browser brought, or None after `patience` seconds or when `stop` says so."""
        until = time.monotonic() + patience
        while self._answer is None and not stop() and time.monotonic() < until:
            self._server.handle_request()
        return self._answer

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        loopback = self

        class Handler(BaseHTTPRequestHandler):
            timeout = _SLOWEST

            def do_GET(self) -> None:
                status, body = loopback.taken(self.path)
                self.send_response(status)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len(body)))
                self.send_header("Cache-Control", "no-store")
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - http.server's name
                """Not written: the code stands in the address."""

        return Handler

    def taken(self, path: str) -> tuple[int, bytes]:
        """Status and page for a request."""
        parts = urlsplit(path)
        told = dict(parse_qsl(parts.query))
        if parts.path != _PATH or told.get("state") != self._state or self._answer is not None:
            return 404, b""
        self._answer = told
        return 200, self._page("code" in told).encode()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None) -> None:
        self._server.server_close()
