"""The one reader of the package `maroom.resources`: figures, texts, fonts and looks that ship with the program."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Font:
    """One font file that we ship: static, one weight."""

    name: str
    """What papers call it: `sans`, `sans-bold`, `arabic`, `sc`, ..."""
    family: str
    weight: int
    file: str
    """Its path below `resources/`."""


_FOLDER = Path(import_module("maroom.resources").__path__[0])


def place(name: str) -> Path:
    """Where `name` ("vitals/limits.toml") stands; it need not exist. A real file: Qt and reportlab read fonts by path."""
    return _FOLDER / name


def data(name: str) -> bytes:
    """The bytes of one resource. FileNotFoundError where there is none."""
    return place(name).read_bytes()


def text(name: str) -> str:
    """One UTF-8 text. FileNotFoundError where there is none."""
    return place(name).read_text("utf-8")


def table(name: str) -> dict[str, Any]:
    """One TOML file, parsed. FileNotFoundError, tomllib.TOMLDecodeError."""
    return tomllib.loads(text(name))


@cache
def fonts() -> tuple[Font, ...]:
    """All fonts we ship, in the order in which papers try them. FileNotFoundError before the fonts were built."""
    return tuple(Font(*(row[name] for name in Font.__match_args__)) for row in table("fonts/fonts.toml")["font"])
