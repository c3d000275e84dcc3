"""The one place where FHIR is asked over HTTP. It never repeats a request that may have been executed."""

from __future__ import annotations

from collections.abc import Sequence
from threading import Lock
from typing import Protocol
from urllib.parse import quote, urlencode, urljoin, urlsplit

from maroom.fhir import codec, reply
from maroom.fhir.address import checked, origin
from maroom.fhir.exchange import Resource
from maroom.fhir.reply import Reply
from maroom.fhir.transport import USUAL, Answer, Timeouts, Wire
from maroom.fhir.trust import SYSTEM, Trust

FHIR_JSON = "application/fhir+json"
Headers = Sequence[tuple[str, str]]


class SignInNeeded(Exception):
    """The server asks who we are and does not take what we have; the request was not executed. `why` is a code: of OAuth
    (`invalid_client`), `signed_out`, `no_key`, or empty where the server only refused."""

    def __init__(self, why: str = "") -> None:
        super().__init__(why)
        self.why = why


class ForeignOrigin(ValueError):
    """A link leads to another origin than the server's own: following it would hand our token to others."""


class Authorizer(Protocol):
    """Who signs requests. Both may raise SignInNeeded, and what `Wire.ask` raises before anything is sent to FHIR."""

    def header(self) -> str | None:
        """The Authorization header, or None for none."""
        ...

    def renew(self) -> bool:
        """Gets another header after this one was refused; False where there is none to be had."""
        ...


class Client:
    """A FHIR server by its base address. Paths are relative to the base and already escaped; `params` are not.

    Each call may raise NotSent (certainly not executed), Unknown (may have been executed), SignInNeeded (not executed)."""

    def __init__(
        self,
        base: str,
        trust: Trust = SYSTEM,
        timeouts: Timeouts = USUAL,
        authorizer: Authorizer | None = None,
        wire: Wire | None = None,
    ) -> None:
        """`wire`: one that the authorizer uses too, instead of one by `trust` and `timeouts`; it is closed with the client.
        BadAddress, PlainHttp, BadFile."""
        self._origin = origin(checked(base))
        self.base = base.rstrip("/")
        self._wire = wire or Wire(trust, timeouts)
        self._authorizer = authorizer
        self._renewing = Lock()
        self.requests = 0
        self.sent_bytes = 0
        """of bodies"""
        self.received_bytes = 0
        """of bodies, as they came"""

    def get(self, path: str, params: Sequence[tuple[str, str]] = (), headers: Headers = ()) -> Reply:
        """A read, a search, a history."""
        query = "?" + urlencode(params, safe=":/,", quote_via=quote) if params else ""
        return self._ask("GET", self._address(path) + query, headers)

    def follow(self, url: str) -> Reply:
        """A link of a page as the server wrote it; a relative one starts at the base. ForeignOrigin."""
        address = urljoin(self.base + "/", url)
        parts = urlsplit(address)
        if "@" in parts.netloc or origin(parts) != self._origin:
            raise ForeignOrigin
        return self._ask("GET", address)

    def post(self, path: str, body: Resource, headers: Headers = ()) -> Reply:
        """A create; with an empty path a transaction or batch."""
        return self._ask("POST", self._address(path), headers, body)

    def put(self, path: str, body: Resource, headers: Headers = ()) -> Reply:
        """An update."""
        return self._ask("PUT", self._address(path), headers, body)

    def close(self) -> None:
        self._wire.close()

    def _address(self, path: str) -> str:
        return f"{self.base}/{path}" if path else self.base

    def _ask(self, method: str, url: str, headers: Headers = (), body: Resource | None = None) -> Reply:
        """A refused sign-in is renewed once; the request is then repeated, as it was not executed."""
        raw = None if body is None else codec.encode(body)
        signed = self._authorizer.header() if self._authorizer else None
        answer = self._sent(method, url, headers, raw, signed)
        if answer.status == 401:
            answer = self._sent(method, url, headers, raw, self._renewed(signed))
            if answer.status == 401:
                raise SignInNeeded
        return reply.read(answer)

    def _renewed(self, refused: str | None) -> str | None:
        """One thread renews; those that wait meanwhile take what it got."""
        if self._authorizer is None:
            raise SignInNeeded
        with self._renewing:
            now = self._authorizer.header()
            if now != refused:
                return now
            if not self._authorizer.renew():
                raise SignInNeeded
            return self._authorizer.header()

    def _sent(self, method: str, url: str, headers: Headers, raw: bytes | None, signed: str | None) -> Answer:
        told = {"Accept": FHIR_JSON, "Accept-Encoding": "gzip"}
        if raw is not None:
            told |= {"Content-Type": FHIR_JSON, "Prefer": "return=representation"}
        if signed:
            told["Authorization"] = signed
        self.requests += 1
        self.sent_bytes += len(raw or b"")
        answer = self._wire.ask(method, url, told | dict(headers), raw)
        self.received_bytes += answer.size
        return answer
