"""The patient's history, and what an assistant adds to it at the visit that was opened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from maroom.core.clock import Moment
from maroom.core.ids import new_id
from maroom.core.people import Opening, Right
from maroom.core.problems import Code, Problem
from maroom.core.visit import VisitRef
from maroom.store.base import Origin
from maroom.store.unit_of_work import Act, Read, Write
from maroom.visits.model import Allergies, Allergy, AllergyStatus, Chart, Condition, NewAllergy, NewOrder, Notice, Order, Visit
from maroom.visits.rows import chart as rows
from maroom.visits.rows import notice as notice_rows
from maroom.visits.rows import person as person_rows
from maroom.visits.rows import visit as visit_rows
from maroom.visits.rules import allergies as rules
from maroom.visits.service.base import VisitsBase, opened, stamped

_OBSERVATIONS = 500
_VISITS = 100


class ChartVerbs(VisitsBase):
    def visit(self, opening: Opening) -> Visit:
        """The visit that was opened, with its moves. KeyError where there is none."""
        about = opened(opening)
        with self._unit.read(Act.of(opening, "visit.read", Right.READ)) as unit:
            found = visit_rows.find(unit.session, about.visit)
        if found is None:
            raise KeyError(about.visit)
        return found

    def chart(self, opening: Opening) -> Chart:
        """The patient's whole history, but of observations and visits the newest 500 and 100."""
        patient = opened(opening).patient
        with self._unit.read(Act.of(opening, "chart.read", Right.READ)) as unit:
            session = unit.session
            return Chart(
                patient=person_rows.get(session, patient),
                allergies=_allergies(unit, patient),
                conditions=rows.conditions(session, patient),
                medicines=rows.medicines(session, patient),
                orders=rows.orders(session, patient),
                observations=rows.observations(session, patient, _OBSERVATIONS),
                appointments=rows.appointments(session, patient),
                notices=notice_rows.of_patient(session, patient),
                visits=visit_rows.of_patient(session, patient, _VISITS),
            )

    def conditions(self, opening: Opening) -> tuple[Condition, ...]:
        """The patient's problem list, the newest first."""
        with self._unit.read(Act.of(opening, "conditions.read", Right.READ)) as unit:
            return rows.conditions(unit.session, opened(opening).patient)

    def ask_allergies(self, opening: Opening, told: Sequence[NewAllergy]) -> Allergies:
        """Puts the answer on record; an empty one is `none known`, which ends in CHANGED_MEANWHILE where some are listed.
        An allergy that is told takes back an earlier `none known`."""
        about = opened(opening)
        with self._unit.write(Act.of(opening, "allergies.ask", Right.CHART)) as unit:
            known = rows.allergies(unit.session, about.patient)
            none_known = [one for one in known if rules.says_none(one) and rules.counts(one)]
            if told:
                _list(unit, about, told, none_known)
            elif rules.reading(known, chart_loaded=True).status is AllergyStatus.LISTED:
                raise Problem(Code.CHANGED_MEANWHILE)
            else:
                rows.add_allergy(unit, _none_known(unit, none_known), about, Origin.TYPED)
            return _allergies(unit, about.patient)

    def place_order(self, opening: Opening, new: NewOrder) -> Order:
        about = opened(opening)
        note = f"Standing order {new.standing}" if new.standing else "Verbal order"
        with self._unit.write(Act.of(opening, "order.place", Right.CHART)) as unit:
            order = Order(new_id(), 0, about, new.words, new.coding, "active", new.requester, note, stamped(unit.now))
            rows.add_order(unit, order, Origin.TYPED)
        return replace(order, revision=1)

    def orders(self, opening: Opening) -> tuple[Order, ...]:
        """Those of the visit that was opened, and those of the patient that belong to no visit and are still active."""
        about = opened(opening)
        with self._unit.read(Act.of(opening, "orders.read", Right.READ)) as unit:
            found = rows.orders(unit.session, about.patient)
        return tuple(one for one in found if one.visit == about or (not one.visit.visit and one.status == "active"))

    def report_critical(
        self, opening: Opening, about: str, finding: str, whom: str, when: Moment | None = None, read_back: bool = False
    ) -> Notice:
        """A critical value and whom it was told to; `about` is the record it was found in. Open until it was read back."""
        with self._unit.write(Act.of(opening, "critical.report", Right.CHART)) as unit:
            return notify(unit, opened(opening), about, finding, whom, when, read_back)

    def answer_notice(self, opening: Opening, notice: str, after: int, whom: str, when: Moment, read_back: bool) -> Notice:
        """What came of telling it. Problem CHANGED_MEANWHILE."""
        with self._unit.write(Act.of(opening, "critical.answer", Right.CHART)) as unit:
            before = notice_rows.get(unit.session, notice)
            answered = replace(before, revision=after, whom=whom, when=when, read_back=read_back)
            notice_rows.add(unit, answered)
        return replace(answered, revision=after + 1)

    def open_notices(self, opening: Opening) -> tuple[Notice, ...]:
        """All that nobody has read back, of all patients, the oldest first."""
        with self._unit.read(Act.of(opening, "critical.read", Right.READ)) as unit:
            return notice_rows.unanswered(unit.session)


def notify(
    unit: Write, visit: VisitRef, about: str, finding: str, whom: str = "", when: Moment | None = None, read_back: bool = False
) -> Notice:
    """In a unit of work that is open already, so that a critical value is never on record without its notice."""
    notice = Notice(new_id(), 0, visit, about, finding, whom, when, read_back)
    notice_rows.add(unit, notice)
    return replace(notice, revision=1)


def _allergies(unit: Read | Write, patient: str) -> Allergies:
    return rules.reading(rows.allergies(unit.session, patient), person_rows.chart_loaded(unit.session, patient))


def _list(unit: Write, about: VisitRef, told: Sequence[NewAllergy], none_known: Sequence[Allergy]) -> None:
    for one in told:
        reactions = (one.reaction,) if one.reaction else ()
        new = Allergy(new_id(), 0, one.substance, one.coding, "active", "unconfirmed", "", reactions, stamped(unit.now))
        rows.add_allergy(unit, new, about, Origin.TYPED)
    for earlier in none_known:
        rows.add_allergy(unit, replace(earlier, verification="refuted"), about, Origin.TYPED, "an allergy was told")


def _none_known(unit: Write, earlier: Sequence[Allergy]) -> Allergy:
    """The answer given before, given again today, or a new one."""
    if earlier:
        return replace(earlier[0], recorded=stamped(unit.now))
    none = rules.NO_KNOWN_ALLERGY
    return Allergy(new_id(), 0, none.display, none, "active", "confirmed", recorded=stamped(unit.now))
