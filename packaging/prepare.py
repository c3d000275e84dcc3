"""Makes the environment in .venv/: system libraries, packages by the lock, fonts. Does nothing when all is there.

    python packaging/prepare.py          what it takes to run maroom
    python packaging/prepare.py --dev    and to test it
    python packaging/prepare.py --lock   writes requirements.lock from what is installed

Plain standard library, the same on Linux, macOS and Windows; the Makefile calls it.
"""

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / ".venv"
PYTHON = ENVIRONMENT / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
LOCK = ROOT / "requirements.lock"
DEBIAN = ROOT / "packaging" / "debian-packages.txt"
STAMP = ENVIRONMENT / "prepared"


def main(words: list[str]) -> int:
    """0 when the environment is ready, 1 with a sentence when it cannot be made."""
    if sys.version_info < (3, 11):  # noqa: UP036 - this file is run by whatever Python is there
        print(f"maroom needs Python 3.11 or newer; this is {sys.version.split()[0]}.")
        return 1
    if "--lock" in words:
        _write_lock()
        return 0
    parts = ["run", "dev"] if "--dev" in words else ["run"]
    if _stamped(parts):
        return 0
    system_packages(parts)
    _packages("dev,build,devices" if "dev" in parts else "build")
    _run(PYTHON, "packaging/fonts.py")
    STAMP.write_text(f"{_state()} {' '.join(parts)}\n", "utf-8")
    return 0


def _state() -> str:
    """A mark of all that decides what is installed, and where: a moved environment is no longer ready."""
    told = hashlib.sha256(str(ROOT).encode())
    for name in (
        "pyproject.toml",
        "setup.py",
        "requirements.lock",
        "packaging/debian-packages.txt",
        "resources/fonts/fonts.toml",
    ):
        told.update((ROOT / name).read_bytes())
    return told.hexdigest()[:16]


def _stamped(parts: list[str]) -> bool:
    if not (STAMP.exists() and PYTHON.exists()):
        return False
    state, *done = STAMP.read_text("utf-8").split()
    built = any((ROOT / "resources" / "fonts").glob("*.ttf"))
    return built and state == _state() and set(parts) <= set(done)


def system_packages(parts: list[str]) -> None:
    """Installs what apt has and the system lacks; prints the list where it may not or cannot."""
    missing = _missing(wanted_packages(parts))
    if not missing:
        return
    apt = ["apt-get"] if _is_root() else ["sudo", "-n", "apt-get"]
    if shutil.which("apt-get") and shutil.which(apt[0]) and (_is_root() or _may_sudo()):
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run([*apt, "update", "-qq"], check=True, env=environment)
        subprocess.run([*apt, "install", "-y", "-qq", "--no-install-recommends", *missing], check=True, env=environment)
    else:
        print("Please have these system packages installed:\n  " + " ".join(missing))


def wanted_packages(parts: list[str]) -> list[str]:
    """The names under the headings `parts` of debian-packages.txt."""
    names: list[str] = []
    heading = ""
    for line in DEBIAN.read_text("utf-8").splitlines():
        if line.startswith("["):
            heading = line.strip("[]")
        elif line and not line.startswith("#") and heading in parts:
            names.append(line)
    return names


def _missing(names: list[str]) -> list[str]:
    if not shutil.which("dpkg-query"):
        return []
    if importlib.util.find_spec("ensurepip") is None:
        names = [*names, "python3-venv"]
    asked = ["dpkg-query", "-W", "-f", "${Status}|${Package}|${Provides}\\n"]
    said = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
    there: set[str] = set()
    for line in said.splitlines():
        status, package, provides = line.split("|")
        if status.endswith(" installed"):
            there |= {package, *(word.split()[0] for word in provides.split(",") if word.strip())}
    return [name for name in names if name not in there]


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def _may_sudo() -> bool:
    return subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0


def _packages(extras: str) -> None:
    if not PYTHON.exists():
        _run(sys.executable, "-m", "venv", str(ENVIRONMENT))
    print("Installing the packages of requirements.lock into .venv ...", flush=True)
    install = ("-m", "pip", "install", "--quiet", "--quiet", "--disable-pip-version-check", "-c", str(LOCK))
    # what builds is locked too: no build environment of pip's own, with whatever is newest that day
    _run(PYTHON, *install, "--upgrade", "pip", "setuptools")
    _run(PYTHON, *install, "--no-build-isolation", "-e", f"{ROOT}[{extras}]")


def _write_lock() -> None:
    asked = [str(PYTHON), "-m", "pip", "freeze", "--all", "--exclude-editable"]
    said = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
    kept = [line for line in said.splitlines() if "==" in line]
    LOCK.write_text("\n".join(kept) + "\n", "utf-8")


def _run(program: "str | Path", *words: str) -> None:
    subprocess.run([str(program), *words], check=True, cwd=ROOT)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except subprocess.CalledProcessError as failed:
        print(f"This did not work: {' '.join(failed.cmd)}")
        sys.exit(1)
