"""SMART standalone launch: a person signs in with the server's own page in her browser (PKCE, redirect to this machine)."""

from __future__ import annotations

import base64
import hashlib
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from maroom.core.clock import Clock
from maroom.fhir.address import BadAddress, checked
from maroom.fhir.client import SignInNeeded
from maroom.fhir.signin import identity, tokens
from maroom.fhir.signin.asking import NoSmart
from maroom.fhir.signin.discovery import Endpoints
from maroom.fhir.signin.loopback import Loopback
from maroom.fhir.signin.tokens import Kept, Token
from maroom.fhir.transport import Wire

PATIENCE = 300.0
"""seconds that a person is given in the browser"""


@dataclass(frozen=True)
class Browser:
    """`show` opens an address in the browser, `page` makes what it shows at the end (HTML; True: signed in)."""

    show: Callable[[str], None]
    page: Callable[[bool], str]


@dataclass(frozen=True)
class Application:
    """What the server knows this program as. Empty `scopes`: the usual ones."""

    base: str
    client: str
    scopes: str = ""


def sign_in(
    wire: Wire, where: Endpoints, us: Application, kept: Kept, clock: Clock, browser: Browser,
    stop: Callable[[], bool] = lambda: False, patience: float = PATIENCE,
) -> Token:  # fmt: skip
    """Waits in the calling thread until the browser brings the answer; the token is kept. SignInNeeded with a code of
    OAuth (`access_denied`), `gave_up` (stopped, or nobody did anything) or `id_token`; NoSmart, NotSent."""
    _check(where)
    state, nonce, verifier = (secrets.token_urlsafe(48) for _ in range(3))
    with Loopback(state, browser.page) as loopback:
        asked = {
            "response_type": "code", "client_id": us.client, "redirect_uri": loopback.address,
            "aud": us.base.rstrip("/"),
            "scope": us.scopes or f"openid fhirUser offline_access {where.usual_scopes('user')}",
            "state": state, "nonce": nonce, "code_challenge": _challenge(verifier), "code_challenge_method": "S256",
        }  # fmt: skip
        browser.show(where.authorize + ("&" if "?" in where.authorize else "?") + urlencode(asked))
        code = _code(loopback.wait(stop, patience), where.issuer)
        form = {
            "grant_type": "authorization_code", "code": code, "redirect_uri": loopback.address, "client_id": us.client,
            "code_verifier": verifier,
        }  # fmt: skip
        now = clock.now().utc
        made = tokens.handed_out(wire, where.token, form, now)
    if made.identity:
        made = replace(made, user=identity.user(wire, where, made.identity, us.client, nonce, now))
    kept.save(made.kept())
    return made


def _check(where: Endpoints) -> None:
    """NoSmart where the server has no page to sign in, or one that lets a code be stolen."""
    try:
        checked(where.authorize)
    except BadAddress:
        raise NoSmart from None
    if where.challenges and "S256" not in where.challenges:
        raise NoSmart


def _challenge(verifier: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def _code(answer: Mapping[str, str] | None, issuer: str) -> str:
    """An answer that names another issuer was meant for somebody else (RFC 9207)."""
    if answer is None:
        raise SignInNeeded("gave_up")
    if "code" not in answer or (issuer and answer.get("iss", issuer) != issuer):
        raise SignInNeeded(answer.get("error", "not_understood"))
    return answer["code"]
