"""The shape of the code, held by tests. The contracts stand in pyproject.toml under [tool.importlinter]."""

import ast
import os
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TypeVar

import grimp
import pytest
from importlinter.application.use_cases import lint_imports
from importlinter.configuration import configure

configure()

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "maroom"
BROAD_EXCEPT_FILES = 2
ALLOWED_SQL = {"rows", "store"}
Node = TypeVar("Node", ast.Attribute, ast.Name, ast.Call, ast.ExceptHandler)


@cache
def _graph() -> grimp.ImportGraph:
    return grimp.build_graph("maroom", include_external_packages=True, cache_dir=None)


@cache
def _trees() -> dict[str, ast.Module]:
    """Every module of ours, parsed, by its path below src/maroom."""
    return {path.relative_to(SOURCE).as_posix(): ast.parse(path.read_text("utf-8")) for path in sorted(SOURCE.rglob("*.py"))}


def _places(wanted: type[Node], where: str | None = None) -> Iterator[tuple[str, Node]]:
    """(path:line, node) of each node of one kind; `where` limits it to modules (files or folders) of that name."""
    for path, tree in _trees().items():
        if where is None or where in Path(path).with_suffix("").parts:
            yield from ((f"{path}:{node.lineno}", node) for node in ast.walk(tree) if isinstance(node, wanted))


def _holds(contract: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Fails with import-linter's own words where the contract is broken."""
    kept = lint_imports(str(ROOT / "pyproject.toml"), (contract,), cache_dir=None, is_debug_mode=True, no_logo=True)
    said = capsys.readouterr().out
    assert kept, said


def test_1_a_package_imports_only_what_stands_below_it(capsys: pytest.CaptureFixture[str]) -> None:
    _holds("layers", capsys)


def test_2_inside_a_duty_the_way_is_one_way(capsys: pytest.CaptureFixture[str]) -> None:
    _holds("duty_layers", capsys)


def test_2_access_and_visits_are_built_like_a_duty(capsys: pytest.CaptureFixture[str]) -> None:
    _holds("subject_layers", capsys)


def test_3_duties_do_not_know_each_other(capsys: pytest.CaptureFixture[str]) -> None:
    _holds("independent_duties", capsys)


def test_4_core_models_and_rules_are_plain_python(capsys: pytest.CaptureFixture[str]) -> None:
    _holds("plain", capsys)


def test_5_qt_is_imported_by_ui_the_window_and_views_alone(capsys: pytest.CaptureFixture[str]) -> None:
    _holds("qt", capsys)


def test_5_the_toolkit_is_used_by_app_and_views_alone(capsys: pytest.CaptureFixture[str]) -> None:
    _holds("toolkit", capsys)


def test_6_rows_are_imported_by_their_service_alone(capsys: pytest.CaptureFixture[str]) -> None:
    _holds("rows", capsys)


def test_6_a_service_imports_its_own_rows_only() -> None:
    graph = _graph()
    strangers = [
        f"{importer} -> {imported}"
        for imported in graph.modules
        if imported.rpartition(".")[2] == "rows"
        for importer in graph.find_modules_that_directly_import(imported)
        if not importer.startswith(imported.rpartition(".")[0] + ".")
    ]
    assert not strangers


def test_6_migrations_import_nothing_of_ours_above_store() -> None:
    graph = _graph()
    migrations = [name for name in graph.modules if name.startswith("maroom.store.migrations")]
    imported = {other for name in migrations for other in graph.find_modules_directly_imported_by(name)}
    ours = {name for name in imported if name.startswith("maroom.")}
    assert all(name.startswith(("maroom.store", "maroom.core")) for name in ours), ours


def test_7_http_is_spoken_in_fhir_alone(capsys: pytest.CaptureFixture[str]) -> None:
    _holds("http", capsys)


def test_8_there_is_no_cycle_between_siblings(capsys: pytest.CaptureFixture[str]) -> None:
    _holds("cycles", capsys)


def test_8_there_is_no_cycle_between_modules() -> None:
    graph = _graph()
    ours = {name for name in graph.modules if name.startswith("maroom")}
    imports = {name: graph.find_modules_directly_imported_by(name) & ours for name in ours}
    while leaves := [name for name, wanted in imports.items() if not wanted & imports.keys()]:
        for name in leaves:
            del imports[name]
    assert not imports, f"in or above a cycle: {sorted(imports)}"


def test_sql_lives_in_rows_and_store() -> None:
    graph = _graph()
    users = graph.find_modules_that_directly_import("sqlalchemy") if "sqlalchemy" in graph.modules else set[str]()
    assert [name for name in sorted(users) if not ALLOWED_SQL & set(name.split("."))] == []


def test_every_contract_in_pyproject_is_run_here() -> None:
    listed = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    here = Path(__file__).read_text("utf-8")
    assert [contract["id"] for contract in listed if f'_holds("{contract["id"]}"' not in here] == []


def test_looks_and_fixed_sizes_are_set_in_ui_alone() -> None:
    forbidden = {"setStyleSheet", "setFixedSize", "setFixedWidth", "setFixedHeight"}
    found = [place for place, node in _places(ast.Attribute) if node.attr in forbidden and not place.startswith("ui/")]
    assert found == []


def test_no_column_keeps_a_number_as_binary_float() -> None:
    """A value is kept as it was entered; a float column would change 98.60 into 98.6 or 98.59999."""
    forbidden = {"Numeric", "Float", "Double", "DECIMAL", "REAL", "FLOAT", "NUMERIC", "DOUBLE"}
    names = [place for place, node in _places(ast.Name, "rows") if node.id in forbidden]
    attributes = [place for place, node in _places(ast.Attribute, "rows") if node.attr in forbidden]
    assert names + attributes == []


def _swallows(handler: ast.ExceptHandler) -> bool:
    """Catches everything and does not raise it on after tidying up."""
    caught = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    broad = any(one is None or (isinstance(one, ast.Name) and one.id in {"Exception", "BaseException"}) for one in caught)
    last = handler.body[-1]
    return broad and not (isinstance(last, ast.Raise) and last.exc is None)


def test_broad_except_stands_in_two_files_at_most() -> None:
    files = {place.rpartition(":")[0] for place, node in _places(ast.ExceptHandler) if _swallows(node)}
    assert len(files) <= BROAD_EXCEPT_FILES, sorted(files)


def test_no_print_but_in_the_terminal() -> None:
    found = [place for place, node in _places(ast.Call) if isinstance(node.func, ast.Name) and node.func.id == "print"]
    assert [place for place in found if not place.startswith(("app/cli", "__main__"))] == []


BLOCKED = """
import sys
class Block:
    def find_spec(self, name, path=None, target=None):
        if name.partition('.')[0] in ('PySide6', 'shiboken6'):
            raise ImportError('Qt is blocked: ' + name)
sys.meta_path.insert(0, Block())
from maroom.__main__ import main
sys.exit(main())
"""


def _without_qt(*words: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONWARNINGS": "error"}
    return subprocess.run(
        [sys.executable, "-c", BLOCKED, *words], capture_output=True, text=True, timeout=120, env=environment, check=False
    )


def test_the_terminal_needs_no_qt() -> None:
    said = _without_qt("check", "--help")
    assert (said.returncode, said.stderr) == (0, "")


def test_a_store_is_made_and_checked_without_qt(tmp_path: Path) -> None:
    words = tmp_path / "words"
    words.write_text("a long passphrase for a test\n", "utf-8")
    where = ("--home", str(tmp_path / "home"), "--passphrase-file", str(words))
    made = _without_qt("demo", *where)
    assert made.returncode == 0, made.stderr
    checked = _without_qt("check", *where)
    assert checked.returncode == 0, checked.stdout + checked.stderr
