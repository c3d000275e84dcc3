"""What this station trusts and shows when it reaches servers: authorities, its own certificate, and the proxy on the way."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from dataclasses import dataclass

import httpx2

from maroom.fhir.address import BadAddress

DIRECT = "direct"


class BadFile(ValueError):
    """A file of certificates or keys that cannot be used; `setting` names it: `ca_file` or `client_certificate`."""

    def __init__(self, setting: str) -> None:
        super().__init__(setting)
        self.setting = setting


@dataclass(frozen=True)
class Trust:
    """Files are PEM; empty: none. With no `ca_file` the system's authorities are trusted, with one only those in it.
    `client_certificate` holds certificate and key, the key not under a password. `proxy` is an http address (without a
    password: settings hold no secrets), `direct`, or empty for the environment's (on Windows and macOS also the
    system's). This machine is never reached by a proxy."""

    ca_file: str = ""
    client_certificate: str = ""
    proxy: str = ""

    def context(self) -> ssl.SSLContext:
        """TLS 1.2 or newer, names checked. There is no way to have a certificate ignored. BadFile."""
        made = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT) if self.ca_file else httpx2.create_ssl_context(trust_env=False)
        made.minimum_version = ssl.TLSVersion.TLSv1_2
        if self.ca_file:
            _load("ca_file", lambda: made.load_verify_locations(self.ca_file))
        if self.client_certificate:
            # without one the library would ask for a password at a terminal that nobody sees
            _load("client_certificate", lambda: made.load_cert_chain(self.client_certificate, password=lambda: "-"))
        return made

    def own_proxy(self, context: ssl.SSLContext) -> httpx2.Proxy | None:
        """The proxy that is set here. BadAddress."""
        if self.proxy in ("", DIRECT):
            return None
        if not self.proxy.startswith(("http://", "https://")) or "@" in self.proxy:
            raise BadAddress
        try:
            return httpx2.Proxy(self.proxy, ssl_context=context if self.proxy.startswith("https:") else None)
        except (ValueError, httpx2.InvalidURL):
            raise BadAddress from None


def _load(setting: str, load: Callable[[], None]) -> None:
    try:
        load()
    except OSError:  # ssl.SSLError is one
        raise BadFile(setting) from None


SYSTEM = Trust()
"""The system's authorities and proxy, no certificate of ours."""
