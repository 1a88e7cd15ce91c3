"""What can be done with a check, from the draw to the locked volume."""

from inspections.services.dossiers import (
    lock_dossier,
    note_opening,
    queue_dossier,
    render_dossier,
    render_next_dossier,
)
from inspections.services.evidence import add_evidence
from inspections.services.orders import reinspect
from inspections.services.records import approve_record, missing_answers, return_record, submit_record
from inspections.services.schemes import approve_scheme, draft_scheme, return_scheme
from inspections.services.tasks import create_tasks, follow_amendment, mark_noticed, mark_results_public, move_visit
from inspections.services.visits import StaleSave, save_head, save_result, start_visit

__all__ = [
    "StaleSave",
    "add_evidence",
    "approve_record",
    "approve_scheme",
    "create_tasks",
    "draft_scheme",
    "follow_amendment",
    "lock_dossier",
    "mark_noticed",
    "mark_results_public",
    "missing_answers",
    "move_visit",
    "note_opening",
    "queue_dossier",
    "reinspect",
    "render_dossier",
    "render_next_dossier",
    "return_record",
    "return_scheme",
    "save_head",
    "save_result",
    "start_visit",
    "submit_record",
]
