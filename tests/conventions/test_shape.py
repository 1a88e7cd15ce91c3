"""Sizes and names: what keeps a house readable in ten years."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
FUNCTION_LINES, FILE_LINES = 60, 600
CLICK = ".cli" + "ck()"
VAGUE = {"utils", "util", "helpers", "helper", "manager", "managers", "data", "info", "misc", "common"}
TOP_LEVEL = {
    *("shuangsuiji", "inspectors", "enterprises", "draws", "inspections", "publication"),
    *("templates", "static", "tests", "manage.py", "pyproject.toml", "docker-compose.yml", "README.md", "Makefile"),
    *("Dockerfile", "Procfile", "requirements.txt", "requirements-dev.txt", "CHANGELOG.md", "LICENSE"),
    *(".ci", ".dockerignore", ".env.example", ".gitignore", ".gitattributes", ".editorconfig"),
}


def tracked(root: Path) -> list[Path]:
    """The files of the repository; in an unpacked archive, all that git would not ignore."""
    done = subprocess.run(
        ["git", "ls-files", "-z", "-co", "--exclude-standard"], cwd=root, capture_output=True, check=False
    )
    if done.returncode:
        return [
            path.relative_to(root)
            for path in root.rglob("*")
            if path.is_file() and not {".venv", "var"} & set(path.parts)
        ]
    return [Path(name) for name in done.stdout.decode().split("\0") if name and (root / name).exists()]


def source_files(root: Path) -> Iterator[Path]:
    """Python, templates, style sheets and scripts written here."""
    for path in tracked(root):
        if path.suffix in {".py", ".html", ".css", ".js"} and not {"migrations", "vendor"} & set(path.parts):
            yield path


def too_long(root: Path) -> list[str]:
    """Functions and files over the limit."""
    found = []
    for path in source_files(root):
        text = (root / path).read_text()
        if (lines := text.count("\n")) > FILE_LINES:
            found.append(f"{path} has {lines} lines: split it by noun")
        if path.suffix == ".py":
            found += _long_functions(path, text)
    return found


def _long_functions(path: Path, text: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > FUNCTION_LINES:
                yield f"{path}:{node.lineno} {node.name} has {lines} lines: find the second function"


def vague_names(root: Path) -> list[str]:
    """Modules whose name says nothing."""
    return [str(path) for path in source_files(root) if path.suffix == ".py" and VAGUE & {path.stem, *path.parts[:-1]}]


def strangers_at_the_top(root: Path) -> list[str]:
    """What does not belong at the top level of the repository."""
    return sorted({path.parts[0] for path in tracked(root)} - TOP_LEVEL)


def bare_clicks(root: Path) -> list[str]:
    """Clicks of a browser test that do not wait for the page they may lead to."""
    tests = (path for path in source_files(root) if path.parts[0] == "tests" and path.suffix == ".py")
    paths = (path for path in tests if path != Path("tests/support/pages.py"))
    return [str(path) for path in paths if CLICK in (root / path).read_text()]


def test_functions_and_files_are_short():
    assert too_long(REPOSITORY) == []


def test_module_names_say_something():
    assert vague_names(REPOSITORY) == []


def test_the_top_level_holds_the_rooms_only():
    assert strangers_at_the_top(REPOSITORY) == []


def test_browser_tests_press_and_never_click():
    assert bare_clicks(REPOSITORY) == [], "tests.support.pages.press waits for the page that follows"


@pytest.fixture
def sample(tmp_path):
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    return tmp_path


def test_a_long_function_is_reported(sample):
    (sample / "a.py").write_text("def f():\n" + "    x = 1\n" * FUNCTION_LINES)
    assert len(too_long(sample)) == 1
    (sample / "a.py").write_text("def f():\n" + "    x = 1\n" * (FUNCTION_LINES - 1))
    assert too_long(sample) == []


def test_a_long_file_is_reported(sample):
    (sample / "a.html").write_text("<p>\n" * (FILE_LINES + 1))
    assert len(too_long(sample)) == 1


def test_a_vague_name_is_reported(sample):
    (sample / "utils.py").touch()
    (sample / "helpers").mkdir()
    (sample / "helpers" / "a.py").touch()
    assert len(vague_names(sample)) == 2


def test_a_stranger_at_the_top_is_reported(sample):
    (sample / "notes.txt").touch()
    (sample / "Makefile").touch()
    assert strangers_at_the_top(sample) == ["notes.txt"]


def test_a_bare_click_is_reported(sample):
    (sample / "tests").mkdir()
    (sample / "tests" / "test_a.py").write_text(f"button{CLICK}\n")
    assert bare_clicks(sample) == ["tests/test_a.py"]
