"""Figures of the clinic's own: what may be set, what is refused, and that they hold where they are used."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

import pytest

from maroom.core.people import Opening
from maroom.core.settings import Clinic, Station, VitalSigns
from maroom.duties.vitals.model import Sign
from maroom.duties.vitals.presenter.settings import SettingsPresenter
from maroom.duties.vitals.rules import own
from maroom.duties.vitals.rules.found import Found
from maroom.duties.vitals.rules.judged import judged
from maroom.duties.vitals.rules.limits import limits
from maroom.duties.vitals.rules.own import WrongFigure, figures, wrong
from maroom.duties.vitals.rules.repeats import repeats, wanted_again
from maroom.duties.vitals.rules.told import Circumstances
from maroom.duties.vitals.view.settings import _FIGURES
from tests.builders import DANA
from tests.duties.vitals.build import ADULT, TODAY, measured
from tests.fakes import SaidMessages


@pytest.fixture(autouse=True)
def _as_shipped() -> Iterator[None]:
    yield
    own.use({})


@dataclass
class Kept:
    """The settings as a page sees them."""

    clinic: Clinic = Clinic()  # noqa: RUF009 - frozen
    station: Station = Station()  # noqa: RUF009 - frozen

    def change_clinic(self, opening: Opening, changed: Clinic) -> None:
        del opening
        self.clinic = changed

    def change_station(self, opening: Opening, changed: Station) -> None:
        raise NotImplementedError


@pytest.fixture
def settings() -> Kept:
    return Kept()


@pytest.fixture
def section(settings: Kept) -> SettingsPresenter:
    return SettingsPresenter(Opening(DANA), settings, SaidMessages())


def test_every_figure_ships_with_what_it_may_be_set_to_and_has_a_name() -> None:
    assert wrong({}) == {}
    assert {figure.key for figure in figures()} == set(_FIGURES)


def test_a_figure_of_the_clinics_own_holds() -> None:
    own.use({"oxygen_low": "92", "again_systolic": "140", "again_diastolic": "90", "high_fever": "103"})
    found = judged(measured(Sign.SPO2, "93"), Circumstances(ADULT, TODAY))
    assert [one.code for one in found] == [Found.USUAL]
    assert not wanted_again((Decimal(139), Decimal(89)), None, "male")
    assert limits().temperature.high.at == {"[degF]": Decimal("103.0"), "Cel": Decimal("39.4")}
    own.use({})
    assert (limits().spo2.low, repeats().again.systolic) == (94, 130)


@pytest.mark.parametrize(
    ("typed", "key", "code"),
    [
        ({"oxygen_low": "x"}, "oxygen_low", WrongFigure.NO_NUMBER),
        ({"oxygen_low": "99"}, "oxygen_low", WrongFigure.OUTSIDE),
        ({"rest_minutes": "1.5"}, "rest_minutes", WrongFigure.NOT_WHOLE),
        ({"rest_minutes": "0"}, "rest_minutes", WrongFigure.OUTSIDE),
        ({"oxygen_low": "90"}, "oxygen_very_low", WrongFigure.NOT_BELOW),
        ({"oxygen_very_low": "94"}, "oxygen_very_low", WrongFigure.NOT_BELOW),
    ],
)
def test_what_cannot_be_is_refused(typed: dict[str, str], key: str, code: WrongFigure) -> None:
    assert wrong(typed) == {key: code}


def test_wrong_figures_leave_all_as_they_ship() -> None:
    own.use({"oxygen_low": "99", "severe_pain": "8"})
    assert (limits().spo2.low, limits().pain.severe) == (94, 7)


def test_what_is_changed_is_saved_and_what_ships_is_not_kept(section: SettingsPresenter, settings: Kept) -> None:
    assert not section.state.may_save
    section.typed("news2", "yes")
    section.typed("again_systolic", "140")
    section.typed("severe_pain", "7.0")
    section.save()
    assert settings.clinic.vitals == VitalSigns(news2=True, figures={"again_systolic": "140"})
    assert (section.state.saved, section.state.may_save) == (1, False)


def test_a_refused_figure_holds_the_section_up(section: SettingsPresenter, settings: Kept) -> None:
    section.typed("oxygen_low", "89")
    assert section.state.shown["oxygen_very_low"].code == WrongFigure.NOT_BELOW
    section.save()
    assert settings.clinic == Clinic()


def test_what_was_typed_is_a_draft(section: SettingsPresenter, settings: Kept) -> None:
    assert section.draft() is None
    section.typed("severe_pain", "8")
    draft = section.draft()
    assert draft
    again = SettingsPresenter(Opening(DANA), replace(settings), SaidMessages())
    again.restore(draft)
    assert again.state.typed["severe_pain"] == "8"
