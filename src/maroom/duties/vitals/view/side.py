"""The row at hand: its value large, what it means and what to do; below it its trend, or what is on record of this visit."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QFrame, QLayout, QSizePolicy, QVBoxLayout, QWidget

from maroom.duties.vitals.model import Sign
from maroom.duties.vitals.presenter.remarks import PLACE
from maroom.duties.vitals.presenter.state import Mean, Row, State
from maroom.duties.vitals.view import words
from maroom.duties.vitals.view.growth import GrowthCard
from maroom.duties.vitals.view.record import Newest, Sets
from maroom.duties.vitals.view.trend import drawn
from maroom.ui.charts import TrendChart
from maroom.ui.fields import Option
from maroom.ui.growth_chart import GrowthChart
from maroom.ui.labels import Tag, Text
from maroom.ui.live import show_if
from maroom.ui.times import day
from maroom.ui.widgets import STRETCH, Grow, Widgets

NONE_YET = "–"
TREND, VISIT = "trend", "visit"


class Side(QFrame):
    corrected = Signal(str)
    """the key of a set of which a value is to be put right"""

    def __init__(self, widgets: Widgets) -> None:
        super().__init__()
        self._widgets, self._shown = widgets, TREND
        self._name, self._chip = widgets.line(kind="section"), widgets.chip()
        self._figure = widgets.text(kind="hero")
        self._unit, self._other = widgets.text(kind="section"), widgets.text(kind="caption")
        self._advice, self._how = widgets.text(wrap=True), widgets.text(kind="caption", wrap=True)
        self._which, self._chart_unit = widgets.segments("side", words.tr("Shown below")), widgets.text(kind="caption")
        self._chart, self._sets, self._newest = TrendChart(widgets.theme), Sets(widgets), Newest(widgets)
        widgets.at_least(self._chart, high="chart_least")
        self._title = widgets.text(words.tr("Trend"), "strong")
        self._none = widgets.text(words.tr("No earlier values."), "quiet")
        self._growth = GrowthCard(widgets)
        for chart in self._growth.findChildren(GrowthChart):
            widgets.at_least(chart, high="chart_least")
        self._trend = widgets.stack(self._none, Grow(self._chart), Grow(self._growth), self._newest, gap="gap")
        for each in (self._sets, self._newest):
            each.corrected.connect(self.corrected)
        self._which.chosen.connect(self._switched)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        head = widgets.across(self._title, self._which, STRETCH, self._chart_unit)
        box.addWidget(widgets.card(*self._hero(), widgets.rule(), head, Grow(self._trend), Grow(self._sets)))

    def become(self, state: State, now: datetime) -> None:
        self._show_value(state)
        self._show_trend(state, now)
        self._sets.become(state.sets)
        self._newest.become(state.sets[0] if state.sets else None)
        self._show_below(len(state.sets), state.growth is not None)
        self.updateGeometry()

    def hasHeightForWidth(self) -> bool:
        """Told only where it stands below the rows. Beside them the whole page would be made as high as all would like to be;
        `minimumSizeHint` says what is needed."""
        return self._widgets.narrow and super().hasHeightForWidth()

    def sizeHint(self) -> QSize:
        return super().sizeHint() if self._widgets.narrow else self.minimumSizeHint()

    def minimumSizeHint(self) -> QSize:
        inside = self.layout()
        least = super().minimumSizeHint()
        width = max(self.width(), least.width())
        by_width = inside is not None and inside.hasHeightForWidth()
        return QSize(least.width(), inside.minimumHeightForWidth(width) if inside and by_width else least.height())

    def _hero(self) -> tuple[QLayout | QWidget, ...]:
        widgets = self._widgets
        figure = widgets.holder(self._figure, widgets.stack(STRETCH, self._unit, self._other, STRETCH), STRETCH)
        figure.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        return (widgets.across(Grow(self._name), self._chip), figure, self._advice, self._how)

    # the value

    def _show_value(self, state: State) -> None:
        row = state.row
        self._name.say(words.row_whole(row))
        texts = [cell.text.strip() for cell in row.cells]
        typed = any(texts)
        said = row.value.text if row.value else "/".join(text or NONE_YET for text in texts)
        self._figure.say(said if typed else NONE_YET)
        self._unit.say((row.value.unit if row.value else words.unit(row.unit, row.sign)) if typed else "")
        self._say(self._other, words.beside(row.other) if row.other else "")
        found, mean = row.finding, state.mean if row.sign is Sign.BP else None
        self._chip.become(Tag(words.finding(found), found.severity, mark=found.severity) if found else Tag(""))
        show_if(self._chip, found is not None)
        heed = "" if typed or row.absent else words.technique(state.technique, state.spared)
        advice = words.advice_on(found, mean) if found else heed
        self._say(self._advice, " ".join(filter(None, (self._slip(row), advice))))
        self._say(self._how, ", ".join(self._about(row, typed, mean)))

    def _slip(self, row: Row) -> str:
        return words.did_you_mean(row.slip, row.sign) if row.slip else ""

    def _about(self, row: Row, typed: bool, mean: Mean | None) -> Iterator[str]:
        """What is computed, but for what the growth chart says, and how it is measured; before anything is typed also the last
        value."""
        if mean:
            yield words.tr("mean of {count}: {value}").format(count=mean.count, value=mean.text)
        if row.remark and row.remark.code != PLACE:
            yield words.more(row.remark)
        if row.last and not typed:
            yield words.tr("last {value}, {day}").format(
                value=f"{row.last.text} {row.last.unit}".rstrip(), day=day(row.last.at.date())
            )
        yield from (words.told_choice(one.chosen) for one in row.questions if one.chosen)

    def _say(self, text: Text, said: str) -> None:
        text.say(said)
        show_if(text, bool(said))

    # below it

    def _show_below(self, sets: int, growth: bool) -> None:
        """Without a set there is only the trend; a growth chart has a title of its own."""
        there = self._shown if sets else TREND
        options = (Option(TREND, words.tr("Trend")), Option(VISIT, words.tr("This visit ({count})").format(count=sets)))
        self._which.become(options, there)
        show_if(self._which, sets > 0)
        show_if(self._title, not sets and not growth)
        self._show_half(there)

    def _switched(self, _name: str, which: str) -> None:
        self._shown = which
        self._show_half(which)

    def _show_half(self, which: str) -> None:
        show_if(self._sets, which == VISIT)
        show_if(self._trend, which == TREND)
        show_if(self._chart_unit, which == TREND and bool(self._chart_unit.text()))

    def _show_trend(self, state: State, now: datetime) -> None:
        """A child's growth chart where there is one, else the values alone."""
        curve, growth = state.curve, state.growth
        count = len(curve.points)
        values = words.tr("{count} values").format(count=count) if count > 1 else ""
        unit = "" if growth else ", ".join(filter(None, (values, words.unit(curve.unit, curve.sign))))
        self._chart_unit.say(unit)
        if growth:
            self._growth.become(growth)
        else:
            self._chart.become(drawn(curve, now))
        show_if(self._growth, growth is not None)
        show_if(self._none, growth is None and not count)
        show_if(self._chart, growth is None and count > 0)
