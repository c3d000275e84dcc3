"""Sealed for the clinic's key by age, so that a lost stick is a lost stick and no more. No store and no FHIR."""

from __future__ import annotations

import pyrage
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from maroom.core.problems import Code, Problem

SECRET = "AGE-SECRET-KEY-"  # noqa: S105 - how every such key begins
_SEALED = b"age-encryption.org/"
_ARMOURED = b"-----BEGIN AGE"


def new_pair() -> tuple[str, str]:
    """A secret key and its public one, as text. The secret is the clinic's to keep, away from the stations."""
    identity = pyrage.x25519.Identity.generate()
    return str(identity), str(identity.to_public())


def is_public(text: str) -> bool:
    """Whether it can be sealed for: `age1...`."""
    try:
        pyrage.x25519.Recipient.from_str(text.strip())
    except pyrage.RecipientError:
        return False
    return True


def sealed(plain: bytes, public: str) -> bytes:
    """ValueError where the key is none."""
    try:
        recipient = pyrage.x25519.Recipient.from_str(public.strip())
    except pyrage.RecipientError:
        raise ValueError("no public key") from None
    return pyrage.encrypt(plain, [recipient])


def opened(body: bytes, key_file: str) -> bytes:
    """`key_file` is the text of one: comments and a secret key. Problems NO_SECRET_KEY, NOT_CARRIED (no file of age's),
    CARRIED_FOR_ANOTHER, CARRIED_IN_PART."""
    identity = _identity(key_file)
    if not (body.startswith((_SEALED, _ARMOURED)) or _SEALED.startswith(body)):
        raise Problem(Code.NOT_CARRIED)
    try:
        return pyrage.decrypt(body, [identity])
    except pyrage.DecryptError as fault:
        other = "No matching keys" in str(fault)
        raise Problem(Code.CARRIED_FOR_ANOTHER if other else Code.CARRIED_IN_PART) from None


def derived(key_file: str, purpose: str, octets: int) -> bytes:
    """A key that whoever has the secret one can make again, and nobody else; another for each purpose (HKDF, RFC 5869)."""
    secret = str(_identity(key_file)).encode()
    return HKDF(algorithm=SHA256(), length=octets, salt=None, info=purpose.encode()).derive(secret)


def _identity(key_file: str) -> pyrage.x25519.Identity:
    key = next((line.strip() for line in key_file.splitlines() if line.strip().startswith(SECRET)), "")
    try:
        return pyrage.x25519.Identity.from_str(key)
    except pyrage.IdentityError:
        raise Problem(Code.NO_SECRET_KEY) from None
