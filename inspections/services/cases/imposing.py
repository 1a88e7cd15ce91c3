"""What a step asks about a penalty, and how it enters the case: in parts, from which its sentence is built."""

from __future__ import annotations

from inspections.documents.penalties import penalty_sentence
from inspections.models import Case
from inspections.policies.penalties import PART_LABELS, Penalty
from inspections.services.cases.fields import COUNT, LINE, MONEY, Field

BUILT = "告知书和决定书上的处罚内容由种类、金额和期限写成，不另填写。"
_KINDS = {"fine": MONEY, "confiscated": MONEY, "months": COUNT, "days": COUNT}
_HINTS = {
    "goods": "名称、数量。",
    "permit": "暂扣、吊销或者降低等级的许可证件，写名称和编号。",
    "scope": "例如：2号生产线。",
    "days": "不写的，至整改合格为止。",
}
PENALTY_PARTS = tuple(
    Field(name, label, _KINDS.get(name, LINE), is_required=False, hint=_HINTS.get(name, ""), most=200)
    for name, label in PART_LABELS.items()
)
MILDER_PARTS = tuple(part for part in PENALTY_PARTS if part.kind != LINE)
"""What a decision may still lessen; what a penalty is about was told and stays."""


def impose(case: Case, penalty: Penalty) -> None:
    """Set the penalty in the case, with its sentence."""
    case.penalty_kinds, case.fine, case.penalty_terms = list(penalty.kinds), penalty.fine, penalty.terms
    case.penalty_text = penalty_sentence(penalty)


def penalty_initial(case: Case) -> dict:
    """The fields as the case stands."""
    penalty = Penalty.proposed(case)
    parts = {name: getattr(penalty, name) or None for name in PART_LABELS}
    return {"penalty_kinds": list(penalty.kinds), **parts}
