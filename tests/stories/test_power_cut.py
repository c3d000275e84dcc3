"""A form in progress outlives a power cut, in the real window."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

from maroom.access import device_key
from maroom.app import compose, demo
from maroom.store import check
from maroom.store.opening import STORE
from tests.stories.typist import TYPED

ROOT = Path(__file__).parents[2]
SECRET = "four words that nobody guesses"


def _ran(folder: Path, task: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tests.stories.typist", str(folder), SECRET, task]
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, env=environment)


def test_what_was_typed_is_on_the_page_again(tmp_path: Path) -> None:
    key = device_key.create(tmp_path, SECRET)
    services = compose.create_services(tmp_path, key, demo.clinic(demo.SEED))
    demo.fill(services, compose.intake(services), demo.SEED)
    services.close()

    cut = _ran(tmp_path, "type")
    assert cut.returncode == -signal.SIGKILL, cut.stderr
    looked = _ran(tmp_path, "look")
    assert looked.returncode == 0, looked.stderr
    told = json.loads(looked.stdout.splitlines()[-1])
    assert told == {"page": "vitals", "typed": TYPED, "has_focus": "pulse"}
    assert check.faults(tmp_path / STORE, key) == []
