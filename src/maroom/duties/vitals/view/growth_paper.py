"""A growth chart with all the words that its paper takes."""

from __future__ import annotations

from maroom.duties.vitals.paper import GrowthSheet
from maroom.duties.vitals.rules.growth.drawing import Drawing
from maroom.duties.vitals.rules.growth.tables import Standard
from maroom.duties.vitals.view.growth import assumptions, axes, begun, plot, value
from maroom.duties.vitals.view.words import growth as words
from maroom.duties.vitals.view.words.plain import tr
from maroom.ui.times import day

MOST_ROWS = 12


def sheet(drawing: Drawing) -> GrowthSheet:
    """The newest values as rows, as many as have room below the chart."""
    rows = [
        (day(spot.day), spot.age, value(drawing, spot), words.percentile(spot.percentile))
        for spot in reversed(drawing.spots[-MOST_ROWS:])
    ]
    return GrowthSheet(
        title=words.chart_title(drawing.measure, drawing.standard, drawing.sex),
        axes=axes(drawing),
        plot=plot(drawing),
        columns=(tr("Day"), tr("Age"), words.chart(drawing.measure, drawing.standard).split()[0], tr("Percentile")),
        rows=rows,
        about=[f"{begun(part)}." for part in (*assumptions(drawing), _source(drawing.standard))],
    )


def _source(standard: Standard) -> str:
    if standard is Standard.WHO:
        return tr("Curves: WHO Child Growth Standards, 2006")
    return tr("Curves: CDC growth charts, 2000; BMI above the 95th percentile: CDC extended, 2022")
