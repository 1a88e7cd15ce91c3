"""`python -m tests.bench.drawing_memory N`: the peak memory in MB of a process that draws 5 % of N, ids included."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from draws.engine import select_enterprises
from tests.bench.engine_cases import NUMBER, SEED, pool_of


def peak() -> float:
    """The highest this process has stood, as the kernel counts it."""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    return int(found[1]) / 1024 if found else float("nan")


if __name__ == "__main__":
    strata, pool = pool_of(int(sys.argv[1]))
    select_enterprises(NUMBER, seed=SEED, strata=strata, pool=pool)
    print(peak())
