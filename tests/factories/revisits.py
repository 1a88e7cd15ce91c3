"""Re-inspections in every stage before their approval."""

from __future__ import annotations

import datetime

from django.utils import timezone

from inspections import services
from inspections.models import Revisit
from inspections.selectors import revisit_points


def begun(check) -> Revisit:
    """Opened by the lead."""
    return services.open_revisit(check.task.orders.get(reinspection=None), by=check.lead)


def filled(check, *, outcome: str = "passed") -> Revisit:
    """Every item answered: the first as wanted, the others put right."""
    revisit = begun(check)
    for number, point in enumerate(revisit_points(revisit)):
        answer = outcome if number == 0 else "passed"
        limit = timezone.localdate() + datetime.timedelta(days=9) if answer == "undone" else None
        services.save_revisit_point(
            point, by=check.lead, revision=point.revision, outcome=answer, seen="看过。", rectify_by=limit
        )
    return services.save_revisit(
        revisit,
        by=check.lead,
        revision=revisit.revision,
        opinion="看过。",
        representative_name="李示例",
        certificates_shown=True,
    )


def submitted(check, **how) -> Revisit:
    """Filled and handed in by the lead, signed."""
    return services.submit_revisit(filled(check, **how), by=check.lead, signature="signed")
