"""What no instrument measures: codes that were sent as numbers. And how far off its clock may be. The figures stand in
`resources/devices/bounds.toml`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal
from functools import cache

from maroom.core import resources
from maroom.core.quantity import Quantity
from maroom.devices.model import Refusal, What
from maroom.devices.octets import Unfit


@cache
def _bounds() -> dict[tuple[What, str], tuple[Decimal, Decimal]]:
    """(what, unit) > lowest and highest, both still inside."""
    rows = resources.table("devices/bounds.toml")["bound"]
    return {(What(row["what"]), row["unit"]): (Decimal(str(row["from"])), Decimal(str(row["to"]))) for row in rows}


def within(values: Iterable[tuple[What, Quantity]]) -> dict[What, Quantity]:
    """The values, each between its bounds. Unfit."""
    found = dict(values)
    for what, quantity in found.items():
        lowest, highest = _bounds()[what, quantity.unit]
        if not lowest <= quantity.value <= highest:
            raise Unfit(Refusal.OUT_OF_BOUNDS)
    return found


def clock_tolerance() -> timedelta:
    """An instrument's clock that is off by more is told."""
    return timedelta(seconds=resources.table("devices/bounds.toml")["clock_tolerance"])
