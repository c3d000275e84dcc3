"""Counting for less than a minute: what was counted stands for a rate, and the entry says so."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from maroom.core.quantity import Quantity
from maroom.duties.vitals.model import Sign

_MINUTE = 60
_SECONDS = {Sign.PULSE: (30, 15), Sign.BREATHING: (30,)}


def counts(sign: Sign) -> tuple[str, ...]:
    """The spans that a sign may be counted for, written as units: `30 s`. None of them is a unit of a value."""
    return tuple(f"{seconds} s" for seconds in _SECONDS.get(sign, ()))


def a_minute(counted: Quantity, span: str) -> Quantity:
    """The rate: so many in `30 s`. `entered` keeps what was counted."""
    seconds = int(span.removesuffix(" s"))
    return replace(
        counted, value=counted.value * Decimal(_MINUTE // seconds), unit="/min", entered=f"{counted.entered} in {span}"
    )
