"""Round numbers for the marks of an axis."""

from __future__ import annotations

from math import ceil, floor

_STEPS = (0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 25.0, 50.0, 100.0)
MOST = 8


def round_ticks(low: float, high: float) -> tuple[float, ...]:
    """From at or below `low` to at or above `high`, at most eight of them in equal steps, two at least."""
    step = next((step for step in _STEPS if ceil(high / step) - floor(low / step) + 1 <= MOST), _STEPS[-1])
    first, last = floor(low / step), ceil(high / step)
    return tuple(number * step for number in range(first, max(last, first + 1) + 1))
