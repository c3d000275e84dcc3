"""A day's charting, by seed: what an assistant does at one workstation, through the services that the pages use.

It keeps a book of its own of what was typed, so that what arrives at a server is held against that, and not against what the
store says.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from random import Random

from maroom.access.model import NewStaff, StaffMember
from maroom.access.service import People
from maroom.core.people import Author, Opening, Role
from maroom.core.problems import Code, Problem
from maroom.duties.vitals.model import Entry, Measurement, Reading, Sign, Status
from maroom.duties.vitals.service import Vitals
from maroom.store.unit_of_work import UnitOfWork
from maroom.visits.model import BoardRow, NewAllergy, NewOrder, Step, Visit, VisitStatus
from maroom.visits.rules import moves
from maroom.visits.service import Visits
from tests.builders import SetClock
from tests.duties.vitals.build import measured, pressure
from tests.visits.build import CLINIC, ROOMS, new

POISON = "Unspeakable test"
"""words of an order that a server is to refuse"""
FAMILIES = ("García", "Okafor", "Nguyen", "Rossi", "Śliwa", "van der Berg", "O'Neill", "李")
ALLERGENS = ("Latex", "Penicillin", "Peanuts", "Bee venom")
LOINC = {Sign.PULSE: "8867-4", Sign.BREATHING: "9279-1", Sign.TEMPERATURE: "8310-5", Sign.WEIGHT: "29463-7", Sign.BP: "85354-9"}
_TYPED = {Sign.PULSE: (48, 131), Sign.BREATHING: (11, 29), Sign.TEMPERATURE: (966, 1021), Sign.WEIGHT: (88, 312)}
_UNIT = {Sign.PULSE: "/min", Sign.BREATHING: "/min", Sign.TEMPERATURE: "[degF]", Sign.WEIGHT: "[lb_av]", Sign.BP: "mm[Hg]"}

_NOT_POSSIBLE = (Code.CHANGED_MEANWHILE, Code.MOVE_NOT_POSSIBLE, Code.ROOM_NOT_READY, Code.ROOM_TAKEN)


@dataclass(frozen=True)
class Typed:
    """One reading as it was typed last: numbers as text (systolic and diastolic of a pressure), of whom, in which visit."""

    sign: Sign
    numbers: tuple[str, ...]
    patient: str
    visit: str
    status: Status = Status.FINAL

    @property
    def unit(self) -> str:
        return _UNIT[self.sign]


@dataclass
class Day:
    """`charted` are records that must be on the server once all is quiet, `readings` what was typed, `refused` what it is to
    refuse. Without `registers` nobody new is registered: only those who are expected come."""

    unit: UnitOfWork
    clock: SetClock
    seed: int
    registers: bool = True
    charted: set[str] = field(default_factory=set)
    readings: dict[str, Typed] = field(default_factory=dict)
    refused: set[str] = field(default_factory=set)
    acts: int = 0

    def __post_init__(self) -> None:
        self._random = Random(self.seed)
        self.visits = Visits(self.unit, self.clock, lambda: CLINIC)
        self.vitals = Vitals(self.unit.write, self.unit.read, self.clock)
        people = People(self.unit, self.clock)
        self._staff = [one.author() for one in people.present() or _hired(people) if one.role is not Role.ADMINISTRATOR]

    def reopened(self, unit: UnitOfWork, clock: SetClock) -> Day:
        """The same day on a store that was closed meanwhile."""
        later = replace(self, unit=unit, clock=clock)
        later._random = self._random
        return later

    def go_on(self, acts: int) -> None:
        """Further acts, of all kinds. What cannot be done as things stand is not done, as for a person."""
        usual: tuple[tuple[Callable[[], None], int], ...] = (
            (self.measure, 6), (self.move, 5), (self.amend, 3), (self.void, 1), (self.ask_allergies, 1), (self.order, 2),
            (self.report, 1), (self.come, 2),
        )  # fmt: skip
        kinds, weights = zip(*usual, strict=True)
        for _ in range(acts):
            try:
                self._random.choices(kinds, weights)[0]()
            except Problem as problem:
                if problem.code not in _NOT_POSSIBLE:
                    raise
            self.acts += 1
            self.clock.forward(seconds=self._random.randint(5, 90))

    # acts

    def come(self) -> None:
        """Somebody who is expected arrives, else somebody new walks in and is measured."""
        expected = [row for row in self._board() if row.status is VisitStatus.EXPECTED]
        if expected:
            row = self._random.choice(expected)
            self._seen(self.visits.arrive(Opening(self._who()), row.visit, row.revision))
        elif self.registers:
            self.walk_in()

    def walk_in(self) -> Visit:
        who = Opening(self._who())
        patient = self.visits.register(who, new(self._random.choice(FAMILIES), f"Ana {self._random.randint(1, 999)}"))
        self.charted.add(patient.id)
        visit = self.visits.add_visit(who, patient.id, self._random.choice(("Cough", "Back pain", "")))
        self._seen(visit)
        self._measure(self._page(visit.ref))
        return visit

    def measure(self) -> None:
        row = self._somebody()
        if row:
            self._measure(self._page(row.visit))

    def move(self) -> None:
        row = self._somebody()
        if row is None:
            return
        board = Opening(self._who())
        visit = self.visits.visit(self._page(row.visit))
        verbs: dict[Step, Callable[[], Visit]] = {
            Step.TAKE_TO_ROOM: lambda: self.visits.take_to_room(
                board, row.visit, visit.revision, self._random.choice(ROOMS).id, "in a hurry"
            ),
            Step.READY_FOR_PROVIDER: lambda: self.visits.ready_for_provider(board, row.visit, visit.revision),
            Step.WITH_PROVIDER: lambda: self.visits.with_provider(board, row.visit, visit.revision),
            Step.LEAVE: lambda: self.visits.leave(board, row.visit, visit.revision),
            Step.UNDO: lambda: self.visits.undo(board, row.visit, visit.revision),
        }
        possible = [step for step in verbs if moves.can(visit, step)]
        likely = [step for step in possible if step is not Step.LEAVE] or possible
        if likely:
            self._seen(verbs[self._random.choice(likely)]())

    def amend(self) -> None:
        reading = self._standing()
        if reading:
            new_one, numbers = self._measurement(reading.sign)
            self.vitals.amend(self._page(reading.visit), reading.id, reading.revision, new_one, "typed wrong")
            self.readings[reading.id] = replace(self.readings[reading.id], numbers=numbers, status=Status.AMENDED)

    def void(self) -> None:
        """What was never sent then need not be."""
        reading = self._standing()
        if reading:
            self.vitals.void(self._page(reading.visit), reading.id, reading.revision, "wrong patient")
            self.readings[reading.id] = replace(self.readings[reading.id], status=Status.ENTERED_IN_ERROR)
            self.charted.discard(reading.id)

    def ask_allergies(self) -> None:
        row = self._somebody()
        if row:
            told = [NewAllergy(self._random.choice(ALLERGENS), "Hives")] if self._random.random() < 0.7 else []
            self.visits.ask_allergies(self._page(row.visit), told)

    def order(self, words: str = "Urine dipstick") -> None:
        row = self._somebody()
        if row:
            placed = self.visits.place_order(self._page(row.visit), NewOrder(words, "Dr. Amara Koroma"))
            (self.refused if words == POISON else self.charted).add(placed.id)

    def poison(self) -> None:
        self.order(POISON)

    def report(self) -> None:
        reading = self._standing()
        if reading:
            self.visits.report_critical(self._page(reading.visit), reading.id, "pulse", "Dr. Koroma", self.clock.now(), True)

    # who and what

    def _who(self) -> Author:
        return self._random.choice(self._staff)

    def _page(self, visit: object) -> Opening:
        return Opening(self._who(), visit)  # pyright: ignore[reportArgumentType]

    def _board(self) -> tuple[BoardRow, ...]:
        return self.visits.today(Opening(self._staff[0])).visits

    def _somebody(self) -> BoardRow | None:
        here = [row for row in self._board() if row.status in moves.HERE]
        return self._random.choice(here) if here else None

    def _seen(self, visit: Visit) -> None:
        self.charted.add(visit.ref.visit)

    def _measure(self, page: Opening) -> None:
        visit = page.visit
        assert visit is not None
        signs = self._random.sample(list(LOINC), self._random.randint(1, len(LOINC)))
        made = [self._measurement(sign) for sign in signs]
        saved = self.vitals.record(page, Entry(visit, tuple(one for one, _ in made)))
        for reading, sign, (_, numbers) in zip(saved.readings, signs, made, strict=True):
            assert reading.sign is sign
            self.readings[reading.id] = Typed(sign, numbers, visit.patient, visit.visit)
            self.charted.add(reading.id)

    def _measurement(self, sign: Sign) -> tuple[Measurement, tuple[str, ...]]:
        if sign is Sign.BP:
            upper = self._random.randint(92, 178)
            halves = (str(upper), str(upper - self._random.randint(25, 60)))
            return pressure(*halves), halves
        number = str(self._random.randint(*_TYPED[sign]))
        text = f"{number[:-1]}.{number[-1]}" if sign is Sign.TEMPERATURE else number
        return measured(sign, text, _UNIT[sign]), (text,)

    def _standing(self) -> Reading | None:
        """Of somebody who is here, one that nobody took back."""
        row = self._somebody()
        if row is None:
            return None
        sets = self.vitals.sets(self._page(row.visit))
        found = [one for of_set in sets for one in of_set.readings if one.id in self.readings and not one.retracted]
        return self._random.choice(found) if found else None


def _hired(people: People) -> list[StaffMember]:
    sofia = Opening(people.first_administrator(NewStaff("Sofia Petrov", Role.ADMINISTRATOR, "9182")).author())
    return [
        people.add(sofia, NewStaff("Amara Koroma", Role.LEAD, "4819")),
        people.add(sofia, NewStaff("Dana Reyes", Role.ASSISTANT, "4711")),
    ]


def numbers_of(observation: dict[str, object]) -> tuple[str, ...]:
    """Of an Observation as a server gives it back: its value, or the halves of a pressure in their order."""
    parts = observation.get("component") or [observation]
    assert isinstance(parts, list)
    return tuple(str(part["valueQuantity"]["value"]) for part in parts if "valueQuantity" in part)
