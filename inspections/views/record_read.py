"""A record as it is read before it is signed, and before it is reviewed: all that will stand on paper."""

from __future__ import annotations

from inspections.models import SiteRecord
from inspections.selectors import evidence_of, measurements_of, opinions_of, results_of
from inspections.services.signing import outdated_names
from inspections.views.signing import signers_of


def record_read(record: SiteRecord) -> dict:
    """What the page shows of a record: head, answers, measurements, opinions, photos, signatures."""
    task = record.task
    return {
        "task": task,
        "record": record,
        "officers": [seat.inspector for seat in task.drawn.seats.all() if seat.inspector],
        "results": results_of(record),
        "measurements": measurements_of(task),
        "opinions": opinions_of(task),
        "evidence_count": evidence_of(task).count(),
        "signers": signers_of(record),
        "unsigned": outdated_names(record),
    }
