"""撤回告知: a notice that is taken back takes with it what was done on its ground, and the next round begins anew.

What the party said is not lost: it stays in the volume, and it may not make what comes next harsher (行政处罚法 §45).
"""

from __future__ import annotations

from decimal import Decimal

from django.db.models import QuerySet

from inspections.models import Case, CaseStep
from inspections.policies.penalties import Penalty, check_not_harsher
from shuangsuiji.documents.models import IssuedDocument

WITHDRAWAL = "notice_withdrawn"
NEW_FACTS = "facts"
ROUND_RULES = ("statement.request", "hearing.request", "hearing.notice")
"""Deadlines that every notice begins anew."""

VOID_WITH_NOTICE = ("penalty_notice", "case_report", "hearing_notice", "hearing_meeting")
SPOKEN = ("statement_record", "hearing_request")


def last_withdrawal(case: Case) -> CaseStep | None:
    """The newest withdrawal of a notice; None while every notice stands."""
    return case.steps.filter(act=WITHDRAWAL).order_by("-id").first()


def standing_steps(case: Case) -> QuerySet[CaseStep]:
    """What was done since the last withdrawal, or from the beginning."""
    withdrawal = last_withdrawal(case)
    return case.steps.filter(id__gt=withdrawal.pk) if withdrawal else case.steps.all()


def deadline_subject(case: Case, rule_code: str) -> tuple[str, str]:
    """Whose deadline it is: the case's, or that of the round which a withdrawal began."""
    withdrawal = last_withdrawal(case) if rule_code in ROUND_RULES else None
    return ("case_step", str(withdrawal.pk)) if withdrawal else ("case", str(case.pk))


def withdrawn_papers(case: Case) -> QuerySet[IssuedDocument]:
    """The papers that a withdrawal made void; they stay where they are."""
    withdrawal = last_withdrawal(case)
    papers = IssuedDocument.objects.filter(case_step__case=case, kind__in=VOID_WITH_NOTICE)
    return papers.filter(case_step__id__lt=withdrawal.pk) if withdrawal else papers.none()


def is_withdrawn(case: Case, document: IssuedDocument) -> bool:
    """Whether this paper is void because its notice was taken back."""
    return withdrawn_papers(case).filter(pk=document.pk).exists()


def is_paper_withdrawn(document: IssuedDocument) -> bool:
    """The same, asked by the documents room for subjects of kind `case`."""
    case = Case.objects.filter(pk=document.subject_key).first()
    return case is not None and is_withdrawn(case, document)


def check_no_harsher_for_speaking(case: Case, penalty: Penalty) -> None:
    """A party that has spoken is told nothing harsher after a withdrawal, unless new facts were found (§45)."""
    withdrawal = last_withdrawal(case)
    if withdrawal is None or withdrawal.fields["cause"] == NEW_FACTS:
        return
    before = case.steps.filter(id__lt=withdrawal.pk)
    reported = before.filter(act="report").order_by("-id").first()
    if reported is not None and before.filter(act__in=SPOKEN).exists():
        check_not_harsher(penalty, told=_penalty_of(reported))


def _penalty_of(reported: CaseStep) -> Penalty:
    sums = {name: Decimal(reported.fields.get(name) or 0) for name in ("fine", "confiscated")}
    return Penalty.of({**reported.fields, **sums})
