"""Requests on the way to a sign-in. What is lost here never was a request about a record, so it is always NotSent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from maroom.fhir import codec
from maroom.fhir.address import BadAddress
from maroom.fhir.exchange import Resource
from maroom.fhir.reply import moment
from maroom.fhir.transport import NoConnection, NotSent, Unknown, Wire


class NoSmart(Exception):
    """The server names no place to sign in, or none that we may or can use."""


@dataclass(frozen=True)
class Said:
    """`body` is empty where the answer is no JSON object."""

    status: int
    body: Resource
    date: datetime | None


def get(wire: Wire, url: str, accept: str = "application/json") -> Said:
    """NotSent, NoSmart."""
    return _asked(wire, "GET", url, {"Accept": accept})


def post(wire: Wire, url: str, form: Mapping[str, str]) -> Said:
    """A form to a token endpoint. NotSent, NoSmart."""
    headers = {"Accept": "application/json", "Content-Type": "application/x-www-form-urlencoded"}
    return _asked(wire, "POST", url, headers, urlencode(form).encode())


def _asked(wire: Wire, method: str, url: str, headers: Mapping[str, str], body: bytes | None = None) -> Said:
    try:
        answer = wire.ask(method, url, {**headers, "Accept-Encoding": "gzip"}, body)
    except BadAddress:
        raise NoSmart from None
    except Unknown:
        raise NotSent(NoConnection.SIGN_IN) from None
    if answer.status >= 500 or answer.status == 429:
        raise NotSent(NoConnection.SIGN_IN)
    try:
        told = codec.decode(answer.body)
    except codec.FAULTS:
        told = {}
    return Said(answer.status, told, moment(answer.headers.get("Date", "")))
