"""A child's value against its growth chart and its last value: what is asked about or told beside the other findings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from maroom.core.findings import Finding, Severity
from maroom.core.quantity import Quantity
from maroom.duties.vitals.model import Measurement, Reading, Sign, Subject, field_of
from maroom.duties.vitals.rules.derived import TALL, place
from maroom.duties.vitals.rules.found import ASKED
from maroom.duties.vitals.rules.growth.figures import Measure
from maroom.duties.vitals.rules.growth.flags import ASKED_GROWTH, head_shrunk, remarkable, shrunk
from maroom.duties.vitals.rules.growth.places import Place, Posture, Tall
from maroom.duties.vitals.rules.weight_changes import Person, Weighed, weight_changes

MEASURES = {Sign.WEIGHT: Measure.WEIGHT, Sign.LENGTH: Measure.LENGTH, Sign.HEIGHT: Measure.LENGTH, Sign.HEAD: Measure.HEAD}
"""sign > what its chart is of"""
ALL_ASKED = ASKED | ASKED_GROWTH
"""what must be said to be right before it is saved"""


def with_growth(
    found: tuple[Finding, ...],
    measurement: Measurement,
    subject: Subject,
    day: date,
    last: Mapping[Sign, Reading],
    weights: Sequence[Weighed] = (),
) -> tuple[Finding, ...]:
    """The most pressing first. A value that cannot be has no place. `weights` are those from before, for what they say of a
    new one."""
    if measurement.sign not in MEASURES or measurement.quantity is None:
        return found
    if any(one.severity is Severity.REFUSED for one in found):
        return found
    growth = tuple(_growth(measurement.sign, measurement.quantity, subject, day, last))
    changes = _changes(measurement, subject, day, weights)
    notable = [one for one in (*found, *growth, *changes) if one.severity is not Severity.OK]
    return tuple(sorted(notable, key=_pressing)) if notable else found


def _changes(measurement: Measurement, subject: Subject, day: date, weights: Sequence[Weighed]) -> tuple[Finding, ...]:
    """What was weighed on the day of birth is the weight at birth."""
    if measurement.sign is not Sign.WEIGHT or measurement.quantity is None:
        return ()
    at_birth = next((one.quantity for one in weights if one.day == subject.born), None)
    return weight_changes(Weighed(measurement.quantity, day), weights, Person(subject.born, at_birth, subject.heart_failure))


def _pressing(finding: Finding) -> int:
    if finding.severity is Severity.CRITICAL:
        return 0
    return 1 if finding.code in ALL_ASKED else 2


def _growth(sign: Sign, quantity: Quantity, subject: Subject, day: date, last: Mapping[Sign, Reading]) -> Iterator[Finding]:
    field, now = field_of(sign), place(MEASURES[sign], {sign: quantity}, subject, day)
    if not isinstance(now, Place):
        return
    before = last.get(sign) or next((last[one] for one in TALL if sign in TALL and one in last), None)
    yield from remarkable(field, now, _place_before(before, subject))
    less = _less(field, sign, quantity, before)
    if less:
        yield less


def _place_before(before: Reading | None, subject: Subject) -> Place | None:
    if before is None or before.measurement.quantity is None:
        return None
    found = place(MEASURES[before.sign], {before.sign: before.measurement.quantity}, subject, before.measured.local().date())
    return found if isinstance(found, Place) else None


def _less(field: str, sign: Sign, now: Quantity, before: Reading | None) -> Finding | None:
    """Lengths and heads do not shrink."""
    was = before.measurement.quantity if before else None
    if before is None or was is None or sign is Sign.WEIGHT:
        return None
    if sign is Sign.HEAD:
        return head_shrunk(field, now, was)
    return shrunk(field, Tall(now, _posture(sign)), Tall(was, _posture(before.sign)))


def _posture(sign: Sign) -> Posture:
    return Posture.LYING if sign is Sign.LENGTH else Posture.STANDING
