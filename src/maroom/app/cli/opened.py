"""How a verb gets at the store: which folder, which passphrase, made where none is, alone or beside a window."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Generator
from contextlib import closing, contextmanager
from getpass import getpass
from pathlib import Path

import platformdirs

from maroom.access import device_key
from maroom.app import compose
from maroom.app.compose import Services
from maroom.app.held import held
from maroom.core.problems import Code, Problem
from maroom.core.settings import Clinic
from maroom.store.engine import StoreKey
from maroom.store.opening import STORE


def folder(args: argparse.Namespace) -> Path:
    """The data folder itself. Without a word of the user it is the machine's, used by one clinic account."""
    return args.home or Path(platformdirs.site_state_path("maroom", appauthor=False))


def passphrase(args: argparse.Namespace) -> str | None:
    """The first line of the file that was named, or None where none was. OSError is told as a Problem."""
    if args.passphrase_file is None:
        return None
    try:
        return args.passphrase_file.read_text("utf-8").splitlines()[0]
    except (OSError, UnicodeDecodeError, IndexError):
        raise Problem(Code.BAD_FILE, file=str(args.passphrase_file), why="no passphrase in it") from None


def key(args: argparse.Namespace) -> StoreKey:
    """The key of an existing store. Where neither a file nor a key store gives it, it is asked for at the terminal."""
    home = folder(args)
    if not (home / STORE).exists():
        raise Problem(Code.NO_STORE, folder=str(home))
    try:
        return device_key.unlock(home, passphrase(args))
    except Problem as problem:
        if problem.code is not Code.PASSPHRASE_NEEDED or not sys.stdin.isatty():
            raise
        print(problem.what(), file=sys.stderr)
    return device_key.unlock(home, getpass("Recovery passphrase: "))


@contextmanager
def beside(args: argparse.Namespace) -> Generator[Services]:
    """An existing store, also while a window has it open."""
    with closing(compose.open_services(folder(args), key(args), alone=False)) as services:
        yield services


@contextmanager
def alone(args: argparse.Namespace, what: str, new: Clinic, secret: str | None = None) -> Generator[Services]:
    """The store to ourselves, made with the clinic `new` where none is. Problem IN_USE names who has it."""
    home = folder(args)
    with held(home, what):
        made = (home / STORE).exists()
        services = compose.open_services(home, key(args)) if made else compose.found(home, passphrase(args) or secret, new)
        with closing(services):
            yield services
