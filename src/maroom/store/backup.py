"""Whole, encrypted copies of the store under the same key, made beside it in `backups/`."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from maroom.core.clock import Moment
from maroom.store.engine import StoreKey, raw_connection
from maroom.store.faults import told

FOLDER = "backups"


def copy(store: Path, key: StoreKey, why: str, now: Moment) -> Path:
    """Copies the store while it may be in use; gives the copy's path back. A copy cut short is removed."""
    folder = store.parent / FOLDER
    folder.mkdir(exist_ok=True)
    target = folder / f"store-{now.utc:%Y%m%dT%H%M%S}-{why}.db"
    part = target.with_suffix(".part")
    part.unlink(missing_ok=True)
    try:
        with told(), closing(raw_connection(store, key)) as source, closing(raw_connection(part, key, "rwc")) as into:
            source.backup(into)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    part.replace(target)
    return target


def kept(store: Path) -> tuple[Path, ...]:
    """The copies that are kept, the oldest first."""
    return tuple(sorted((store.parent / FOLDER).glob("*.db")))
