"""What a kit needs of a window where there is none: words go to standard error, and work is done at once."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from maroom.core.problems import Problem
from maroom.core.visit import VisitRef


class Windowless:
    """Messages, Jobs and Navigate in one."""

    def said(self, words: str) -> None:
        sys.stderr.write(f"{words}\n")

    def trouble(self, problem: Problem) -> None:
        sys.stderr.write(f"{problem}\n")

    def offer(
        self, words: str, step: str = "", press: Callable[[], None] | None = None, tone: str = "notice", icon: str = ""
    ) -> None:
        del step, press, tone, icon
        self.said(words)

    def clear(self) -> None:
        """Nothing stays in sight at a terminal that could be cleared."""

    def start(
        self,
        key: str,
        work: Callable[[Callable[[], bool], Callable[[int, int], None]], Any],
        done: Callable[[Any], None],
        failed: Callable[[Exception], None],
        progress: Callable[[int, int], None] | None = None,
    ) -> bool:
        del key
        try:
            result = work(lambda: False, progress or (lambda _done, _total: None))
        except Problem as problem:
            failed(problem)
        else:
            done(result)
        return True

    def __call__(self, page: str, visit: VisitRef | None = None) -> None:
        del page, visit
