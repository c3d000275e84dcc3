"""Where a server lets one sign in: by its SMART configuration, else by its CapabilityStatement."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urljoin

from maroom.core.clock import Clock
from maroom.fhir.capability import Capability
from maroom.fhir.client import FHIR_JSON
from maroom.fhir.clock import offset_of
from maroom.fhir.exchange import NotUsable, Resource
from maroom.fhir.reading import parts, text, texts
from maroom.fhir.signin.asking import NoSmart, Said, get
from maroom.fhir.transport import Wire

_OAUTH = "http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris"


@dataclass(frozen=True)
class Endpoints:
    """Addresses; empty where the server names none. Empty tuples: not said."""

    token: str
    authorize: str = ""
    issuer: str = ""
    keys: str = ""
    """the issuer's public keys"""
    algorithms: tuple[str, ...] = ()
    challenges: tuple[str, ...] = ()
    capabilities: tuple[str, ...] = ()
    offset: timedelta = field(default=timedelta())
    """the server's clock less ours, when this was asked"""

    def usual_scopes(self, subject: str) -> str:
        """All that a `system` or `user` may do, in the words of the server's version of SMART."""
        new = not self.capabilities or any(word.startswith("permission-v2") for word in self.capabilities)
        return f"{subject}/*.cruds" if new else f"{subject}/*.*"


class Discovery:
    """Asks the server when it is first called, and never again. NoSmart, NotSent."""

    def __init__(self, wire: Wire, base: str, clock: Clock) -> None:
        self._wire = wire
        self._base = base.rstrip("/")
        self._clock = clock
        self._found: Endpoints | None = None

    def __call__(self) -> Endpoints:
        self._found = self._found or discover(self._wire, self._base, self._clock.now().utc)
        return self._found


def discover(wire: Wire, base: str, now: datetime) -> Endpoints:
    """NoSmart, NotSent."""
    for path, accept, read in (
        (".well-known/smart-configuration", "application/json", _configured),
        ("metadata", FHIR_JSON, _stated),
    ):
        said = get(wire, f"{base}/{path}", accept)
        found = _read(said, base, offset_of(said.date, now, now) or timedelta(), read)
        if found:
            return found
    raise NoSmart


def _read(said: Said, base: str, shift: timedelta, read: Any) -> Endpoints | None:
    try:
        return read(said.body, base, shift) if said.status == 200 else None
    except NotUsable:
        return None


def _configured(told: Resource, base: str, shift: timedelta) -> Endpoints | None:
    def address(name: str) -> str:
        return _absolute(base, text(told, name))

    if not text(told, "token_endpoint"):
        return None
    return Endpoints(
        address("token_endpoint"), address("authorization_endpoint"), text(told, "issuer"), address("jwks_uri"),
        texts(told, "token_endpoint_auth_signing_alg_values_supported"), texts(told, "code_challenge_methods_supported"),
        texts(told, "capabilities"), shift,
    )  # fmt: skip


def _stated(told: Resource, base: str, shift: timedelta) -> Endpoints | None:
    """The older way: an extension of `rest.security`."""
    security = Capability.of(told).security
    named = [one for one in parts(security, "extension") if text(one, "url") == _OAUTH]
    addresses = {
        text(one, "url"): _absolute(base, text(one, "valueUri")) for group in named for one in parts(group, "extension")
    }
    if not addresses.get("token"):
        return None
    return Endpoints(addresses["token"], addresses.get("authorize", ""), offset=shift)


def _absolute(base: str, told: str) -> str:
    return urljoin(f"{base}/", told) if told else ""
