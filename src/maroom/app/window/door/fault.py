"""The store cannot be opened or made: what happened, that it was not touched, and the one thing to do."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from maroom.app.door import RECOVERY, State
from maroom.app.window.door.faces import Faced
from maroom.core.problems import SENTENCES, Code, Problem
from maroom.ui.forms import FieldState, Form, FormLine
from maroom.ui.live import show_if
from maroom.ui.widgets import STRETCH, Grow, Widgets


class Fault(Faced):
    def __init__(self, widgets: Widgets) -> None:
        super().__init__(widgets)
        self._what, self._step = widgets.text(kind="section", wrap=True), widgets.text(wrap=True)
        self._form = Form(widgets, (FormLine(RECOVERY, self.tr("Recovery passphrase"), "secret"),))
        self._form.typed.connect(self.typed)
        self._form.entered.connect(self._entered)
        self._back = self.button(self.tr("Back"), "back", icon="chevron-left")
        self._again = self.button(self.tr("Try again"), "again", "primary", "refresh-cw")
        sign = widgets.stack(widgets.image("octagon-x", "critical", "icon_hero"), STRETCH)
        words = widgets.stack(self._what, self._step, self._form, gap="pad")
        self.lay_out(
            self.tr("The store stays closed"),
            "",
            widgets.frame("card", widgets.across(sign, Grow(words), gap="gutter", pad="page")),
            widgets.holder(STRETCH, self._back, self._again, gap="pad"),
            STRETCH,
        )

    def become(self, state: State) -> None:
        if state.problem is None:
            return
        self._what.say(_said(state.problem, SENTENCES[state.problem.code].what))
        self._step.say(self._next(state.problem))
        self._form.become({RECOVERY: FieldState(state.typed.get(RECOVERY, ""))})
        show_if(self._form, state.by_passphrase)
        show_if(self._back, state.may_go_back)

    def first(self) -> QWidget | None:
        return self._again if self._form.isHidden() else self._form.control(RECOVERY)

    def _next(self, problem: Problem) -> str:
        """The terminal's way of giving a passphrase is not that of a page."""
        if problem.code is Code.PASSPHRASE_NEEDED:
            return self.tr("Give the recovery passphrase of this store.")
        return _said(problem, SENTENCES[problem.code].step)

    def _entered(self, _name: str) -> None:
        self.wished.emit("again")


def _said(problem: Problem, sentence: str) -> str:
    return QCoreApplication.translate("Problem", sentence).format(**problem.facts)
