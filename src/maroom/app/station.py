"""The station's settings in settings.toml. Read before the store is open, and before anything large is loaded."""

from __future__ import annotations

import os
import tomllib
from contextlib import suppress
from dataclasses import asdict, fields, replace
from pathlib import Path
from typing import Any

from maroom.core.settings import Station

FILE = "settings.toml"


def is_kept(folder: Path) -> bool:
    return (folder / FILE).exists()


def read(folder: Path) -> Station:
    """What the file does not say has its default; a file that makes no sense is put aside, not written over. Of a folder
    that is closed to this account the defaults are given: who opens the store says why it stays closed."""
    path = folder / FILE
    try:
        station = _station(tomllib.loads(path.read_text("utf-8")).get("station", {}))
    except OSError:
        station = Station()
    except (ValueError, TypeError):
        station = Station()
        with suppress(OSError):
            path.replace(path.with_suffix(".unreadable"))
    return station if station.id else replace(station, id=_new_id())


def _station(found: Any) -> Station:
    """TypeError where a setting is of another kind than its default."""
    if not isinstance(found, dict):
        raise TypeError("station")
    usual = asdict(Station())
    for name, value in found.items():
        if name in usual and not _alike(value, usual[name]):
            raise TypeError(name)
    return Station(**{field.name: found.get(field.name, usual[field.name]) for field in fields(Station)})


def _alike(value: Any, usual: Any) -> bool:
    """A table is one of texts."""
    if isinstance(usual, dict):
        return isinstance(value, dict) and all(isinstance(text, str) for text in value.values())
    return isinstance(value, (int, float) if isinstance(usual, float) else type(usual))


def _new_id() -> str:
    from maroom.core.ids import new_id  # asks the machine who it is, and once in a station's life

    return new_id()


def write(folder: Path, station: Station) -> None:
    """Whole or not at all."""
    import tomli_w

    path = folder / FILE
    part = path.with_suffix(".part")
    with part.open("wb") as file:
        tomli_w.dump({"station": asdict(station)}, file)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
