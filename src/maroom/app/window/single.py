"""One window a store: a second start asks the first to come forward. QtNetwork is loaded when the window already stands."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject

ANSWER_MS = 1500
CALL = b"come forward"


def _address(folder: Path) -> str:
    """Short, and the same for every way of writing the folder's path; another account's sockets cannot be reached."""
    return f"maroom-{hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:24]}"


def call_first(folder: Path) -> bool:
    """Asks the window of this folder to come forward. False where none answers, as from another account."""
    from PySide6.QtNetwork import QLocalSocket

    socket = QLocalSocket()
    socket.connectToServer(_address(folder))
    if not socket.waitForConnected(ANSWER_MS):
        return False
    socket.write(CALL)
    socket.flush()
    answered = socket.bytesAvailable() > 0 or socket.waitForReadyRead(ANSWER_MS)
    socket.disconnectFromServer()
    return answered


class Doorbell(QObject):
    """Listens while the window stands."""

    def __init__(self, folder: Path, rung: Callable[[], None], parent: QObject) -> None:
        from PySide6.QtNetwork import QLocalServer

        super().__init__(parent)
        self._rung = rung
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._called)
        QLocalServer.removeServer(_address(folder))  # what a killed window left; the store's lock says that there is no other
        self._server.listen(_address(folder))

    def close(self) -> None:
        self._server.close()

    def _called(self) -> None:
        socket = self._server.nextPendingConnection()
        if socket is None:
            return
        socket.disconnected.connect(socket.deleteLater)
        socket.write(b"here")
        socket.flush()
        self._rung()
