"""What can be done with a check, from the draw to the locked volume."""

from inspections.services.approvals import apply_for_check, approve_check
from inspections.services.dossiers import (
    lock_dossier,
    queue_dossier,
    render_dossier,
    render_next_dossier,
)
from inspections.services.evidence import add_evidence, caption_evidence, set_evidence_aside
from inspections.services.handling import approve_handling, decide_handling, draft_handling, refuse_handling
from inspections.services.measuring import add_measurement
from inspections.services.noticing import mark_noticed, take_notice_back
from inspections.services.opinions import evaluate_expert, give_opinion
from inspections.services.proposals import (
    dismiss_proposal,
    propose_exposure,
    propose_listing,
    propose_overdue,
    take_proposal,
)
from inspections.services.records import approve_record, missing_answers, return_record, submit_record
from inspections.services.rectification import report_rectification
from inspections.services.revisits import (
    approve_revisit,
    missing_in_revisit,
    open_revisit,
    reinspect,
    return_revisit,
    save_revisit,
    save_revisit_point,
    submit_revisit,
)
from inspections.services.saving import StaleSave
from inspections.services.schemes import approve_scheme, draft_scheme, return_scheme, review_scheme
from inspections.services.signing import sign_record, sign_revisit
from inspections.services.site_codes import code_link, revoke_code, scanned, show_code
from inspections.services.tasks import create_tasks, follow_amendment, mark_results_public, move_visit
from inspections.services.telling import tell_officers
from inspections.services.visits import Device, save_head, save_result, start_visit
from inspections.services.work import enter_work, remove_work

__all__ = [
    "Device",
    "StaleSave",
    "add_evidence",
    "add_measurement",
    "apply_for_check",
    "approve_check",
    "approve_handling",
    "approve_record",
    "approve_revisit",
    "approve_scheme",
    "caption_evidence",
    "code_link",
    "create_tasks",
    "decide_handling",
    "dismiss_proposal",
    "draft_handling",
    "draft_scheme",
    "enter_work",
    "evaluate_expert",
    "follow_amendment",
    "give_opinion",
    "lock_dossier",
    "mark_noticed",
    "mark_results_public",
    "missing_answers",
    "missing_in_revisit",
    "move_visit",
    "open_revisit",
    "propose_exposure",
    "propose_listing",
    "propose_overdue",
    "queue_dossier",
    "refuse_handling",
    "reinspect",
    "remove_work",
    "render_dossier",
    "render_next_dossier",
    "report_rectification",
    "return_record",
    "return_revisit",
    "return_scheme",
    "review_scheme",
    "revoke_code",
    "save_head",
    "save_result",
    "save_revisit",
    "save_revisit_point",
    "scanned",
    "set_evidence_aside",
    "show_code",
    "sign_record",
    "sign_revisit",
    "start_visit",
    "submit_record",
    "submit_revisit",
    "take_notice_back",
    "take_proposal",
    "tell_officers",
]
