"""What a search finds, as the command box lists it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Hit:
    """One thing found. `key` is a key of the keyboard that leads there too; `target` is handed back as it is."""

    icon: str
    title: str
    about: str
    key: str
    target: object
