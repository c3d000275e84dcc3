"""How far a server's clock is from ours. Clinical times are never changed for it; it is shown, and warned of."""

from __future__ import annotations

from datetime import datetime, timedelta

_HALF_SECOND = timedelta(seconds=0.5)
"""a Date header has whole seconds, cut off"""

_OFF = timedelta(minutes=2)
"""so far apart two clocks are warned of"""


def offset_of(date: datetime | None, sent: datetime, received: datetime) -> timedelta | None:
    """The server's clock (`Reply.date`) less ours, both in the middle of the way; None where the server does not tell its
    time. True to half the round trip and half a second."""
    return None if date is None else date + _HALF_SECOND - (sent + (received - sent) / 2)


def is_off(offset: timedelta) -> bool:
    """Whether somebody should look at the clocks."""
    return abs(offset) > _OFF
