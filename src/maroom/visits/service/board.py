"""The day at a glance, and who could be taken for whom."""

from __future__ import annotations

from datetime import timedelta

from maroom.core.clock import day_bounds
from maroom.core.people import Opening, Right
from maroom.store.merged import survivor_of
from maroom.store.unit_of_work import Act, Read
from maroom.visits.model import BannerFacts, Board, Patient, RoomNow, RoomState, Visit
from maroom.visits.rows import chart as chart_rows
from maroom.visits.rows import notice as notice_rows
from maroom.visits.rows import person as person_rows
from maroom.visits.rows import room as room_rows
from maroom.visits.rows import visit as visit_rows
from maroom.visits.rows.room import State
from maroom.visits.rules import board as rules
from maroom.visits.rules.age import age_on
from maroom.visits.rules.allergies import reading
from maroom.visits.service.base import VisitsBase, opened

_EVENING = timedelta(hours=24)
"""How long before midnight somebody may have come who is still here and so stands on the new day's board."""


class BoardReads(VisitsBase):
    def today(self, opening: Opening) -> Board:
        """The clinic's local day: who is expected or was here, whoever is still here from the evening before, and the rooms."""
        with self._unit.read(Act.of(opening, "board.read", Right.READ)) as unit:
            states = room_rows.states(unit.session, self._clinic().rooms)
            listed = self._listed(unit, states)
        return Board(
            day=self._clock.today(),
            at=self._clock.now(),
            rooms=rules.peopled([shown(state) for state in states], listed),
            visits=rules.rows(listed, self._clock, self._clinic().waiting_limit),
        )

    def rooms(self, opening: Opening) -> tuple[RoomNow, ...]:
        """In the clinic's order; a room that the clinic gave up stands last while somebody is in it."""
        return self.today(opening).rooms

    def banner(self, opening: Opening) -> BannerFacts:
        """What stands above every page of the visit that was opened."""
        about = opened(opening)
        with self._unit.read(Act.of(opening, "banner.read", Right.READ)) as unit:
            session = unit.session
            patient = person_rows.get(session, about.patient)
            visit = visit_rows.find(session, about.visit)
            allergies = reading(chart_rows.allergies(session, patient.id), person_rows.chart_loaded(session, patient.id))
            notices = tuple(notice for notice in notice_rows.of_patient(session, patient.id) if notice.open)
            listed = self._listed(unit, room_rows.states(session, self._clinic().rooms))
            survivor = survivor_of(session, patient.id)
            instead = person_rows.get(session, survivor).name if survivor else None
        return BannerFacts(
            visit=about,
            name=patient.name,
            birth=patient.birth,
            age=age_on(patient.birth, self._clock.today()),
            sex=patient.sex,
            record_number=patient.record_number,
            verified=patient.verified,
            deceased=patient.deceased,
            language=patient.language,
            allergies=allergies,
            notices=notices,
            same_names=rules.same_names(patient, listed),
            status=visit.status if visit else None,
            room=visit.room if visit else None,
            reason=visit.reason if visit else "",
            survivor=instead,
        )

    def _listed(self, unit: Read, states: tuple[State, ...]) -> list[tuple[Visit, Patient]]:
        start, end = day_bounds(self._clock.today(), self._clock.zone)
        holding = [state.visit.visit for state in states if state.visit and state.state is RoomState.OCCUPIED]
        return visit_rows.between(unit.session, start - _EVENING, start, end, holding)


def shown(state: State) -> RoomNow:
    """Without who is in it by name."""
    inside = state.visit if state.state is RoomState.OCCUPIED else None
    return RoomNow(state.room, state.state, state.since, inside, claimed_by=state.claimed_by, note=state.note)
