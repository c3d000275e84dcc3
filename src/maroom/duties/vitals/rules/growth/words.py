"""A percentile as it is said: `62nd`, `0.4th`, `99.6th`, `below 0.1`."""

from __future__ import annotations

import math
from decimal import Decimal

from maroom.core.quantity import rounded
from maroom.duties.vitals.rules.growth.figures import figures

_ENDINGS = {1: "st", 2: "nd", 3: "rd"}
_LEAST, _MOST = Decimal("0.1"), Decimal("99.9")


def percentile_words(percentile: float) -> str:
    """The ordinal number; beyond what a tenth can say, `below 0.1` and `above 99.9`."""
    if percentile < _LEAST:
        return f"below {_LEAST}"
    if percentile > _MOST:
        return f"above {_MOST}"
    text = percentile_text(percentile)
    whole = int(text) if text.isdigit() else 0
    return text + ("th" if whole in (11, 12, 13) else _ENDINGS.get(whole % 10, "th"))


def percentile_text(percentile: float) -> str:
    """A whole number from 1 to 99, a tenth outside. A limit of a category is never rounded away: 94.7 stays `94.7`, not `95`,
    and 94.97 is `94.9`."""
    exactly = Decimal(str(percentile))
    whole, tenth = rounded(exactly, 0), rounded(exactly, 1)
    if 1 <= percentile <= 99 and not _crosses(exactly, whole):
        return str(whole)
    if _crosses(exactly, tenth):
        return str(Decimal(math.floor(exactly * 10)) / 10)
    return str(whole if tenth in (1, 99) else tenth)


def _crosses(exactly: Decimal, shown: Decimal) -> bool:
    return any(exactly < Decimal(str(row.least)) <= shown for row in figures().child_bmi.category)
