"""Sets a text in lines of a given width: what stands where on each line. Nothing is ever cut off."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from maroom.paper.direction import Run, as_seen, levels_of, mirrored
from maroom.paper.faces import BOLD, SHAPED, fonts_of, shaped
from maroom.paper.letters import NBSP, clean, clings, is_unseen, is_wide, ready

NOT_AT_START = set("，。、；：？！）】》」』”’…·—%‰°.,;:!?)]}»")
NOT_AT_END = set("（【《「『“‘([{«$¥")


@dataclass(frozen=True)
class Style:
    """How a text is set; `size` in points."""

    size: float
    bold: bool = False
    rtl: bool = False
    chinese: bool = False


@dataclass(frozen=True)
class Piece:
    """One run as it is drawn, `x` points from the left end of its line."""

    drawn: Any
    font: str
    x: float
    said: str
    """What it says, where the drawn letters do not tell: joined letters stand in PDF as mere shapes."""
    thickened: bool = False
    """Bold of a font that has no bold: the outline is drawn too."""


@dataclass(frozen=True)
class Line:
    """One line; `width` in points, without the blank at its end."""

    pieces: tuple[Piece, ...]
    width: float
    size: float


@dataclass(frozen=True)
class _Text:
    """A paragraph, letter by letter."""

    letters: str
    fonts: list[str]
    levels: list[int]
    style: Style

    def runs(self, start: int, end: int) -> list[Run]:
        """In the order of reading, without the marks that are not shown."""
        seen = (at for at in range(start, end) if not is_unseen(self.letters[at]))
        groups = groupby(seen, lambda at: (self.fonts[at], self.levels[at]))
        return [
            Run(at, "".join(self.letters[place] for place in places), font, level)
            for at, ((font, level), places) in enumerate(groups)
        ]

    def width(self, start: int, end: int) -> float:
        return sum(shaped(run.text, run.font, self.style.size)[1] for run in self.runs(start, end))


def lines_of(text: str, style: Style, width: float) -> list[Line]:
    """The lines of a text, `width` points wide; at least one. NoGlyph where a letter cannot be drawn."""
    return [line for part in clean(text).split("\n") for line in _paragraph(part, style, width)]


def _paragraph(part: str, style: Style, width: float) -> Iterator[Line]:
    letters = ready(part.strip(" "), style.rtl)
    text = _Text(letters, fonts_of(letters, style.bold, style.chinese), levels_of(letters, style.rtl), style)
    for start, end in _broken(text, width):
        yield _line(text, start, end)


def _broken(text: _Text, width: float) -> Iterator[tuple[int, int]]:
    """Where each line starts and ends."""
    start = end = 0
    for stop in _stops(text.letters):
        if text.width(start, _bare_end(text.letters, start, stop)) > width and end > start:
            yield start, end
            start = end
        while (fits := _fitting(text, start, stop, width)) < stop:
            yield start, fits
            start = fits
        end = stop
    yield start, len(text.letters)


def _fitting(text: _Text, start: int, stop: int, width: float) -> int:
    """`stop`, or how far a word that is wider than the line goes on it: one letter at least."""
    if text.width(start, _bare_end(text.letters, start, stop)) <= width:
        return stop
    end = start + 1
    while end < stop and text.width(start, end + 1) <= width:
        end += 1
    while end < stop and (clings(text.letters[end]) or is_unseen(text.letters[end])):
        end += 1
    return end


def _bare_end(letters: str, start: int, end: int) -> int:
    """The end without blanks and unseen marks."""
    while end > start and (letters[end - 1] == " " or is_unseen(letters[end - 1])):
        end -= 1
    return end


def _stops(letters: str) -> Iterator[int]:
    """Every place after which a line may end, the last one included."""
    for at in range(1, len(letters)):
        if _may_break(letters, at):
            yield at
    yield len(letters)


def _may_break(letters: str, at: int) -> bool:
    before, after = letters[at - 1], letters[at]
    if before == " ":
        return after != " "
    if NBSP in (before, after) or " " in (before, after) or clings(after):
        return False
    if is_wide(before) or is_wide(after):
        return after not in NOT_AT_START and before not in NOT_AT_END
    return before == "-" and after.isalpha() and at > 1 and letters[at - 2].isalpha()


def _line(text: _Text, start: int, end: int) -> Line:
    """Placed as it is seen, listed as it is read: so it is also read aloud and copied in order."""
    x = 0.0
    pieces: dict[int, Piece] = {}
    for run in as_seen(text.runs(start, _bare_end(text.letters, start, end))):
        joined = run.font in SHAPED
        words = mirrored(run.text) if run.backward and not joined else run.text
        drawn, width = shaped(words, run.font, text.style.size)
        said = run.text if joined or run.backward else ""
        pieces[run.at] = Piece(drawn, run.font, x, said, text.style.bold and not run.font.endswith(BOLD))
        x += width
    return Line(tuple(pieces[at] for at in sorted(pieces)), x, text.style.size)
