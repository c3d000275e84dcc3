"""The Authorizer that the clinic's settings ask for."""

from __future__ import annotations

from collections.abc import Callable

from maroom.core.clock import Clock
from maroom.core.settings import Server, SignIn
from maroom.fhir.client import Authorizer
from maroom.fhir.signin.backend import Backend
from maroom.fhir.signin.discovery import Discovery
from maroom.fhir.signin.person import Person
from maroom.fhir.signin.tokens import Kept
from maroom.fhir.transport import Wire


def authorizer(server: Server, wire: Wire, kept: Kept, private: Callable[[], str | None], clock: Clock) -> Authorizer | None:
    """None where nobody signs in. `kept` holds the token of the station or of the person at it, `private` gives the
    station's keys (`keys.make`)."""
    endpoints = Discovery(wire, server.address, clock)
    if server.sign_in is SignIn.BACKEND:
        return Backend(wire, endpoints, server.client_id, server.scopes, private, kept, clock)
    if server.sign_in is SignIn.PERSON:
        return Person(wire, endpoints, server.client_id, kept, clock)
    return None
