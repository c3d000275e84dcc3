"""What is remarkable about a place on a chart, alone and against the one before. It asks to look again; it never diagnoses."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from enum import StrEnum

from maroom.core.findings import Finding, Severity
from maroom.core.quantity import Quantity, exact
from maroom.duties.vitals.rules.growth.figures import figures
from maroom.duties.vitals.rules.growth.places import Place, Posture, Tall


class GrowthFound(StrEnum):
    """In the order of urgency."""

    EXTREME = "growth_extreme"
    """so far from all others of this age that it is measured again; `limit` in standard deviations"""
    SHRUNK = "growth_shrunk"
    """less than the last time; `limit` is how much may differ, in cm"""
    BELOW_CHART = "growth_below_chart"
    """`limit` is the percentile"""
    ABOVE_CHART = "growth_above_chart"
    CROSSED_DOWN = "growth_crossed_down"
    """`limit` is how far it may move between visits, in standard deviations"""
    CROSSED_UP = "growth_crossed_up"
    """`detail` of both names the charts where they are not the same: `who cdc`"""


ASKED_GROWTH = frozenset({GrowthFound.EXTREME, GrowthFound.SHRUNK})
"""What must be said to be right before it is saved; the rest is told."""


def remarkable(field: str, now: Place, before: Place | None = None) -> tuple[Finding, ...]:
    """About the field, by the place and by the last one of the same measure."""
    return (*_alone(field, now), *(_moved(field, now, before) if before and before.measure is now.measure else ()))


def _alone(field: str, now: Place) -> Iterator[Finding]:
    low, high = figures().asked_outside(now.standard, now.measure)
    if not low <= now.error_z <= high:
        yield _found(field, GrowthFound.EXTREME, low if now.error_z < low else high, "{SD}")
    least, most = figures().told_outside(now.standard)
    if now.percentile < least:
        yield _found(field, GrowthFound.BELOW_CHART, least, "%")
    elif now.percentile > most:
        yield _found(field, GrowthFound.ABOVE_CHART, most, "%")


def _moved(field: str, now: Place, before: Place) -> Iterator[Finding]:
    limit = figures().crossing.more_than
    if abs(now.z - before.z) > limit:
        code = GrowthFound.CROSSED_DOWN if now.z < before.z else GrowthFound.CROSSED_UP
        charts = "" if now.standard is before.standard else f"{before.standard} {now.standard}"
        yield _found(field, code, limit, "{SD}", charts)


def shrunk(field: str, now: Tall, before: Tall) -> Finding | None:
    """A length or height against the last one; a child measured lying then and standing now may be that much shorter."""
    lost = exact(before.quantity.value, before.quantity.unit, "cm") - exact(now.quantity.value, now.quantity.unit, "cm")
    limit = Decimal(str(figures().shrinking.more_than))
    stood_up = before.posture is not Posture.STANDING and now.posture is not Posture.LYING and before.posture != now.posture
    allowed = limit + Decimal(str(max(figures().lying.who, figures().lying.cdc))) if stood_up else limit
    return _found(field, GrowthFound.SHRUNK, float(limit), "cm") if lost > allowed else None


def head_shrunk(field: str, now: Quantity, before: Quantity) -> Finding | None:
    """A head circumference against the last one."""
    return shrunk(field, Tall(now, Posture.LYING), Tall(before, Posture.LYING))


def _found(field: str, code: GrowthFound, limit: float, unit: str, detail: str = "") -> Finding:
    return Finding(field, code, Severity.ASK, Decimal(str(limit)), unit, detail)
