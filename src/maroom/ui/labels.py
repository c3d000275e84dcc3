"""Words and small facts that a render may change in place: text, names that give way, pictures, chips, findings."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from maroom.ui.icons import Icons
from maroom.ui.live import mark_as, show_if
from maroom.ui.marks import MARKED, Mark, draw
from maroom.ui.theme import Theme

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTRE = Qt.AlignmentFlag.AlignCenter
LEAST_LETTERS = 8
_TONE_ROLES = {
    "plain": "text",
    "outline": "text",
    "alike": "on_inverse",
    "accent": "on_accent_soft",
    "refused": "on_critical",
}


@dataclass(frozen=True)
class Tag:
    """What a chip shows. Tones: plain, outline, accent, alike, or a severity (ok, notice, warn, critical, refused)."""

    words: str
    tone: str = "outline"
    icon: str = ""
    mark: str = ""


class Text(QLabel):
    """Plain words, never markup: a name may hold any sign."""

    def __init__(self, words: str = "", kind: str = "body", tone: str = "", align: Qt.AlignmentFlag = LEFT) -> None:
        super().__init__(words)
        self.setProperty("kind", kind)
        self.setProperty("tone", tone)
        self.setAlignment(align)
        self.setTextFormat(Qt.TextFormat.PlainText)

    def say(self, words: str, kind: str | None = None, tone: str | None = None) -> None:
        """What is not given stays as it is."""
        if words != self.text():
            self.setText(words)
        mark_as(self, **{name: value for name, value in (("kind", kind), ("tone", tone)) if value is not None})


class Elided(Text):
    """A line of words that gives way: shortened with dots where there is no room, whole in its tool tip. Not for numbers."""

    shortened = Signal(bool)

    def __init__(self, words: str = "", kind: str = "body", tone: str = "", align: Qt.AlignmentFlag = LEFT) -> None:
        super().__init__(words, kind, tone, align)
        self._short = False

    def minimumSizeHint(self) -> QSize:
        whole = super().minimumSizeHint()
        least = self.fontMetrics().averageCharWidth() * LEAST_LETTERS
        return QSize(min(whole.width(), least), whole.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        words = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.rect(), int(self.alignment()), words)
        self._note(words != self.text())

    def _note(self, short: bool) -> None:
        self.setToolTip(self.text() if short else "")
        if short != self._short:
            self._short = short
            self.shortened.emit(short)


class Image(QLabel):
    """One icon, for the eye only: the word stands beside it."""

    def __init__(self, theme: Theme, icons: Icons, name: str = "", role: str = "text_quiet", size: str = "icon_small") -> None:
        super().__init__()
        self._icons = icons
        self._size = size
        self._drawn = ("", "")
        self.setFixedSize(theme.px(size), theme.px(size))
        self.become(name, role)

    def become(self, name: str, role: str = "text_quiet") -> None:
        if name and (name, role) != self._drawn:
            self._drawn = (name, role)
            self.setPixmap(self._icons.pixmap(name, role, self._size))


class Chip(Text):
    """A small fact: icon or severity mark, and a word. All of it is one widget: every row of a long list has one, and each
    widget costs a millisecond when the look changes."""

    def __init__(self, theme: Theme, icons: Icons, tag: Tag) -> None:
        super().__init__()
        self.setObjectName("chip")
        self.setIndent(0)
        self._theme, self._icons, self._tag = theme, icons, Tag("")
        self.setFixedHeight(theme.px("chip"))
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.become(tag)

    def become(self, tag: Tag) -> None:
        self._tag = tag
        air = self._theme.px("gap")
        before = air + (self._edge() + self._theme.px("tight") if self._edge() else 0)
        left, right = (air, before) if self._from_right() else (before, air)
        self.setContentsMargins(left, 0, right, 0)
        self.say(tag.words, tone=tag.tone)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._edge():
            return
        edge, air, tag = self._edge(), self._theme.px("gap"), self._tag
        place = QRect(self.width() - air - edge if self._from_right() else air, (self.height() - edge) // 2, edge, edge)
        if tag.icon:
            role = _TONE_ROLES.get(tag.tone, f"on_{tag.tone}_soft")
            QPainter(self).drawPixmap(place.topLeft(), self._icons.pixmap(tag.icon, role, "icon_small"))
        else:
            draw(QPainter(self), self._theme, tag.mark, place)

    def _edge(self) -> int:
        """Of the picture, in px; 0 where there is none. An icon goes before a mark."""
        if self._tag.icon:
            return self._theme.px("icon_small")
        return self._theme.px("mark") + 2 if self._tag.mark else 0

    def _from_right(self) -> bool:
        return self.layoutDirection() == Qt.LayoutDirection.RightToLeft


class FindingLine(QWidget):
    """Shape and word at the end of a field's own line; with nothing to say it keeps its place. `ok` is said quietly."""

    def __init__(self, theme: Theme, severity: str = "", words: str = "", kind: str = "body") -> None:
        super().__init__()
        self._kind = kind
        self._mark = Mark(theme)
        self._words = Elided()
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme.px("gap"))
        box.addWidget(self._mark)
        box.addWidget(self._words, 1)
        self.become(severity, words)

    def become(self, severity: str, words: str) -> None:
        tone = {"refused": "critical", "ok": ""}.get(severity, severity)
        self._mark.become(severity)
        show_if(self._mark, severity in MARKED)
        self._words.say(words, "quiet" if (severity, self._kind) == ("ok", "strong") else self._kind, tone)

    def words(self) -> str:
        return self._words.text()
