"""The growth card: what it says, to the eye and to a screen reader, and that it can be read in every look."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtWidgets import QApplication

from maroom.core.findings import Finding, Severity
from maroom.duties.vitals.model import Subject
from maroom.duties.vitals.rules.growth.age import ChartAge
from maroom.duties.vitals.rules.growth.drawing import drawing
from maroom.duties.vitals.rules.growth.figures import Measure, figures
from maroom.duties.vitals.rules.growth.flags import GrowthFound
from maroom.duties.vitals.rules.growth.mass import ChildMass
from maroom.duties.vitals.rules.growth.measured import Measured
from maroom.duties.vitals.rules.growth.places import Assumed, NoPlace, Place
from maroom.duties.vitals.rules.growth.tables import Standard
from maroom.duties.vitals.view.growth import GrowthCard, plot, spoken
from maroom.duties.vitals.view.words import growth as words
from maroom.ui import theme as themes
from maroom.ui.dress import dress
from maroom.ui.growth_chart import GrowthChart
from maroom.ui.labels import Text
from maroom.ui.widgets import Widgets
from tests.duties.vitals.build import INFANT, TODAY, number
from tests.duties.vitals.test_growth_drawing import NOW, drawn, kg
from tests.duties.windows import LOOKS
from tests.ui.clipped import clipped

SIX_MONTHS = Measured(date(2026, 9, 14), kg("7.61"))


def test_a_screen_reader_is_told_every_value() -> None:
    assert spoken(drawn(Measure.WEIGHT, INFANT, SIX_MONTHS, now=NOW)) == (
        "Weight for age, girls, WHO: 8.42 kg at 8 mo, 64th percentile. Before: 7.61 kg at 6 mo, 63rd percentile."
    )


def test_an_assumption_is_part_of_what_is_said() -> None:
    early = Subject(date(2026, 6, 1), "male")
    said = spoken(drawn(Measure.WEIGHT, early, now=Measured(TODAY, kg("5.2")), gestation=31 * 7))
    assert said.endswith("Age corrected by 9 wk for early birth.")


def test_the_axis_says_its_unit_at_its_end() -> None:
    infant, child = plot(drawn(Measure.WEIGHT, INFANT, now=NOW)), Subject(date(2020, 1, 1), "male")
    assert [text for _, text in infant.across] == ["0", "2", "4", "6", "8", "10", "12 mo"]
    years = plot(drawn(Measure.WEIGHT, child, now=Measured(TODAY, kg("22"))))
    assert years.across[0] == (24, "2")
    assert years.across[-1] == (120, "10 y")


def test_the_outer_lines_are_named_as_they_are_printed() -> None:
    names = [line.name for line in plot(drawn(Measure.WEIGHT, INFANT, now=NOW)).lines]
    assert names == ["2nd", "5th", "10th", "25th", "50th", "75th", "90th", "95th", "98th"]
    assert [line.name for line in plot(drawn(Measure.WEIGHT, INFANT, now=NOW)).lines if line.strong] == ["50th"]


@pytest.mark.parametrize("look", LOOKS)
def test_the_card_has_room_for_its_words_in_every_look(qapp: QApplication, look: tuple[str, float]) -> None:
    theme = themes.load(*look)
    widgets = Widgets(theme, dress(qapp, theme), 1280)
    card = widgets.sized(GrowthCard(widgets), wide="col_side")
    early = Subject(date(2026, 6, 1), "male")
    card.become(
        drawn(Measure.WEIGHT, early, Measured(date(2026, 6, 2), kg("2")), now=Measured(TODAY, kg("5.2")), gestation=217)
    )
    card.resize(card.width(), 500)
    card.show()
    qapp.processEvents()
    try:
        assert list(clipped(card)) == []
        assert card.grab().toImage().pixelColor(card.width() // 2, card.height() // 2).isValid()
    finally:
        card.close()
        card.deleteLater()


def test_without_a_chart_the_card_says_why(qapp: QApplication) -> None:
    theme = themes.load()
    card = GrowthCard(Widgets(theme, dress(qapp, theme), 1280))
    found = drawing(Measure.HEAD, Subject(date(2018, 1, 1), "male"), TODAY, (), None)
    assert isinstance(found, NoPlace)
    card.become(found)
    assert "There is no chart of this at this age." in [text.text() for text in card.findChildren(Text)]
    chart = card.findChild(GrowthChart)
    assert chart is not None
    assert (chart.drawn(), chart.accessibleDescription()) == (None, "")
    card.deleteLater()


# words


def found(code: GrowthFound, limit: str, unit: str, detail: str = "") -> Finding:
    return Finding("weight", code, Severity.ASK, number(limit), unit, detail)


@pytest.mark.parametrize(
    ("finding", "short", "says"),
    [
        (found(GrowthFound.EXTREME, "-6", "{SD}"), "re-measure?", "Measure again"),
        (found(GrowthFound.SHRUNK, "1", "cm"), "less than last?", "More than 1 cm less"),
        (found(GrowthFound.BELOW_CHART, "2.3", "%"), "below 2nd", "Below the 2nd percentile"),
        (found(GrowthFound.ABOVE_CHART, "97", "%"), "above 97th", "Above the 97th percentile"),
        (found(GrowthFound.CROSSED_DOWN, "1.34", "{SD}"), "fell off line", "lines down"),
        (found(GrowthFound.CROSSED_UP, "1.34", "{SD}", "who cdc"), "rose off line", "The chart changed since then."),
    ],
)
def test_each_finding_is_said_short_and_long(finding: Finding, short: str, says: str) -> None:
    assert words.finding(finding) == short
    assert says in words.advice(finding)
    assert len(short) <= 15


def test_every_code_has_words() -> None:
    for code in GrowthFound:
        finding = found(code, "1", "%")
        assert words.finding(finding)
        assert words.advice(finding)
    assert all(words.assumed(one) for one in Assumed)
    assert all(words.no_place(one) for one in NoPlace)
    assert all(words.chart_title(one, by, sex) for one in Measure for by in Standard for sex in ("male", "female"))
    assert all(words.mass(ChildMass(row.name, 100.0)) for row in figures().child_bmi.category)


def at(z: float, standard: Standard = Standard.WHO) -> Place:
    return Place(Measure.WEIGHT, standard, 8.0, z, z, ChartAge(8, 255, 8.4))


@pytest.mark.parametrize(
    ("place", "said"),
    [
        (at(0.305), "62nd percentile (WHO)"),
        (at(2.6, Standard.CDC), "99.5th percentile (CDC)"),
        (at(3.4), "above 99.9 percentile (WHO), z +3.4"),
        (at(-3.25), "below 0.1 percentile (WHO), z −3.3"),
    ],
)
def test_a_place_is_said_as_a_percentile_and_far_out_by_its_z(place: Place, said: str) -> None:
    assert words.place(place) == said


def test_severe_ranges_of_body_mass_say_their_share() -> None:
    assert words.mass(ChildMass("obesity_2", 127.6)) == "obesity range, class 2, 127 % of the 95th percentile"
    assert words.mass(ChildMass("healthy", 80.0)) == "usual range"
