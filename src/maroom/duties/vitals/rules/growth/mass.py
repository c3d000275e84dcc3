"""The category of a child's index of body mass.

It goes by the index as it is, not rounded, since its limits are percentiles of an age and not figures that are read;
`words.percentile_text` never rounds a percentile across such a limit.
"""

from __future__ import annotations

from dataclasses import dataclass

from maroom.duties.vitals.rules.growth.figures import MassCategory, Measure, figures
from maroom.duties.vitals.rules.growth.lms import z_of
from maroom.duties.vitals.rules.growth.places import Child, Place, chart_of, row_at
from maroom.duties.vitals.rules.growth.tables import Standard, table


@dataclass(frozen=True)
class ChildMass:
    """`name` of the category; `share` is the index in percent of the 95th percentile."""

    name: str
    share: float


def child_category(place: Place, who: Child) -> ChildMass | None:
    """Of an index on CDC's chart; there are no categories before the second birthday."""
    chart = chart_of(place.measure, who.age)
    if place.measure is not Measure.BMI or place.standard is not Standard.CDC or chart is None:
        return None
    found = table(chart.table)
    lms = row_at(found.sex[who.sex], found.by, who.age)
    if lms is None:
        return None
    share = 100 * place.value / lms.value(z_of(figures().extended.from_percentile))
    rows = reversed(figures().child_bmi.category)
    return ChildMass(next(row.name for row in rows if _reached(row, place, share)), share)


def _reached(row: MassCategory, place: Place, share: float) -> bool:
    further = not row.share or share >= row.share or place.value >= row.index
    return place.percentile >= row.least and further
