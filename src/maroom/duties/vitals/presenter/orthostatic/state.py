"""What the sheet of a series shows, as frozen values. Words are the view's; times are on the clinic's clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from maroom.core.findings import Finding
from maroom.duties.vitals.rules.orthostatic import Change, Position


@dataclass(frozen=True)
class Cell:
    field: str
    text: str = ""
    severity: str = ""


@dataclass(frozen=True)
class Running:
    """Since when somebody lies, or stands, and when the next reading is due."""

    started: datetime
    due: datetime


@dataclass(frozen=True)
class Line:
    """One step. `minutes` is the field in which they can be set right, `counted` what holds: typed, or by the clock, or None
    where nobody knows. `due`: when it is to be taken. `symptom` is empty where nobody asked yet."""

    key: str
    position: Position
    planned: int | None
    systolic: Cell
    diastolic: Cell
    pulse: Cell
    minutes: Cell
    counted: Decimal | None = None
    due: datetime | None = None
    change: Change | None = None
    fell: bool = False
    """whether the change is as large as one that counts"""
    finding: Finding | None = None
    asks: Finding | None = None
    absent: str = ""
    symptom: str = ""

    @property
    def cells(self) -> tuple[Cell, ...]:
        """In the order of typing."""
        return self.systolic, self.diastolic, self.pulse

    @property
    def is_taken(self) -> bool:
        return any(cell.text.strip() for cell in self.cells)


@dataclass(frozen=True)
class Asked:
    """How all of them are measured: asked once, never filled in."""

    name: str
    choices: tuple[str, ...]
    chosen: str = ""


@dataclass(frozen=True)
class State:
    """`found` is what the series comes to, the most urgent first; `positive` as in `rules.orthostatic.Series`. `stop`: there
    are symptoms, so nobody should stand on. `wanted` names a field that must be seen to; it holds for one drawing."""

    lines: tuple[Line, ...]
    how: tuple[Asked, ...]
    symptoms: tuple[str, ...]
    is_open: bool = False
    rest: Running | None = None
    stood: Running | None = None
    found: tuple[Finding, ...] = ()
    positive: bool | None = None
    stop: bool = False
    may_save: bool = False
    wanted: str = ""
