"""Four ways to distrust the steps of the schema, and what happens when one dies midway."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, MetaData, create_engine, inspect, text

import maroom
from maroom.core.people import Right
from maroom.core.problems import Code, Problem
from maroom.store import backup, engine, opening, upgrade
from maroom.store.base import Base
from maroom.store.unit_of_work import Act
from tests.builders import DANA, KEY, SetClock, unit_of_work

CLOCK = SetClock()
STEPS = upgrade.known_revisions()
SEARCH = "patient_search"


def load_every_row() -> None:
    """The models of the whole program, as the head must have them."""
    root = Path(maroom.__file__).parent
    for path in sorted([*root.glob("**/rows.py"), *root.glob("**/rows/*.py"), *(root / "store").glob("*.py")]):
        module = ".".join(path.relative_to(root.parent).with_suffix("").parts).removesuffix(".__init__")
        importlib.import_module(module)


@pytest.fixture
def migrating(tmp_path: Path) -> Iterator[Engine]:
    opening.create(tmp_path, KEY).close()
    made = engine.migrating(tmp_path / opening.STORE, KEY)
    yield made
    made.dispose()


def _schema(made: Engine) -> dict[str, object]:
    with made.connect() as connection:
        look = inspect(connection)
        tables = [name for name in look.get_table_names() if not name.startswith((SEARCH, "alembic_version", "sqlite_"))]
        return {name: _table(look, name) for name in tables}


def _table(look: object, name: str) -> object:
    columns = {
        (c["name"], str(c["type"]), bool(c["nullable"]), bool(c["primary_key"]))
        for c in look.get_columns(name)  # type: ignore[attr-defined]
    }
    indexes = {(i["name"], tuple(i["column_names"]), bool(i["unique"])) for i in look.get_indexes(name)}  # type: ignore[attr-defined]
    uniques = {tuple(u["column_names"]) for u in look.get_unique_constraints(name)}  # type: ignore[attr-defined]
    return columns, indexes, uniques


def _models() -> dict[str, object]:
    load_every_row()
    plain = create_engine("sqlite://")
    wanted = MetaData()
    for table in Base.metadata.sorted_tables:
        if not table.name.startswith("thing"):
            table.to_metadata(wanted)
    wanted.create_all(plain)
    found = _schema(plain)
    plain.dispose()
    return found


def test_head_equals_the_models(migrating: Engine) -> None:
    assert _schema(migrating) == _models()


def test_each_step_up_and_down(migrating: Engine) -> None:
    for step in [*reversed(STEPS[:-1]), "base", *STEPS]:
        upgrade.migrate(migrating, step)
        with migrating.connect() as connection:
            assert upgrade.revision(connection) == ("" if step == "base" else step)


def test_up_then_down_leaves_no_trace(migrating: Engine) -> None:
    for number, step in enumerate(STEPS):
        below = STEPS[number - 1] if number else "base"
        upgrade.migrate(migrating, below)
        before = _schema(migrating)
        upgrade.migrate(migrating, step)
        upgrade.migrate(migrating, below)
        assert _schema(migrating) == before


def test_steps_keep_the_data_in_place(tmp_path: Path) -> None:
    with unit_of_work(tmp_path, CLOCK) as unit:
        for _ in range(3):
            with unit.write(Act(DANA, "act", Right.CHART)):
                pass
    made = engine.migrating(tmp_path / opening.STORE, KEY)
    upgrade.migrate(made, STEPS[0])
    upgrade.migrate(made, "head")
    made.dispose()
    with unit_of_work(tmp_path, CLOCK) as unit, unit.glance() as session:
        assert session.execute(text("SELECT count(*) FROM audit")).scalar() == 3


def _died(*_: object, **__: object) -> None:
    raise RuntimeError("power cut")


def test_a_step_that_dies_midway_leaves_the_old_store_and_a_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opening.create(tmp_path, KEY).close()
    path = tmp_path / opening.STORE
    made = engine.migrating(path, KEY)
    upgrade.migrate(made, "0001")
    with made.connect() as connection, connection.begin():
        connection.execute(text("CREATE TABLE audit_new (a)"))  # the next number will trip over something that is in its way
        connection.execute(text("UPDATE alembic_version SET version_num = '0000'"))
    made.dispose()
    monkeypatch.setattr(upgrade, "known_revisions", lambda: ("0000", *STEPS))
    before = _names(path)
    with pytest.raises(Problem) as raised:
        opening.open_store(tmp_path, KEY, CLOCK.now)
    assert raised.value.code is Code.UPGRADE_FAILED
    assert _names(path) == before
    (kept,) = backup.kept(path)
    assert _names(kept) == before
    assert str(kept) in raised.value.what()


def _names(path: Path) -> object:
    made = engine.migrating(path, KEY)
    try:
        with made.connect() as connection:
            return sorted([tuple(row) for row in connection.execute(text("SELECT name, sql FROM sqlite_master"))])
    finally:
        made.dispose()
