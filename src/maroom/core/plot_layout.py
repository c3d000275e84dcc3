"""Lays out a chart in a room: what stands where, so that nothing leaves the room and no two words meet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from maroom.core.plot import Box, Dot, Drawn, Ink, Pair, Path, Plot, Room, Word

AIR = 0.5
"""between a word and what it names, in heights of type"""
DOT, LAST = 0.25, 0.35
"""radius of a value, and of the one at hand, in heights of type"""
_PARTS = 12
"""points of the way from one value to the next that a plate should not hide"""


@dataclass(frozen=True)
class _Frame:
    """The room inside the words, and what lies at its edges."""

    box: Box
    x: Pair
    y: Pair

    def at(self, point: Pair) -> Pair:
        box, (low, high), (least, most) = self.box, self.x, self.y
        across = box.left + (point[0] - low) / (high - low) * box.wide
        return across, box.top + box.high - (point[1] - least) / (most - least) * box.high


def laid_out(plot: Plot, room: Room) -> Drawn:
    """Of names too close together those of the lower rank stay."""
    frame = _frame(plot, room)
    dots = tuple(_dots(plot, frame, room))
    plate = _label(plot, frame, room, dots)
    lead = (Path(Ink.PLATE, (dots[-1].at, _nearest(plate.box, dots[-1].at))),) if plate else ()
    paths = (*_shaded(plot, frame), *_grid(plot, frame), *_lines(plot, frame), *_own(dots), *lead)
    marks = (*_tick_words(plot, frame, room), *_foot_words(plot, frame, room), *_names(plot, frame, room))
    return Drawn(paths, dots, (*marks, *((plate,) if plate else ())))


def _frame(plot: Plot, room: Room) -> _Frame:
    air = AIR * room.type
    left = max(room.advance(word, False) for _, word in plot.ticks) + air
    right = max((room.advance(line.name, line.strong) for line in plot.lines), default=0) + air
    right = max(right, room.advance(plot.across[-1][1], False) / 2)
    box = Box(left, room.type / 2, room.wide - left - right, room.high - 2 * room.type - air)
    return _Frame(box, plot.span, (plot.ticks[0][0], plot.ticks[-1][0]))


def _grid(plot: Plot, frame: _Frame) -> Iterator[Path]:
    box = frame.box
    for value, _ in plot.ticks:
        y = frame.at((frame.x[0], value))[1]
        yield Path(Ink.GRID, ((box.left, y), (box.left + box.wide, y)))
    for x, _ in plot.across:
        place = frame.at((x, frame.y[0]))[0]
        yield Path(Ink.GRID, ((place, box.top), (place, box.top + box.high)))


def _shaded(plot: Plot, frame: _Frame) -> Iterator[Path]:
    if plot.shaded:
        low, high = (plot.lines[number].points for number in plot.shaded)
        yield Path(Ink.BAND, tuple(frame.at(point) for point in (*low, *reversed(high))), closed=True)


def _lines(plot: Plot, frame: _Frame) -> Iterator[Path]:
    for line in sorted(plot.lines, key=lambda one: one.strong):
        yield Path(Ink.MEDIAN if line.strong else Ink.CURVE, tuple(frame.at(point) for point in line.points))


def _own(dots: Sequence[Dot]) -> Iterator[Path]:
    if len(dots) > 1:
        yield Path(Ink.OWN, tuple(dot.at for dot in dots))


def _dots(plot: Plot, frame: _Frame, room: Room) -> Iterator[Dot]:
    for number, point in enumerate(plot.own):
        last = number == len(plot.own) - 1
        yield Dot(frame.at(point), (LAST if last else DOT) * room.type, full=last, typed=last and plot.typed)


# words


def _tick_words(plot: Plot, frame: _Frame, room: Room) -> Iterator[Word]:
    taken: list[Box] = []
    for value, text in plot.ticks:
        wide = room.advance(text, False)
        y = frame.at((frame.x[0], value))[1]
        box = Box(frame.box.left - AIR * room.type - wide, y - room.type / 2, wide, room.type)
        yield from _if_free(Word(text, box), taken)


def _foot_words(plot: Plot, frame: _Frame, room: Room) -> Iterator[Word]:
    """The ends first, which name the unit; what stands between them only where there is room."""
    taken: list[Box] = []
    first, *between, last = plot.across
    for x, text in (last, first, *between):
        wide = room.advance(text, False)
        place = frame.at((x, frame.y[0]))[0]
        box = Box(min(place - wide / 2, room.wide - wide), room.high - room.type, wide, room.type)
        yield from _if_free(Word(text, box), taken, AIR * room.type)


def _names(plot: Plot, frame: _Frame, room: Room) -> Iterator[Word]:
    """At the ends of their lines."""
    taken: list[Box] = []
    for line in sorted(plot.lines, key=lambda one: one.rank):
        _, y = frame.at(line.points[-1])
        left = frame.box.left + frame.box.wide + AIR * room.type
        box = Box(left, y - room.type / 2, room.advance(line.name, line.strong), room.type)
        yield from _if_free(Word(line.name, box, line.strong), taken)


def _if_free(word: Word, taken: list[Box], air: float = 0) -> Iterator[Word]:
    box = word.box
    around = Box(box.left - air, box.top, box.wide + 2 * air, box.high)
    if not any(around.meets(other) for other in taken):
        taken.append(box)
        yield word


def _label(plot: Plot, frame: _Frame, room: Room, dots: Sequence[Dot]) -> Word | None:
    """The value at hand on a plate: on the side where it hides least of the child's own line, inside the frame."""
    if not dots or not plot.label:
        return None
    pad = AIR * room.type
    wide, high = room.advance(plot.label, True) + 2 * pad, room.type + pad
    places = [box for box in _around(dots[-1].at, wide, high, room.type) if box.within(frame.box)]
    spots = [_box_of(dot) for dot in dots]
    best = min(places or [_inside(dots[-1].at, wide, high, frame.box)], key=lambda box: _hidden(box, dots, spots))
    return Word(plot.label, best, strong=True, plate=True)


def _around(at: Pair, wide: float, high: float, type_: float) -> Iterator[Box]:
    for down in (1.6, -1.6 - high / type_, 3.2, -3.2 - high / type_):
        for left in (at[0] + type_, at[0] - wide / 2, at[0] - wide - type_):
            yield Box(left, at[1] + down * type_, wide, high)


def _inside(at: Pair, wide: float, high: float, box: Box) -> Box:
    return Box(min(max(at[0], box.left), box.left + box.wide - wide), box.top, wide, high)


def _box_of(dot: Dot) -> Box:
    return Box(dot.at[0] - dot.radius, dot.at[1] - dot.radius, 2 * dot.radius, 2 * dot.radius)


def _hidden(box: Box, dots: Sequence[Dot], spots: Sequence[Box]) -> int:
    """How many of the child's values, and points between them, lie under it."""
    between = [
        (one.at[0] + (two.at[0] - one.at[0]) * part / _PARTS, one.at[1] + (two.at[1] - one.at[1]) * part / _PARTS)
        for one, two in pairwise(dots)
        for part in range(1, _PARTS)
    ]
    return sum(box.meets(spot) for spot in spots) * _PARTS + sum(box.meets(Box(*point, 0, 0)) for point in between)


def _nearest(box: Box, at: Pair) -> Pair:
    """Where the lead from the value meets the plate."""
    return min(max(at[0], box.left), box.left + box.wide), min(max(at[1], box.top), box.top + box.high)
