"""Small secrets in the key store of the system, for this account of it: keys that wrap what is kept elsewhere."""

from __future__ import annotations

from typing import Protocol, cast

import keyring
from keyring.backend import KeyringBackend
from keyring.errors import KeyringError

SERVICE = "maroom"


class NoKeyStore(Exception):
    """The system keeps nothing for us; `why` says so in a few words."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def keep(name: str, secret: bytes) -> None:
    """NoKeyStore, also where it does not give back what it was given."""
    try:
        _best().set_password(SERVICE, name, secret.hex())
    except (KeyringError, RuntimeError, OSError):
        raise NoKeyStore("it does not keep one for this account") from None
    if kept(name) != secret:
        raise NoKeyStore("it did not keep the one just made")


def kept(name: str) -> bytes:
    """Empty where the entry is not of our making. NoKeyStore, also where there is no entry."""
    try:
        found = _best().get_password(SERVICE, name)
    except (KeyringError, RuntimeError, OSError):
        raise NoKeyStore("it does not answer") from None
    if found is None:
        raise NoKeyStore("nothing is kept there for this store")
    try:
        return bytes.fromhex(found)
    except ValueError:
        return b""


class _Store(Protocol):
    def get_password(self, service: str, username: str) -> str | None: ...

    def set_password(self, service: str, username: str, password: str) -> None: ...


def _best() -> _Store:
    """The best one that this system offers; those that keep nothing, or keep it in the clear, count as none."""
    found = keyring.get_keyring()
    offered: list[KeyringBackend] = list(getattr(found, "backends", [found]))
    best = max(offered, key=_rank, default=None)
    if best is None or _rank(best) < 1:
        raise NoKeyStore("the system offers none")
    return cast("_Store", best)


def _rank(backend: KeyringBackend) -> float:
    """keyring's own: below 1 stand those it does not recommend (none, null, plain text, own files)."""
    return float(backend.priority)
