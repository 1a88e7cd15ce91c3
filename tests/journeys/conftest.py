"""What the journeys share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import register_path
from tests.journeys.register import Register, make_workbook
from tests.support.stack import Stack, seeded


@pytest.fixture(scope="module")
def planned_bureau() -> Iterator[Stack]:
    """A running stack with accounts, registers, published items and this year's plan; nothing drawn yet."""
    stack = Stack(seeded=seeded("planned"))
    try:
        yield stack.start()
    finally:
        stack.stop()


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
