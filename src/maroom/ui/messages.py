"""The one mouth of the window: what the strip at the foot of the page says, one line at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

from maroom.core.problems import SENTENCES, Code, Problem

STAYS_MS = 8000
_ICONS = {"ok": "circle-check", "notice": "info", "warn": "triangle-alert", "critical": "octagon-x"}
_QUIETER = {Code.BUSY, Code.CHANGED_MEANWHILE, Code.ROOM_TAKEN, Code.MOVE_NOT_POSSIBLE, Code.ROOM_NOT_READY, Code.NOT_ALLOWED}


@dataclass(frozen=True)
class Message:
    """One line: tone ok, notice, warn or critical; `step` is the word on its button, if it has one."""

    words: str
    tone: str = "ok"
    icon: str = "circle-check"
    step: str = ""
    stays: bool = False


class Messages(QObject):
    """The `Messages` of core.ports. What went well goes by itself or at the next action; trouble stays until it is cleared,
    acted on or followed by something newer."""

    changed = Signal(object)
    """Message or None"""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.current: Message | None = None
        self._press: Callable[[], None] | None = None
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.timeout.connect(self.clear)

    def said(self, words: str) -> None:
        self._show(Message(words))

    def trouble(self, problem: Problem) -> None:
        self._show(self._of(problem))

    def offer(
        self, words: str, step: str = "", press: Callable[[], None] | None = None, tone: str = "notice", icon: str = ""
    ) -> None:
        """Something to know, with the one thing to do about it: it stays until that is pressed, or something newer is said."""
        self._show(Message(words, tone, icon or _ICONS[tone], step if press else "", stays=True), press)

    def acted(self) -> None:
        """The next action was taken: what went well has been seen."""
        if self.current and not self.current.stays:
            self.clear()

    def press(self) -> None:
        """The step on the strip."""
        press = self._press
        self.clear()
        if press:
            press()

    def clear(self) -> None:
        self._show(None)

    def _of(self, problem: Problem) -> Message:
        sentence = SENTENCES[problem.code]
        parts = (QCoreApplication.translate("Problem", part) for part in (sentence.what, sentence.step))
        words = " ".join(part.format(**problem.facts) for part in parts)
        tone = "warn" if problem.code in _QUIETER else "critical"
        return Message(words, tone, _ICONS[tone], stays=True)

    def _show(self, message: Message | None, press: Callable[[], None] | None = None) -> None:
        self._clock.stop()
        self.current, self._press = message, press
        if message and not message.stays:
            self._clock.start(STAYS_MS)
        self.changed.emit(message)
