"""The growth chart on paper: whose it is, the values as a table, what was assumed, and whose curves these are."""

from __future__ import annotations

from datetime import date, timedelta

from maroom import paper
from maroom.duties.vitals.model import Subject
from maroom.duties.vitals.paper import growth_chart
from maroom.duties.vitals.rules.growth.drawing import Drawing
from maroom.duties.vitals.rules.growth.figures import Measure
from maroom.duties.vitals.rules.growth.measured import Measured
from maroom.duties.vitals.view.growth_paper import sheet
from tests.duties.vitals.build import INFANT, SCHOOLCHILD, TODAY
from tests.duties.vitals.test_growth_drawing import NOW, drawn, kg, standing
from tests.paper.reading import tags, texts

HEAD = paper.Head("GARCIA, María Elena", "born 14 Mar 2026", "Maple Street Clinic", "MRN 004417")


def printed(drawing: Drawing) -> bytes:
    return growth_chart(sheet(drawing), "en-US", HEAD)


def test_one_page_says_whose_it_is_and_every_value() -> None:
    (page,) = texts(printed(drawn(Measure.WEIGHT, INFANT, Measured(date(2026, 9, 14), kg("7.61")), now=NOW)))
    for words in (
        "GARCIA, María Elena",
        "born 14 Mar 2026",
        "Weight for age, girls, WHO",
        "kg by months",
        "24 Nov 2026 8 mo 8.42 kg 64th",
        "14 Sep 2026 6 mo 7.61 kg 63rd",
        "Curves: WHO Child Growth Standards, 2006.",
    ):
        assert words in page, words


def test_what_was_assumed_stands_on_the_paper() -> None:
    early = Subject(date(2026, 6, 1), "male")
    (page,) = texts(printed(drawn(Measure.WEIGHT, early, now=Measured(TODAY, kg("5.2")), gestation=31 * 7)))
    assert "Age corrected by 9 wk for early birth." in page


def test_a_schoolchilds_body_mass_names_the_extended_chart() -> None:
    (page,) = texts(printed(drawn(Measure.BMI, SCHOOLCHILD, now=Measured(TODAY, kg("60"), standing("125")))))
    assert "BMI for age, girls, CDC" in page
    assert "CDC extended" in page


def test_a_chart_without_values_has_no_table() -> None:
    assert "Table" not in tags(printed(drawn(Measure.WEIGHT, INFANT)))


def test_many_values_run_on_to_a_second_page() -> None:
    before = [Measured(TODAY - timedelta(days=10 * number), kg("7")) for number in range(20, 0, -1)]
    pages = texts(printed(drawn(Measure.WEIGHT, INFANT, *before, now=NOW)))
    assert len(pages) == 2
    assert "born 14 Mar 2026" in pages[1]
