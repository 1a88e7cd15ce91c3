"""Who may import whom. The contracts stand in pyproject.toml."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
ROOMS = ("shuangsuiji", "inspectors", "enterprises", "draws", "inspections", "publication")


def lint_imports(root: Path) -> subprocess.CompletedProcess[str]:
    """Check the contracts of this repository on the packages under `root`."""
    return subprocess.run(
        [
            str(Path(sys.executable).parent / "lint-imports"),
            "--config",
            str(REPOSITORY / "pyproject.toml"),
            "--no-cache",
        ],
        cwd=root,
        env=os.environ | {"PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        check=False,
    )


def late_imports(root: Path) -> list[str]:
    """Tasks that import a service at module level, where services already import tasks."""
    wrong = []
    for path in sorted(root.rglob("tasks.py")):
        # A module of services may be about tasks; Celery's stand right in their room.
        if path.parent.name == "services" or ".venv" in path.parts:
            continue
        for node in ast.parse(path.read_text()).body:
            names = _imported(node)
            wrong += [f"{path}:{node.lineno} imports {name}" for name in names if ".services" in name]
    return wrong


def foreign_imports(folder: Path, *, own: str) -> list[str]:
    """Imports of anything but the standard library and the package itself."""
    wrong = []
    for path in sorted(folder.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            for name in _imported(node):
                top = name.split(".")[0]
                if name != own and not name.startswith(f"{own}.") and top not in sys.stdlib_module_names:
                    wrong.append(f"{path}:{node.lineno} imports {name}")
    return wrong


def _imported(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
        yield from (f"{node.module}.{alias.name}" if node.module in ROOMS else node.module for alias in node.names)


def test_the_contracts_are_kept():
    done = lint_imports(REPOSITORY)
    assert done.returncode == 0, done.stdout[-3000:]


def test_tasks_import_their_services_in_their_bodies():
    assert late_imports(REPOSITORY) == []


def test_the_engine_imports_the_standard_library_only():
    assert foreign_imports(REPOSITORY / "draws" / "engine", own="draws.engine") == []


@pytest.fixture
def bare_house(tmp_path):
    """The same rooms, empty."""
    layers = tomllib.loads((REPOSITORY / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    names = {name.strip() for contract in layers[:1] for layer in contract["layers"] for name in layer.split("|")}
    names |= {name for contract in layers[1:2] for name in contract["containers"]}
    names |= {"draws.engine", "draws.models", "draws.selectors", "draws.services"}
    for name in names:
        folder = tmp_path / name.replace(".", "/")
        folder.mkdir(parents=True, exist_ok=True)
        for package in (folder, *folder.parents):
            if package == tmp_path:
                break
            (package / "__init__.py").touch()
    return tmp_path


def test_a_bare_house_keeps_the_contracts(bare_house):
    done = lint_imports(bare_house)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr


@pytest.mark.parametrize(
    ("path", "line", "told"),
    [
        ("enterprises/selectors.py", "import inspectors", "enterprises is not allowed to import inspectors"),
        ("draws/selectors/x.py", "import publication", "draws is not allowed to import publication"),
        ("shuangsuiji/lib/models.py", "import shuangsuiji.audit", "shuangsuiji.lib is not allowed to import"),
        ("draws/engine/seed.py", "import django", "draws.engine is not allowed to import django"),
        ("draws/models/x.py", "from draws import services", "draws.models is not allowed to import draws.services"),
        ("draws/services/x.py", "from draws import views", "draws.services is not allowed to import draws.views"),
    ],
)
def test_an_import_against_the_direction_is_reported(bare_house, path, line, told):
    (bare_house / "draws" / "views.py").touch()
    (bare_house / path).write_text(f"{line}\n")
    done = lint_imports(bare_house)
    assert done.returncode != 0
    assert told in done.stdout


def test_a_task_with_its_service_at_the_top_is_reported(tmp_path):
    (tmp_path / "tasks.py").write_text("from draws.services import seal_draw\n")
    assert len(late_imports(tmp_path)) == 1
    (tmp_path / "tasks.py").write_text("def ring():\n    from draws.services import seal_draw\n")
    assert late_imports(tmp_path) == []


def test_a_foreign_import_of_the_engine_is_reported(tmp_path):
    (tmp_path / "a.py").write_text("import json\nfrom draws.engine import seed\ndef f():\n    import numpy\n")
    assert [line.rsplit(" ", 1)[1] for line in foreign_imports(tmp_path, own="draws.engine")] == ["numpy"]
