"""Lines of the outbox become steps: what of one record goes up next, as one create or update. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import takewhile

from maroom.store.base import Op

FOLLOWING = ("Provenance", "AuditEvent")
"""They tell of other records: they bring none of them up, and nothing waits for them."""


@dataclass(frozen=True)
class Line:
    """A line of the outbox that could go up. `sent`: it may be there already. `idle`: a visit to which nobody came yet, or what
    this clinic does not send."""

    seq: int
    local_id: str
    kind: str
    rtype: str
    revision: int
    op: str
    author: str
    at: datetime
    state: str
    why: str = ""
    needs: tuple[str, ...] = ()
    attempts: int = 0
    sent: bool = False
    idle: bool = False


@dataclass(frozen=True)
class Step:
    """`covers` are earlier lines of the same author, which go up with this one."""

    line: Line
    covers: tuple[int, ...] = ()

    @property
    def local_id(self) -> str:
        return self.line.local_id

    @property
    def rtype(self) -> str:
        return self.line.rtype

    @property
    def seq(self) -> int:
        return self.line.seq

    @property
    def seqs(self) -> tuple[int, ...]:
        return (*self.covers, self.line.seq)

    @property
    def follows(self) -> bool:
        return self.rtype in FOLLOWING


def by_record(lines: Iterable[Line]) -> dict[str, list[Line]]:
    found: dict[str, list[Line]] = {}
    for line in sorted(lines, key=lambda line: line.seq):
        found.setdefault(line.local_id, []).append(line)
    return found


def next_step(lines: Sequence[Line]) -> Step:
    """Of one record's lines, by seq. Never sent lines of one author go up as the last of them; the next author's is a step
    of its own, or the server would never have seen the first as author. What may be there already goes alone."""
    first = lines[0]
    if first.sent:
        return Step(first)
    run = list(takewhile(lambda line: not line.sent and line.author == first.author, lines))
    return Step(run[-1], tuple(line.seq for line in run[:-1]))


def never_to_be(lines: Sequence[Line], there: bool) -> bool:
    """Made and struck out again before the server saw any of it."""
    return not there and lines[-1].op == Op.VOID and not any(line.sent for line in lines)
