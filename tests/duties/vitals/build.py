"""Measurements as they would be typed, in one line each."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from maroom.core.people import Opening
from maroom.core.quantity import Quantity
from maroom.core.visit import VisitRef
from maroom.duties.vitals.model import HALVES, Absent, Component, Entry, Measurement, Sign, Subject
from maroom.duties.vitals.rules.entry import read
from maroom.duties.vitals.rules.signs import scale
from tests.builders import DANA

VISIT = VisitRef("aaaaaaaa-0000-4000-8000-000000000001", "aaaaaaaa-0000-4000-8000-000000000002")
LATER = VisitRef("aaaaaaaa-0000-4000-8000-000000000003", VISIT.patient)
TODAY = date(2026, 11, 24)
ADULT = Subject(date(1968, 2, 2), "male")
SCHOOLCHILD = Subject(date(2018, 5, 5), "female")
INFANT = Subject(date(2026, 3, 14), "female")
NEWBORN = Subject(date(2026, 11, 15), "male")


def typed(sign: Sign, text: str, unit: str = "", component: Component | None = None) -> Quantity:
    """What was typed, which must be readable."""
    found = read(text, sign, unit or scale(sign, component).units[0], component)
    assert isinstance(found, Quantity), found
    return found


def measured(sign: Sign, text: str, unit: str = "", **qualifiers: str) -> Measurement:
    return Measurement(sign, typed(sign, text, unit), qualifiers=qualifiers)


def pressure(systolic: int | str | Absent, diastolic: int | str | Absent, **qualifiers: str) -> Measurement:
    halves = [_half(half, component) for half, component in zip((systolic, diastolic), HALVES, strict=True)]
    return Measurement(Sign.BP, parts=dict(zip(HALVES, halves, strict=True)), qualifiers=qualifiers)


def _half(half: int | str | Absent, component: Component) -> Quantity | Absent:
    return half if isinstance(half, Absent) else typed(Sign.BP, str(half), component=component)


def adult_set() -> tuple[Measurement, ...]:
    """All that the form asks of an adult."""
    return (
        pressure(142, 88, site="left_arm", cuff="large_adult", position="sitting"),
        measured(Sign.PULSE, "72"),
        measured(Sign.TEMPERATURE, "98.6", site="mouth"),
        measured(Sign.BREATHING, "16"),
        measured(Sign.SPO2, "97", site="finger", oxygen="room_air"),
        measured(Sign.WEIGHT, "186"),
        measured(Sign.HEIGHT, "5'7\""),
        measured(Sign.PAIN, "3"),
    )


def opened(visit: VisitRef = VISIT) -> Opening:
    return Opening(DANA, visit)


def entry(*measurements: Measurement, visit: VisitRef = VISIT) -> Entry:
    return Entry(visit, measurements)


def number(text: str) -> Decimal:
    return Decimal(text)
