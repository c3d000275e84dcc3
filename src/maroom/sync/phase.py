"""Where a run of the sync is, and how one ended."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum


class Phase(StrEnum):
    CONNECTING = "connecting"
    SENDING = "sending"
    RECEIVING = "receiving"
    MERGED = "sending_merged"
    WAITING = "waiting"
    """for what was sent without an answer, or for a server that asked for time: done and of are seconds"""


Tell = Callable[[Phase, int, int], None]
"""Phase, done, of how many as far as is known (0: not known)."""


class Ended(StrEnum):
    """Why a run ended before everything was tried."""

    NOT_YET = ""
    STOPPED = "stopped"
    NOT_REACHED = "not_reached"
    PORTAL = "portal"
    """something else answers in the server's place"""
    PAUSED = "paused"
    """the server asked for time, or fails"""
    SIGN_IN = "sign_in"
    """somebody has to sign in at the server"""
    NO_FHIR = "no_fhir"
    """what answers there does not say what it can do"""
    OTHER_SERVER = "other_server"
    """it is not the one that this store was exchanged with"""


class Which(StrEnum):
    """What was set back to an earlier copy."""

    STORE = "store"
    SERVER = "server"
