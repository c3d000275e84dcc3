"""What a rule can find. The code goes into a `Finding`; its sentence stands in the view."""

from __future__ import annotations

from enum import StrEnum


class Found(StrEnum):
    """In the order of the rules that find them."""

    # what was typed cannot be read as a value
    NO_NUMBER = "no_number"
    NO_DAY = "no_day"
    NO_TIME = "no_time"
    NOT_WHOLE = "not_whole"
    TOO_FINE = "too_fine"
    OTHER_UNIT = "other_unit"
    """a unit that this sign is not taken in"""
    OUNCES = "ounces"
    """16 ounces or more beside pounds"""
    INCHES = "inches"
    """12 inches or more beside feet"""
    RUN_TOGETHER = "run_together"
    """both halves of a pressure without the stroke between"""
    HALF_MISSING = "half_missing"

    # it cannot be
    TOO_LOW = "too_low"
    TOO_HIGH = "too_high"
    UNIT_SLIP = "unit_slip"
    """possible only in the other unit of temperature, which is `unit`"""
    POUNDS = "pounds"
    """pounds of a child; `limit` is the same in kilograms"""
    REVERSED = "reversed"
    EQUAL = "equal"
    FAR_APART = "far_apart"

    # it can be, but is asked about once
    UNUSUALLY_LOW = "unusually_low"
    UNUSUALLY_HIGH = "unusually_high"
    UNUSUALLY_CLOSE = "unusually_close"
    UNUSUALLY_APART = "unusually_apart"
    UNITS_SWAPPED = "units_swapped"
    WEIGHT_CHANGED = "weight_changed"
    """`limit` is the change in percent"""

    SPARED_ARM = "spared_arm"
    """taken on an arm that the problem list wants spared; `detail` says why"""

    # it is told, loudly or quietly
    SEVERE = "severe"
    STAGE_2 = "stage_2"
    STAGE_1 = "stage_1"
    ELEVATED = "elevated"
    NORMAL = "normal"
    PREGNANT_SEVERE = "pregnant_severe"
    PREGNANT_HIGH = "pregnant_high"
    LOW_PRESSURE = "low_pressure"
    CHILD_HIGH = "child_high"
    CHILD_LOW = "child_low"
    BELOW_USUAL = "below_usual"
    ABOVE_USUAL = "above_usual"
    FEVER = "fever"
    HIGH_FEVER = "high_fever"
    INFANT_FEVER = "infant_fever"
    INFANT_COLD = "infant_cold"
    COLD = "cold"
    LOW_OXYGEN = "low_oxygen"
    VERY_LOW_OXYGEN = "very_low_oxygen"
    SEVERE_PAIN = "severe_pain"
    USUAL = "usual"
    NEWS_LOW = "news_low"
    """`limit` of these is the total"""
    NEWS_LOW_MEDIUM = "news_low_medium"
    NEWS_MEDIUM = "news_medium"
    NEWS_HIGH = "news_high"

    # of a time or a day
    FUTURE = "future"
    BEFORE_BIRTH = "before_birth"
    LATE = "late"
    LONG_AGO = "long_ago"
    """a last period that began so long ago that it is asked about"""


ASKED = frozenset(
    {
        Found.UNUSUALLY_LOW,
        Found.UNUSUALLY_HIGH,
        Found.UNUSUALLY_CLOSE,
        Found.UNUSUALLY_APART,
        Found.UNITS_SWAPPED,
        Found.WEIGHT_CHANGED,
        Found.LONG_AGO,
        Found.SPARED_ARM,
    }
)
"""What must be said to be right before it is saved. Everything else of the same severity is told, but never held up."""
