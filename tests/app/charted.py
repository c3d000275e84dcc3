"""A demo clinic with charted visits, as the terminal makes it."""

from __future__ import annotations

from pathlib import Path

CHARTED = 3


def words(folder: Path) -> list[str]:
    """What every verb is told: whose data, and the passphrase."""
    return ["--home", str(folder / "data"), "--passphrase-file", str(folder / "secret")]
