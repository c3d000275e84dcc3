"""The strip: one line that says what happened, only when there is something, with at most one step to take."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QSizePolicy

from maroom.ui.live import mark_as, show_if
from maroom.ui.messages import Message
from maroom.ui.widgets import Grow, Widgets


class Strip(QFrame):
    """Grows by a line where the words need it; says them to screen readers."""

    pressed = Signal()

    def __init__(self, widgets: Widgets) -> None:
        super().__init__()
        self.setObjectName("strip")
        self.setAccessibleName(self.tr("Message"))
        self._image = widgets.image(size="icon")
        self._words = widgets.text(kind="strong", wrap=True)
        self._step = widgets.button("", "quiet", name="strip-step")
        self._step.clicked.connect(self.pressed)
        inside = widgets.across(self._image, Grow(self._words), self._step, gap="pad", sides="gap")
        side, above = widgets.theme.px("gap"), widgets.theme.px("tight")
        inside.setContentsMargins(side, above, side, above)
        self.setLayout(inside)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.hide()

    def show_message(self, message: Message | None) -> None:
        if message:
            mark_as(self, tone=message.tone)
            self._image.become(message.icon, f"on_{message.tone}_soft")
            self._words.say(message.words)
            self._step.setText(message.step)
            self._step.setAccessibleName(message.step)
            self._say(message)
        show_if(self._step, bool(message and message.step))
        show_if(self, message is not None)

    def words(self) -> str:
        """What it says now; nothing where it is not there."""
        return "" if self.isHidden() else self._words.text()

    def step(self) -> str:
        return "" if self.isHidden() or self._step.isHidden() else self._step.text()

    def _say(self, message: Message) -> None:
        from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent  # a thousand enum members, and nothing is said yet

        announcement = QAccessibleAnnouncementEvent(self, message.words)
        urgent = message.tone in ("warn", "critical")
        announcement.setPoliteness(
            QAccessible.AnnouncementPoliteness.Assertive if urgent else QAccessible.AnnouncementPoliteness.Polite
        )
        QAccessible.updateAccessibility(announcement)
