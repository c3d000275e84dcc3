"""The sheet that adds a visit: a search, who was found, the form of somebody new, and who could be the same person."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from maroom.core.findings import Finding
from maroom.duties.board.presenter import Adding, AddVisit, Mode
from maroom.duties.board.rules.registering import Asked, Wrong
from maroom.duties.board.view import words
from maroom.duties.board.view.hits import Hits
from maroom.ui.dialogs import Sheet
from maroom.ui.fields import Option
from maroom.ui.forms import FieldState, Form, FormLine
from maroom.ui.live import show_if
from maroom.ui.times import day
from maroom.ui.widgets import Widgets
from maroom.visits.model import Sex


class AddSheet(Sheet):
    """Belongs to one `AddVisit` at a time; its state says which parts are shown."""

    def __init__(self, widgets: Widgets) -> None:
        super().__init__(widgets, "add-visit", wide="col_command")
        self._adding: AddVisit | None = None
        self._step: tuple[Mode, bool] | None = None
        self._tries = 0
        self._find = widgets.field("find", self.tr("Name, birth date or record number"), "quick")
        self._find.setPlaceholderText(self._find.accessibleName())
        self._hits, self._nobody = Hits(widgets, "hit"), widgets.text(self.tr("Nobody of this name is held here."), "quiet")
        self._new = Form(widgets, self._lines(), labels="col_sign")
        self._why = Form(widgets, (FormLine("reason", self.tr("Reason")),), labels="col_sign")
        for part in (self._find, self._hits, self._nobody, self._new, self._why):
            self.body.addWidget(part)
        self._register = self.button(self.tr("Register somebody new"), name="register")
        self._to_search = self.button(self.tr("Back"), name="back")
        self._done = self.button("", "primary", "add-visit-done")
        self._listen()

    def follow(self, adding: AddVisit | None) -> None:
        """Whom it belongs to from here on."""
        self._adding = adding

    @property
    def adding(self) -> AddVisit:
        if self._adding is None:
            raise LookupError("this sheet belongs to nobody")
        return self._adding

    def become(self, state: Adding) -> None:
        near = bool(state.near) and state.mode is Mode.REGISTER
        self._say(state, near)
        self._find.become(state.looked_for)
        self._hits.become((state.near or ()) if near else state.found if state.mode is Mode.FIND else ())
        self._new.become({name: self._field(state, name) for name in Asked})
        self._why.become({"reason": FieldState(state.reason)})
        self._show_parts(state, near)
        if self._step != (state.mode, near) or state.tries > self._tries:
            self._step, self._tries = (state.mode, near), state.tries
            self._begin(state, near)

    def put_away(self) -> None:
        super().put_away()
        self._step = None

    def press_primary(self) -> bool:
        self._done.click()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down go through what was found, from the search field too."""
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Down)
        else:
            super().keyPressEvent(event)

    # what it says
    def _say(self, state: Adding, near: bool) -> None:
        if state.patient:
            self.show_words(state.patient.name, words.about(state.patient))
        elif near:
            self.show_words(self.tr("Is it one of these?"), self.tr("They could be the same person. Touch the one it is."))
        elif state.mode is Mode.REGISTER:
            self.show_words(self.tr("Somebody new"), self.tr("Not verified until the server knows the patient."))
        else:
            self.show_words(self.tr("Add a visit"), self.tr("For whoever walked in. Who is it?"))
        register = self.tr("None of these: register and add") if near else self.tr("Register and add")
        self._done.setText(self.tr("Add the visit") if state.mode is Mode.REASON else register)

    def _field(self, state: Adding, name: Asked) -> FieldState:
        finding = state.shown.get(name)
        if finding:
            return FieldState(state.new.get(name, ""), finding.severity, self._sentence(finding))
        read = day(state.read) if name is Asked.BORN and state.read else ""
        return FieldState(state.new.get(name, ""), "ok" if read else "", read)

    def _sentence(self, finding: Finding) -> str:
        missing = {
            Asked.FAMILY: self.tr("a name"),
            Asked.BORN: self.tr("the birth date"),
            Asked.SEX: self.tr("which?"),
        }
        return {
            Wrong.MISSING: missing.get(Asked(finding.field), ""),
            Wrong.NO_DATE: self.tr("month/day/year"),
            Wrong.NOT_YET: self.tr("not born yet"),
            Wrong.TOO_OLD: self.tr("over 130 years"),
        }[Wrong(finding.code)]

    def _show_parts(self, state: Adding, near: bool) -> None:
        finding, naming = state.mode is Mode.FIND, state.mode is Mode.REGISTER and not near
        show_if(self._find, finding)
        show_if(self._nobody, finding and not state.found and bool(state.looked_for.strip()))
        show_if(self._new, naming)
        show_if(self._why, state.mode is Mode.REASON or naming)
        show_if(self._register, finding)
        show_if(self._to_search, not finding)
        show_if(self._done, not finding)

    def _begin(self, state: Adding, near: bool) -> None:
        """The focus, where a step begins or was tried in vain."""
        first = next(iter(state.shown), Asked.FAMILY.value)
        at: QWidget | None = {
            Mode.FIND: self._find,
            Mode.REASON: self._why.control("reason"),
            Mode.REGISTER: self._hits.first() if near else self._new.control(first),
        }[state.mode]
        if at is not None:
            at.setFocus(Qt.FocusReason.OtherFocusReason)

    # what is wished
    def _listen(self) -> None:
        self._find.typed.connect(self._looked_for)
        self._find.entered.connect(self._entered)
        self._hits.taken.connect(self._taken)
        self._new.typed.connect(self._typed)
        self._new.chosen.connect(self._typed)
        self._why.typed.connect(self._reasoned)
        self._why.entered.connect(self._confirmed)
        self._register.clicked.connect(self._new_wished)
        self._to_search.clicked.connect(self._back_wished)
        self._done.clicked.connect(self._confirmed)
        self.closed.connect(self._closed)

    def _looked_for(self, _name: str, text: str) -> None:
        self.adding.look_for(text)

    def _entered(self, _name: str) -> None:
        """Who is the only one is taken; among several somebody has to choose."""
        if self._hits.only():
            self.adding.take(self._hits.only())
        elif first := self._hits.first():
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _taken(self, patient: str) -> None:
        self.adding.take(patient)

    def _typed(self, name: str, text: str) -> None:
        self.adding.typed(name, text)

    def _reasoned(self, _name: str, text: str) -> None:
        self.adding.give_reason(text)

    def _new_wished(self) -> None:
        self.adding.register()

    def _back_wished(self) -> None:
        self.adding.back()

    def _confirmed(self) -> None:
        self.adding.confirm()

    def _closed(self) -> None:
        self.adding.dismiss()

    def _lines(self) -> tuple[FormLine, ...]:
        sexes = (
            Option(Sex.FEMALE, self.tr("F")),
            Option(Sex.MALE, self.tr("M")),
            Option(Sex.OTHER, self.tr("other")),
            Option(Sex.UNKNOWN, self.tr("not said")),
        )
        return (
            FormLine(Asked.FAMILY, self.tr("Family name"), wide="col_how"),
            FormLine(Asked.GIVEN, self.tr("Given names"), wide="col_how"),
            FormLine(Asked.BORN, self.tr("Born"), wide="col_how", hint=self.tr("month/day/year")),
            FormLine(Asked.SEX, self.tr("Sex"), "segments", options=sexes),
            FormLine(Asked.PHONE, self.tr("Phone"), wide="col_how"),
        )
