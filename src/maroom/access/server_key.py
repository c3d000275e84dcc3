"""The private keys by which this station signs in to a server: kept in the store, wrapped by a key in the system's key
store, so that a copy of the store carries them to no other machine, whatever passphrase goes with it."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any, Protocol

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from maroom.access import key_store
from maroom.access.key_store import NoKeyStore
from maroom.core.ids import new_id
from maroom.core.problems import Code, Problem

_KEY_BYTES = 32
_NONCE_BYTES = 12


class Kept(Protocol):
    """Where the wrapped keys lie."""

    def load(self) -> Mapping[str, Any] | None: ...

    def save(self, value: Mapping[str, Any] | None) -> None: ...


class _Wrapped(msgspec.Struct, frozen=True):
    """The private keys under AES-256-GCM; `entry` names the wrapping key in the key store."""

    entry: str
    nonce: bytes
    data: bytes


def keep(where: Kept, private: str) -> None:
    """Private keys in place of those that were there. Problem NO_KEY_STORE: then nothing is kept."""
    entry, wrapping, nonce = new_id(), secrets.token_bytes(_KEY_BYTES), secrets.token_bytes(_NONCE_BYTES)
    try:
        key_store.keep(entry, wrapping)
    except NoKeyStore as none:
        raise Problem(Code.NO_KEY_STORE, why=none.why) from None
    made = _Wrapped(entry, nonce, AESGCM(wrapping).encrypt(nonce, private.encode(), _bound(entry)))
    where.save(msgspec.to_builtins(made))


def kept(where: Kept) -> str | None:
    """The private keys; None where none were made, or where this machine's key store no longer opens them."""
    try:
        found = msgspec.convert(where.load(), _Wrapped | None)
        if found is None:
            return None
        return AESGCM(key_store.kept(found.entry)).decrypt(found.nonce, found.data, _bound(found.entry)).decode()
    except (msgspec.ValidationError, NoKeyStore, InvalidTag, ValueError):
        return None


def _bound(entry: str) -> bytes:
    """What wrapped keys are tied to: they fit nothing else that is wrapped."""
    return f"maroom server keys {entry}".encode()
