"""Jobs of this room. PostgreSQL rows are the truth; a lost message costs one beat."""

from __future__ import annotations

from shuangsuiji.lib.tasks import desk_task


@desk_task
def render_due_dossiers() -> int:
    """Render every volume that waits; returns how many were taken."""
    from inspections.services import render_next_dossier

    count = 0
    while render_next_dossier():
        count += 1
    return count
