"""Which moves somebody made last, so that she can take them back, and nobody else's by mistake."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from maroom.core.visit import VisitRef
from maroom.visits.model import BoardRow, Step, Visit

Made = tuple[VisitRef, int]
"""A visit and its revision after the move."""
_KEPT = 50


@dataclass
class Recent:
    """Outlives the opening of a page. A move that somebody has moved on from is hers no more."""

    _moves: dict[str, list[Made]] = field(default_factory=dict[str, list[Made]])

    def moved(self, author: str, visit: Visit) -> None:
        """`visit` as it stands after the move."""
        moves = self._moves.setdefault(author, [])
        moves.append((visit.ref, visit.revision))
        del moves[:-_KEPT]

    def last(self, author: str, rows: Iterable[BoardRow]) -> BoardRow | None:
        """The row of her last move that nothing has come after."""
        standing = {(row.visit, row.revision): row for row in rows if Step.UNDO in row.steps}
        moves = self._moves.get(author, [])
        return next((standing[made] for made in reversed(moves) if made in standing), None)

    def undone(self, author: str, row: BoardRow, visit: Visit) -> None:
        """The move after which `row` stood was taken back; the one before it of the same visit can be, too."""
        moves = self._moves.get(author, [])
        if (row.visit, row.revision) in moves:
            moves.remove((row.visit, row.revision))
        at = next((at for at in reversed(range(len(moves))) if moves[at][0] == visit.ref), None)
        if at is not None:
            moves[at] = (visit.ref, visit.revision)
