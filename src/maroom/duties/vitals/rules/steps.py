"""The steps of an orthostatic series, and how long after lying down or standing up something was measured."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_DOWN, Decimal
from functools import cache

from maroom.duties.vitals.rules.orthostatic import Position, figures


@dataclass(frozen=True)
class Step:
    """`minutes` after which it is taken; None where the step is taken only if somebody wants it."""

    key: str
    position: Position
    minutes: int | None = None


@cache
def steps() -> tuple[Step, ...]:
    """In the order of measuring."""
    procedure = figures().procedure
    standing = (Step(f"standing-{minutes}", Position.STANDING, minutes) for minutes in procedure.standing)
    return (Step("lying", Position.LYING, procedure.lying), Step("sitting", Position.SITTING), *standing)


def minutes_since(step: Step, began: datetime | None, at: datetime | None) -> Decimal | None:
    """By the clock, `began` being when the person lay down, or stood up. None where either is not known.

    A value typed within the time that a cuff takes counts as taken at the step's own minute; else whole minutes of rest, and
    tenths of standing, are counted, begun ones not.
    """
    if began is None or at is None or at < began:
        return None
    seconds = Decimal(int((at - began).total_seconds()))
    if step.position is not Position.STANDING:
        return seconds // 60
    meant = step.minutes or 0
    if 0 <= seconds - meant * 60 <= figures().procedure.typed_within_seconds:
        return Decimal(meant)
    return (seconds / 60).quantize(Decimal("0.1"), ROUND_DOWN)


def note(position: Position, minutes: Decimal | None) -> str:
    """What is kept with the reading; nothing where the minutes are not known."""
    return "" if minutes is None else figures().note[position].format(minutes=f"{minutes.normalize():f}")
