"""The station's own key pairs for backend services, and the assertion that is signed with them.

Servers ask for RS384, ES384 or either, so there is a pair for each. Private keys are a JSON text, to be kept wrapped.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, cast

import msgspec
from joserfc import jwk, jwt

from maroom.core.ids import new_id

LASTS = timedelta(minutes=4)
"""SMART allows five from the server's clock, which may differ from ours a little"""
_RSA_BITS = 3072
_BY_ALGORITHM = {"ES384": "EC", "RS384": "RSA"}
"""in the order that we would rather use them"""


def make() -> str:
    """Private keys of a station that has none: both pairs, as a JSON text. Takes up to a second or two."""
    made = [jwk.RSAKey.generate_key(_RSA_BITS), jwk.ECKey.generate_key("P-384")]
    return _text([_described(key, private=True) for key in made])


def public(private: str) -> str:
    """The key set (JWKS) that is given to whoever runs the server; nothing secret in it."""
    return _text([_described(key, private=False) for key in _keys(private)])


def assertion(private: str, client: str, audience: str, accepted: tuple[str, ...], server_now: datetime) -> str:
    """A JWT that only this station can make, good for one use. `accepted` are the server's algorithms; empty: any."""
    algorithm = next((one for one in _BY_ALGORITHM if not accepted or one in accepted), "ES384")
    key = next(one for one in _keys(private) if one.key_type == _BY_ALGORITHM[algorithm])
    header = {"alg": algorithm, "kid": key.thumbprint()}
    claims = {
        "iss": client, "sub": client, "aud": audience, "jti": new_id(), "iat": int(server_now.timestamp()),
        "exp": int((server_now + LASTS).timestamp()),
    }  # fmt: skip
    return jwt.encode(header, claims, key, algorithms=[algorithm])


def _keys(private: str) -> list[jwk.RSAKey | jwk.ECKey]:
    told = msgspec.json.decode(private)["keys"]
    return cast("list[jwk.RSAKey | jwk.ECKey]", list(jwk.KeySet.import_key_set({"keys": told}).keys))


def _described(key: jwk.RSAKey | jwk.ECKey, private: bool) -> dict[str, Any]:
    algorithm = next(name for name, kind in _BY_ALGORITHM.items() if kind == key.key_type)
    return {**key.as_dict(private=private), "kid": key.thumbprint(), "alg": algorithm, "use": "sig"}


def _text(keys: list[dict[str, Any]]) -> str:
    return msgspec.json.encode({"keys": keys}).decode()
