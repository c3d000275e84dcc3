"""From a chart to the strip it is drawn on: laid out in points, in the type of the paper."""

from collections.abc import Callable
from math import inf

from maroom.core.plot import Room
from maroom.core.plot_layout import laid_out
from maroom.paper.blocks import Chart
from maroom.paper.lines import Line, Style, lines_of
from maroom.paper.strips import Sketch, Strip
from maroom.paper.tags import Element

SIZE = 9.0
HIGH = 1.25
"""of a word's box, in sizes of type"""


def chart_strip(chart: Chart, width: float, style: Callable[[float, bool], Style], root: Element) -> Strip:
    """Never cut: it goes to the next page as a whole."""

    def line(text: str, bold: bool) -> Line:
        return lines_of(text, style(SIZE, bold), inf)[0]

    room = Room(width, chart.high, SIZE * HIGH, lambda text, bold: line(text, bold).width)
    drawn = laid_out(chart.plot, room)
    words = tuple((word, line(word.text, word.strong)) for word in drawn.words)
    return Strip(chart.high, (Sketch(drawn, words, root.child("Figure", chart.plot.spoken)),))
