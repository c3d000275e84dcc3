"""The fonts of papers: which of ours draws a letter, how wide it is, how Arabic letters join.

A letter that none of them has is an error (`NoGlyph`), never an empty box on paper. Fonts are loaded when a text first asks.
"""

from dataclasses import dataclass
from functools import cache, lru_cache
from io import BytesIO
from itertools import groupby
from typing import Any, cast

from reportlab.pdfbase import pdfmetrics, ttfonts

from maroom.core import resources
from maroom.paper.letters import clean, clings, is_unseen, is_wide

BOLD = "-bold"
PLAIN = "sans"
CHINESE = "sc"
CHINESE_FIRST = "“”‘’—…·"
"""As wide as a character in Chinese text; Latin fonts have them too."""
SHAPED = ("arabic", "arabic-bold")


class NoGlyph(ValueError):
    """None of our fonts has these letters."""

    def __init__(self, letters: str) -> None:
        super().__init__("no font of ours has " + " ".join(f"U+{ord(letter):04X}" for letter in letters))
        self.letters = letters


@dataclass(frozen=True)
class Face:
    """One font, known to reportlab under its name."""

    name: str
    letters: frozenset[int]
    """The code points it draws."""
    font: Any
    """reportlab's TTFont."""


@cache
def face(name: str) -> Face:
    """Loads a font: some 8 ms for Latin, up to 80 ms for the whole Chinese one."""
    file = next(font.file for font in resources.fonts() if font.name == name)
    font = cast("Any", ttfonts.TTFont(name, BytesIO(resources.data(file))))
    cast("Any", pdfmetrics).registerFont(font)
    letters = frozenset(cast("dict[int, int]", font.face.charToGlyph))
    if name in SHAPED:
        _number_glyphs(font)
    return Face(name, letters, font)


def _number_glyphs(font: Any) -> None:
    """Gives every glyph that no letter stands for its private code now.

    reportlab gives them at first use, so that the bytes of a paper would depend on what was made before it.
    """
    shaper = font.hbFont(10)
    for glyph in range(font.face.numGlyphs):
        if glyph not in font.face.glyphToChar:
            font.hbAddPrivate(shaper.glyph_to_string(glyph), glyph, shaper.get_glyph_h_advance(glyph))


def fonts_of(text: str, bold: bool, chinese: bool) -> list[str]:
    """The font of each letter of a cleaned `text`, by name. NoGlyph where one has none."""
    chosen: list[str | None] = []
    for wide, group in groupby(text, is_wide):
        letters = "".join(group)
        whole = _font_of(letters, bold, chinese) if wide else None
        chosen += [whole] * len(letters) if whole else _one_by_one(letters, bold, chinese)
    lost = dict.fromkeys(letter for letter, name in zip(text, chosen, strict=True) if name is None)
    if lost:
        raise NoGlyph("".join(lost))
    return [name or PLAIN for name in chosen]


def missing(text: str) -> str:
    """The letters of `text` that no paper can show; empty when it can be printed."""
    try:
        fonts_of(clean(text), bold=False, chinese=False)
    except NoGlyph as lost:
        return lost.letters
    return ""


def _one_by_one(letters: str, bold: bool, chinese: bool) -> list[str | None]:
    chosen: list[str | None] = []
    for letter in letters:
        before = chosen[-1] if chosen else PLAIN
        if is_unseen(letter) or (before and clings(letter) and ord(letter) in face(before).letters):
            chosen.append(before)
        else:
            chosen.append(_font_of(letter, bold, chinese))
    return chosen


@lru_cache(4096)
def _font_of(letters: str, bold: bool, chinese: bool) -> str | None:
    """The first font that has all `letters`."""
    names = _names(bold)
    if chinese and letters in CHINESE_FIRST:
        names = (CHINESE + BOLD * bold, *names)
    codes = {ord(letter) for letter in letters}
    return next((name for name in names if codes <= face(name).letters), None)


@cache
def _names(bold: bool) -> tuple[str, ...]:
    """Fonts in the order in which they are tried; a bold text takes a regular letter where there is no bold one."""
    names = [font.name for font in resources.fonts()]
    heavy = tuple(name for name in names if name.endswith(BOLD))
    light = tuple(name for name in names if not name.endswith(BOLD))
    return heavy + light if bold else light


def shaped(text: str, name: str, size: float) -> tuple[Any, float]:
    """What reportlab draws for one run of one font, and its width in points; joined where letters join."""
    if name not in SHAPED:
        return text, pdfmetrics.stringWidth(text, name, size)
    drawn = _joined(text, name)
    return drawn, sum(letter.x_advance for letter in drawn.__shapeData__) * size / 1000


@lru_cache(4096)
def _joined(text: str, name: str) -> Any:
    """Shape data are in thousandths of the size, so one size serves all."""
    return cast("Any", ttfonts.shapeStr)(text, name, 10, force=True)
