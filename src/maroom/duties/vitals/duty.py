"""The vitals page as a duty of the clinic."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from maroom.core.clock import Moment
from maroom.core.names import listed
from maroom.core.people import Opening, Right
from maroom.core.words import QT_TRANSLATE_NOOP
from maroom.duties.vitals.model import Subject
from maroom.duties.vitals.rules import own
from maroom.duties.vitals.rules.problem_list import known
from maroom.duties.vitals.service import KIND, PAGE, Vitals, exchange
from maroom.kit import Duty, Kit, Mending, Offers, Page, Section, page
from maroom.visits.model import Patient
from maroom.visits.rules.age import completed_years
from maroom.visits.rules.moves import arrived, roomed

if TYPE_CHECKING:
    from maroom.duties.vitals.presenter import Whose, Wishes

INSTRUMENTS, SETTINGS = "instruments", "vital-signs"
_SURELY_GROWN = 20
"""years from which on a birth date known to the year is good enough to judge values by"""


def _offers(kit: Kit) -> Offers:
    return Offers(
        exchanges=(exchange(lambda: kit.settings.clinic.namespace, lambda: kit.settings.clinic.server.calculated),),
        sections=(
            Section(SETTINGS, QT_TRANSLATE_NOOP("Section", "Vital signs"), Right.CLINIC, _settings),
            Section(INSTRUMENTS, QT_TRANSLATE_NOOP("Section", "Instruments"), Right.CLINIC, _instruments),
        ),
        mendings=(Mending(KIND, PAGE, _voids(kit)),),
    )


def _voids(kit: Kit) -> Callable[[Opening, str, int, str], None]:
    def void(opening: Opening, reading: str, after: int, why: str) -> None:
        Vitals(kit.write, kit.read, kit.clock).void(opening, reading, after, why, _whose(kit, opening).subject)

    return void


def _instruments(kit: Kit) -> Page:
    from maroom.duties.vitals.presenter.instruments import InstrumentsPresenter
    from maroom.duties.vitals.view.instruments import InstrumentsView

    def make(opening: Opening) -> InstrumentsPresenter:
        return InstrumentsPresenter(opening, kit.settings, kit.instruments, kit.clock, kit.messages)

    return page(INSTRUMENTS, InstrumentsView(kit.look), make)


def _settings(kit: Kit) -> Page:
    from maroom.duties.vitals.presenter.settings import SettingsPresenter
    from maroom.duties.vitals.view.settings import SettingsView

    view = SettingsView(kit.look, kit.messages)
    return page(SETTINGS, view, lambda opening: SettingsPresenter(opening, kit.settings, kit.messages))


def _build(kit: Kit, gathered: Sequence[Offers]) -> Page:
    from maroom.duties.vitals.presenter import Ports, VitalsPresenter
    from maroom.duties.vitals.presenter.sheets import Person
    from maroom.duties.vitals.view import VitalsView
    from maroom.duties.vitals.view.words import critical

    del gathered
    vitals = Vitals(kit.write, kit.read, kit.clock)

    def make(opening: Opening) -> VitalsPresenter:
        own.use(kit.settings.clinic.vitals.figures)
        ports = Ports(
            vitals,
            kit.visits,
            kit.timers,
            kit.instruments,
            kit.clock,
            kit.messages,
            kit.changes,
            _names(kit),
            critical,
            tuple(Person(who.id, who.name) for who in kit.people.present()),
            _wishes(kit),
        )
        return VitalsPresenter(opening, _whose(kit, opening), ports)

    return page(PAGE, VitalsView(kit.look, kit.clock, kit.messages), make)


def _wishes(kit: Kit) -> Wishes:
    from maroom.duties.vitals.presenter import Wishes

    clinic = kit.settings.clinic
    return Wishes(clinic.units, clinic.vitals.pounds_under_18, clinic.vitals.news2, clinic.vitals.calculated)


def _names(kit: Kit) -> Callable[[str], str]:
    names = {who.id: who.name for who in kit.people.everyone()}
    return lambda staff: names.get(staff, "")


def _whose(kit: Kit, opening: Opening) -> Whose:
    from maroom.duties.vitals.presenter import Whose

    assert opening.visit is not None
    patient = kit.visits.patient(opening, opening.visit.patient)
    today = kit.clock.today()
    subject = known(Subject(_born(patient, today), str(patient.sex)), kit.visits.conditions(opening), today)
    return Whose(listed(patient.name), subject, lambda: _roomed(kit, opening))


def _roomed(kit: Kit, opening: Opening) -> Moment | None:
    """Since when the patient is in the room, or at least here."""
    moves = kit.visits.visit(opening).moves
    return roomed(moves) or arrived(moves)


def _born(patient: Patient, today: date) -> date | None:
    """None where ranges by age would be a guess."""
    if patient.birth is None:
        return None
    known = patient.birth.exact or completed_years(patient.birth.first, today) >= _SURELY_GROWN
    return patient.birth.first if known else None


DUTY = Duty(
    key=PAGE,
    title=QT_TRANSLATE_NOOP("Duty", "Vitals"),
    icon="heart-pulse",
    right=Right.CHART,
    needs_visit=True,
    shortcut="F3",
    offers=_offers,
    build=_build,
    view="maroom.duties.vitals.view",
    keys=(
        ("Ctrl L", QT_TRANSLATE_NOOP("Keys", "Vitals: to the line that takes a whole set")),
        ("Alt Y", QT_TRANSLATE_NOOP("Keys", "Vitals: take what was probably meant")),
    ),
)
