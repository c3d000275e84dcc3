"""What is wrong with the settings of the server as they were typed, and how they stand in the form. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum

from maroom.core.findings import Finding, Severity
from maroom.core.settings import Server, SignIn, Station
from maroom.fhir.address import BadAddress, PlainHttp, checked

MOST_MINUTES = 240
"""between two runs; a clinic that wants them rarer has them at its start and on lock"""
DIRECT = "direct"
"""the word for: by no proxy"""
_SCOPE = {chr(code) for code in range(0x21, 0x7F)} - set('"\\,;')


class Of(StrEnum):
    """Fields of the server, and of this station's way to it."""

    ADDRESS = "server-address"
    SIGN_IN = "server-sign-in"
    CLIENT = "server-client-id"
    SCOPES = "server-scopes"
    MODE = "server-mode"
    CALCULATED = "server-calculated"
    AT_START = "server-at-start"
    ON_LOCK = "server-on-lock"
    EVERY = "server-every"
    EXPORT_KEY = "server-export-key"
    CA_FILE = "server-ca-file"
    CERTIFICATE = "server-client-certificate"
    PROXY = "server-proxy"


class Wrong(StrEnum):
    NO_ADDRESS = "no_address"
    PLAIN_HTTP = "plain_http"
    OTHER_SERVER = "other_server"
    NO_CLIENT = "no_client"
    NO_SCOPE = "no_scope"
    NO_MINUTES = "no_minutes"
    NO_KEY = "no_key"
    NO_FILE = "no_file"
    NO_PROXY = "no_proxy"


Typed = Mapping[str, str]


def refused(field: str, code: Wrong) -> Finding:
    return Finding(field, code, Severity.REFUSED)


def as_typed(server: Server, station: Station) -> dict[str, str]:
    """How the settings stand in the form: "yes" or nothing for a tick."""
    return {
        Of.ADDRESS: server.address,
        Of.SIGN_IN: server.sign_in.value,
        Of.CLIENT: server.client_id,
        Of.SCOPES: server.scopes,
        Of.MODE: server.mode,
        Of.CALCULATED: _tick(server.calculated),
        Of.AT_START: _tick(server.at_start),
        Of.ON_LOCK: _tick(server.on_lock),
        Of.EVERY: str(server.every) if server.every else "",
        Of.EXPORT_KEY: server.export_key,
        Of.CA_FILE: station.ca_file,
        Of.CERTIFICATE: station.client_certificate,
        Of.PROXY: station.proxy,
    }


def meant_server(typed: Typed) -> Server:
    """What is typed, where nothing is wrong with it."""
    said = {name: text.strip() for name, text in typed.items()}
    return Server(
        address=said[Of.ADDRESS].rstrip("/"),
        sign_in=SignIn(said[Of.SIGN_IN]),
        client_id=said[Of.CLIENT],
        scopes=" ".join(said[Of.SCOPES].split()),
        mode=said[Of.MODE],
        calculated=bool(said[Of.CALCULATED]),
        every=int(said[Of.EVERY] or 0),
        at_start=bool(said[Of.AT_START]),
        on_lock=bool(said[Of.ON_LOCK]),
        export_key=said[Of.EXPORT_KEY],
    )


def of_server(typed: Typed, is_file: Callable[[str], bool], is_key: Callable[[str], bool]) -> dict[str, Finding]:
    """By field. `is_key` says whether records can be sealed for a text."""
    pairs = (*_of_address(typed), *_of_sign_in(typed), *_of_times(typed), *_of_way(typed, is_file))
    found = {field: refused(field, code) for field, code in pairs}
    key = typed[Of.EXPORT_KEY].strip()
    if key and not is_key(key):
        found[Of.EXPORT_KEY] = refused(Of.EXPORT_KEY, Wrong.NO_KEY)
    return found


def _of_address(typed: Typed) -> Iterator[tuple[str, Wrong]]:
    address = typed[Of.ADDRESS].strip()
    if not address:
        return
    try:
        parts = checked(address)
    except PlainHttp:
        yield Of.ADDRESS, Wrong.PLAIN_HTTP
    except BadAddress:
        yield Of.ADDRESS, Wrong.NO_ADDRESS
    else:
        if parts.query or parts.fragment or any(letter.isspace() for letter in address):
            yield Of.ADDRESS, Wrong.NO_ADDRESS


def _of_sign_in(typed: Typed) -> Iterator[tuple[str, Wrong]]:
    if typed[Of.SIGN_IN] == SignIn.NONE:
        return
    if not typed[Of.CLIENT].strip():
        yield Of.CLIENT, Wrong.NO_CLIENT
    if set(typed[Of.SCOPES]) - _SCOPE - {" "}:
        yield Of.SCOPES, Wrong.NO_SCOPE


def _of_times(typed: Typed) -> Iterator[tuple[str, Wrong]]:
    minutes = typed[Of.EVERY].strip()
    if minutes and not (minutes.isascii() and minutes.isdigit() and 0 < int(minutes) <= MOST_MINUTES):
        yield Of.EVERY, Wrong.NO_MINUTES


def _of_way(typed: Typed, is_file: Callable[[str], bool]) -> Iterator[tuple[str, Wrong]]:
    for field in (Of.CA_FILE, Of.CERTIFICATE):
        file = typed[field].strip()
        if file and not is_file(file):
            yield field, Wrong.NO_FILE
    if not _is_proxy(typed[Of.PROXY].strip()):
        yield Of.PROXY, Wrong.NO_PROXY


def _is_proxy(text: str) -> bool:
    """A proxy is on the way to a server: plain http to it is no leak, as what goes through it is encrypted."""
    if text in ("", DIRECT):
        return True
    try:
        parts = checked("https://" + text.partition("://")[2])
    except BadAddress:
        return False
    return text.startswith(("http://", "https://")) and parts.path in ("", "/") and not parts.query


def _tick(on: bool) -> str:
    return "yes" if on else ""
