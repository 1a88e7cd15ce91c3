"""What the register puts right by itself."""

from __future__ import annotations

from celery import shared_task

from shuangsuiji.lib.errors import Refusal


@shared_task
def mend_names() -> int:
    """Names changed by raw SQL are sorted and found again; usually there is none."""
    from enterprises.services.naming import mend_names as mend

    try:
        return mend()
    except Refusal:
        # An import holds the register; the next round comes in minutes.
        return 0
