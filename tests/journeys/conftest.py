"""What the journeys share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import register_path
from tests.journeys.register import Register, make_workbook
from tests.support.stack import Stack


@pytest.fixture(scope="session")
def planned_bureau(live_stack: Stack) -> Stack:
    """The running stack with accounts, registers, published items and this year's plan; nothing drawn yet."""
    live_stack.manage("seed_demo", "--stage", "planned")
    return live_stack


@pytest.fixture
def register(tmp_path: Path) -> Register:
    """The workbook to import."""
    return make_workbook(tmp_path, real=register_path())


@pytest.fixture
def own_stack() -> Iterator[Stack]:
    """A stack for one test alone, with nothing started yet."""
    stack = Stack()
    try:
        yield stack
    finally:
        stack.stop()
