"""Strokes and dots of a chart in black and white: weights and shapes tell them apart, never colour."""

from typing import Any, cast

from reportlab.pdfgen.canvas import Canvas

from maroom.core.plot import Dot, Drawn, Ink, Pair, Path

STROKES = {
    Ink.GRID: (0.8, 0.4),
    Ink.CURVE: (0.25, 0.6),
    Ink.MEDIAN: (0.0, 1.2),
    Ink.OWN: (0.0, 2.0),
    Ink.PLATE: (0.0, 0.6),
}
"""grey, 0 is black, and width in points"""
BAND = 0.93
RING = 2.0
PLAIN = 1.0


def draw(canvas: Canvas, drawn: Drawn, origin: Pair) -> None:
    """`origin` is the upper left corner on the page, in points from its lower left one."""
    for path in drawn.paths:
        _path(canvas, path, origin)
    canvas.setStrokeGray(0)
    for dot in drawn.dots:
        _dot(canvas, dot, origin)
    canvas.setFillGray(0)
    for word in drawn.words:
        if word.plate:
            box = word.box
            canvas.rect(origin[0] + box.left, origin[1] - box.top - box.high, box.wide, box.high, stroke=0, fill=1)
    canvas.setLineWidth(PLAIN)


def _path(canvas: Canvas, path: Path, origin: Pair) -> None:
    shape, paint = cast("Any", canvas.beginPath()), cast("Any", canvas)
    first, *rest = [(origin[0] + x, origin[1] - y) for x, y in path.points]
    shape.moveTo(*first)
    for point in rest:
        shape.lineTo(*point)
    if path.closed:
        canvas.setFillGray(BAND)
        shape.close()
        paint.drawPath(shape, stroke=0, fill=1)
        return
    grey, width = STROKES[path.ink]
    canvas.setStrokeGray(grey)
    canvas.setLineWidth(width)
    paint.drawPath(shape, stroke=1, fill=0)


def _dot(canvas: Canvas, dot: Dot, origin: Pair) -> None:
    x, y = origin[0] + dot.at[0], origin[1] - dot.at[1]
    canvas.setLineWidth(PLAIN)
    canvas.setFillGray(0 if dot.full else 1)
    canvas.circle(x, y, dot.radius, stroke=1, fill=1)
    if dot.typed:
        canvas.circle(x, y, dot.radius + RING, stroke=1, fill=0)
