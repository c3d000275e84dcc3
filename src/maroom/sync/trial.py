"""What came of trying a connection to a server: how far it went, and what the server says of itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class Met(StrEnum):
    """How far it went; all but the first are where it stopped."""

    WELL = "well"
    BAD_ADDRESS = "bad_address"
    CA_FILE = "ca_file"
    """the file of authorities cannot be used"""
    CERTIFICATE_FILE = "client_certificate"
    """nor can that of this station's certificate"""
    NO_NAME = "dns"
    """nobody knows a server of this name"""
    REFUSED = "refused"
    CERTIFICATE = "tls"
    """theirs is not trusted here, or ours not there"""
    PROXY = "proxy"
    TOO_SLOW = "timeout"
    SIGN_IN_AWAY = "sign_in_away"
    """where to sign in was not to be reached"""
    NO_WAY_IN = "no_way_in"
    """the server names no place to sign in that can be used"""
    CUT_OFF = "cut_off"
    """connected, and no whole answer came"""
    NO_FHIR = "no_fhir"
    """what answers there does not say what it can do"""
    FAILS = "fails"
    """it is there, and in trouble"""
    SIGN_IN = "sign_in"
    """it asks who we are, and does not take what we have"""


class Belongs(StrEnum):
    """Whether a server is the one that a store was exchanged with."""

    YES = "yes"
    """the address is known, or nothing was ever exchanged"""
    MOVED = "moved"
    """the records that are known are there: it is the same server"""
    NO = "no"


@dataclass(frozen=True)
class Trial:
    """`why` is a code of the sign-in (`invalid_client`, `signed_out`, `no_key`), where it was that which stopped it. `mode` and
    `reasons` as the sync would choose. `belongs` is none where it could not be asked."""

    address: str
    met: Met
    why: str = ""
    software: str = ""
    """name and version as the server writes them"""
    fhir: str = ""
    mode: str = ""
    reasons: tuple[str, ...] = ()
    offset: timedelta | None = None
    """the server's clock less ours; none where it does not tell its time"""
    belongs: Belongs | None = None
