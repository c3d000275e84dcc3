"""SMART backend services: the station itself signs in, by a key that never leaves it."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock

from maroom.core.clock import Clock
from maroom.fhir.client import SignInNeeded
from maroom.fhir.signin import keys, tokens
from maroom.fhir.signin.discovery import Endpoints
from maroom.fhir.signin.tokens import Kept, Token
from maroom.fhir.transport import Wire

_JWT = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"


class Backend:
    """An Authorizer. `private` gives the station's private keys, None where it has none yet. `endpoints` is a
    `Discovery`."""

    def __init__(
        self, wire: Wire, endpoints: Callable[[], Endpoints], client: str, scopes: str, private: Callable[[], str | None],
        kept: Kept, clock: Clock,
    ) -> None:  # fmt: skip
        self._wire = wire
        self._endpoints = endpoints
        self._client = client
        self._scopes = scopes
        self._private = private
        self._kept = kept
        self._clock = clock
        self._token = Token.of_kept(kept.load())
        self._one = Lock()

    def header(self) -> str | None:
        """SignInNeeded (no key here, or the server does not know it), NotSent, NoSmart."""
        with self._one:
            if self._token is None or not self._token.good(self._clock.now().utc):
                self._token = self._new()
            return self._token.header()

    def renew(self) -> bool:
        """As `header`. A token is had for the asking as long as the server knows the key."""
        with self._one:
            self._token = self._new()
        return True

    def _new(self) -> Token:
        private = self._private()
        if private is None:
            raise SignInNeeded("no_key")
        where = self._endpoints()
        now = self._clock.now().utc
        form = {
            "grant_type": "client_credentials",
            "scope": self._scopes or where.usual_scopes("system"),
            "client_assertion_type": _JWT,
            "client_assertion": keys.assertion(private, self._client, where.token, where.algorithms, now + where.offset),
        }
        made = tokens.handed_out(self._wire, where.token, form, now)
        self._kept.save(made.kept())
        return made
