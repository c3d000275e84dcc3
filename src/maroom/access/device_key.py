"""The key of a store on this machine: `key.json` beside it holds the data key, wrapped once by a random key in the system's
key store and once by a recovery passphrase. Never in the clear on disk; no PIN and no person's password wraps it.

The data folder is used by one clinic account of the system: the entry in the key store is that account's.
"""

from __future__ import annotations

import os
import secrets
import unicodedata
from pathlib import Path

import msgspec
from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from maroom.core.ids import new_id
from maroom.core.problems import Code, Problem
from maroom.store.engine import KEY_BYTES, SALT_BYTES, StoreKey

FILE = "key.json"
_FORMAT = 1
_NONCE_BYTES = 12
_MOST_MEMORY_KIB = 1 << 20


class _Wrapped(msgspec.Struct, frozen=True):
    """The data key under AES-256-GCM."""

    nonce: bytes
    data: bytes


class _Cost(msgspec.Struct, frozen=True):
    """Of Argon2id; kept with what was made by it. The figures are those of RFC 9106 for machines with little memory."""

    salt: bytes
    memory_kib: int = 65536
    passes: int = 3
    lanes: int = 4


class _ByPassphrase(msgspec.Struct, frozen=True):
    cost: _Cost
    key: _Wrapped


class _Format(msgspec.Struct, frozen=True):
    format: int


class _KeyFile(msgspec.Struct, frozen=True):
    """`store` names the entry in the key store, `salt` is that of the store file."""

    format: int
    store: str
    salt: bytes
    by_system: _Wrapped | None = None
    by_passphrase: _ByPassphrase | None = None


def create(folder: Path, passphrase: str | None) -> StoreKey:
    """Makes the key of a new store. An existing key.json raises FileExistsError: it is never written over.
    Problem PASSPHRASE_NEEDED where the system offers no key store and no passphrase is given."""
    if (folder / FILE).exists():
        raise FileExistsError(folder / FILE)
    key = StoreKey(secrets.token_bytes(KEY_BYTES), secrets.token_bytes(SALT_BYTES))
    made = _KeyFile(_FORMAT, new_id(), key.salt)
    made = _with_passphrase(made, key, passphrase) if passphrase else made
    try:
        made = _with_system(made, key)
    except Problem:
        if not passphrase:
            raise
    _write(folder, made)
    return key


def put_aside(folder: Path) -> None:
    """Renames a key file that belongs to no store, so that another can be made; it is not thrown away."""
    kept = folder / FILE
    if kept.exists():
        kept.replace(kept.with_suffix(".unused"))


def unlock(folder: Path, passphrase: str | None = None) -> StoreKey:
    """The key of the store in `folder`. A passphrase that is given is used even where a key store would answer.
    Problems: NO_KEY, NEWER, WRONG_KEY, PASSPHRASE_NEEDED, WRONG_PASSPHRASE."""
    kept = _read(folder)
    if passphrase is not None:
        return _by_passphrase(kept, passphrase)
    from maroom.access import key_store  # with keyring, which a passphrase does without

    try:
        wrapping = key_store.kept(kept.store)
    except key_store.NoKeyStore as none:
        raise Problem(Code.PASSPHRASE_NEEDED, why=none.why) from None
    secret = _unwrapped(kept, "system", kept.by_system, wrapping)
    if secret is None:
        raise Problem(Code.WRONG_KEY)
    return StoreKey(secret, kept.salt)


def set_passphrase(folder: Path, key: StoreKey, passphrase: str) -> None:
    """Sets the recovery passphrase, or another one in its place. Problem WRONG_KEY where `key` is another store's."""
    kept = _read(folder)
    if kept.salt != key.salt:
        raise Problem(Code.WRONG_KEY)
    _write(folder, _with_passphrase(kept, key, passphrase))


def has_passphrase(folder: Path) -> bool:
    """Problem NO_KEY."""
    return _read(folder).by_passphrase is not None


# the two wrappings


def _with_system(made: _KeyFile, key: StoreKey) -> _KeyFile:
    """Problem PASSPHRASE_NEEDED where the key store does not keep what it is given."""
    from maroom.access import key_store

    wrapping = secrets.token_bytes(KEY_BYTES)
    try:
        key_store.keep(made.store, wrapping)
    except key_store.NoKeyStore as none:
        raise Problem(Code.PASSPHRASE_NEEDED, why=none.why) from None
    return msgspec.structs.replace(made, by_system=_wrapped(made, "system", key, wrapping))


def _with_passphrase(made: _KeyFile, key: StoreKey, passphrase: str) -> _KeyFile:
    if not passphrase:
        raise ValueError("an empty passphrase protects nothing")
    cost = _Cost(secrets.token_bytes(SALT_BYTES))
    wrapped = _wrapped(made, "passphrase", key, _derived(passphrase, cost))
    return msgspec.structs.replace(made, by_passphrase=_ByPassphrase(cost, wrapped))


def _by_passphrase(kept: _KeyFile, passphrase: str) -> StoreKey:
    made = kept.by_passphrase
    secret = _unwrapped(kept, "passphrase", made.key, _derived(passphrase, made.cost)) if made else None
    if secret is None:
        raise Problem(Code.WRONG_PASSPHRASE)
    return StoreKey(secret, kept.salt)


def _derived(passphrase: str, cost: _Cost) -> bytes:
    """Argon2id of the passphrase in one Unicode form, as keyboards differ."""
    typed = unicodedata.normalize("NFKC", passphrase).encode()
    return hash_secret_raw(typed, cost.salt, cost.passes, cost.memory_kib, cost.lanes, KEY_BYTES, Type.ID)


def _wrapped(made: _KeyFile, by: str, key: StoreKey, wrapping: bytes) -> _Wrapped:
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return _Wrapped(nonce, AESGCM(wrapping).encrypt(nonce, key.secret, _bound(made, by)))


def _unwrapped(kept: _KeyFile, by: str, wrapped: _Wrapped | None, wrapping: bytes) -> bytes | None:
    if wrapped is None or len(wrapping) != KEY_BYTES:
        return None
    try:
        return AESGCM(wrapping).decrypt(wrapped.nonce, wrapped.data, _bound(kept, by))
    except (InvalidTag, ValueError):
        return None


def _bound(kept: _KeyFile, by: str) -> bytes:
    """What a wrapped key is tied to: it fits neither another store nor the other wrapping."""
    return f"maroom key {kept.format} {by} {kept.store} {kept.salt.hex()}".encode()


# the file


def _read(folder: Path) -> _KeyFile:
    try:
        body = (folder / FILE).read_bytes()
        found = msgspec.json.decode(body, type=_Format).format
        if found > _FORMAT:
            raise Problem(Code.NEWER, found=f"key.json of format {found}")
        kept = msgspec.json.decode(body, type=_KeyFile)
    except (OSError, ValueError):
        raise Problem(Code.NO_KEY) from None
    if len(kept.salt) != SALT_BYTES or (kept.by_passphrase and not _bearable(kept.by_passphrase.cost)):
        raise Problem(Code.NO_KEY)
    return kept


def _bearable(cost: _Cost) -> bool:
    """A damaged file must not take the machine down with it."""
    right = len(cost.salt) >= SALT_BYTES and 1 <= cost.passes <= 64 and 1 <= cost.lanes <= 64
    return right and 8 * cost.lanes <= cost.memory_kib <= _MOST_MEMORY_KIB


def _write(folder: Path, made: _KeyFile) -> None:
    """Whole or not at all, readable by this account alone."""
    part = folder / f"{FILE}.part"
    part.unlink(missing_ok=True)
    with open(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:  # noqa: PTH123 - Path.open takes no mode
        file.write(msgspec.json.format(msgspec.json.encode(made)))
        file.flush()
        os.fsync(file.fileno())
    part.replace(folder / FILE)
    _settle(folder)


def _settle(folder: Path) -> None:
    """The rename itself must outlive a power cut; Windows settles it on its own and opens no folders."""
    if os.name == "posix":
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)
