from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.duties.syncing.office import Office, office


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Office]:
    with office(tmp_path / "here") as made:
        yield made
