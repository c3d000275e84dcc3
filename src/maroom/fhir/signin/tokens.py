"""What a token endpoint hands out, how it is kept, and when it has run out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

from maroom.fhir.client import SignInNeeded
from maroom.fhir.exchange import NotUsable
from maroom.fhir.reading import number, text
from maroom.fhir.signin import asking
from maroom.fhir.transport import Wire

_EARLY = timedelta(seconds=30)
"""a token is not used in its last seconds: the request would come too late"""


class Kept(Protocol):
    """Where one value is kept over the end of the program, encrypted; None: nothing."""

    def load(self) -> Mapping[str, Any] | None: ...

    def save(self, value: Mapping[str, Any] | None) -> None: ...


@dataclass(frozen=True)
class Token:
    access: str = field(repr=False)
    until: datetime | None = None
    """None: the server did not say"""
    refresh: str = field(default="", repr=False)
    scope: str = ""
    identity: str = field(default="", repr=False)
    """the id_token as it came, not yet checked"""
    user: str = ""
    """the server's own record of who signed in (`Practitioner/7`), from a checked id_token"""

    def header(self) -> str:
        return f"Bearer {self.access}"

    def good(self, now: datetime) -> bool:
        return self.until is None or now + _EARLY < self.until

    def kept(self) -> dict[str, Any]:
        """As plain values, for `Kept`. The id_token is of no further use."""
        until = self.until.isoformat() if self.until else ""
        return {"access": self.access, "until": until, "refresh": self.refresh, "scope": self.scope, "user": self.user}

    @classmethod
    def of_kept(cls, value: Mapping[str, Any] | None) -> Token | None:
        """None where there is none, or none that makes sense."""
        try:
            told = dict(value or {})
            until = datetime.fromisoformat(text(told, "until")) if text(told, "until") else None
            access, refresh = text(told, "access"), text(told, "refresh")
            return cls(access, until, refresh, text(told, "scope"), user=text(told, "user")) if access else None
        except (NotUsable, ValueError):
            return None


def handed_out(wire: Wire, url: str, form: Mapping[str, str], now: datetime) -> Token:
    """Asks a token endpoint. SignInNeeded with the server's own code where it refuses; NotSent, NoSmart."""
    said = asking.post(wire, url, form)
    try:
        access, lasts = text(said.body, "access_token"), number(said.body, "expires_in")
        if said.status != 200 or not access or text(said.body, "token_type").lower() != "bearer":
            raise SignInNeeded(text(said.body, "error") or str(said.status))
        until = now.astimezone(UTC) + timedelta(seconds=min(float(lasts), 1e7)) if lasts is not None else None
        return Token(access, until, text(said.body, "refresh_token"), text(said.body, "scope"), text(said.body, "id_token"))
    except NotUsable:
        raise SignInNeeded("not_understood") from None
