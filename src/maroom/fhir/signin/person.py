"""A person who signed in by the browser: her token, refreshed as long as the server lets it be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from threading import Lock

from maroom.core.clock import Clock
from maroom.fhir.client import SignInNeeded
from maroom.fhir.signin import tokens
from maroom.fhir.signin.discovery import Endpoints
from maroom.fhir.signin.tokens import Kept, Token
from maroom.fhir.transport import Wire


class Person:
    """An Authorizer. Where nothing is left to refresh, SignInNeeded: she is asked to sign in anew."""

    def __init__(self, wire: Wire, endpoints: Callable[[], Endpoints], client: str, kept: Kept, clock: Clock) -> None:
        self._wire = wire
        self._endpoints = endpoints
        self._client = client
        self._kept = kept
        self._clock = clock
        self._token = Token.of_kept(kept.load())
        self._one = Lock()

    def header(self) -> str | None:
        """SignInNeeded, NotSent, NoSmart."""
        with self._one:
            if self._token is None or (not self._token.good(self._clock.now().utc) and not self._refreshed()):
                raise SignInNeeded("signed_out")
            return self._token.header()

    def renew(self) -> bool:
        """NotSent, NoSmart."""
        with self._one:
            return self._refreshed()

    def _refreshed(self) -> bool:
        """A refresh token is often good for one use, so the next one is kept before it is used. One that the server
        refuses is forgotten."""
        old = self._token
        if old is None or not old.refresh:
            return False
        where = self._endpoints()
        form = {"grant_type": "refresh_token", "refresh_token": old.refresh, "client_id": self._client}
        try:
            new = tokens.handed_out(self._wire, where.token, form, self._clock.now().utc)
        except SignInNeeded:
            self._token = None
            self._kept.save(None)
            return False
        made = self._token = replace(new, refresh=new.refresh or old.refresh, scope=new.scope or old.scope, user=old.user)
        self._kept.save(made.kept())
        return True
