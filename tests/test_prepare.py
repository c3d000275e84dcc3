"""The set-up: what it wants of the system, and a lock that holds all that pyproject.toml asks for."""

import importlib.util
import re
import tomllib
from pathlib import Path
from types import ModuleType

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parent.parent
TOLD = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
LOCK = (ROOT / "requirements.lock").read_text("utf-8").splitlines()


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


@pytest.fixture(scope="module")
def prepare() -> ModuleType:
    spec = importlib.util.spec_from_file_location("prepare", ROOT / "packaging" / "prepare.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    "wanted", [*TOLD["dependencies"], *(line for lines in TOLD["optional-dependencies"].values() for line in lines)]
)
def test_the_lock_holds_what_is_asked_for(wanted: str) -> None:
    requirement = Requirement(wanted)
    locked = {plain(name): version for name, _, version in (line.partition("==") for line in LOCK)}
    assert locked[plain(requirement.name)] in requirement.specifier


def test_the_lock_names_packages_alone() -> None:
    assert [line for line in LOCK if not re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.+!-]+", line)] == []


def test_a_window_and_a_printer_need_these(prepare: ModuleType) -> None:
    run = prepare.wanted_packages(["run"])
    assert {"libegl1", "libgl1", "libx11-6", "libxcb-cursor0", "libcups2"} <= set(run)
    assert "xvfb" not in run
    assert "xvfb" in prepare.wanted_packages(["run", "dev"])


def test_without_apt_the_list_is_said(
    prepare: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(prepare, "_missing", lambda names: ["libegl1", "libgl1"])
    monkeypatch.setattr(prepare.shutil, "which", lambda name: None)
    prepare.system_packages(["run"])
    assert "libegl1 libgl1" in capsys.readouterr().out
