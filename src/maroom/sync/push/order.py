"""The order of what goes up: a visit at a time, what is referred to before what refers to it, cut to bundles. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from maroom.sync.push.plan import Place
from maroom.sync.push.steps import Step

Block = tuple[Step, ...]
"""Steps that refer to each other, and can only go together; nearly always one alone."""
_RANKS = {"Patient": 0, "Encounter": 1, "Provenance": 3, "AuditEvent": 4}
_OTHERS = 2
_SHRINKS = 2
"""powers of two by which a bundle gets smaller with each time that it was sent and no answer came"""


def visits(steps: Mapping[str, Step], places: Mapping[str, Place]) -> list[list[Block]]:
    """Each visit with all that it needs and is not yet up, the oldest first. What only says who looked comes last."""
    return _Ordering(steps, places).made()


class _Ordering:
    """Tarjan's components, which come out with what they depend on before them."""

    def __init__(self, steps: Mapping[str, Step], places: Mapping[str, Place]) -> None:
        self._steps = steps
        self._places = places
        self._number: dict[str, int] = {}
        self._lowest: dict[str, int] = {}
        self._open: list[str] = []

    def made(self) -> list[list[Block]]:
        groups: dict[str, list[Step]] = {}
        homes = self._homes()
        for step in self._steps.values():
            key = self._visit(step)
            groups.setdefault(homes.get(key, key), []).append(step)
        ordered = sorted(groups.values(), key=_age)
        return [blocks for group in ordered if (blocks := list(self._of_group(group)))]

    def _homes(self) -> dict[str, str]:
        """A new patient goes up with the first visit of hers."""
        homes: dict[str, str] = {}
        for step in sorted(self._steps.values(), key=lambda step: step.seq):
            if not step.follows:
                for need in step.line.needs:
                    homes.setdefault(need, self._visit(step))
        return {need: home for need, home in homes.items() if need in self._steps and self._rtype(need) == "Patient"}

    def _of_group(self, group: Iterable[Step]) -> Iterator[Block]:
        for step in sorted(group, key=lambda step: (rank(step), step.seq)):
            if step.local_id not in self._number:
                yield from self._component(step.local_id)

    def _component(self, local_id: str) -> Iterator[Block]:
        self._number[local_id] = self._lowest[local_id] = len(self._number)
        self._open.append(local_id)
        for need in self._needs(local_id):
            if need not in self._number:
                yield from self._component(need)
                self._lowest[local_id] = min(self._lowest[local_id], self._lowest[need])
            elif need in self._open:
                self._lowest[local_id] = min(self._lowest[local_id], self._number[need])
        if self._lowest[local_id] == self._number[local_id]:
            place = self._open.index(local_id)
            members, self._open = self._open[place:], self._open[:place]
            yield tuple(self._steps[one] for one in members)

    def _needs(self, local_id: str) -> list[str]:
        return [need for need in self._steps[local_id].line.needs if need in self._steps and need != local_id]

    def _visit(self, step: Step) -> str:
        """What it goes up with: its Encounter, else its patient, else what it tells of."""
        if step.rtype == "AuditEvent":
            return step.rtype
        if step.rtype == "Encounter":
            return step.local_id
        needs = step.line.needs
        for rtype in ("Encounter", "Patient"):
            found = next((need for need in needs if self._rtype(need) == rtype), "")
            if found:
                return found
        of_step = next((self._steps[need] for need in needs if need in self._steps), None)
        return self._visit(of_step) if of_step and step.follows and not of_step.follows else (*needs, step.local_id)[0]

    def _rtype(self, local_id: str) -> str:
        step = self._steps.get(local_id)
        return step.rtype if step else self._places.get(local_id, Place()).rtype


def rank(step: Step) -> int:
    return _RANKS.get(step.rtype, _OTHERS)


def _age(group: Sequence[Step]) -> tuple[bool, int]:
    return group[0].rtype == "AuditEvent", min(step.seq for step in group)


def bundles(blocks: Iterable[Block], entries: int) -> Iterator[list[Block]]:
    """At most `entries` in each, and fewer where an answer did not come before; a block is never cut."""
    chunk: list[Block] = []
    for block in blocks:
        grown = [*chunk, block]
        if chunk and sum(map(len, grown)) > min(_most(one, entries) for one in grown):
            yield chunk
            grown = [block]
        chunk = grown
    if chunk:
        yield chunk


def _most(block: Block, entries: int) -> int:
    attempts = max(step.line.attempts for step in block)
    return max(entries >> (_SHRINKS * attempts), 1)


def halves(blocks: Sequence[Block]) -> tuple[Sequence[Block], Sequence[Block]]:
    middle = (len(blocks) + 1) // 2
    return blocks[:middle], blocks[middle:]
