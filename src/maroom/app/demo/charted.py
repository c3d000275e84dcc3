"""Charts further visits of the invented clinic through the services of a real one, so that they wait to be sent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import cycle
from random import Random

from maroom.app.compose import Services
from maroom.app.demo.bodies import Body
from maroom.app.demo.measured import HALVES, PRESSURE_FROM
from maroom.app.demo.people import Person, people
from maroom.app.demo.seed import Seed, table
from maroom.core.people import Author, Opening, Role
from maroom.core.problems import Code, Problem
from maroom.core.quantity import Quantity, rounded
from maroom.duties.vitals.model import Component, Entry, Measurement, Sign
from maroom.duties.vitals.service import Vitals
from maroom.visits.model import RoomNow, RoomState, Visit
from maroom.visits.service import Visits

_SIGNS = {Sign.PULSE: "pulse", Sign.BREATHING: "breathing", Sign.TEMPERATURE: "temperature", Sign.SPO2: "oxygen"}
_TREATED = 1.0
_FREE = (RoomState.READY, RoomState.DIRTY, RoomState.CLEANING)


def chart(services: Services, count: int) -> int:
    """Takes `count` of the cast through a whole visit each, by one assistant after the other. Problem NOT_DEMO."""
    if not services.settings.clinic.demo:
        raise Problem(Code.NOT_DEMO)
    made = _Charted(services.visits, Vitals(services.unit.write, services.unit.read, services.clock), services.clock.today())
    assistants = [member.author() for member in services.people.present() if member.role is Role.ASSISTANT]
    turns = zip(range(count), cycle(_cast(services.clock.today())), cycle(assistants), strict=False)
    for number, person, author in turns:
        made.whole_visit(number, person, author)
    return count


def _cast(today: date) -> tuple[Person, ...]:
    """Those who are in every invented clinic, whatever its seed and day."""
    return people(Seed(0, today))[: len(table("people")["cast"])]


@dataclass(frozen=True)
class _Charted:
    visits: Visits
    vitals: Vitals
    today: date

    def whole_visit(self, number: int, person: Person, author: Author) -> None:
        """Walks in, is roomed, measured, seen, and leaves; the room is cleaned."""
        board = Opening(author)
        came = self.visits.add_visit(board, self._found(board, person), table("visits")["reasons"][person.visit]["text"])
        room = self._ready_room(board)
        roomed = self.visits.take_to_room(board, came.ref, came.revision, room)
        measurements = tuple(_measured(Body.of(person, Random(person.key)), self.today, Random(number)))
        self.vitals.record(Opening(author, came.ref), Entry(came.ref, measurements))
        self._leaves(board, roomed)
        self._clean(board, room)

    def _found(self, board: Opening, person: Person) -> str:
        """By her name, as somebody at the desk would type it."""
        typed = " ".join((*person.name.given, person.name.family))
        return next(card.id for card in self.visits.find(board, typed) if card.name == person.name)

    def _ready_room(self, board: Opening) -> str:
        """One that is ready, else one that can be made so. Problem ROOM_TAKEN where all are occupied."""
        rooms = [now for now in self.visits.rooms(board) if now.state in _FREE]
        if not rooms:
            raise Problem(Code.ROOM_TAKEN, room="of the clinic")
        best = min(rooms, key=_readiness)
        if best.state is not RoomState.READY:
            self._clean(board, best.room.id)
        return best.room.id

    def _leaves(self, board: Opening, visit: Visit) -> None:
        for step in (self.visits.ready_for_provider, self.visits.with_provider, self.visits.leave):
            visit = step(board, visit.ref, visit.revision)

    def _clean(self, board: Opening, room: str) -> None:
        self.visits.start_cleaning(board, room)
        self.visits.room_ready(board, room)


def _readiness(now: RoomNow) -> int:
    return _FREE.index(now.state)


def _measured(body: Body, day: date, rng: Random) -> Iterator[Measurement]:
    """What an assistant takes of everybody."""
    if body.person.age(day) >= PRESSURE_FROM:
        halves = zip(HALVES, body.pressure(day, _TREATED, rng), strict=True)
        yield Measurement(Sign.BP, parts={Component(half): _quantity(half, value) for half, value in halves})
    for sign, told in _SIGNS.items():
        yield Measurement(sign, _quantity(told, body.strayed(told, day, _TREATED, rng)))
    yield Measurement(Sign.WEIGHT, _quantity("weight_small", body.weight(day)))


def _quantity(told: str, measured: float) -> Quantity:
    """As an assistant would have typed it."""
    sign = table("bodies")["signs"][told]
    value = rounded(Decimal(measured), sign["places"])
    return Quantity(value, sign["unit"], str(value))
