"""Memory of the process with the demo open and somebody signed in, beside the bare Qt window."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.bench.window import BARE, OURS, ROOT, SECRET, make_demo

RSS = "import re; print(re.search(r'VmRSS:\\s+(\\d+)', open('/proc/self/status').read())[1])"
SIGNED_IN = OURS.replace(
    "    app.processEvents(); program.window.grab()\n    print(time.time(), flush=True)\n",
    "    dana = next(p for p in program.inside.services.people.present() if p.role == 'assistant')\n"
    "    program.inside.desk.signed_in(dana.author())\n"
    "    row = next(r for r in program.inside.services.visits.today(program.inside.desk.opening).visits)\n"
    "    program.inside.desk.go('vitals', row.visit)\n"
    "    app.processEvents(); program.window.grab()\n"
    f"    {RSS}\n",
)


def lines() -> Iterator[str]:
    if sys.platform != "linux":
        yield "memory: measured on Linux only"
        return
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        make_demo(home)
        ours, bare = _megabytes(SIGNED_IN, str(home), SECRET), _megabytes(BARE + RSS)
    yield f"memory with the demo open on the vitals page: {ours:.0f} MB | bare Qt window: {bare:.0f} MB | {ours / bare:.2f} x"


def _megabytes(script: str, *args: str) -> float:
    ran = subprocess.run(
        [sys.executable, "-c", script, *args],
        cwd=ROOT,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        check=True,
        capture_output=True,
        text=True,
    )
    return float(ran.stdout.split()[-1]) / 1024
