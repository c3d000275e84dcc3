"""Stand-ins for the outside: a strip that remembers what it said, jobs done at once, and where somebody wished to go."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from maroom.core.problems import Problem
from maroom.core.visit import VisitRef


@dataclass
class SaidMessages:
    """Remembers, in order; the last is what the strip would show."""

    words: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    steps: dict[str, Callable[[], None] | None] = field(default_factory=dict)
    """what can be done about what was said, by the words of it"""

    def said(self, words: str) -> None:
        self.words.append(words)

    def trouble(self, problem: Problem) -> None:
        self.problems.append(problem)

    def offer(
        self, words: str, step: str = "", press: Callable[[], None] | None = None, tone: str = "notice", icon: str = ""
    ) -> None:
        del tone, icon
        self.words.append(words)
        if step:
            self.steps[step] = press

    def clear(self) -> None:
        self.words.clear()
        self.problems.clear()


@dataclass
class Navigated:
    """Where it was asked to go."""

    to: list[tuple[str, VisitRef | None]] = field(default_factory=list)

    def __call__(self, page: str, visit: VisitRef | None = None) -> None:
        self.to.append((page, visit))


class JobsAtOnce:
    """Runs a job within `start`; `hold` keeps its answer back until `answer`, as a slow one would."""

    def __init__(self, hold: bool = False) -> None:
        self.hold = hold
        self._answers: list[Callable[[], None]] = []

    def start(
        self,
        key: str,
        work: Callable[..., Any],
        done: Callable[[Any], None],
        failed: Callable[[Exception], None],
        progress: Callable[[int, int], None] | None = None,
    ) -> bool:
        del key
        try:
            result = work(lambda: False, progress or (lambda _done, _total: None))
        except Exception as fault:
            self._answer(lambda fault=fault: failed(fault))
        else:
            self._answer(lambda: done(result))
        return True

    def answer(self) -> None:
        answers, self._answers = self._answers, []
        for tell in answers:
            tell()

    def _answer(self, tell: Callable[[], None]) -> None:
        if self.hold:
            self._answers.append(tell)
        else:
            tell()


class JobByHand:
    """Jobs that run when they are told to, until something is true; their answers come at once."""

    def __init__(self) -> None:
        self.waiting: tuple[Any, ...] | None = None
        self.started: list[str] = []
        self.closed = False
        """the program is: nothing is begun any more"""

    def start(
        self,
        key: str,
        work: Callable[..., Any],
        done: Callable[[Any], None],
        failed: Callable[[Exception], None],
        progress: Callable[[int, int], None] | None = None,
    ) -> bool:
        if self.closed or self.waiting is not None:
            return False
        self.started.append(key)
        self.waiting = (work, done, failed, progress)
        return True

    def run(self, until: Callable[[], bool] = lambda: False) -> None:
        assert self.waiting is not None
        work, done, failed, progress = self.waiting
        try:
            answer = work(until, progress)
        except Exception as fault:
            self.waiting = None
            failed(fault)
        else:
            self.waiting = None
            done(answer)
