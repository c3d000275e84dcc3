"""What the page shows, as frozen values. Words are the view's: here stand codes, figures, and times on the clinic's clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from maroom.core.findings import Finding
from maroom.duties.vitals.model import Absent, Component, Sign, Spared
from maroom.duties.vitals.presenter import offered
from maroom.duties.vitals.presenter.sheets import Reason, Telling, Timing
from maroom.duties.vitals.rules.growth.drawing import Drawing
from maroom.duties.vitals.rules.guides import Band, Line
from maroom.duties.vitals.rules.quick.parts import Mark
from maroom.duties.vitals.rules.shown import Shown
from maroom.duties.vitals.rules.slips import Slip


@dataclass(frozen=True)
class Cell:
    """One field of a row; `severity` is empty while nothing is found about it."""

    field: str
    text: str = ""
    severity: str = ""


@dataclass(frozen=True)
class Question:
    """A qualifier: asked until somebody says it, never filled in."""

    name: str
    choices: tuple[str, ...]
    chosen: str = ""


@dataclass(frozen=True)
class Last:
    """The newest value from before this visit."""

    text: str
    unit: str
    at: datetime


@dataclass(frozen=True)
class Remark:
    """What is computed and told where there is no finding: the index of body mass, the change of weight."""

    code: str
    value: str
    unit: str = ""


@dataclass(frozen=True)
class Rest:
    """The time before the next reading of the pressure. `started` is None until somebody starts it."""

    minutes: int
    started: datetime | None = None
    due: datetime | None = None


@dataclass(frozen=True)
class Row:
    """One row of the form. `asks` is what is unusual about its value and has not been said to be right; `kept` when it has;
    `slip` what was probably meant. `from_years`: not asked before that age unless somebody wants it."""

    key: str
    sign: Sign
    cells: tuple[Cell, ...]
    unit: str
    units: tuple[str, ...]
    part: Component | None = None
    number: int = 1
    """of a pressure: which reading of the set"""
    value: Shown | None = None
    """the number as it was read, with its unit; of a child always kilograms"""
    other: Shown | None = None
    questions: tuple[Question, ...] = ()
    finding: Finding | None = None
    asks: Finding | None = None
    kept: bool = False
    slip: Slip | None = None
    absent: Absent | None = None
    remark: Remark | None = None
    last: Last | None = None
    rest: Rest | None = None
    from_years: int | None = None


@dataclass(frozen=True)
class Chip:
    """A piece of the quick line read back: a value with how it was measured, or with `why` nothing is taken from it.
    `at` is where it stands in the line."""

    text: str
    at: tuple[int, int]
    sign: Sign | None = None
    part: Component | None = None
    value: Shown | None = None
    other: Shown | None = None
    how: tuple[str, ...] = ()
    severity: str = ""
    why: Mark | None = None
    unfinished: bool = False
    """still being typed"""


@dataclass(frozen=True)
class Quick:
    """The quick line. `filled`: what stands in it has been put into the rows."""

    text: str = ""
    chips: tuple[Chip, ...] = ()
    filled: bool = False

    @property
    def marked(self) -> Chip | None:
        """The first piece that is not understood."""
        return next((chip for chip in self.chips if chip.why), None)


@dataclass(frozen=True)
class Point:
    """A value of the trend; `lower` is the diastolic of a pressure."""

    at: datetime
    value: Decimal
    lower: Decimal | None = None


@dataclass(frozen=True)
class Curve:
    """The trend of the sign at hand, the value being typed as its last point, in the unit of its row."""

    sign: Sign
    unit: str
    points: tuple[Point, ...] = ()
    bands: tuple[Band, ...] = ()
    lines: tuple[Line, ...] = ()
    span: tuple[Decimal, ...] = ()
    """the ends of a scale that is always drawn whole"""
    typed: bool = False
    """whether the last point is still being typed"""


@dataclass(frozen=True)
class Before:
    """A value that was replaced: what it was, and by whom, when and why it was changed."""

    value: Shown | Absent
    by: str
    at: datetime
    reason: str


@dataclass(frozen=True)
class Value:
    """A reading of a set as one piece of its line."""

    id: str
    sign: Sign
    value: Shown | Absent
    amended: bool = False
    retracted: bool = False
    before: tuple[Before, ...] = ()
    derived: bool = False
    """whether it follows from others, and is put right with them"""

    @property
    def correctable(self) -> bool:
        return not self.retracted and not self.derived


@dataclass(frozen=True)
class SetLine:
    """A set of this visit. `typed`: when it was entered, where that was later than it was measured."""

    key: str
    at: datetime
    by: str
    values: tuple[Value, ...]
    typed: datetime | None = None


@dataclass(frozen=True)
class Saved:
    """What was just put on record, and whose it is."""

    name: str
    at: datetime


@dataclass(frozen=True)
class Correction:
    """A reading that is being corrected. `asks` while an unusual new value has not been said to be right."""

    value: Value
    text: str = ""
    unit: str = ""
    reason: str = ""
    finding: Finding | None = None
    asks: bool = False
    kept: bool = False
    may_amend: bool = False
    may_void: bool = False


@dataclass(frozen=True)
class Mean:
    """The average of the pressures of this visit, of so many readings."""

    text: str
    count: int


@dataclass(frozen=True)
class State:
    """`wanted` names a field that must be seen to before the page can be saved; it holds for one drawing."""

    rows: tuple[Row, ...]
    here: str
    """the key of the row at hand"""
    curve: Curve
    technique: tuple[str, ...] = ()
    """codes of what to heed in taking the sign at hand"""
    spared: tuple[Spared, ...] = ()
    """arms that its pressure is not taken on"""
    mean: Mean | None = None
    growth: Drawing | None = None
    """the chart of a child's value at hand"""
    tall: Sign = Sign.HEIGHT
    """what this patient's length is called"""
    quick: Quick = Quick()
    more: tuple[str, ...] = ()
    """the keys of rows that can be asked for besides"""
    sets: tuple[SetLine, ...] = ()
    may_save: bool = False
    saved: Saved | None = None
    offered: offered.State = offered.NOTHING
    """readings of instruments"""
    correction: Correction | None = None
    measured: datetime | None = None
    """where it was measured before now"""
    performer: str = ""
    """the name of who measured, where it is somebody else"""
    timing: Timing | None = None
    telling: Telling | None = None
    untold: int = 0
    """critical values of this visit that nobody has told"""
    reason: Reason | None = None
    wanted: str = ""

    @property
    def row(self) -> Row:
        """The row at hand."""
        return next((row for row in self.rows if row.key == self.here), self.rows[0])
