"""The engine stands alone: the standard library, and nothing newer than Python 3.9."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

import draws.engine

FOLDER = Path(draws.engine.__file__).parent
FILES = sorted(FOLDER.glob("*.py"))


def imported(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((0, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.level, node.module or ""


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_it_imports_the_standard_library_and_itself_only(path):
    for level, module in imported(ast.parse(path.read_text(encoding="utf-8"))):
        assert level == 1 or (level == 0 and module.split(".")[0] in sys.stdlib_module_names), module


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_it_is_written_in_python_3_9(path):
    ast.parse(path.read_text(encoding="utf-8"), feature_version=(3, 9))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_no_function_is_longer_than_forty_lines(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef):
            assert node.end_lineno - node.lineno < 40, node.name


def test_it_neither_reads_the_clock_nor_makes_randomness():
    for path in FILES:
        modules = {module.split(".")[0] for _, module in imported(ast.parse(path.read_text(encoding="utf-8")))}
        assert not modules & {"random", "secrets", "time", "datetime", "uuid", "os"}


def test_everything_promised_is_there():
    assert all(hasattr(draws.engine, name) for name in draws.engine.__all__)


def test_the_package_above_is_empty():
    assert (FOLDER.parent / "__init__.py").read_text(encoding="utf-8").strip() == ""
