"""Where a child's values stand on their charts. What had to be assumed to place them is always part of the answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from maroom.core.quantity import Quantity, exact
from maroom.duties.vitals.model import Subject
from maroom.duties.vitals.rules.growth.age import ChartAge, chart_age
from maroom.duties.vitals.rules.growth.extended import extended_z
from maroom.duties.vitals.rules.growth.figures import Chart, Measure, figures
from maroom.duties.vitals.rules.growth.lms import Lms, percentile_of
from maroom.duties.vitals.rules.growth.tables import Rows, Standard, Table, table


class Posture(StrEnum):
    """How a length was measured."""

    LYING = "lying"
    STANDING = "standing"


class Assumed(StrEnum):
    """What was done to the value or the age before it was placed."""

    LENGTHENED = "lengthened"
    """measured standing for a chart of lengths: made longer by what a child is longer lying"""
    SHORTENED = "shortened"
    """measured lying for a chart of heights"""
    TAKEN_AS_LYING = "taken_as_lying"
    """nobody said how it was measured"""
    TAKEN_AS_STANDING = "taken_as_standing"
    AGE_CORRECTED = "age_corrected"
    """for birth before term"""


class NoPlace(StrEnum):
    """Why a value has no place on a chart."""

    BORN_UNKNOWN = "born_unknown"
    SEX = "sex"
    """charts are for girls and for boys; neither is known of this child"""
    BEFORE_BIRTH = "before_birth"
    BEFORE_TERM = "before_term"
    """born early and not yet at term, where these charts begin"""
    NO_CHART = "no_chart"
    """there is none of this measure at this age"""
    OFF_THE_TABLE = "off_the_table"
    """shorter or longer than any row"""
    NO_VALUE = "no_value"


@dataclass(frozen=True)
class Child:
    """Whose value it is, on the day it was measured."""

    sex: str
    age: ChartAge


@dataclass(frozen=True)
class Tall:
    """A length or height as entered, and how it was measured; None where nobody said."""

    quantity: Quantity
    posture: Posture | None = None


@dataclass(frozen=True)
class Place:
    """`value` is what was placed, in the chart's own unit. `z` is the publisher's own, and CDC's extended one for an index at
    or above the 95th percentile; `error_z` is the one that mistakes are looked for with."""

    measure: Measure
    standard: Standard
    value: float
    z: float
    error_z: float
    age: ChartAge
    assumed: tuple[Assumed, ...] = ()

    @property
    def percentile(self) -> float:
        """0 to 100."""
        return percentile_of(self.z)


def child(subject: Subject, day: date, gestation: int | None = None) -> Child | NoPlace:
    """The child as charts know it; `gestation` in completed days at birth."""
    if subject.born is None:
        return NoPlace.BORN_UNKNOWN
    if subject.sex not in ("male", "female"):
        return NoPlace.SEX
    age = chart_age(subject.born, day, gestation)
    if age.days < 0:
        return NoPlace.BEFORE_TERM if day >= subject.born else NoPlace.BEFORE_BIRTH
    return Child(subject.sex, age)


def chart_of(measure: Measure, age: ChartAge) -> Chart | None:
    """The one chart of a measure at an age."""
    rows = (row for row in figures().chart if row.measure is measure)
    return next((row for row in rows if row.from_months <= age.completed < row.below_months), None)


def measures_shown(age: ChartAge) -> tuple[Measure, ...]:
    """What growth charts are offered of at an age."""
    return tuple(measure for measure in Measure if (row := chart_of(measure, age)) and row.shown)


def weight(quantity: Quantity, who: Child) -> Place | NoPlace:
    return _by_age(Measure.WEIGHT, _amount(quantity, "kg"), who)


def head(quantity: Quantity, who: Child) -> Place | NoPlace:
    return _by_age(Measure.HEAD, _amount(quantity, "cm"), who)


def length(tall: Tall, who: Child) -> Place | NoPlace:
    chart = chart_of(Measure.LENGTH, who.age)
    if chart is None:
        return NoPlace.NO_CHART
    centimetres, assumed = as_charted(tall, table(chart.table).standard)
    return _by_age(Measure.LENGTH, centimetres, who, assumed)


def mass(quantity: Quantity, tall: Tall, who: Child) -> Place | NoPlace:
    """The index of body mass, from the values as entered and not rounded."""
    chart = chart_of(Measure.BMI, who.age)
    if chart is None:
        return NoPlace.NO_CHART
    centimetres, assumed = as_charted(tall, table(chart.table).standard)
    if centimetres <= 0:
        return NoPlace.NO_VALUE
    return _by_age(Measure.BMI, _amount(quantity, "kg") / (centimetres / 100) ** 2, who, assumed)


def weight_for_length(quantity: Quantity, tall: Tall, who: Child) -> Place | NoPlace:
    chart = chart_of(Measure.WEIGHT_FOR_LENGTH, who.age)
    if chart is None:
        return NoPlace.NO_CHART
    found = table(chart.table)
    centimetres, assumed = as_charted(tall, found.standard)
    lms = found.sex[who.sex].lms_at(centimetres)
    return _placed(Measure.WEIGHT_FOR_LENGTH, found, lms, _amount(quantity, "kg"), who, assumed)


def as_charted(tall: Tall, standard: Standard) -> tuple[float, tuple[Assumed, ...]]:
    """Centimetres as the standard's charts want them: WHO's lengths lying, CDC's heights standing."""
    centimetres, lying = _amount(tall.quantity, "cm"), standard is Standard.WHO
    if tall.posture is None:
        return centimetres, (Assumed.TAKEN_AS_LYING if lying else Assumed.TAKEN_AS_STANDING,)
    if (tall.posture is Posture.LYING) == lying:
        return centimetres, ()
    longer = figures().longer_lying(standard)
    return (centimetres + longer, (Assumed.LENGTHENED,)) if lying else (centimetres - longer, (Assumed.SHORTENED,))


def row_at(rows: Rows, by: str, age: ChartAge) -> Lms | None:
    """The row of an age on a table by days or by months."""
    return rows.lms_at(age.days if by == "days" else age.months)


def _by_age(measure: Measure, value: float, who: Child, assumed: tuple[Assumed, ...] = ()) -> Place | NoPlace:
    chart = chart_of(measure, who.age)
    if chart is None:
        return NoPlace.NO_CHART
    found = table(chart.table)
    lms = row_at(found.sex[who.sex], found.by, who.age)
    return _placed(measure, found, lms, value, who, (*assumed, *((Assumed.AGE_CORRECTED,) if who.age.early else ())))


def _placed(
    measure: Measure, found: Table, lms: Lms | None, value: float, who: Child, assumed: tuple[Assumed, ...]
) -> Place | NoPlace:
    if lms is None:
        return NoPlace.OFF_THE_TABLE
    if value <= 0:
        return NoPlace.NO_VALUE
    plain = found.z(lms, value)
    z = extended_z(lms, value, who.sex, who.age.months) if found.unit == "kg/m2" and found.standard is Standard.CDC else plain
    error_z = lms.modified_z(value) if found.standard is Standard.CDC else plain
    return Place(measure, found.standard, value, z, error_z, who.age, assumed)


def _amount(quantity: Quantity, unit: str) -> float:
    return float(exact(quantity.value, quantity.unit, unit))
