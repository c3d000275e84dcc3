"""A wire that is cut: it stands before a server on this machine, and breaks a connection at a wished moment of a request.

One request a connection. It waits for nothing but the two ends, so that the moment is the same on a fast and on a slow machine.
"""

from __future__ import annotations

import random
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import StrEnum
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Lock, Thread
from types import TracebackType
from typing import cast
from urllib.parse import urlsplit, urlunsplit

PATIENCE = 60
"""seconds that either end is given"""
_PIECE = 65536


class Cut(StrEnum):
    """`BEFORE` and `WITHIN` a request the server executes nothing. `UNHEARD`: it has the whole request, and executes it
    while nobody listens. `BEFORE_REPLY` and `WITHIN_REPLY`: it is done."""

    BEFORE = "before"
    WITHIN = "within"
    UNHEARD = "unheard"
    BEFORE_REPLY = "before_reply"
    WITHIN_REPLY = "within_reply"


@dataclass(frozen=True)
class Request:
    """`number` counts from 1 and over all connections; `path` begins at the root, with what is asked."""

    number: int
    method: str
    path: str


Plan = Callable[[Request], "Cut | None"]


def never(request: Request) -> None:
    del request


@dataclass
class At:
    """Cuts one request: the nth of a method (empty: of any)."""

    cut: Cut
    nth: int = 1
    method: str = ""

    def __call__(self, request: Request) -> Cut | None:
        if self.method and request.method != self.method:
            return None
        self.nth -= 1
        return self.cut if self.nth == 0 else None


class Dice:
    """Cuts a share of the requests, each at some moment; the same ones for a seed and an order of requests."""

    def __init__(self, seed: int, share: float, most: int | None = None) -> None:
        self._random = random.Random(seed)
        self._share = share
        self._left = most

    def __call__(self, request: Request) -> Cut | None:
        hit, cut = self._random.random() < self._share, self._random.choice(list(Cut))
        if not hit or self._left == 0:
            return None
        if self._left is not None:
            self._left -= 1
        return cut


class Proxy:
    """`base` is that of the server, by way of the proxy. `cutting` is called at the moment, before the connection breaks."""

    def __init__(self, base: str, plan: Plan = never, cutting: Callable[[Cut], None] = lambda cut: None) -> None:
        parts = urlsplit(base)
        self.plan = plan
        self.cutting = cutting
        self.cuts: list[Cut] = []
        self.requests: list[Request] = []
        self._behind = (cast("str", parts.hostname), cast("int", parts.port))
        self._open: set[socket.socket] = set()
        self._ends = False
        self._lock = Lock()
        self._server = _Server(self)
        self._thread = Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, name="proxy")
        self.base = urlunsplit((parts.scheme, f"127.0.0.1:{self._server.server_address[1]}", parts.path, "", ""))

    def __enter__(self) -> Proxy:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None) -> None:
        """Nobody waits any more for a server that does not answer."""
        self._server.shutdown()
        self._thread.join()
        with self._lock:
            self._ends = True
            for behind in self._open:
                _break(behind)
        self._server.server_close()

    def came(self, method: str, path: str) -> Cut | None:
        with self._lock:
            request = Request(len(self.requests) + 1, method, path)
            self.requests.append(request)
            return self.plan(request)

    def cut(self, cut: Cut) -> None:
        with self._lock:
            self.cuts.append(cut)
            self.cutting(cut)

    @contextmanager
    def behind(self) -> Iterator[socket.socket]:
        with socket.create_connection(self._behind, PATIENCE) as made:
            with self._lock:
                self._open.add(made)
                if self._ends:
                    _break(made)
            try:
                yield made
            finally:
                with self._lock:
                    self._open.discard(made)


def _break(connection: socket.socket) -> None:
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)


class _Server(ThreadingTCPServer):
    daemon_threads = False
    request_queue_size = 64

    def __init__(self, proxy: Proxy) -> None:
        self.proxy = proxy
        super().__init__(("127.0.0.1", 0), _Wire)

    def handle_error(self, request: object, client_address: object) -> None:
        """Either end may leave at any time; what follows from that, the other end sees."""


class _Wire(StreamRequestHandler):
    timeout = PATIENCE

    def handle(self) -> None:
        proxy = cast("_Server", self.server).proxy
        head = self._head()
        if not head:
            return
        body = self.rfile.read(_length(head))
        method, path, _ = head[0].decode().split(" ", 2)
        cut = proxy.came(method, path)
        if cut is Cut.BEFORE:
            proxy.cut(cut)
            return
        with proxy.behind() as behind, suppress(OSError):
            _pass_on(proxy, behind, _once(head) + body, cut, self.connection)

    def _head(self) -> list[bytes]:
        """The lines of a request down to the empty one; none where the client left."""
        lines = []
        while (line := self.rfile.readline()) not in (b"\r\n", b""):
            lines.append(line)
        return lines


def _length(head: list[bytes]) -> int:
    named = (line.split(b":", 1)[1] for line in head if line.lower().startswith(b"content-length:"))
    return int(next(named, b"0"))


def _once(head: list[bytes]) -> bytes:
    """Has the server end the connection with its reply."""
    kept = [line for line in head if not line.lower().startswith(b"connection:")]
    return b"".join(kept) + b"Connection: close\r\n\r\n"


def _pass_on(proxy: Proxy, behind: socket.socket, request: bytes, cut: Cut | None, client: socket.socket) -> None:
    behind.sendall(request[: len(request) // 2] if cut is Cut.WITHIN else request)
    if cut in (Cut.WITHIN, Cut.UNHEARD):
        proxy.cut(cut)
    elif cut in (Cut.BEFORE_REPLY, Cut.WITHIN_REPLY):
        reply = b"".join(iter(lambda: behind.recv(_PIECE), b""))
        client.sendall(reply[: len(reply) // 2] if cut is Cut.WITHIN_REPLY else b"")
        proxy.cut(cut)
    else:
        while piece := behind.recv(_PIECE):
            client.sendall(piece)
