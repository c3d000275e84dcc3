"""`make pictures`: the tour in light, dark, high contrast, at 150 % and on a large screen, one folder a look."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

LOOKS = {
    "light": ("light", 1.0, (1280, 800)),
    "dark": ("dark", 1.0, (1280, 800)),
    "contrast": ("contrast", 1.0, (1280, 800)),
    "light-150": ("light", 1.5, (1280, 800)),
    "light-wide": ("light", 1.0, (1920, 1080)),
}
SCRIPT = """
import sys
from pathlib import Path
from PySide6.QtCore import QSize
from maroom.app.window.tour import tour
from maroom.core.settings import Station
out, palette, factor, wide, high = sys.argv[1:]
recorded, found = tour(Path(out), Station(palette=palette, type_size=float(factor)), QSize(int(wide), int(high)))
sys.exit(recorded != found)
"""


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--out", type=Path, required=True)
    asked.add_argument("--only", default="", help="part of a look's name")
    args = asked.parse_args()
    return max(_look(args.out / name, look) for name, look in LOOKS.items() if args.only in name)


def _look(out: Path, look: tuple[str, float, tuple[int, int]]) -> int:
    """Each in a process of its own, as a person would start it."""
    palette, factor, (wide, high) = look
    command = [sys.executable, "-c", SCRIPT, str(out), palette, str(factor), str(wide), str(high)]
    return subprocess.run(command, check=False, env=os.environ | {"QT_QPA_PLATFORM": "offscreen"}).returncode


if __name__ == "__main__":
    sys.exit(main())
