"""What stands before the program while no store is open: waiting, first start, a form, or a fault. Plain Python."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Protocol

from maroom.app import founding
from maroom.app.founding import ADMINISTRATOR, Asked, NewClinic
from maroom.core.findings import Finding
from maroom.core.presenter import Presenter
from maroom.core.problems import Code, Problem

BY_PASSPHRASE = (Code.PASSPHRASE_NEEDED, Code.WRONG_PASSPHRASE, Code.WRONG_KEY)
"""the faults that the recovery passphrase mends"""
RECOVERY = "recovery"
"""the field for it"""


class Ways(Protocol):
    """How it goes on from here; each answers by one of the faces below, or by the program itself."""

    def open_with(self, passphrase: str) -> None: ...

    def make_clinic(self, new: NewClinic) -> None: ...

    def make_demo(self) -> None: ...

    def make_administrator(self, name: str, pin: str) -> None: ...


class Face(StrEnum):
    OPENING = "opening"
    FIRST_START = "first_start"
    NEW_CLINIC = "new_clinic"
    MAKING = "making"
    ADMINISTRATOR = "administrator"
    FAULT = "fault"


@dataclass(frozen=True)
class State:
    """`typed` outlives every fault. `shown` are findings, told from the first try on; `tries` counts those in vain."""

    face: Face = Face.OPENING
    typed: Mapping[str, str] = field(default_factory=dict[str, str], repr=False)
    shown: Mapping[str, Finding] = field(default_factory=dict[str, Finding])
    tries: int = 0
    problem: Problem | None = None
    by_passphrase: bool = False
    may_go_back: bool = False


class DoorPresenter(Presenter[State]):
    """`again` is what the fault page tries anew where nothing else was asked for."""

    def __init__(self, ways: Ways, again: Callable[[], None], state: State | None = None) -> None:
        super().__init__(state or State())
        self._ways = ways
        self._again = self._last = again

    # what the start says

    def opening(self) -> None:
        making = self.state.face in (Face.FIRST_START, Face.NEW_CLINIC, Face.MAKING)
        self._turn(Face.MAKING if making else Face.OPENING)

    def first_start(self) -> None:
        self._turn(Face.FIRST_START)

    def no_administrator(self) -> None:
        self._turn(Face.ADMINISTRATOR)

    def fault(self, problem: Problem) -> None:
        back = self.state.face is Face.MAKING
        self.show(
            replace(self.state, face=Face.FAULT, problem=problem, by_passphrase=problem.code in BY_PASSPHRASE, may_go_back=back)
        )

    # what the person wishes

    def typed(self, name: str, text: str) -> None:
        self.show(self._judged(replace(self.state, typed={**self.state.typed, name: text})))

    def ask_for_clinic(self) -> None:
        self._turn(Face.NEW_CLINIC)

    def go_back(self) -> None:
        """From the form to the choice, and from a fault to the form."""
        if self.state.face is Face.NEW_CLINIC:
            self._turn(Face.FIRST_START)
        elif self.state.face is Face.FAULT and self.state.may_go_back:
            self._turn(Face.NEW_CLINIC if self.state.typed else Face.FIRST_START)

    def make_demo(self) -> None:
        self._do(self._ways.make_demo)

    def make_clinic(self) -> None:
        if self._may_go_on():
            new = founding.new_clinic(self.state.typed)
            self._do(lambda: self._ways.make_clinic(new))

    def make_administrator(self) -> None:
        if self._may_go_on():
            name, pin = self.state.typed[Asked.NAME].strip(), self.state.typed[Asked.PIN]
            try:
                self._ways.make_administrator(name, pin)
            except Problem as problem:
                self.fault(problem)

    def try_again(self) -> None:
        """With the recovery passphrase where that is asked for and was typed."""
        passphrase = self.state.typed.get(RECOVERY, "")
        if self.state.by_passphrase and passphrase:
            self._ways.open_with(passphrase)
        elif self.state.may_go_back:
            self._turn(Face.MAKING)
            self._last()
        else:
            self._again()

    # within

    def _do(self, deed: Callable[[], None]) -> None:
        self._last = deed
        deed()

    def _may_go_on(self) -> bool:
        """Otherwise the findings are shown, and one more try was in vain."""
        if not self._found(self.state):
            return True
        self.show(self._judged(replace(self.state, tries=self.state.tries + 1)))
        return False

    def _turn(self, face: Face) -> None:
        self.show(replace(self.state, face=face, shown={}, tries=0, problem=None, by_passphrase=False, may_go_back=False))

    def _judged(self, state: State) -> State:
        return replace(state, shown=self._found(state) if state.tries else {})

    def _found(self, state: State) -> dict[str, Finding]:
        asked = {Face.NEW_CLINIC: tuple(Asked), Face.ADMINISTRATOR: ADMINISTRATOR}
        return founding.findings(state.typed, asked.get(state.face, ()))
