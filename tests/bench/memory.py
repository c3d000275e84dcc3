"""Memory of the process with the demo open and somebody signed in, beside the bare Qt window.

What counts is all that is resident, also what is only mapped from files (Qt, Python, fonts) and would be shared with another
program of the kind: a workstation has no other. Of it is told what is the process's own, as task managers show it.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.bench.window import BARE, OURS, ROOT, SECRET, make_demo

RESIDENT = "print(*(line.split()[1] for line in open('/proc/self/status') if line.startswith(('VmRSS', 'RssAnon'))))"
SIGNED_IN = OURS.replace(
    "    app.processEvents(); program.window.grab()\n    print(time.time(), flush=True)\n",
    "    dana = next(p for p in program.inside.services.people.present() if p.role == 'assistant')\n"
    "    program.inside.desk.signed_in(dana.author())\n"
    "    app.processEvents()\n"
    "    row = next(r for r in program.inside.services.visits.today(program.inside.desk.opening).visits)\n"
    "    program.inside.desk.go('vitals', row.visit)\n"
    "    app.processEvents()\n"
    f"    {RESIDENT}\n",
)
BARE_DRAWN = BARE.replace("window.grab()", "app.processEvents()")


def lines() -> Iterator[str]:
    if sys.platform != "linux":
        yield "memory: measured on Linux only"
        return
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        make_demo(home)
        (ours, own), (bare, bare_own) = _megabytes(SIGNED_IN, str(home), SECRET), _megabytes(BARE_DRAWN + RESIDENT)
    yield (
        f"memory with the demo open on the vitals page: {ours:.0f} MB, {own:.0f} MB of it its own | "
        f"bare Qt window: {bare:.0f} MB, {bare_own:.0f} MB | {ours / bare:.2f} x"
    )


def _megabytes(script: str, *args: str) -> tuple[float, float]:
    ran = subprocess.run(
        [sys.executable, "-c", script, *args],
        cwd=ROOT,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        check=True,
        capture_output=True,
        text=True,
    )
    resident, own = ran.stdout.split()[-2:]
    return int(resident) / 1024, int(own) / 1024
