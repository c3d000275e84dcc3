"""Bytes to a server and back, and what became of a request that was not answered.

Nothing is repeated, no redirect is followed, and nothing of a request stands in an exception or a log.
"""

from __future__ import annotations

import logging
import socket
import ssl
import time
from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import httpx2

from maroom.fhir.address import BadAddress, checked, is_here
from maroom.fhir.trust import SYSTEM, Trust

_IDLE = 4.0
"""seconds that a connection is kept for the next request; servers close theirs after 5 or more"""

for _name in ("httpx2", "httpcore2"):  # they log addresses, in which names and numbers of patients stand
    logging.getLogger(_name).setLevel(logging.WARNING)


class NoConnection(StrEnum):
    DNS = "dns"
    REFUSED = "refused"
    """by the other side, or nobody is there"""
    TLS = "tls"
    """a certificate that is not trusted, theirs or ours, or no version in common"""
    PROXY = "proxy"
    TIMEOUT_CONNECTING = "timeout_connecting"
    SIGN_IN = "sign_in"
    """where to sign in was not to be reached, or failed"""


class NoAnswer(StrEnum):
    TIMEOUT = "timeout"
    RESET = "reset"
    SHORT = "short"
    """an answer that ends before it is whole"""


class NotSent(Exception):
    """Nothing of the request was written: it is certainly not executed."""

    def __init__(self, reason: NoConnection) -> None:
        super().__init__(reason.value)
        self.reason = reason


class Unknown(Exception):
    """The request was written, in whole or in part: it may have been executed."""

    def __init__(self, reason: NoAnswer) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True)
class Timeouts:
    """Seconds. `whole` is for all of one request, however slowly its answer drips in."""

    connect: float = 10.0
    read: float = 60.0
    whole: float = 300.0


USUAL = Timeouts()


@dataclass(frozen=True)
class Answer:
    """`size` is what came over the wire, `body` is unpacked."""

    status: int
    headers: Mapping[str, str]
    """names in any case"""
    body: bytes
    size: int


class Wire:
    """Connections to servers, kept while they are used. Threads may share one. BadFile, BadAddress (of the proxy)."""

    def __init__(self, trust: Trust = SYSTEM, timeouts: Timeouts = USUAL) -> None:
        context = trust.context()
        limits = httpx2.Timeout(timeouts.read, connect=timeouts.connect)
        self._whole = timeouts.whole

        def opened(proxy: httpx2.Proxy | None, environment: bool) -> httpx2.Client:
            expiry = httpx2.Limits(keepalive_expiry=_IDLE)
            return httpx2.Client(verify=context, proxy=proxy, trust_env=environment, timeout=limits, limits=expiry)

        try:
            self._outside = opened(trust.own_proxy(context), not trust.proxy)
        except (ValueError, ImportError):  # an environment that names a proxy of another kind (SOCKS)
            raise BadAddress from None
        self._here = opened(None, False)

    def ask(self, method: str, url: str, headers: Mapping[str, str], body: bytes | None = None) -> Answer:
        """BadAddress, PlainHttp, NotSent, Unknown."""
        parts = checked(url)
        client = self._here if is_here(parts) else self._outside
        progress = _Progress(parts.hostname or "")
        with _told(progress):
            request = client.build_request(method, url, headers=headers, content=body, extensions={"trace": progress.note})
            return self._answered(client, request)

    def _answered(self, client: httpx2.Client, request: httpx2.Request) -> Answer:
        until = time.monotonic() + self._whole
        answer = client.send(request, stream=True)
        try:
            parts: list[bytes] = []
            for part in answer.iter_bytes():
                parts.append(part)
                if time.monotonic() > until:
                    raise Unknown(NoAnswer.TIMEOUT)
            return Answer(answer.status_code, answer.headers, b"".join(parts), answer.num_bytes_downloaded)
        finally:
            answer.close()

    def close(self) -> None:
        self._outside.close()
        self._here.close()


class _Progress:
    """How far a request came: `begun` when its first byte may have left, `answered` when the head of an answer is there,
    `by_proxy` when another host was called for it. What a proxy is asked first (CONNECT) is not the request itself."""

    def __init__(self, host: str) -> None:
        self._host = host
        self.begun = False
        self.answered = False
        self.by_proxy = False

    def note(self, event: str, info: Mapping[str, Any]) -> None:
        if event.endswith("connect_tcp.started"):
            self.by_proxy = info["host"] != self._host
        if event.endswith("send_request_headers.started") and info["request"].method != b"CONNECT":
            self.begun = True
        if event.endswith("receive_response_headers.complete"):
            self.answered = True


@contextmanager
def _told(progress: _Progress) -> Generator[None]:
    try:
        yield
    except (httpx2.RequestError, httpx2.InvalidURL) as fault:
        causes = tuple(_causes(fault))
        if progress.begun and not _certificate_refused(causes):
            raise Unknown(_no_answer(fault, progress)) from None
        raise NotSent(_no_connection(progress, causes)) from None


def _causes(fault: BaseException | None) -> Iterator[BaseException]:
    while fault is not None:
        yield fault
        fault = fault.__cause__ or fault.__context__


def _certificate_refused(causes: tuple[BaseException, ...]) -> bool:
    """In TLS 1.3 the other side judges our certificate after we began to write, and reads nothing before that."""
    alerts = [(cause.reason or "") for cause in causes if isinstance(cause, ssl.SSLError)]
    return any("ALERT" in alert and ("CERTIFICATE" in alert or "UNKNOWN_CA" in alert) for alert in alerts)


def _no_answer(fault: Exception, progress: _Progress) -> NoAnswer:
    if isinstance(fault, httpx2.TimeoutException):
        return NoAnswer.TIMEOUT
    return NoAnswer.SHORT if progress.answered else NoAnswer.RESET


_BY_CAUSE: tuple[tuple[type[BaseException], NoConnection], ...] = (
    (ssl.SSLError, NoConnection.TLS),
    (socket.gaierror, NoConnection.DNS),
    (httpx2.ConnectTimeout, NoConnection.TIMEOUT_CONNECTING),
    (httpx2.PoolTimeout, NoConnection.TIMEOUT_CONNECTING),
    (httpx2.ConnectError, NoConnection.REFUSED),
)


def _no_connection(progress: _Progress, causes: tuple[BaseException, ...]) -> NoConnection:
    """Whatever goes wrong with a proxy but TLS is the proxy's: it was that which was called."""
    for kind, reason in _BY_CAUSE:
        if any(isinstance(cause, kind) for cause in causes) and (reason is NoConnection.TLS or not progress.by_proxy):
            return reason
    return NoConnection.PROXY
