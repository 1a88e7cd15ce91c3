"""Jobs of this room. PostgreSQL rows are the truth; a lost message costs one beat."""

from __future__ import annotations

from shuangsuiji.lib.tasks import desk_task

VOLUMES_A_RUN = 20


@desk_task
def render_due_dossiers() -> int:
    """Render volumes that wait, some at a time; returns how many were taken.

    A run is kept well below the broker's visibility timeout; whoever ends with work left rings again.
    """
    from inspections.services import render_next_dossier

    count = 0
    while count < VOLUMES_A_RUN and render_next_dossier():
        count += 1
    if count == VOLUMES_A_RUN:
        render_due_dossiers.delay()
    return count
