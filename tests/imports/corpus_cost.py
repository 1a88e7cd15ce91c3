"""`python -m tests.imports.corpus_cost`: what each file of the corpus costs to refuse.

One line a file: its name, the peak of the reader's child in MB, what this process grew by, and the seconds.
"""

from __future__ import annotations

import re
import resource
import time
from collections.abc import Iterator
from pathlib import Path

from shuangsuiji.lib.errors import Refusal
from shuangsuiji.lib.workbooks import read_workbook
from tests.imports.corpus import CORPUS, content_of


def peak() -> float:
    """The highest this process has stood, in MB."""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    return int(found[1]) / 1024 if found else float("nan")


def costs() -> Iterator[tuple[str, float, float, float]]:
    """(file, child's peak so far, growth of this process, seconds) in turn."""
    contents = {case: content_of(case) for case in CORPUS}
    Path("/proc/self/clear_refs").write_text("5")  # the peak begins anew: building the files is not refusing them
    before = peak()
    for case, content in contents.items():
        begun = time.perf_counter()
        try:
            list(read_workbook(content, name=CORPUS[case][1]).rows)
        except Refusal:
            seconds = time.perf_counter() - begun
        else:
            raise AssertionError(f"{case} was not refused")
        child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        yield case, child, peak() - before, seconds


if __name__ == "__main__":
    for case, child, own, seconds in costs():
        print(case, f"{child:.0f}", f"{own:.0f}", f"{seconds:.3f}", sep="\t")
