"""The sign at hand: its value large, what it means and what to do, over its trend."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from PySide6.QtWidgets import QFrame, QLayout, QSizePolicy, QVBoxLayout, QWidget

from maroom.duties.vitals.presenter.state import Curve, Row, State
from maroom.duties.vitals.view import words
from maroom.duties.vitals.view.trend import drawn
from maroom.ui.charts import TrendChart
from maroom.ui.labels import Tag, Text
from maroom.ui.live import show_if
from maroom.ui.times import day
from maroom.ui.widgets import STRETCH, Grow, Widgets

NONE_YET = "–"


class Side(QFrame):
    def __init__(self, widgets: Widgets) -> None:
        super().__init__()
        self._widgets = widgets
        self._name, self._chip = widgets.text(kind="section"), widgets.chip()
        self._figure = widgets.text(kind="hero")
        self._unit, self._other = widgets.text(kind="section"), widgets.text(kind="caption")
        self._advice, self._how = widgets.text(wrap=True), widgets.text(kind="caption", wrap=True)
        self._title, self._chart_unit = widgets.text(kind="strong"), widgets.text(kind="caption")
        self._chart = TrendChart(widgets.theme)
        self._none = widgets.text(words.tr("No earlier values."), "quiet")
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(widgets.card(*self._hero(), widgets.rule(), *self._trend()))

    def become(self, state: State, now: datetime) -> None:
        self._show_value(state.row)
        self._show_trend(state.curve, now)

    def _hero(self) -> tuple[QLayout | QWidget, ...]:
        widgets = self._widgets
        figure = widgets.holder(self._figure, widgets.stack(STRETCH, self._unit, self._other, STRETCH), STRETCH)
        figure.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        return (widgets.across(self._name, STRETCH, self._chip), figure, self._advice, self._how)

    def _trend(self) -> tuple[QLayout | QWidget | Grow, ...]:
        head = self._widgets.across(self._title, STRETCH, self._chart_unit)
        return (head, self._none, Grow(self._chart))

    def _show_value(self, row: Row) -> None:
        self._name.say(words.whole(row.sign))
        texts = [cell.text.strip() for cell in row.cells]
        typed = any(texts)
        self._figure.say("/".join(text or NONE_YET for text in texts) if typed else NONE_YET)
        self._unit.say(words.unit(row.unit, row.sign) if typed else "")
        self._say(self._other, str(row.other) if row.other else "")
        found = row.finding
        self._chip.become(Tag(words.finding(found), found.severity, mark=found.severity) if found else Tag(""))
        show_if(self._chip, found is not None)
        self._say(self._advice, words.advice(found) if found else "")
        self._say(self._how, ", ".join(self._about(row, typed)))

    def _about(self, row: Row, typed: bool) -> Iterator[str]:
        """How it is measured; before anything is typed also the last value."""
        if row.last and not typed:
            yield words.tr("last {value}, {day}").format(
                value=f"{row.last.text} {row.last.unit}".rstrip(), day=day(row.last.at.date())
            )
        yield from (words.told_choice(one.chosen) for one in row.questions if one.chosen)

    def _say(self, text: Text, said: str) -> None:
        text.say(said)
        show_if(text, bool(said))

    def _show_trend(self, curve: Curve, now: datetime) -> None:
        count = len(curve.points)
        self._title.say(words.tr("{count} values").format(count=count) if count > 1 else words.tr("Trend"))
        self._chart_unit.say(words.unit(curve.unit, curve.sign))
        self._chart.become(drawn(curve, now))
        show_if(self._none, not count)
