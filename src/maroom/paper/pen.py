"""Draws parts on the pages of a PDF, and marks each for the tree of tags."""

from collections.abc import Generator
from contextlib import contextmanager
from io import BytesIO

from reportlab.lib.pagesizes import LETTER
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from maroom.core.plot import Word
from maroom.paper.lines import Line
from maroom.paper.sketch import draw
from maroom.paper.strips import Dot, Part, Rule, Sketch, Square, Words, base_of
from maroom.paper.tags import Element

MARGIN = 18 * mm
WIDTH, HEIGHT = LETTER
ROOM = WIDTH - 2 * MARGIN
"""Width of the text."""
LINE = 1.0
THICKENED = 0.022
"""Outline of a letter that has no bold of its own, in sizes of the text."""


class Pen:
    """One document being drawn, page after page; `down` is counted from the upper margin."""

    def __init__(self, title: str, author: str, first_font: str, rtl: bool) -> None:
        self._out = BytesIO()
        # a first font of ours, else Helvetica is named in the file without being in it
        self._canvas = Canvas(self._out, pagesize=LETTER, invariant=1, initialFontName=first_font)  # pyright: ignore[reportArgumentType]
        self._canvas.setTitle(title)
        self._canvas.setAuthor(author)
        self._canvas.setSubject("")
        self._canvas.setCreator("maroom")
        self._rtl = rtl
        self._page = 0
        self._marks = 0

    def next_page(self) -> None:
        """Ends the page; without a further stroke there is no new one."""
        self._canvas.showPage()
        self._page += 1
        self._marks = 0

    def finished(self) -> bytes:
        self._canvas.save()
        return self._out.getvalue()

    def draw(self, part: Part, top: float) -> None:
        """One part of a strip whose top is `top` points below the margin."""
        match part:
            case Words():
                self._words(part, top)
            case Square():
                self.square(part.x, top + part.down, part.wide, part.high, part.filled)
            case Dot():
                self._dot(part, top)
            case Rule():
                self.square(part.x, top + part.down, part.wide, part.thick, filled=True)
            case Sketch():
                with self._marked(part.element):
                    draw(self._canvas, part.drawn, (MARGIN, self._up(top)))
                    for word, line in part.words:
                        self._word(word, line, top)

    def square(self, x: float, down: float, wide: float, high: float, filled: bool) -> None:
        with self._artifact():
            self._canvas.setLineWidth(LINE)
            self._canvas.rect(self._left(x, wide), self._up(down + high), wide, high, stroke=not filled, fill=filled)

    def _dot(self, dot: Dot, top: float) -> None:
        with self._artifact():
            middle = self._left(dot.x - dot.radius, 2 * dot.radius) + dot.radius
            self._canvas.circle(middle, self._up(top + dot.down), dot.radius, stroke=0, fill=1)

    def _words(self, words: Words, top: float) -> None:
        with self._artifact() if words.element is None else self._marked(words.element):
            if words.white:
                self._canvas.setFillGray(1)
                self._canvas.setStrokeGray(1)
            self._line(words.line, self._left(words.x, words.line.width), self._up(top + words.down))
            if words.white:
                self._canvas.setFillGray(0)
                self._canvas.setStrokeGray(0)

    def _word(self, word: Word, line: Line, top: float) -> None:
        """In the middle of its box."""
        box, down = word.box, base_of(line.size, word.box.high)
        self._canvas.setFillGray(1 if word.plate else 0)
        self._line(line, MARGIN + box.left + (box.wide - line.width) / 2, self._up(top + box.top + down))
        self._canvas.setFillGray(0)

    def _line(self, line: Line, left: float, up: float) -> None:
        for piece in line.pieces:
            with self._said(piece.said):
                text = self._canvas.beginText(left + piece.x, up)
                text.setFont(piece.font, line.size)
                if piece.thickened:
                    self._canvas.setLineWidth(line.size * THICKENED)
                    text.setTextRenderMode(2)
                text.textOut(piece.drawn)
                if piece.thickened:
                    text.setTextRenderMode(0)
                self._canvas.drawText(text)

    def _left(self, x: float, wide: float) -> float:
        return MARGIN + (ROOM - x - wide if self._rtl else x)

    def _up(self, down: float) -> float:
        return HEIGHT - MARGIN - down

    @contextmanager
    def _artifact(self) -> Generator[None]:
        """What a screen reader passes over."""
        self._canvas.addLiteral("/Artifact BMC")
        yield
        self._canvas.addLiteral("EMC")

    @contextmanager
    def _marked(self, element: Element) -> Generator[None]:
        """What belongs to an element of the tree."""
        element.marks.append((self._page, self._marks))
        self._canvas.addLiteral(f"/{element.tag} <</MCID {self._marks}>> BDC")
        self._marks += 1
        yield
        self._canvas.addLiteral("EMC")

    @contextmanager
    def _said(self, words: str) -> Generator[None]:
        """Letters that are drawn as joined shapes, with the words they stand for."""
        if not words:
            yield
            return
        spelled = ("\ufeff" + words).encode("utf-16-be").hex().upper()
        self._canvas.addLiteral(f"/Span <</ActualText <{spelled}>>> BDC")
        yield
        self._canvas.addLiteral("EMC")
