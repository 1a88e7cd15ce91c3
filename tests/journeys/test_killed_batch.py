"""A batch of volumes, its worker killed twice as by a power cut: as many files, with the hashes they would have had.

No worker may have needed more memory than a batch is allowed. `VOLUMES=300` runs it in the size of a year's archive.
"""

from __future__ import annotations

import os
import time

import pytest

from tests.journeys.volumes import Volumes
from tests.support.stack import Stack

COUNT = int(os.environ.get("VOLUMES", "8"))
SECONDS = 60 + 8 * COUNT
MOST_MEGABYTES = 500
"""What a worker may hold over a batch, the application itself in it; `make bench` says what one volume may take."""


@pytest.mark.timeout(600 + 20 * COUNT)
def test_a_batch_survives_two_killed_workers_with_the_same_bytes(own_stack):
    volumes = Volumes(own_stack)
    own_stack.shell(f"from tests.journeys.volumes import close_checks; close_checks({COUNT})")
    own_stack.shell("from tests.journeys.volumes import send_batch; send_batch()")
    own_stack.start("worker", "beat")
    begin, peaks = time.monotonic(), []
    for share in (5, 2):
        peaks.append(kill_in_the_middle(own_stack, volumes, at=max(1, COUNT // share)))
        own_stack.start("worker")
    own_stack.wait_for(lambda: volumes.rendered_count() == COUNT, seconds=SECONDS)
    peaks.append(own_stack.peak_megabytes("worker"))
    print(f"{COUNT} volumes in {time.monotonic() - begin:.0f} s, workers at most {max(peaks):.0f} MB")
    unharmed = own_stack.shell("from tests.journeys.volumes import tell_hashes; tell_hashes()")
    expected = dict(line.split() for line in unharmed.splitlines() if len(line.split()) == 2)

    assert volumes.file_count() == COUNT
    assert volumes.hashes() == expected
    assert len(set(expected.values())) == COUNT
    assert max(peaks) <= MOST_MEGABYTES


def kill_in_the_middle(stack: Stack, volumes: Volumes, *, at: int) -> float:
    """Kill the worker with its children once so many volumes are there; some must still be to come.

    Returns the most memory that one of its processes ever held.
    """
    stack.wait_for(lambda: volumes.rendered_count() >= at, seconds=SECONDS)
    peak = stack.peak_megabytes("worker")
    stack.kill("worker")
    assert volumes.rendered_count() < COUNT, "killed too late to prove anything"
    return peak
