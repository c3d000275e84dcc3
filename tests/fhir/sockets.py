"""A server that is no server: it reads what comes and does with the connection what a test wants."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable
from threading import Thread

Deed = Callable[[socket.socket], None]
"""done with each connection, in turn; the last one with all that follow"""


class Socket:
    """Listens on 127.0.0.1. `heard` is the first request of each connection. Ends with `close`."""

    def __init__(self, *deeds: Deed, context: ssl.SSLContext | None = None) -> None:
        self._deeds = list(deeds)
        self._context = context
        self.heard: list[bytes] = []
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._open: list[socket.socket] = []
        self._thread = Thread(target=self._serve)
        self._thread.start()

    @property
    def port(self) -> int:
        return self._listening.getsockname()[1]

    @property
    def base(self) -> str:
        return f"{'https' if self._context else 'http'}://127.0.0.1:{self.port}/fhir"

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._listening.accept()
            except OSError:
                return
            deed = self._deeds.pop(0) if len(self._deeds) > 1 else self._deeds[0]
            try:
                if self._context:
                    connection = self._context.wrap_socket(connection, server_side=True)
                self._open.append(connection)
                self.heard.append(request(connection))
                deed(connection)
            except OSError:
                connection.close()

    def close(self) -> None:
        # a shutdown wakes the accept; a close alone would leave it waiting
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        for connection in self._open:
            connection.close()
        self._thread.join()


def request(connection: socket.socket) -> bytes:
    """Head and body of one request; what there is where it ends early."""
    heard = b""
    while b"\r\n\r\n" not in heard or len(heard.partition(b"\r\n\r\n")[2]) < _length(heard):
        more = connection.recv(65536)
        if not more:
            break
        heard += more
    return heard


def _length(heard: bytes) -> int:
    told = [line.split(b":")[1] for line in heard.lower().split(b"\r\n") if line.startswith(b"content-length:")]
    return int(told[0]) if told else 0


def says(*parts: bytes) -> Deed:
    """Answers, and closes."""

    def deed(connection: socket.socket) -> None:
        for part in parts:
            connection.sendall(part)
        connection.close()

    return deed


def answer(body: bytes, status: str = "200 OK", head: bytes = b"", length: int | None = None) -> Deed:
    """A whole answer of HTTP; `length` is what it says its length is."""
    told = f"HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {len(body) if length is None else length}\r\n".encode()
    return says(told + head + b"\r\n" + body)


def waits(_connection: socket.socket) -> None:
    """Says nothing; the connection stays."""


def resets(connection: socket.socket) -> None:
    """Gone at once, with a reset."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    connection.close()
