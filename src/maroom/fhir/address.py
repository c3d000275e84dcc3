"""Addresses of servers: which may be asked at all, and whether two are of one origin."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit


class BadAddress(ValueError):
    """No http or https address of a server, or one with a name or a password in it."""


class PlainHttp(BadAddress):
    """Unencrypted http leads elsewhere than to this machine."""


def checked(address: str) -> SplitResult:
    """The parts of a server's address. BadAddress, PlainHttp."""
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        raise BadAddress from None
    if parts.scheme not in ("http", "https") or not parts.hostname or "@" in parts.netloc:
        raise BadAddress
    if parts.scheme == "http" and not is_here(parts):
        raise PlainHttp
    return parts


def origin(parts: SplitResult) -> tuple[str, str, int]:
    """Scheme, host and port, the usual ports filled in."""
    return parts.scheme, (parts.hostname or "").rstrip("."), parts.port or (443 if parts.scheme == "https" else 80)


def is_here(parts: SplitResult) -> bool:
    """Whether it is this machine: localhost or a loopback address, by no other name."""
    host = parts.hostname or ""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
