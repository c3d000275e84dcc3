"""The last resort: what no other code expected. A report without patient data in `reports/`, and a number to name it by.

Not for Problems, which have their sentence and their place on the page.
"""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

FOLDER = "reports"
_KEPT = 20


class Crash:
    """Writes where in our code an exception came from: types, files and lines, never its text or any value."""

    def __init__(self, folder: Path, tell: Callable[[str], None]) -> None:
        self._folder = folder / FOLDER
        self._tell = tell

    def install(self) -> None:
        sys.excepthook = self.caught

    def remove(self) -> None:
        """The window is closing: what falls from here on is the caller's."""
        sys.excepthook = sys.__excepthook__

    def caught(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            return
        self._tell(self._report(error, trace))

    def _report(self, error: BaseException, trace: TracebackType | None) -> str:
        number = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")
        try:
            self._folder.mkdir(exist_ok=True)
            (self._folder / f"{number}.txt").write_text("\n".join(lines(error, trace)), encoding="utf-8")
            for old in sorted(self._folder.glob("*.txt"))[:-_KEPT]:
                old.unlink()
        except OSError:
            pass  # a full or closed disk must not hide that something went wrong
        return number


def lines(error: BaseException, trace: TracebackType | None) -> list[str]:
    """The exception's chain of types, then each frame as file, line and function."""
    kinds: list[str] = []
    link: BaseException | None = error
    while link is not None:
        kinds.append(type(link).__qualname__)
        link = link.__cause__ or link.__context__
    frames = [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)]
    return [" < ".join(kinds), *frames]
