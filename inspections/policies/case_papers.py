"""更正: who may issue a paper of a case anew, and until when.

A paper is replaced by the role whose act it is, never by the officers in charge on somebody's behalf;
and only until a later step rests on it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from inspections.models import Case
from inspections.policies import cases as rules
from inspections.policies.withdrawing import last_withdrawal
from inspections.states import CaseState
from shuangsuiji.accounts.models import User
from shuangsuiji.documents.models import IssuedDocument
from shuangsuiji.lib.errors import Refusal


@dataclass(frozen=True)
class Replacing:
    """Whose act the paper is, in which state of the case it may be replaced, and which later acts fix it."""

    who: Callable[[User, Case], None]
    states: tuple[CaseState, ...]
    fixed_by: tuple[str, ...] = ()


ANSWERS = ("statement_record", "statement_waived", "hearing_request", "hearing_waived", "discussion_record")
_TAKEN = Replacing(rules.check_is_handler, (CaseState.OPEN,))
_TOLD = Replacing(rules.check_who_tells, (CaseState.TOLD,), ANSWERS)

REPLACING: dict[str, Replacing] = {
    "case_filing": Replacing(rules.check_who_files, (CaseState.OPEN,), ("report",)),
    **dict.fromkeys(("inquiry_notice", "inquiry_record", "survey_record", "sampling"), _TAKEN),
    "preservation": Replacing(rules.check_is_handler, (CaseState.OPEN,), ("preservation_outcome",)),
    "preservation_outcome": _TAKEN,
    "legal_review": Replacing(rules.check_who_reviews, (CaseState.REVIEWED,)),
    **dict.fromkeys(("case_report", "penalty_notice", "hearing_notice"), _TOLD),
    "statement_record": Replacing(rules.check_is_handler, (CaseState.TOLD,), ("discussion_record",)),
    "hearing_meeting": Replacing(rules.check_who_arranges, (CaseState.TOLD,), ("hearing_record",)),
    "hearing_record": Replacing(rules.check_who_arranges, (CaseState.TOLD,), ("discussion_record",)),
    "discussion_record": Replacing(rules.check_who_discusses, (CaseState.TOLD,)),
    "reminder": Replacing(rules.check_is_handler_or_clerk, (CaseState.DECIDED,)),
    "case_transfer": Replacing(rules.check_who_decides, (CaseState.TRANSFERRED,), ("closing_asked",)),
}
"""Decisions are not here: they are revoked or changed by law, not rewritten."""


def check_may_replace(user: User, case: Case, document: IssuedDocument) -> None:
    """A paper with a mistake, by whoever may do its act, before anything rests on it."""
    own = REPLACING.get(document.kind)
    step = getattr(document, "case_step", None)
    if document.kind in rules.DECISION_KINDS:
        raise Refusal("处罚决定书不能自行更换；确有错误的，依法撤销或者变更。")
    if own is None or step is None or step.case_id != case.pk:
        raise Refusal("这份文书不能更正。")
    own.who(user, case)
    if hasattr(document, "replaced_by"):
        raise Refusal(f"{document} 已被新文书替代，请在最新一份上操作。")
    _check_nothing_rests_on(case, document, own)


def _check_nothing_rests_on(case: Case, document: IssuedDocument, own: Replacing) -> None:
    withdrawal = last_withdrawal(case)
    if withdrawal is not None and document.case_step.pk < withdrawal.pk:  # type: ignore[attr-defined]
        raise Refusal(f"{document.title}在告知书撤回之前签发，留作案卷，不再更正。")
    if case.state not in own.states or rules.has_step(case, *own.fixed_by):
        raise Refusal(f"{document.title}之后的步骤已经以它为依据办理，不能再更正。")
