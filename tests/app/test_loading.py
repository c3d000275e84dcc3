"""What a start loads, and what it does not: memory and time of every workstation, all day."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
WINDOW = "import sys, linecache, maroom.app.window.program"
PAGES = "maroom.app.window.inside, maroom.duties.board.view, maroom.duties.vitals.view, maroom.duties.admin.view"
LATER = ("reportlab", "pikepdf", "pypdfium2", "uharfbuzz", "httpx2", "joserfc", "alembic", "bleak", "lucide")


def _told(script: str) -> str:
    ran = subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=True, capture_output=True, text=True)
    return ran.stdout.strip()


def _loaded(what: str, names: tuple[str, ...]) -> str:
    return _told(f"{what}; print([name for name in {names} if name in sys.modules])")


def test_the_window_is_drawn_before_the_store_is_loaded() -> None:
    assert _loaded(WINDOW, ("sqlalchemy", "cryptography", "keyring")) == "[]"


def test_an_open_program_holds_no_paper_no_http_and_no_migrations() -> None:
    assert _loaded(f"{WINDOW}, {PAGES}", LATER) == "[]"


def test_no_source_is_read_and_kept_for_the_modules_of_a_start() -> None:
    """PySide does it unless it is stopped (app/window)."""
    ours = "[name for name in linecache.cache if name.endswith('.py') and ('maroom' in name or 'sqlalchemy' in name)]"
    assert _told(f"{WINDOW}, {PAGES}; print({ours})") == "[]"
