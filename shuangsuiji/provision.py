"""System libraries that pip cannot bring: installed where that is allowed, else named.

Runs before anything of ours is configured, so it needs the standard library only.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys

# Debian's names, by the library whose absence asks for them.
LIBRARIES = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    # Without it WeasyPrint embeds whole Chinese fonts: 4 s for a letter instead of 0.1 s.
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
}

# What only the tests need, by program; the variable named beside one may point to it elsewhere.
TEST_PROGRAMS = {
    "chromium": ("chromium", "CHROMIUM"),
    # Another program's word on the workbooks we write.
    "soffice": ("libreoffice-calc-nogui", "SOFFICE"),
}


def missing_packages(*, tests: bool) -> list[str]:
    """The packages whose library or program is not there."""
    missing = [package for library, package in LIBRARIES.items() if not _loads(library)]
    if tests:
        missing += [
            package
            for program, (package, variable) in TEST_PROGRAMS.items()
            if not (os.environ.get(variable) or shutil.which(program))
        ]
    return missing


def provide(*, tests: bool = False) -> None:
    """Install what is missing if we may; say in one line what remains missing."""
    missing = missing_packages(tests=tests)
    if missing and os.geteuid() == 0 and shutil.which("apt-get"):
        print(f"安装系统软件包：{' '.join(missing)}", flush=True)
        _install(missing)
        missing = missing_packages(tests=tests)
    if missing:
        print(f"缺少系统软件包，请执行：sudo apt-get install {' '.join(missing)}", file=sys.stderr, flush=True)


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _install(packages: list[str]) -> None:
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for words in (["update"], ["install", "--yes", "--no-install-recommends", *packages]):
        subprocess.run(
            ["apt-get", "-qq", *words],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            check=False,
        )


if __name__ == "__main__":
    provide(tests="--tests" in sys.argv[1:])
