"""How a clinic takes vital signs, as a section of the settings."""

from __future__ import annotations

from maroom.core.ports import Messages
from maroom.core.words import QT_TRANSLATE_NOOP
from maroom.duties.vitals.presenter.settings import SettingsPresenter, State, Switch
from maroom.duties.vitals.rules.own import Figure, WrongFigure, figures
from maroom.duties.vitals.rules.shown import short
from maroom.duties.vitals.rules.signs import symbol
from maroom.duties.vitals.view.words.plain import tr
from maroom.ui.forms import FieldState, Form, FormLine
from maroom.ui.page import Attached
from maroom.ui.widgets import Widgets

_SWITCHES = {
    Switch.NEWS2: QT_TRANSLATE_NOOP("Vitals", "Count NEWS2 for adults"),
    Switch.CALCULATED: QT_TRANSLATE_NOOP("Vitals", "Keep BMI and percentiles as readings of their own"),
    Switch.POUNDS: QT_TRANSLATE_NOOP("Vitals", "Allow pounds under 18 years; kilograms are shown large all the same"),
}
_FIGURES = {
    "again_systolic": QT_TRANSLATE_NOOP("Vitals", "BP again from, upper"),
    "again_diastolic": QT_TRANSLATE_NOOP("Vitals", "BP again from, lower"),
    "rest_minutes": QT_TRANSLATE_NOOP("Vitals", "Rest before it"),
    "apart_systolic": QT_TRANSLATE_NOOP("Vitals", "A third one over, upper"),
    "apart_diastolic": QT_TRANSLATE_NOOP("Vitals", "A third one over, lower"),
    "pregnant_high_systolic": QT_TRANSLATE_NOOP("Vitals", "High in pregnancy from, upper"),
    "pregnant_high_diastolic": QT_TRANSLATE_NOOP("Vitals", "High in pregnancy from, lower"),
    "pregnant_severe_systolic": QT_TRANSLATE_NOOP("Vitals", "Severe in pregnancy from, upper"),
    "pregnant_severe_diastolic": QT_TRANSLATE_NOOP("Vitals", "Severe in pregnancy from, lower"),
    "low_systolic": QT_TRANSLATE_NOOP("Vitals", "BP is low under, upper"),
    "low_diastolic": QT_TRANSLATE_NOOP("Vitals", "BP is low under, lower"),
    "oxygen_low": QT_TRANSLATE_NOOP("Vitals", "Oxygen is low to"),
    "oxygen_very_low": QT_TRANSLATE_NOOP("Vitals", "Oxygen is very low to"),
    "high_fever": QT_TRANSLATE_NOOP("Vitals", "High fever from"),
    "cold": QT_TRANSLATE_NOOP("Vitals", "Cold under"),
    "severe_pain": QT_TRANSLATE_NOOP("Vitals", "Severe pain from"),
    "weight_recent": QT_TRANSLATE_NOOP("Vitals", "Weight change in 30 days over"),
    "weight_any": QT_TRANSLATE_NOOP("Vitals", "Weight change at any time over"),
}
_WRONG = {
    WrongFigure.NO_NUMBER: QT_TRANSLATE_NOOP("Vitals", "not a number"),
    WrongFigure.NOT_WHOLE: QT_TRANSLATE_NOOP("Vitals", "whole number"),
    WrongFigure.OUTSIDE: QT_TRANSLATE_NOOP("Vitals", "{least} to {most}"),
    WrongFigure.NOT_BELOW: QT_TRANSLATE_NOOP("Vitals", "less than: {other}"),
}


class SettingsView(Attached[State, SettingsPresenter]):
    def __init__(self, widgets: Widgets, messages: Messages) -> None:
        super().__init__(widgets)
        self._messages, self._saved = messages, 0
        self._switches = Form(widgets, [FormLine(name.value, tr(label), "tick") for name, label in _SWITCHES.items()])
        self._form = Form(widgets, [_line(figure) for figure in figures()])
        about = widgets.text(
            tr("Limits that no guideline gives are the clinic's to set. What a guideline gives stays as it is."),
            "quiet",
            wrap=True,
        )
        what = widgets.card(widgets.text(tr("What is taken"), "section"), self._switches)
        limits = widgets.card(widgets.text(tr("Limits"), "section"), about, self._form)
        self.setLayout(widgets.down(what, limits, gap="gutter"))
        self.primary = widgets.button(tr("Save"), "primary", "check", "tall", "save")
        self._switches.chosen.connect(self._typed)
        self._form.typed.connect(self._typed)
        self.primary.clicked.connect(self._save)

    def render(self, state: State) -> None:
        self._switches.become({name.value: FieldState(state.typed[name.value]) for name in Switch})
        self._form.become({figure.key: _state(figure, state) for figure in state.figures})
        self.primary.setEnabled(state.may_save)
        if state.saved > self._saved:
            self._messages.said(tr("Settings of vital signs saved"))
        self._saved = state.saved

    def _typed(self, name: str, text: str) -> None:
        self.presenter.typed(name, text)

    def _save(self) -> None:
        self.presenter.save()


def _line(figure: Figure) -> FormLine:
    return FormLine(figure.key, tr(_FIGURES[figure.key]), "figure", symbol(figure.unit), "col_slot_one")


def _state(figure: Figure, state: State) -> FieldState:
    found = state.shown.get(figure.key)
    if found is None:
        return FieldState(state.typed[figure.key])
    other = tr(_FIGURES[figure.below]) if figure.below else ""
    words = tr(_WRONG[WrongFigure(found.code)]).format(least=short(figure.least), most=short(figure.most), other=other)
    return FieldState(state.typed[figure.key], found.severity, words)
