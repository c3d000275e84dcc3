"""A store that does not open says why, and is left byte for byte as it was."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from maroom.core.people import Right
from maroom.core.problems import Code, Problem
from maroom.store import engine, opening, upgrade
from maroom.store.engine import PAGE, StoreKey
from maroom.store.unit_of_work import Act
from tests.builders import DANA, KEY, SetClock, unit_of_work

CLOCK = SetClock()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with unit_of_work(tmp_path, CLOCK) as unit:
        for _ in range(50):
            with unit.write(Act(DANA, "act", Right.CHART)):
                pass
    return tmp_path


def _plain_database(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as plain:
        plain.execute("CREATE TABLE t (a)")
        plain.commit()


def _text_file(path: Path) -> None:
    path.write_bytes(b"This is a letter, no store.\n" * 400)


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _other_store(path: Path) -> None:
    path.unlink()
    opening.create(path.parent, StoreKey(os.urandom(32), os.urandom(16))).close()


def _torn(page: int) -> Callable[[Path], None]:
    def tear(path: Path) -> None:
        with path.open("r+b") as file:
            file.seek(page * PAGE + 100)
            file.write(b"\0" * 1000)

    return tear


def _newer(path: Path) -> None:
    migrating = engine.migrating(path, KEY)
    with migrating.connect() as connection, connection.begin():
        connection.execute(text("UPDATE alembic_version SET version_num = '9876'"))
    migrating.dispose()


def _gone(path: Path) -> None:
    path.unlink()


@pytest.mark.parametrize(
    ("harm", "code"),
    [
        pytest.param(_plain_database, Code.NOT_A_STORE, id="plain-database"),
        pytest.param(_text_file, Code.NOT_A_STORE, id="text"),
        pytest.param(_empty, Code.NOT_A_STORE, id="empty"),
        pytest.param(_other_store, Code.WRONG_KEY, id="other-store"),
        pytest.param(_torn(0), Code.DAMAGED, id="first-page"),
        pytest.param(_torn(5), Code.DAMAGED, id="some-page"),
        pytest.param(_newer, Code.NEWER, id="newer"),
        pytest.param(_gone, Code.NO_STORE, id="gone"),
    ],
)
def test_each_fault_has_its_sentence_and_leaves_the_file(folder: Path, harm: Callable[[Path], None], code: Code) -> None:
    path = folder / opening.STORE
    harm(path)
    before = path.read_bytes() if path.exists() else None
    with pytest.raises(Problem) as raised:
        opening.open_store(folder, KEY, CLOCK.now)
    assert raised.value.code is code
    assert raised.value.what()
    assert raised.value.step()
    assert (path.read_bytes() if path.exists() else None) == before


def test_a_wrong_secret_with_the_right_salt_opens_nothing(folder: Path) -> None:
    before = (folder / opening.STORE).read_bytes()
    with pytest.raises(Problem):
        opening.open_store(folder, StoreKey(bytes(32), KEY.salt), CLOCK.now)
    assert (folder / opening.STORE).read_bytes() == before


def test_the_file_reveals_nothing(folder: Path) -> None:
    for file in folder.iterdir():
        assert DANA.staff.encode() not in file.read_bytes()


def test_a_clean_end_leaves_no_log(folder: Path) -> None:
    assert sorted(p.name for p in folder.iterdir()) == ["store.db"]


def test_what_a_kill_left_in_the_log_is_there_again(folder: Path) -> None:
    script = (
        "import os,sys; from pathlib import Path; from tests.builders import *; from maroom.core.people import Right\n"
        "with unit_of_work(Path(sys.argv[1]), SetClock()) as unit:\n"
        "    with unit.write(Act(DANA, 'before.kill', Right.CHART)): pass\n"
        "    os.kill(os.getpid(), 9)\n"
    )
    root = Path(__file__).parents[2]
    ended = subprocess.run([sys.executable, "-c", script, str(folder)], cwd=root, check=False, capture_output=True)
    assert ended.returncode == -9, ended.stderr
    assert (folder / "store.db-wal").exists()
    with unit_of_work(folder, CLOCK) as unit, unit.glance() as session:
        assert session.execute(text("SELECT act FROM audit ORDER BY seq DESC")).scalar() == "before.kill"


@pytest.mark.skipif(not hasattr(os, "setuid") or os.getuid() != 0, reason="needs root to become somebody without rights")
def test_a_file_that_may_not_be_written_is_said(folder: Path) -> None:
    script = (
        "import os, sys; from pathlib import Path\n"
        "from maroom.store import opening; from maroom.core.problems import Problem; from tests.builders import KEY, SetClock\n"
        "os.setuid(65534)\n"
        "try: opening.open_store(Path(sys.argv[1]), KEY, SetClock().now)\n"
        "except Problem as p: print(p.code.value)\n"
    )
    place = Path("/var/tmp/maroom-read-only")
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(folder, place)
    place.chmod(0o755)
    (place / opening.STORE).chmod(0o644)
    root = Path(__file__).parents[2]
    ended = subprocess.run(
        [sys.executable, "-c", script, str(place)],
        cwd=root,
        check=False,
        capture_output=True,
        text=True,
        env=os.environ | {"HOME": "/"},
    )
    shutil.rmtree(place)
    assert ended.stdout.strip() == "read_only", ended.stderr


def test_a_store_is_never_made_over_another(folder: Path) -> None:
    before = (folder / opening.STORE).read_bytes()
    with pytest.raises(FileExistsError):
        opening.create(folder, KEY)
    assert (folder / opening.STORE).read_bytes() == before


def test_a_creation_that_died_is_begun_again(tmp_path: Path) -> None:
    (tmp_path / "store.db.part").write_bytes(b"half")
    opening.create(tmp_path, KEY).close()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["store.db"]


def test_beside_a_window_nothing_is_upgraded(folder: Path) -> None:
    migrating = engine.migrating(folder / opening.STORE, KEY)
    upgrade.migrate(migrating, upgrade.known_revisions()[0])
    migrating.dispose()
    if len(upgrade.known_revisions()) == 1:
        return
    with pytest.raises(Problem) as raised:
        opening.open_store(folder, KEY, CLOCK.now, alone=False)
    assert raised.value.code is Code.IN_USE
