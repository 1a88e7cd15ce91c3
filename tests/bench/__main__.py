"""`python -m tests.bench [NAME…]`: figures as ratios, each against a baseline of the same run.

A bench is a module of this folder with `NAME`, and `measure()` that yields `Figure`s.
"""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

from tests.bench.figures import Figure, table


def benches(names: list[str]) -> list[str]:
    """The bench modules of this folder, or those asked for."""
    found = sorted(path.stem for path in Path(__file__).parent.glob("bench_*.py"))
    return [name for name in found if not names or name.removeprefix("bench_") in names]


def main(names: list[str]) -> int:
    """Run the benches; 1 if a figure misses its limit."""
    missed = 0
    for name in benches(names):
        module = import_module(f"tests.bench.{name}")
        figures: list[Figure] = list(module.measure())
        print(f"\n{module.NAME}\n{table(figures)}", flush=True)
        missed += sum(not figure.is_held for figure in figures)
    print(f"\n{missed} figure(s) missed" if missed else "\nall figures held")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
