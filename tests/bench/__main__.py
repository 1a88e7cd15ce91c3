"""`python -m tests.bench [NAME…]`: figures as ratios, each against a baseline of the same run.

A bench is a module of this folder with `NAME`, and `measure()` that yields `Figure`s.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from pathlib import Path

import django

from shuangsuiji.embedded import postgres
from tests.bench.figures import Figure, table
from tests.support import servers


def benches(names: list[str]) -> list[str]:
    """The bench modules of this folder, or those asked for."""
    found = sorted(path.stem for path in Path(__file__).parent.glob("bench_*.py"))
    return [name for name in found if not names or name.removeprefix("bench_") in names]


def main(names: list[str]) -> int:
    """Run the benches on servers and a migrated database of their own; 1 if a figure misses its limit."""
    with servers.start_run():
        _enter_django()
        missed = sum(not figure.is_held for name in benches(names) for figure in _measured(name))
    print(f"\n{missed} figure(s) missed" if missed else "\nall figures held")
    return 1 if missed else 0


def _measured(name: str) -> list[Figure]:
    module = import_module(f"tests.bench.{name}")
    figures = list(module.measure())
    print(f"\n{module.NAME}\n{table(figures)}", flush=True)
    return figures


def _enter_django() -> None:
    """Settings as in production: the application's role, collected static files."""
    servers.enter_worker(worker="")
    database = servers.copied_database("bench")
    os.environ["OWNER_DATABASE_URL"] = servers.database_url(database, role=postgres.OWNER)
    os.environ["DATABASE_URL"] = servers.database_url(database, role=postgres.APP)
    os.environ["DJANGO_SETTINGS_MODULE"] = "shuangsuiji.settings"
    servers.manage("collectstatic", "--noinput", "--verbosity", "0", environment={})
    django.setup()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
