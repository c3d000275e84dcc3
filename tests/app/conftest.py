from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from maroom.app.cli import main
from tests.app.charted import CHARTED, words


@pytest.fixture(scope="module")
def charted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("charted")
    (folder / "secret").write_text("a long passphrase\n")
    assert main([*words(folder), "demo", "--charted", str(CHARTED)]) == 0
    return folder


@pytest.fixture
def home(charted: Path, tmp_path: Path) -> Path:
    """One of its own for each test: a store belongs to one server."""
    return shutil.copytree(charted, tmp_path / "home")
