"""Long files are read and taken over here; PostgreSQL rows say what waits, Redis only rings."""

from __future__ import annotations

from shuangsuiji.lib.tasks import desk_task


@desk_task
def work_on_imports() -> int:
    """Work on every batch that waits; returns how many."""
    from shuangsuiji.imports.services import work_on_next

    count = 0
    while work_on_next():
        count += 1
    return count
