"""How far a run is: its steps in their order, and how long it may still take."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from math import ceil

from maroom.core.clock import Moment
from maroom.sync.phase import Phase
from maroom.sync.station import Going

STEPS = (Phase.CONNECTING, Phase.SENDING, Phase.RECEIVING, Phase.MERGED, Phase.WAITING)
_LEAST = 2.0
"""seconds after which a rate is worth anything"""
_ROUGHLY = 10


class At(StrEnum):
    DONE = "done"
    HERE = "here"
    AHEAD = "ahead"


@dataclass(frozen=True)
class Step:
    """`of` is 0 where it is not known."""

    phase: Phase
    at: At
    done: int = 0
    of: int = 0


def steps(going: Going) -> tuple[Step, ...]:
    """Waiting is a step of its own only while it is waited; sending after it is sending again."""
    shown = [phase for phase in STEPS if phase is not Phase.WAITING or going.phase is Phase.WAITING]
    here = shown.index(going.phase)
    return tuple(
        Step(phase, At.HERE, going.done, going.of) if number == here else Step(phase, At.DONE if number < here else At.AHEAD)
        for number, phase in enumerate(shown)
    )


def seconds_left(going: Going, now: Moment) -> int | None:
    """Of the phase, by how fast it went so far; roughly, and never less than a second. None where it cannot be told."""
    if going.phase is Phase.WAITING:
        return max(going.of - going.done, 1)
    passed = (now.utc - going.since.utc) / timedelta(seconds=1)
    if not going.done or going.done >= going.of or passed < _LEAST:
        return None
    left = ceil(passed / going.done * (going.of - going.done))
    return left if left < _ROUGHLY else ceil(left / _ROUGHLY) * _ROUGHLY
