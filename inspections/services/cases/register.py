"""The enterprise's own file learns of a penalty."""

from __future__ import annotations

from enterprises.services import record_penalty
from inspections.models import Case
from inspections.policies import names_are_kept
from inspections.policies.cases import last_document

DECISION_CODES = ("penalty_unit", "penalty_person", "penalty_spot")


def tell_register(case: Case) -> None:
    """Note the decision in the enterprise's file, so that later draws and plans know of it; noted once.

    The file is open to the whole office, so what a covert check led to waits until its results are public.
    """
    if names_are_kept(case.task.drawn.draw, case.task):
        return
    decision = last_document(case, *DECISION_CODES)
    if decision is None or case.decided_on is None or case.party_kind != Case.PartyKind.UNIT:
        return
    record_penalty(
        enterprise=case.task.enterprise,
        decided_on=case.decided_on,
        document_number=decision.number or "",
        source=f"行政处罚案件 {case.number}",
        by=None,
    )
