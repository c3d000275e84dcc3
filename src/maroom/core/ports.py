"""What a presenter or service asks of the outside, as protocols; `ui/` and `app/` stand behind them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from maroom.core.problems import Problem
from maroom.core.visit import VisitRef


class Messages(Protocol):
    """The one strip of the window."""

    def said(self, words: str) -> None:
        """Something went well: `Saved for María García, 10:41`."""
        ...

    def trouble(self, problem: Problem) -> None:
        """Something outside went wrong: its sentence and its next step."""
        ...

    def offer(
        self, words: str, step: str = "", press: Callable[[], None] | None = None, tone: str = "notice", icon: str = ""
    ) -> None:
        """Something to know, with the one thing to do about it. Tones: notice, warn, critical."""
        ...

    def clear(self) -> None: ...


class Jobs(Protocol):
    """Work off the UI thread. `work` is given `stop` (asks whether to end) and `report` (done, of all)."""

    def start(
        self,
        key: str,
        work: Callable[[Callable[[], bool], Callable[[int, int], None]], Any],
        done: Callable[[Any], None],
        failed: Callable[[Exception], None],
        progress: Callable[[int, int], None] | None = None,
    ) -> bool:
        """False where a job of the same key is still running. `done` or `failed` is called on the UI thread."""
        ...


class Navigate(Protocol):
    def __call__(self, page: str, visit: VisitRef | None = None) -> None:
        """Go to a page by its key, for a visit where the page needs one."""
        ...
