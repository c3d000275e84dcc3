"""Cuts the fonts of resources/fonts/ from the variable fonts that come as build dependencies (extra `build`).

They are listed in resources/fonts/fonts.toml, their licences (OFL) stand beside it. What is there already, cut by the same
versions, is left. Run by packaging/prepare.py, or by hand: python packaging/fonts.py
"""

import json
import sys
import tomllib
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

FONTS = Path(__file__).parent.parent / "resources" / "fonts"
BUILT = FONTS / "built.json"
SOURCES = {
    "sans": ("fontpkg-noto-sans", "fontpkg_noto_sans", "files/NotoSans[wdth,wght].ttf"),
    "arabic": ("fontpkg-noto-sans-arabic", "fontpkg_noto_sans_arabic", "files/NotoSansArabic[wdth,wght].ttf"),
    "sc": ("justmytype-intl-cjk", "justmytype_intl_cjk", "fonts/ofl/notosanssc/NotoSansSC[wght].ttf"),
    "kr": ("justmytype-intl-cjk", "justmytype_intl_cjk", "fonts/ofl/notosanskr/NotoSansKR[wght].ttf"),
}


@dataclass(frozen=True)
class Cut:
    """One file to make, as fonts.toml lists it."""

    name: str
    family: str
    weight: int
    file: str
    source: str
    letters: str = ""
    """What is kept: a key of LETTERS; empty keeps all."""


def main() -> int:
    """Makes what is missing; 0 when all is there."""
    cuts = [Cut(**row) for row in tomllib.loads((FONTS / "fonts.toml").read_text("utf-8"))["font"]]
    before = json.loads(BUILT.read_text("utf-8")) if BUILT.exists() else {}
    stale = [cut for cut in cuts if before.get(cut.name) != _made_from(cut) or not (FONTS.parent / cut.file).exists()]
    if stale:
        # the slow ones first, so that two cores end together
        with ProcessPoolExecutor(max_workers=2) as pool:
            list(pool.map(_make, sorted(stale, key=lambda cut: (cut.source == "arabic", cut.letters == ""))))
        BUILT.write_text(json.dumps({cut.name: _made_from(cut) for cut in cuts}, indent=1) + "\n", "utf-8")
        print(f"fonts: {len(stale)} made in resources/fonts")
    return 0


def _made_from(cut: Cut) -> str:
    package = SOURCES[cut.source][0]
    return f"{package} {version(package)} {cut.family} {cut.weight} {cut.letters}".strip()


def _make(cut: Cut) -> None:
    _, package, path = SOURCES[cut.source]
    font = TTFont(str(files(package) / path), recalcTimestamp=False)
    if cut.letters:
        _keep(font, LETTERS[cut.letters]())
    axes = {axis.axisTag: axis.defaultValue for axis in font["fvar"].axes}
    instantiateVariableFont(font, {**axes, "wght": cut.weight}, inplace=True)
    _rename(font, cut)
    target = FONTS.parent / cut.file
    unfinished = target.with_suffix(".part")
    font.save(unfinished)
    unfinished.replace(target)


def _keep(font: TTFont, letters: set[int]) -> None:
    options = Options(layout_features=[], notdef_outline=True, glyph_names=False, name_IDs=["*"])
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=letters)
    subsetter.subset(font)


def _gb2312() -> set[int]:
    """Every character of GB2312, ASCII and Latin-1, by code point."""
    pairs = (bytes((high, low)) for high in range(0xA1, 0xF8) for low in range(0xA1, 0xFF))
    hanzi = {ord(pair.decode("gb2312", "ignore") or " ") for pair in pairs}
    return hanzi | set(range(0x20, 0x7F)) | set(range(0xA0, 0x180)) | {0x2013, 0x2014, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022}


def _symbols() -> set[int]:
    """Arrows, signs of mathematics, figures in circles, shapes and marks, which Noto Sans has not."""
    blocks = ((0x2190, 0x2300), (0x2460, 0x2500), (0x25A0, 0x27C0))
    return {code for first, end in blocks for code in range(first, end)}


LETTERS = {"gb2312": _gb2312, "symbols": _symbols}


def _rename(font: TTFont, cut: Cut) -> None:
    """One family a file, so that a system that sorts by name records never takes one weight for another."""
    style = {400: "Regular", 600: "SemiBold"}[cut.weight]
    names = {1: cut.family, 2: "Regular", 3: f"maroom {cut.name}", 4: f"{cut.family} {style}", 16: cut.family, 17: style}
    if cut.weight != 400:
        names[1] = f"{cut.family} {style}"
    names[6] = f"{cut.family.replace(' ', '')}-{style}"
    table = font["name"]
    kept = [record for record in table.names if record.nameID in {0, 5, 7, 8, 9, 11, 13, 14}]
    table.names = [record for record in kept if record.platformID == 3]
    for number, words in names.items():
        table.setName(words, number, 3, 1, 0x409)
    systems: Any = font["OS/2"]
    systems.usWeightClass = cut.weight
    systems.fsSelection = systems.fsSelection & ~0x61 | 0x40  # regular; not bold, not italic: the weight says it all
    head: Any = font["head"]
    head.macStyle = 0


if __name__ == "__main__":
    sys.exit(main())
