"""From the start of the process to a window in which somebody can sign in, beside a bare Qt window with twelve fields.

Both with their byte code at hand, as every start after the first has it, also where the environment forbids to write it.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.bench.figures import line, percentile

ROUNDS = 9
ROOT = Path(__file__).parents[2]
SECRET = "a passphrase of the bench"

BARE = """
import time
from PySide6.QtWidgets import QApplication, QFormLayout, QLineEdit, QWidget
app = QApplication([])
window = QWidget(); form = QFormLayout(window)
for number in range(12): form.addRow(str(number), QLineEdit())
window.resize(1280, 800); window.show()
window.grab()
print(time.time())
"""

OURS = """
import os, sys, time
from pathlib import Path
from maroom.app.window.program import Program
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication
app = QApplication([])
program = Program(app, Path(sys.argv[1]), sys.argv[2] or None, QSize(1280, 800))
def usable():
    app.processEvents(); program.window.grab()
    print(time.time(), flush=True)
    program.window.close(); app.quit()
program.usable.connect(usable)
program.show()
app.exec()
"""

AT_ONCE = "program.show()\nprogram.window.grab()\nprint(time.time(), flush=True)\nos._exit(0)"
SHOWN = OURS.replace("program.usable.connect(usable)\nprogram.show()", AT_ONCE)


def lines() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        make_demo(home)
        bare, shown, ours = [], [], []
        for _ in range(1 + ROUNDS):
            bare.append(_took(BARE, home))
            shown.append(_took(SHOWN, home))
            ours.append(_took(OURS, home))
        del bare[0], shown[0], ours[0]  # these wrote the byte code
    yield line("window drawn", shown, bare, "bare Qt window with 12 fields")
    yield line("window usable, key derived from the passphrase", ours, bare, "bare Qt window with 12 fields")
    yield f"  (of which the passphrase: about {_derivation():.0f} ms, which a key store spares)"


def make_demo(home: Path) -> None:
    secret = home.parent / f"{home.name}.secret"
    secret.write_text(SECRET, encoding="utf-8")
    command = [sys.executable, "-m", "maroom", "demo", "--home", str(home), "--passphrase-file", str(secret)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    secret.unlink()


def _took(script: str, home: Path) -> float:
    """Wall time in ms from just before the process starts to what it prints."""
    around = os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPYCACHEPREFIX": str(home / "bytecode")}
    around.pop("PYTHONDONTWRITEBYTECODE", None)
    start = time.time()
    ran = subprocess.run(
        [sys.executable, "-c", script, str(home), SECRET],
        cwd=ROOT,
        env=around,
        check=True,
        capture_output=True,
        text=True,
    )
    return (float(ran.stdout.split()[-1]) - start) * 1000


def _derivation() -> float:
    import argon2.low_level as argon2

    from tests.bench.figures import milliseconds

    def derive() -> bytes:
        return argon2.hash_secret_raw(b"x" * 20, b"s" * 16, 3, 65536, 4, 32, argon2.Type.ID)

    return percentile(milliseconds(derive, 5, warm=1), 0.5)
