"""Papers of this duty: a child's growth chart. Takes words and a plot, gives bytes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from maroom import paper
from maroom.core.plot import Plot

CHART_HIGH = 380.0
"""points"""
_SHARES = (1.4, 1.0, 1.0, 1.4)


@dataclass(frozen=True)
class GrowthSheet:
    """`columns` and `rows` are day, age, value and place; `about` what was assumed, and whose standard it is."""

    title: str
    axes: str
    plot: Plot
    columns: tuple[str, str, str, str]
    rows: Sequence[tuple[str, str, str, str]]
    about: Sequence[str]


def growth_chart(sheet: GrowthSheet, language: str, head: paper.Head) -> bytes:
    """PDF. `language` is the BCP 47 tag of the words."""
    columns = [
        paper.Column(title, share, figures=number == _VALUE)
        for number, (title, share) in enumerate(zip(sheet.columns, _SHARES, strict=True))
    ]
    body: list[paper.Block] = [paper.Paragraph(sheet.axes), paper.Chart(sheet.plot, CHART_HIGH)]
    if sheet.rows:
        body.append(paper.Table(columns, sheet.rows))
    return paper.document(sheet.title, language, head, [*body, *map(paper.Paragraph, sheet.about)])


_VALUE = 2
