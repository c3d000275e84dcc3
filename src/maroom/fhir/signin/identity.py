"""Who signed in, as an OpenID Connect id_token says; believed only where the issuer's own keys prove it."""

from __future__ import annotations

from datetime import datetime

from joserfc import jwk, jwt
from joserfc.errors import JoseError

from maroom.fhir.client import SignInNeeded
from maroom.fhir.exchange import NotUsable
from maroom.fhir.reading import text
from maroom.fhir.signin.asking import get
from maroom.fhir.signin.discovery import Endpoints
from maroom.fhir.transport import Wire

_ALGORITHMS = ("RS256", "RS384", "RS512", "ES256", "ES384", "ES512", "PS256", "PS384", "PS512")
_LEEWAY = 120
"""seconds"""


def user(wire: Wire, where: Endpoints, told: str, client: str, nonce: str, now: datetime) -> str:
    """The server's record of the person (`fhirUser`: `Practitioner/7`), empty where it names none.
    SignInNeeded("id_token") for one that is not the issuer's, not for us, not of this sign-in, or too old. NotSent."""
    try:
        token = jwt.decode(told, _keys(wire, where), algorithms=_ALGORITHMS)
        checks = jwt.JWTClaimsRegistry(
            now=int((now + where.offset).timestamp()), leeway=_LEEWAY,
            iss={"essential": True, "value": where.issuer}, aud={"essential": True, "value": client},
            exp={"essential": True}, nonce={"essential": True, "value": nonce},
        )  # fmt: skip
        checks.validate(token.claims)
        return text(token.claims, "fhirUser") or text(token.claims, "profile")
    except (JoseError, NotUsable, ValueError, KeyError, TypeError):
        raise SignInNeeded("id_token") from None


def _keys(wire: Wire, where: Endpoints) -> jwk.KeySet:
    """From where the SMART configuration says, else from the issuer's own configuration."""
    address = where.keys
    if not address and where.issuer:
        said = get(wire, f"{where.issuer.rstrip('/')}/.well-known/openid-configuration")
        address = text(said.body, "jwks_uri")
    if not address:
        raise KeyError("jwks_uri")
    return jwk.KeySet.import_key_set({"keys": get(wire, address).body["keys"]})
