"""Adding a visit for somebody who walked in: found among the patients held here, or registered after a look at near matches."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from maroom.core.clock import Clock
from maroom.core.findings import Finding
from maroom.core.names import listed
from maroom.core.people import Opening
from maroom.core.ports import Messages
from maroom.core.problems import Problem
from maroom.duties.board.model import Found
from maroom.duties.board.rules import registering
from maroom.visits.model import Patient, PatientCard, Visit
from maroom.visits.service import Visits

MOST = 6


class Mode(StrEnum):
    FIND = "find"
    REASON = "reason"
    REGISTER = "register"


@dataclass(frozen=True)
class Adding:
    """`near` are those who could be the same person, None before it was looked; `shown` are findings, told from the first try
    on; `read` is the birth date as it was understood."""

    mode: Mode = Mode.FIND
    looked_for: str = ""
    found: tuple[Found, ...] = ()
    patient: Found | None = None
    reason: str = ""
    new: Mapping[str, str] = field(default_factory=dict[str, str])
    shown: Mapping[str, Finding] = field(default_factory=dict[str, Finding])
    tries: int = 0
    near: tuple[Found, ...] | None = None
    read: date | None = None


class AddVisit:
    """`changed` is told each state, None when it is over, `added` the visit; `today` tells when a patient is on the board
    already. Where something does not work, all that was typed stays."""

    def __init__(
        self,
        visits: Visits,
        opening: Opening,
        clock: Clock,
        messages: Messages,
        *,
        today: Callable[[str], datetime | None],
        changed: Callable[[Adding | None], None],
        added: Callable[[Visit], None],
    ) -> None:
        self._visits, self._opening, self._clock, self._messages = visits, opening, clock, messages
        self._today, self._changed, self._added = today, changed, added
        self.state: Adding | None = None

    def begin(self) -> None:
        self._show(Adding())

    def dismiss(self) -> None:
        self._show(None)

    # finding

    def look_for(self, typed: str) -> None:
        cards = self._visits.find(self._opening, typed, MOST) if typed.strip() else ()
        self._show(replace(self._now, looked_for=typed, found=self._lines(cards)))

    def take(self, patient: str) -> None:
        """One of those listed."""
        found = next(found for found in (*self._now.found, *(self._now.near or ())) if found.key == patient)
        self._show(replace(self._now, mode=Mode.REASON, patient=found))

    def back(self) -> None:
        """A step back; what was typed is still there."""
        mode = Mode.REGISTER if self._now.mode is Mode.REGISTER and self._now.near else Mode.FIND
        self._show(replace(self._now, mode=mode, patient=None, near=None))

    # registering

    def register(self) -> None:
        """Somebody new. What was looked for begins the name, where it holds letters alone."""
        typed = self._now.looked_for.strip()
        names = {registering.Asked.FAMILY.value: typed} if typed.replace(" ", "").isalpha() else {}
        self._show(self._judged(replace(self._now, mode=Mode.REGISTER, new={**names, **self._now.new})))

    def typed(self, name: str, text: str) -> None:
        """A field of somebody new; near matches have to be looked for again."""
        self._show(self._judged(replace(self._now, new={**self._now.new, name: text}, near=None)))

    def give_reason(self, text: str) -> None:
        self._show(replace(self._now, reason=text))

    # and on the board

    def confirm(self) -> None:
        """The filled button. Somebody new is first held against those who are here already."""
        try:
            if self._now.patient:
                self._add(self._now.patient.key)
            elif self._now.mode is Mode.REGISTER and self._may_register():
                self._add(self._registered())
        except Problem as problem:
            self._messages.trouble(problem)

    def _may_register(self) -> bool:
        state = self._now
        if registering.findings(state.new, self._clock.today()):
            self._show(self._judged(replace(state, tries=state.tries + 1)))
            return False
        if state.near is None:
            near = self._lines(self._visits.near_matches(self._opening, registering.new_patient(state.new)))
            self._show(replace(state, near=near[:MOST]))
            return not near
        return True

    def _registered(self) -> str:
        """From here on she is known: a second try does not register her again."""
        patient = self._of(self._visits.register(self._opening, registering.new_patient(self._now.new)))
        self._show(replace(self._now, mode=Mode.REASON, patient=patient, near=None))
        return patient.key

    def _add(self, patient: str) -> None:
        visit = self._visits.add_visit(self._opening, patient, self._now.reason)
        self._show(None)
        self._added(visit)

    # what must not be lost

    def draft(self) -> bytes | None:
        if self.state is None or self.state == Adding():
            return None
        state = self.state
        kept = {"looked_for": state.looked_for, "reason": state.reason, "new": dict(state.new), "mode": state.mode}
        return json.dumps({**kept, "patient": state.patient.key if state.patient else ""}, ensure_ascii=False).encode()

    def restore(self, draft: bytes) -> None:
        kept: dict[str, Any] = json.loads(draft)
        self._show(Adding(looked_for=kept["looked_for"], reason=kept["reason"], new=kept["new"]))
        self.look_for(kept["looked_for"])
        if kept["patient"]:
            patient = self._of(self._visits.patient(self._opening, kept["patient"]))
            self._show(replace(self._now, mode=Mode.REASON, patient=patient))
        elif kept["mode"] == Mode.REGISTER:
            self.register()

    # within

    @property
    def _now(self) -> Adding:
        return self.state or Adding()

    def _show(self, state: Adding | None) -> None:
        self.state = state
        self._changed(state)

    def _judged(self, state: Adding) -> Adding:
        found = registering.findings(state.new, self._clock.today())
        read = registering.birth_date(state.new.get(registering.Asked.BORN, ""))
        unfound = registering.Asked.BORN not in found
        return replace(state, shown=found if state.tries else {}, read=read if unfound else None)

    def _lines(self, cards: Iterable[PatientCard]) -> tuple[Found, ...]:
        return tuple(self._of(card) for card in cards)

    def _of(self, who: PatientCard | Patient) -> Found:
        born = who.birth.text if who.birth else ""
        name = who.display if isinstance(who, PatientCard) else listed(who.name)
        return Found(who.id, name, who.sex, born, who.record_number, who.deceased, self._today(who.id))
