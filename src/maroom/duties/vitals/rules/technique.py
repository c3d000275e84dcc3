"""How a sign is taken well: the codes of short reminders, by age, after `resources/vitals/technique.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import msgspec

from maroom.core import resources
from maroom.duties.vitals.model import Sign
from maroom.duties.vitals.rules.ages import Age

GROWN_MONTHS = 18 * 12
"""somebody of unknown age is reminded of as a grown-up"""


@dataclass(frozen=True)
class _Reminder:
    """Of whom: from so many completed months of age, and below so many."""

    say: str
    from_months: int = 0
    below_months: int | None = None


class _Technique(msgspec.Struct):
    reminders: Mapping[Sign, tuple[_Reminder, ...]]


@cache
def _technique() -> Mapping[Sign, tuple[_Reminder, ...]]:
    return msgspec.convert(resources.table("vitals/technique.toml"), _Technique).reminders


def reminders(sign: Sign, age: Age | None) -> tuple[str, ...]:
    """In the order in which they are heeded; none for a sign that needs none."""
    months = age.months if age else GROWN_MONTHS
    return tuple(
        one.say
        for one in _technique().get(sign, ())
        if one.from_months <= months and (one.below_months is None or months < one.below_months)
    )
