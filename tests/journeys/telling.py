"""How a story is told: step by step, each with its time; and a Python that is bare."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from tests.support import servers

BARE_PYTHON = [sys.executable, "-S", "-E", "-s"]


def bare(*words: str, cwd: Path = servers.REPOSITORY) -> subprocess.CompletedProcess[str]:
    """Run a Python that has its standard library and nothing else."""
    return subprocess.run([*BARE_PYTHON, *words], cwd=cwd, env={}, capture_output=True, encoding="utf-8", check=False)


def told(step: Callable[[], None]) -> None:
    """Take a step; say how long it took, and which one it was when it goes wrong."""
    name, begin = step.__name__.replace("_", " "), time.monotonic()
    try:
        step()
    except BaseException as fault:
        fault.add_note(f"in the step: {name}")
        raise
    print(f"{time.monotonic() - begin:6.1f} s  {name}")
